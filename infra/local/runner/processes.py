"""Background processes of a local stack: started apart from the terminal, found again by later commands, stopped."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from .console import Problem
from .settings import Settings

START_SECONDS = 60
# The emulator writes its data when it is told to stop.
STOP_SECONDS = 120


@dataclass(frozen=True)
class Service:
    """One background process: its name, its command and its port."""

    name: str
    command: list[str]
    environment: dict[str, str]
    port: int
    port_setting: str
    # Where it listens; programs of this machine only reach the loopback address.
    host: str = "127.0.0.1"

    def record(self, settings: Settings) -> Path:
        """Where its process is written down."""
        return record_of(settings, self.name)

    def log(self, settings: Settings) -> Path:
        """Where its output goes."""
        return settings.logs / f"{self.name}.log"


def record_of(settings: Settings, name: str) -> Path:
    """The file that names a running process."""
    return settings.folder / "run" / f"{name}.json"


def running(settings: Settings, name: str) -> dict | None:
    """The record of a process of that name, if it is alive and still the one that was started."""
    try:
        record = json.loads(record_of(settings, name).read_text())
    except (FileNotFoundError, json.JSONDecodeError):
        return None
    return record if _started_at(record["pid"]) == record["startedAt"] else None


def start(settings: Settings, service: Service, is_ready: Callable[[], bool]) -> None:
    """Starts a service and waits until it answers; nothing is left behind if it does not."""
    require_free_port(service.port, service.name, service.port_setting, service.host)
    log = service.log(settings)
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        process = subprocess.Popen(
            service.command,
            env=service.environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    record = service.record(settings)
    record.parent.mkdir(parents=True, exist_ok=True)
    record.write_text(json.dumps({"pid": process.pid, "startedAt": _started_at(process.pid), "port": service.port}))
    deadline = time.monotonic() + START_SECONDS
    while not is_ready():
        code = process.poll()
        if code is not None or time.monotonic() > deadline:
            stop(settings, service.name)
            what = f"ended with code {code}" if code is not None else f"did not answer within {START_SECONDS} s"
            raise Problem(f"The {service.name} {what}. Its last lines:\n{last_lines(log)}\n       (all of it: {log})")
        time.sleep(0.1)


def stop(settings: Settings, name: str) -> bool:
    """Stops a process and its children; whether there was one."""
    record = running(settings, name)
    if record is not None:
        pid = record["pid"]
        os.killpg(pid, signal.SIGTERM)
        deadline = time.monotonic() + STOP_SECONDS
        while _started_at(pid) == record["startedAt"]:
            if time.monotonic() > deadline:
                os.killpg(pid, signal.SIGKILL)
            time.sleep(0.05)
        # Functions are the emulator's children and may outlive it.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(pid, signal.SIGKILL)
    record_of(settings, name).unlink(missing_ok=True)
    return record is not None


def answers(port: int, host: str = "127.0.0.1") -> bool:
    """Whether somebody listens there."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        return probe.connect_ex((host, port)) == 0


def require_free_port(port: int, name: str, setting: str, host: str = "127.0.0.1") -> None:
    """Refuses a port that somebody else listens on."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Problem(
                f"Port {port} for the {name} is in use by another program ({error.strerror}). "
                f"Choose another: make up {setting}=…"
            ) from error


def last_lines(file: Path, count: int = 15) -> str:
    """The end of a log, indented to stand under a message."""
    lines = file.read_text(errors="replace").splitlines()[-count:] if file.exists() else []
    return "\n".join(f"       | {line}" for line in lines)


def _started_at(pid: int) -> str | None:
    """When a process started, in clock ticks since boot: with it a recycled pid is not taken for ours."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except FileNotFoundError:
        return None
    return None if fields[0] == "Z" else fields[19]

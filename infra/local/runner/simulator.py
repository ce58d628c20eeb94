"""The simulated suppliers that tasks are placed with."""

import filecmp
import os
import shutil
import socket
from pathlib import Path

from . import processes
from .build import binary
from .console import Problem, step
from .processes import Service
from .settings import Settings

NAME = "supplier-simulator"


def ensure(settings: Settings) -> None:
    """Starts the simulator unless this build of it runs; it keeps its orders in a file."""
    # A copy, so that the next build can replace the original while this one runs.
    program = settings.folder / "bin" / "supplier-sim"
    record = processes.running(settings, NAME)
    if record is not None:
        if record["port"] != settings.simulator_port:
            raise Problem(f"The supplier simulator already runs on port {record['port']}: stop it first.")
        if _is_same(binary("supplier-sim"), program):
            return
        processes.stop(settings, NAME)
    program.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(binary("supplier-sim"), program)
    state = settings.folder / "supplier-sim.json"
    command = [str(program), "--port", str(settings.simulator_port), "--state", str(state)]
    service = Service(NAME, command, dict(os.environ), settings.simulator_port, "SIM_PORT")
    with step(f"Starting the simulated suppliers on port {settings.simulator_port}"):
        processes.start(settings, service, lambda: _answers(settings.simulator_port))


def _is_same(built: Path, used: Path) -> bool:
    return used.exists() and filecmp.cmp(built, used, shallow=False)


def _answers(port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0

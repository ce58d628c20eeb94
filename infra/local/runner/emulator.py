"""The AWS emulator: how it is started, whether it is ready, and clients that talk to it."""

import os
import urllib.error
import urllib.request
from functools import cache
from pathlib import Path

import boto3
from botocore.config import Config

from . import processes
from .console import Problem, step
from .processes import Service
from .settings import REGION, Settings
from .toolbox import python

NAME = "emulator"
# The emulator's root credentials; functions get their own, limited by their roles.
CREDENTIALS = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}
# All that it, and with it the functions, see of this shell's variables: many names would configure it.
INHERITED = ("HOME", "LANG", "PATH", "RUST_BACKTRACE", "TZ")
# Its own estimate follows the machine's memory; the tests' bursts must not depend on that.
CONCURRENT_FUNCTIONS = 1000


def ensure(settings: Settings) -> bool:
    """Starts the emulator unless it runs; whether it had to be started."""
    record = processes.running(settings, NAME)
    if record is not None:
        if record["port"] != settings.port:
            raise Problem(
                f"This folder's stack already runs on port {record['port']}: stop it first, or name that PORT."
            )
        return False
    with step(f"Starting the AWS emulator on port {settings.port}"):
        processes.start(settings, _service(settings), lambda: is_ready(settings))
    return True


def is_ready(settings: Settings) -> bool:
    """Whether the emulator answers."""
    try:
        with urllib.request.urlopen(f"{settings.endpoint}/_ministack/ready", timeout=2) as answer:
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False


@cache
def client(settings_endpoint: str, service: str):
    """An AWS client for the emulator, one per service and process."""
    return boto3.client(
        service,
        endpoint_url=settings_endpoint,
        region_name=REGION,
        aws_access_key_id=CREDENTIALS["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=CREDENTIALS["AWS_SECRET_ACCESS_KEY"],
        config=Config(retries={"max_attempts": 2}, read_timeout=120),
    )


def aws_environment(settings: Settings, base: dict[str, str]) -> dict[str, str]:
    """An environment in which AWS tools and SDKs talk to this emulator and to nothing else."""
    kept = {name: value for name, value in base.items() if not name.startswith("AWS_")}
    return {
        **kept,
        **CREDENTIALS,
        "AWS_ENDPOINT_URL": settings.endpoint,
        "AWS_REGION": REGION,
        "AWS_DEFAULT_REGION": REGION,
    }


def _service(settings: Settings) -> Service:
    folder = settings.folder
    temporary = folder / "tmp"
    for needed in (folder / "state", folder / "s3", temporary, settings.crash_folder):
        needed.mkdir(parents=True, exist_ok=True)
    (folder / "port").write_text(str(settings.port))
    environment = {
        **aws_environment(settings, {name: os.environ[name] for name in INHERITED if name in os.environ}),
        "AUTH": "true",
        "BIND_HOST": "127.0.0.1",
        "CRASH_DIR": str(settings.crash_folder),
        "GATEWAY_PORT": str(settings.port),
        "IOT_MTLS_ENABLED": "0",
        "LAMBDA_ACCOUNT_CONCURRENCY": str(CONCURRENT_FUNCTIONS),
        "MINISTACK_REGION": REGION,
        "PERSIST_STATE": "1",
        "S3_DATA_DIR": str(folder / "s3"),
        "S3_PERSIST": "1",
        "SFTP_ENABLED": "0",
        "STATE_DIR": str(folder / "state"),
        "TMPDIR": str(temporary),
    }
    command = [str(python()), str(Path(__file__).with_name("emulator_server.py"))]
    return Service(NAME, command, environment, settings.port, "PORT")


def require_same_port(settings: Settings) -> None:
    """The addresses of the kept queues hold the port, so kept data cannot move to another."""
    written = settings.folder / "port"
    if written.exists() and written.read_text() != str(settings.port):
        raise Problem(
            f"The data in {settings.folder} belongs to port {written.read_text()}. Use PORT={written.read_text()}, "
            f"another LOCAL_DIR, or forget the data with: make clean-local"
        )

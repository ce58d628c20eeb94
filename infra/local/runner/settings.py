"""The settings of a local stack, read from the environment (which `make` fills from its arguments)."""

import os
from dataclasses import dataclass
from pathlib import Path

from .console import Problem
from .toolbox import ROOT

REGION = "eu-west-2"
STACK = "ironmonger-local"
# Template parameters that a setting may override, by the setting's name.
OVERRIDES = {
    "PAYMENT_WINDOW_SECONDS": "PaymentWindowSeconds",
    "ROUTE_TIMEOUT_SECONDS": "RouteTimeoutSeconds",
    "WORKER_TIMEOUT_SECONDS": "WorkerTimeoutSeconds",
    "REDELIVERY_SECONDS": "RedeliverySeconds",
    "FUNCTION_LOG_LEVEL": "LogLevel",
}


@dataclass(frozen=True)
class Settings:
    """Where one local stack lives: its ports, its folder, and how it differs from the template's defaults."""

    port: int
    simulator_port: int
    folder: Path
    overrides: dict[str, str]
    detach: bool

    @property
    def endpoint(self) -> str:
        """The emulator's address."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def simulator(self) -> str:
        """The simulated suppliers' address."""
        return f"http://127.0.0.1:{self.simulator_port}"

    @property
    def outputs_file(self) -> Path:
        """What other programs read to find the stack."""
        return self.folder / "outputs.json"

    @property
    def logs(self) -> Path:
        """Where background processes write what they say."""
        return self.folder / "logs"

    @property
    def crash_folder(self) -> Path:
        """Where a test asks a function to die at a named point."""
        return self.folder / "crash"


def load() -> Settings:
    """The settings of this run."""
    return Settings(
        port=port("PORT", 4566),
        simulator_port=port("SIM_PORT", 4590),
        folder=(ROOT / (os.environ.get("LOCAL_DIR") or ".local")).resolve(),
        overrides={parameter: os.environ[name] for name, parameter in OVERRIDES.items() if os.environ.get(name)},
        detach=os.environ.get("DETACH", "") not in ("", "0"),
    )


def beside(base: Settings, prefix: str, ports: tuple[int, int], payment_window: str) -> Settings:
    """A stack of a run's own, beside the developer's: detached, and quicker to expire and to redeliver.

    `prefix` names its folder, and the settings of its ports.
    """
    defaults = {
        "PaymentWindowSeconds": payment_window,
        "WorkerTimeoutSeconds": "10",
        "RedeliverySeconds": "15",
        # Hundreds of buyers at once are as many processes, which a small machine takes its time with.
        "RouteTimeoutSeconds": "29",
    }
    return Settings(
        port=port(f"{prefix}_PORT", ports[0]),
        simulator_port=port(f"{prefix}_SIM_PORT", ports[1]),
        folder=ROOT / f".local-{prefix.lower()}",
        overrides={**defaults, **base.overrides},
        detach=True,
    )


def port(name: str, default: int) -> int:
    """The port that a setting names."""
    text = os.environ.get(name) or str(default)
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise Problem(f"{name} is {text!r}: a port is a number from 1 to 65535.")
    return int(text)

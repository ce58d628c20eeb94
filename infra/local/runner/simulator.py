"""The simulated suppliers that tasks are placed with."""

import os

from . import processes
from .build import is_current, runnable
from .console import Problem, step
from .processes import Service
from .settings import Settings

NAME = "supplier-simulator"
PROGRAM = "supplier-sim"


def ensure(settings: Settings) -> None:
    """Starts the simulator unless this build of it runs; it keeps its orders in a file."""
    record = processes.running(settings, NAME)
    if record is not None:
        if record["port"] != settings.simulator_port:
            raise Problem(f"The supplier simulator already runs on port {record['port']}: stop it first.")
        if is_current(PROGRAM, settings.folder):
            return
        processes.stop(settings, NAME)
    program = runnable(PROGRAM, settings.folder)
    state = settings.folder / "supplier-sim.json"
    command = [str(program), "--port", str(settings.simulator_port), "--state", str(state)]
    service = Service(NAME, command, dict(os.environ), settings.simulator_port, "SIM_PORT")
    with step(f"Starting the simulated suppliers on port {settings.simulator_port}"):
        processes.start(settings, service, lambda: processes.answers(settings.simulator_port))

"""`make chaos`: a retailer's invoices, fulfilled on a stack of their own while everything goes wrong."""

import contextlib
import os
import shutil

from . import emulator, processes, seed, up
from .console import Problem, say
from .settings import Settings
from .toolbox import ROOT


def run(arguments: list[str], settings: Settings, keep: bool) -> int:
    """Starts the stack, unless it runs, has `ironmonger chaos` play on it, and stops it; returns the exit code."""
    if not arguments or not arguments[0]:
        raise Problem("Which invoices? make chaos FILE=…")
    was_running = processes.running(settings, emulator.NAME) is not None
    if not was_running:
        # An earlier run's data would only make the emulator slower.
        shutil.rmtree(settings.folder, ignore_errors=True)
    try:
        up.up(settings, contextlib.ExitStack(), with_shop=False)
        return seed.run(settings, ["chaos", *arguments])
    finally:
        if not was_running and not keep:
            up.stop(settings)
            say(f"Logs and data of the run are in {settings.folder}.")


def chaos_settings(base: Settings) -> Settings:
    """The stack of chaos runs: beside the others, detached, and quick to redeliver what dies."""
    defaults = {
        # Longer than a payment takes whose function dies again and again.
        "PaymentWindowSeconds": "240",
        "WorkerTimeoutSeconds": "10",
        "RedeliverySeconds": "15",
        # A small machine takes its time under such a load.
        "RouteTimeoutSeconds": "29",
    }
    return Settings(
        port=int(os.environ.get("CHAOS_PORT") or 4766),
        simulator_port=int(os.environ.get("CHAOS_SIM_PORT") or 4790),
        folder=ROOT / ".local-chaos",
        overrides={**defaults, **base.overrides},
        detach=True,
    )

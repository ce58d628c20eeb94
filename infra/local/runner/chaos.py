"""`make chaos`: a retailer's invoices, fulfilled on a stack of their own while everything goes wrong."""

import contextlib
import shutil

from . import emulator, processes, seed, up
from .console import Problem, say
from .settings import Settings, beside


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
    """The stack of chaos runs, whose payment window is longer than a payment takes that dies again and again."""
    return beside(base, "CHAOS", (4766, 4790), payment_window="240")

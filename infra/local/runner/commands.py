"""The runner's commands, each behind a target of the Makefile."""

import contextlib
import fcntl
import os
import shutil
import subprocess
from collections.abc import Iterator

from . import build, chaos, cloud, costs, destroying, processes, releasing, seed, settings, testing, up, watching
from .console import Problem, say
from .containers import sam_local
from .settings import Settings

USAGE = (
    "usage: run.py up | down | clean | tools | test [PART…] | chaos FILE [OPTION…] | ironmonger ARGUMENT… | "
    "watch | costs ORDERS | sam-local | invoke FUNCTION [EVENT] | "
    "release | deploy ENVIRONMENT [RELEASE] | rollback ENVIRONMENT [VERSION] | smoke [URL] | destroy ENVIRONMENT"
)
# Where `make sam-local` serves the API, unless SAM_PORT says otherwise.
SAM_PORT = 3000


def run(arguments: list[str]) -> int:
    """Runs one command; returns the exit code."""
    match arguments:
        case ["tools"]:
            return 0
        case ["up"]:
            chosen = settings.load()
            with _alone(chosen) as release:
                return up.up(chosen, release)
        case ["down"]:
            chosen = settings.load()
            with _alone(chosen):
                up.stop(chosen)
            return 0
        case ["clean"]:
            return _clean(settings.load())
        case ["ironmonger", *rest]:
            return _ironmonger(settings.load(), rest)
        case ["test", *parts]:
            return testing.run(parts, testing.test_settings(settings.load()), _keep())
        case ["chaos", *rest]:
            return chaos.run(rest, chaos.chaos_settings(settings.load()), _keep())
        case ["watch"]:
            chosen = settings.load()
            return watching.watch(chosen, lambda: _alone(chosen))
        case ["costs", orders] if orders.isdecimal() and int(orders) > 0:
            return costs.run(settings.load(), int(orders))
        case ["sam-local"]:
            return sam_local.start_api(settings.load(), settings.port("SAM_PORT", SAM_PORT))
        case ["invoke", function, *event]:
            return sam_local.invoke(settings.load(), function, event[0] if event else None)
        case ["release"]:
            return releasing.make()
        case ["deploy", environment, *rest] if len(rest) < 2:
            return cloud.deploy(environment, *(rest or [None]))
        case ["rollback", environment, *rest] if len(rest) < 2:
            return cloud.rollback(environment, *(rest or [None]))
        case ["smoke", *rest] if len(rest) < 2:
            return _smoke(rest[0]) if rest else _ironmonger(settings.load(), ["smoke"])
        case ["destroy", environment]:
            return destroying.destroy(environment)
        case _:
            raise Problem(USAGE)


def _keep() -> bool:
    """Whether a stack that was started for a run stays up after it."""
    return os.environ.get("KEEP", "") not in ("", "0")


def _clean(chosen: Settings) -> int:
    with _alone(chosen):
        up.stop(chosen)
        shutil.rmtree(chosen.folder)
    say(f"{chosen.folder} is gone.")
    return 0


def _ironmonger(chosen: Settings, arguments: list[str]) -> int:
    if processes.running(chosen, up.emulator.NAME) is None:
        raise Problem("The local stack does not run: start it with make up, or make up DETACH=1.")
    build.compile_tools()
    return seed.run(chosen, arguments)


def _smoke(address: str) -> int:
    """Tries out a shop anywhere: its address is all that is needed."""
    build.compile_tools()
    return subprocess.run([str(build.binary(seed.PROGRAM)), "smoke", address], check=False).returncode


@contextlib.contextmanager
def _alone(chosen: Settings) -> Iterator[contextlib.ExitStack]:
    """Keeps two commands from changing one stack at the same time; the caller may release it early."""
    chosen.folder.mkdir(parents=True, exist_ok=True)
    with contextlib.ExitStack() as held:
        lock = held.enter_context((chosen.folder / "lock").open("w"))
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Problem(f"Another command is changing the stack in {chosen.folder}: wait for it.") from error
        yield held

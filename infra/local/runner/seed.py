"""Runs the `ironmonger` program against the local stack: demo catalogue, imports, replays."""

import hashlib
import os
import subprocess

from .build import runnable
from .console import Problem, step
from .emulator import aws_environment
from .settings import Settings
from .toolbox import ROOT

PROGRAM = "ironmonger"
SOURCES = ROOT / "infra" / "cli"


def ensure(settings: Settings) -> None:
    """Fills the catalogue, unless this seed is in it already."""
    stamp = settings.folder / "seeded"
    digest = _seed_hash()
    if stamp.exists() and stamp.read_text() == digest:
        return
    with step("Seeding the catalogue"):
        if run(settings, ["seed"]) != 0:
            raise Problem("Seeding failed, see the message above.")
    stamp.write_text(digest)


def run(settings: Settings, arguments: list[str]) -> int:
    """Runs `ironmonger` with the stack's addresses; returns its exit code."""
    environment = {**aws_environment(settings, dict(os.environ)), "IRONMONGER_OUTPUTS": str(settings.outputs_file)}
    return subprocess.run(
        [str(runnable(PROGRAM, settings.folder)), *arguments], cwd=ROOT, env=environment, check=False
    ).returncode


def _seed_hash() -> str:
    """Of the seed's code and data, not of the rest of the program."""
    digest = hashlib.sha256()
    for file in sorted(SOURCES.rglob("*")):
        name = file.relative_to(SOURCES)
        if file.is_file() and "seed" in (*name.parts, name.stem):
            digest.update(name.as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()

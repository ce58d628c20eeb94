"""Checks that this machine has what the runner cannot install itself. Standard library only."""

from __future__ import annotations

import platform
import re
import shutil
import subprocess
import sys

from .console import Problem
from .toolbox import ROOT

OLDEST_PYTHON = (3, 10)
OLDEST_NODE = (20, 19)
OLDEST_RUST = (1, 95)
# What a stack of its own and its build take of the disk beside what cargo keeps; with less, it fails at any line.
LEAST_FREE_GB = 8


def check_python() -> None:
    """The one check that must pass before anything else is imported."""
    if sys.version_info < OLDEST_PYTHON:
        raise Problem(
            f"Python {_text(OLDEST_PYTHON)} or newer is needed, this is {platform.python_version()} ({sys.executable})."
        )


def check_machine() -> None:
    """Functions run as processes of this machine, and they are Linux binaries."""
    if platform.system() != "Linux":
        raise Problem("The local stack runs the functions' Linux binaries directly: use Linux, or WSL 2 on Windows.")
    host_architecture()
    problems = [problem for problem in (_check_rust(), _check_node(), _check_disk()) if problem]
    if problems:
        raise Problem("\n       ".join(problems))


def host_architecture() -> str:
    """This machine's architecture, by the name that Lambda gives it."""
    names = {"x86_64": "x86_64", "amd64": "x86_64", "aarch64": "arm64", "arm64": "arm64"}
    machine = platform.machine().lower()
    if machine not in names:
        raise Problem(f"Lambda has no architecture for this machine ({machine}).")
    return names[machine]


def host_triple() -> str:
    """The target triple to build for: the one `cargo lambda` chooses on this machine."""
    return {"x86_64": "x86_64-unknown-linux-gnu", "arm64": "aarch64-unknown-linux-gnu"}[host_architecture()]


def _check_rust() -> str | None:
    for tool in ("cargo", "rustc"):
        if shutil.which(tool) is None:
            return f"`{tool}` was not found. Install Rust with rustup, see https://rustup.rs."
    if shutil.which("cc") is None:
        return "`cc` was not found. Install a C compiler for linking, on Debian: apt install build-essential."
    return _check_version("rustc", ["rustc", "--version"], OLDEST_RUST)


def _check_node() -> str | None:
    for tool in ("node", "npm"):
        if shutil.which(tool) is None:
            return f"`{tool}` was not found. Install Node.js {_text(OLDEST_NODE)} or newer, see https://nodejs.org."
    return _check_version("node", ["node", "--version"], OLDEST_NODE)


def _check_disk() -> str | None:
    free = shutil.disk_usage(ROOT).free // 10**9
    if free < LEAST_FREE_GB:
        return f"{free} GB of the disk are free where {ROOT} is; the build and the stack need {LEAST_FREE_GB}."
    return None


def _check_version(name: str, command: list[str], oldest: tuple[int, int]) -> str | None:
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    found = re.search(r"(\d+)\.(\d+)", answer.stdout)
    if answer.returncode != 0 or found is None:
        return f"`{' '.join(command)}` failed: {answer.stderr.strip() or answer.stdout.strip()}"
    version = (int(found[1]), int(found[2]))
    if version < oldest:
        return f"{name} {_text(oldest)} or newer is needed, this is {_text(version)}."
    return None


def _text(version: tuple[int, int]) -> str:
    return f"{version[0]}.{version[1]}"

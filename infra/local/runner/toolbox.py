"""The virtual environment with the pinned tools: emulator, SAM, cargo-lambda, linters. Standard library only."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

from .console import Problem, say, step

ROOT = Path(__file__).resolve().parents[3]
REQUIREMENTS = ROOT / "infra" / "local" / "requirements.txt"
# A folder outside the checkout saves a fresh clone the installation.
FOLDER = Path(os.environ.get("IRONMONGER_VENV", ROOT / ".venv"))
STAMP = "ironmonger-requirements.sha256"


def is_active() -> bool:
    """Whether this process already runs inside an up-to-date environment."""
    return Path(sys.prefix).resolve() == FOLDER.resolve() and _is_current()


def prepare() -> Path:
    """Makes or renews the environment where needed; returns its interpreter."""
    if not _is_current():
        with step(f"Installing the pinned tools into {FOLDER}"):
            _install()
    return python()


def python() -> Path:
    """The environment's interpreter."""
    return FOLDER / "bin" / "python"


def environment() -> dict[str, str]:
    """This process's environment with the tools first on the path."""
    return {**os.environ, "PATH": f"{FOLDER / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}", "SAM_CLI_TELEMETRY": "0"}


def _is_current() -> bool:
    stamp = FOLDER / STAMP
    return stamp.is_file() and stamp.read_text() == _fingerprint()


def _fingerprint() -> str:
    version = sysconfig.get_python_version().encode()
    return hashlib.sha256(version + REQUIREMENTS.read_bytes()).hexdigest()


def _install() -> None:
    shutil.rmtree(FOLDER, ignore_errors=True)
    base = getattr(sys, "_base_executable", sys.executable)
    _run([base, "-m", "venv", str(FOLDER)], "On Debian the package python3-venv is needed.")
    install = [str(python()), "-m", "pip", "install", "--disable-pip-version-check", "--quiet"]
    _run([*install, "--no-deps", "--require-hashes", "--requirement", str(REQUIREMENTS)], "See pip's message above.")
    (FOLDER / STAMP).write_text(_fingerprint())


def _run(command: list[str], hint: str) -> None:
    if subprocess.run(command, check=False).returncode != 0:
        say("")
        raise Problem(f"`{' '.join(command[:4])} …` failed. {hint}")

"""Builds the storefront, the API's reference page and the console when their sources changed."""

import hashlib
import json
import shutil
import subprocess
from pathlib import Path

from .console import Problem, step
from .toolbox import ROOT

FRONTEND = ROOT / "frontend"
# The parts of the site, and where they are found below its address.
PARTS = {"storefront": "", "console": "console/"}
# What the parts share.
SHARED = ("api", "identity", "realtime")
SKIPPED = {"node_modules", "dist", "test-results", "playwright-report"}
STAMP = ".ironmonger-sources.sha256"


def install() -> None:
    """`npm ci`, when the lock file changed."""
    lock = FRONTEND / "package-lock.json"
    stamp = FRONTEND / "node_modules" / ".ironmonger-lock.sha256"
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == digest:
        return
    with step("npm ci"):
        _npm(["ci", "--no-fund", "--no-audit"], "`npm ci` failed, see its message above.")
    stamp.write_text(digest)


def build() -> None:
    """Builds each part of the site, unless what is built is of these sources."""
    install()
    for part in PARTS:
        stamp = _built(part) / STAMP
        digest = _sources_hash(part)
        if stamp.exists() and stamp.read_text() == digest:
            continue
        with step(f"Building the {part}"):
            _npm(["run", "build", "--workspace", part], f"The {part}'s build failed, see its message above.")
        stamp.write_text(digest)


def config(region: str, stack: dict[str, str], cognito_endpoint: str | None) -> bytes:
    """What the site's pages must know of the stack they belong to: `/config.json`, made of the stack's outputs."""
    told = {
        "region": region,
        "userPoolId": stack["UserPoolId"],
        "userPoolClientId": stack["UserPoolClientId"],
        "cognitoEndpoint": cognito_endpoint,
        "currency": stack["Currency"],
        "stage": stack["Stage"],
        "realtimeUrl": stack["RealtimeUrl"],
    }
    return json.dumps(told).encode()


def site() -> dict[str, bytes]:
    """The built site's files, by their keys in the bucket."""
    return {
        path + file.relative_to(_built(part)).as_posix(): file.read_bytes()
        for part, path in PARTS.items()
        for file in _files(_built(part))
        if file.name != STAMP
    }


def _built(part: str) -> Path:
    return FRONTEND / part / "dist"


def _sources_hash(part: str) -> str:
    digest = hashlib.sha256()
    roots = [FRONTEND / name for name in (*SHARED, part)]
    loose = sorted(file for file in FRONTEND.glob("*.json") if file.is_file())
    for file in [*loose, ROOT / "docs" / "openapi.json", *(file for root in roots for file in _files(root))]:
        digest.update(file.relative_to(ROOT).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


def _files(root: Path) -> list[Path]:
    found = []
    for entry in sorted(root.iterdir()):
        if entry.is_dir():
            found += _files(entry) if entry.name not in SKIPPED else []
        else:
            found.append(entry)
    return found


def _npm(arguments: list[str], problem: str) -> None:
    npm = shutil.which("npm")
    if npm is None or subprocess.run([npm, *arguments], cwd=FRONTEND, check=False).returncode != 0:
        raise Problem(problem)

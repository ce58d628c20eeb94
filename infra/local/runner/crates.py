"""The workspace's crates: which functions have to be built anew when a file of one changes."""

import json
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from .console import Problem
from .toolbox import ROOT


@dataclass(frozen=True)
class Crate:
    """A crate, its folder, its programs by their main files, and the crates of the workspace that its code uses."""

    name: str
    folder: Path
    programs: dict[Path, str]
    uses: frozenset[str]


class Workspace:
    """All crates, and who uses whom."""

    def __init__(self, crates: Iterable[Crate]) -> None:
        self._crates = {crate.name: crate for crate in crates}

    @classmethod
    def read(cls) -> "Workspace":
        """As cargo sees it now."""
        command = ["cargo", "metadata", "--no-deps", "--offline", "--format-version", "1"]
        answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        if answer.returncode != 0:
            raise Problem(f"cargo does not understand the workspace:\n{answer.stderr.strip()}")
        return cls(map(_crate, json.loads(answer.stdout)["packages"]))

    def programs_of(self, files: Iterable[Path]) -> set[str]:
        """The programs that these files are part of: a main file of its own, others of all that use their crate."""
        found: set[str] = set()
        for file in files:
            crate = self._crate_of(file)
            if crate is None or _is_for_tests(file.relative_to(crate.folder)):
                continue
            if file in crate.programs:
                found.add(crate.programs[file])
                continue
            for user in self._users(crate.name):
                found.update(self._crates[user].programs.values())
        return found

    def namesakes_of(self, files: Iterable[Path]) -> set[str]:
        """The programs that files are named after: a handler's file and its program have one name."""
        found = set()
        for file in files:
            crate, name = self._crate_of(file), file.stem.replace("_", "-")
            if crate is not None and name in crate.programs.values():
                found.add(name)
        return found

    def _crate_of(self, file: Path) -> Crate | None:
        holders = [crate for crate in self._crates.values() if file.is_relative_to(crate.folder)]
        return max(holders, key=lambda crate: len(crate.folder.parts), default=None)

    def _users(self, name: str) -> set[str]:
        """A crate and all that use it, also by way of others."""
        users, waiting = set(), [name]
        while waiting:
            current = waiting.pop()
            if current not in users:
                users.add(current)
                waiting += [crate.name for crate in self._crates.values() if current in crate.uses]
        return users


def _crate(package: dict) -> Crate:
    # What only a crate's tests use does not get into its programs.
    uses = {used["name"] for used in package["dependencies"] if used["kind"] != "dev" and used.get("path")}
    programs = {Path(target["src_path"]): target["name"] for target in package["targets"] if "bin" in target["kind"]}
    return Crate(package["name"], Path(package["manifest_path"]).parent, programs, frozenset(uses))


def _is_for_tests(file: Path) -> bool:
    return file.parts[0] in ("tests", "benches")

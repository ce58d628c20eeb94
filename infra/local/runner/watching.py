"""`make watch`: whenever a file is saved, the running stack is brought up to date.

Code of functions takes the shortest way: only programs that the file is part of are built, and only those that came out
differently are replaced, and the function that the file is named after before all others. For everything else the
watcher begins anew, and with that does what `make up` does.
"""

import contextlib
import os
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import watchfiles

from . import build, deploy, emulator, frontend, processes, up
from .console import Problem, fail, say
from .crates import Workspace
from .settings import Settings
from .toolbox import ROOT

# Folders whose files are watched, and files beside them that are looked at now and then: editors replace files, and to
# watch a single one would be to watch what was replaced.
FOLDERS = ("functions", "shared", "infra")
LOOSE = (ROOT / "template.yaml", ROOT / "samconfig.toml", ROOT / "Cargo.toml", ROOT / "docs" / "openapi.json")
# What is below these is made, or belongs to the runner and the tests.
IGNORED = {
    *(ROOT / "infra" / name for name in ("local", "openapi", "sample-events", "stack-tests", "events")),
}
# Saving all files of an editor takes a moment.
TOGETHER_MILLISECONDS = 400
# How often the loose files are looked at.
LOOK_MILLISECONDS = 500


@dataclass
class Changes:
    """What has to be done because of files that were saved."""

    code: set[Path] = field(default_factory=set)
    site: bool = False
    rest: bool = False


def watch(settings: Settings, alone: Callable[[], contextlib.AbstractContextManager]) -> int:
    """Watches until interrupted. Each update holds `alone`, so that no other command changes the stack meanwhile."""
    if processes.running(settings, emulator.NAME) is None:
        raise Problem("The local stack does not run: start it with make up, or make up DETACH=1.")
    with contextlib.suppress(KeyboardInterrupt):
        # Nobody waits with saving until the first update is done.
        missed_since: float | None = time.time()
        _update_all(settings, alone)
        say("Watching. What is saved goes live; Ctrl-C ends that, the stack goes on.")
        loose = _loose_times()
        batches = watchfiles.watch(
            *_watched(),
            watch_filter=lambda _, path: _matters(Path(path)),
            debounce=TOGETHER_MILLISECONDS,
            rust_timeout=LOOK_MILLISECONDS,
            yield_on_timeout=True,
        )
        for batch in batches:
            files = {Path(path) for _, path in batch}
            files |= {file for file, saved in _loose_times().items() if saved != loose.get(file)}
            loose = _loose_times()
            if missed_since is not None:
                files |= _saved_since(missed_since)
                missed_since = None
            if files:
                _bring(settings, files, alone)
    return 0


def sort(files: set[Path]) -> Changes:
    """What has to be done because of these files."""
    changes = Changes()
    for file in files:
        place = file.relative_to(ROOT)
        if place.parts[0] in ("functions", "shared") and file.name != "Cargo.toml":
            changes.code.add(file)
        elif place.parts[0] == "frontend" or place == Path("docs/openapi.json"):
            changes.site = True
        else:
            changes.rest = True
    return changes


def _bring(settings: Settings, files: set[Path], alone: Callable[[], contextlib.AbstractContextManager]) -> None:
    """Brings the stack up to date. What does not build is told of, and the next save tries again."""
    saved = max((file.stat().st_mtime for file in files if file.exists()), default=time.time())
    shown = ", ".join(sorted(str(file.relative_to(ROOT)) for file in files)[:3])
    say(f"\n▸ {shown}{' …' if len(files) > 3 else ''}")
    changes = sort(files)
    if changes.rest:
        # What this process knows of the templates is of before.
        os.execv(sys.executable, [sys.executable, *sys.argv])
    try:
        with alone():
            for done in _update(settings, changes):
                say(f"✓ {done}, live {time.time() - saved:.1f} s after it was saved")
    except Problem as problem:
        fail(str(problem))


def _update_all(settings: Settings, alone: Callable[[], contextlib.AbstractContextManager]) -> None:
    """What `make up` does; where that fails, what is saved next may mend it."""
    try:
        with alone():
            up.up(replace(settings, detach=True), contextlib.ExitStack())
    except Problem as problem:
        fail(str(problem))


def _update(settings: Settings, changes: Changes) -> Iterator[str]:
    """Tells of each part when it is live. Functions that the files are named after come before all others."""
    if changes.code:
        workspace = Workspace.read()
        first, touched = workspace.namesakes_of(changes.code), workspace.programs_of(changes.code)
        for programs, which in ((touched & first, "that it is about"), (touched - first, "that it is part of")):
            functions = {name: program for name, program in build.functions().items() if program in programs}
            if functions:
                build.compile_programs(functions.values())
                replaced = deploy.replace_code(settings, list(functions))
                yield f"{len(replaced)} of the {len(functions)} functions {which}"
    if changes.site:
        frontend.build()
        up.publish(settings, deploy.outputs(settings))
        yield "the site"


def _watched() -> list[Path]:
    parts = [folder for folder in frontend.FRONTEND.glob("*/*") if folder.is_dir()]
    ours = [folder for folder in parts if not frontend.SKIPPED & {folder.name, folder.parent.name}]
    return [*(ROOT / folder for folder in FOLDERS), *ours]


def _saved_since(moment: float) -> set[Path]:
    """Files that matter and were written since then. To be asked for once the watching has begun."""
    files = (file for folder in _watched() for file in folder.rglob("*"))
    return {file for file in files if _matters(file) and file.is_file() and file.stat().st_mtime >= moment}


def _matters(file: Path) -> bool:
    if any(file.is_relative_to(folder) for folder in IGNORED):
        return False
    # Editors write beside a file before they put it in place.
    return not file.name.startswith(".") and not file.name.endswith((".md", "~", ".swp", ".tmp")) and not file.is_dir()


def _loose_times() -> dict[Path, float]:
    return {file: file.stat().st_mtime for file in LOOSE if file.exists()}

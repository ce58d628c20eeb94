"""Entry point of the one-machine runner: `python3 infra/local/run.py up|down|clean|test|chaos|ironmonger|deploy|tools`.

Needs nothing but the standard library: it checks the machine, makes the virtual environment with the
pinned tools when they changed, and goes on inside it.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from runner import prerequisites
from runner.console import Problem, fail


def main(arguments: list[str]) -> int:
    """Runs one command and returns the process's exit code."""
    prerequisites.check_python()
    from runner import toolbox

    if not toolbox.is_active():
        python = toolbox.prepare()
        os.execv(python, [str(python), str(Path(__file__).resolve()), *arguments])
    from runner import commands

    # Being told to end is answered as Ctrl-C is: nothing that was started stays behind.
    for ending in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, signal.default_int_handler)
    return commands.run(arguments)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Problem as problem:
        fail(str(problem))
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)

"""What the runner says: one line for each step with its time, and problems that end it."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Iterator


class Problem(Exception):
    """Something the person at the keyboard has to know and can act on; its text is all that is printed."""


def say(text: str) -> None:
    """Prints one line at once, also into a pipe."""
    print(text, flush=True)


def fail(text: str) -> None:
    """Prints what went wrong, apart from ordinary output."""
    sys.stdout.flush()
    print(f"error: {text}", file=sys.stderr, flush=True)


@contextlib.contextmanager
def step(title: str) -> Iterator[None]:
    """Announces a step, and says how many seconds it took once it is done."""
    say(f"▸ {title}")
    started = time.monotonic()
    yield
    say(f"  done in {time.monotonic() - started:.1f} s")

"""Follows what the functions log, one line for each of theirs."""

import time

from . import emulator, processes, simulator
from .console import Problem, say
from .emulator import client
from .settings import Settings

# The platform's own lines around each invocation.
PLATFORM = ("START RequestId", "END RequestId", "REPORT RequestId", "INIT_START")
# How much later than a younger line an older one may arrive.
LATE_MILLISECONDS = 2000


def follow(settings: Settings, group: str) -> None:
    """Prints new log lines until interrupted, or until a background process ends by itself."""
    logs = client(settings.endpoint, "logs")
    since = int(time.time() * 1000)
    seen: set[str] = set()
    while True:
        for name in (emulator.NAME, simulator.NAME):
            if processes.running(settings, name) is None:
                raise Problem(f"The {name} has ended:\n{processes.last_lines(settings.logs / f'{name}.log')}")
        pages = logs.get_paginator("filter_log_events").paginate(logGroupName=group, startTime=since)
        events = [event for page in pages for event in page["events"]]
        for event in events:
            if event["eventId"] not in seen and not event["message"].startswith(PLATFORM):
                say(event["message"].rstrip())
        if events:
            since = max(event["timestamp"] for event in events) - LATE_MILLISECONDS
            seen = {event["eventId"] for event in events}
        time.sleep(1)

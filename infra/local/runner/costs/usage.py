"""What functions used in a stretch of time, as the lines say that they leave in the log."""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, fields

# What CloudWatch counts for each line beside its text.
BYTES_PER_LINE = 26
# The log's line for each event that the bus is told.
TELLING = "telling"


@dataclass
class Usage:
    """Amounts that are paid for."""

    calls: float = 0
    requests: float = 0
    gb_seconds: float = 0
    reads: float = 0
    writes: float = 0
    events: float = 0
    messages: float = 0
    batches: float = 0
    log_bytes: float = 0

    def __add__(self, other: "Usage") -> "Usage":
        return Usage(*(getattr(self, name) + getattr(other, name) for name in AMOUNTS))

    def times(self, factor: float) -> "Usage":
        """As much, so many times."""
        return Usage(*(getattr(self, name) * factor for name in AMOUNTS))

    def without(self, other: "Usage") -> "Usage":
        """What is left when as much is taken away; never less than nothing."""
        return Usage(*(max(0, getattr(self, name) - getattr(other, name)) for name in AMOUNTS))

    @property
    def queue_requests(self) -> float:
        """A request for each message that is sent, and two for each batch: one takes it, one removes it."""
        return self.messages + 2 * self.batches


AMOUNTS = tuple(each.name for each in fields(Usage))


@dataclass
class Window:
    """A stretch of time: who used what in it, and which series of metrics each wrote."""

    seconds: float
    functions: dict[str, Usage] = field(default_factory=dict)
    series: dict[str, set[tuple]] = field(default_factory=dict)

    @property
    def total(self) -> Usage:
        """What all functions used together."""
        return sum(self.functions.values(), Usage())

    def written_by(self, functions: Iterable[str]) -> set[tuple]:
        """The series of metrics that these functions wrote."""
        return set().union(*(self.series.get(name, set()) for name in functions))

    def without(self, scheduled: dict[str, Usage]) -> dict[str, Usage]:
        """What functions used beside what schedules have them use anyway."""
        left = {name: used.without(scheduled.get(name, Usage())) for name, used in self.functions.items()}
        return {name: used for name, used in left.items() if used != Usage()}


def read(lines: Iterable[str], seconds: float, memory: dict[str, int]) -> Window:
    """Reads a log; `memory` is what each function has, in MiB, by its program's name."""
    window = Window(seconds)
    functions: defaultdict[str, Usage] = defaultdict(Usage)
    platform = 0
    for text in lines:
        size = len(text.encode()) + BYTES_PER_LINE
        line = _parsed(text)
        if line is None or line.get("function") not in memory:
            platform += size
            continue
        used = functions[line["function"]]
        used.log_bytes += size
        used.events += line.get("message") == TELLING
        if "_aws" in line:
            window.series.setdefault(line["function"], set()).update(series(line))
            if "Duration" in line:
                _count(used, line, memory[line["function"]])
    # The platform writes as much around each call, and does not say there whose it is.
    calls = sum(used.calls for used in functions.values())
    for used in functions.values():
        used.log_bytes += platform * used.calls / calls if calls else 0
    window.functions = dict(functions)
    return window


def series(line: dict) -> Iterable[tuple]:
    """The series that a line writes a value of."""
    for directive in line["_aws"]["CloudWatchMetrics"]:
        for names in directive["Dimensions"]:
            for metric in directive["Metrics"]:
                yield (metric["Name"], *((name, line[name]) for name in names))


def _count(used: Usage, line: dict, memory: int) -> None:
    used.calls += 1
    used.requests += "status" in line
    used.gb_seconds += line["Duration"] / 1000 * memory / 1024
    used.reads += line["ReadUnits"]
    used.writes += line["WriteUnits"]
    if "MessagesFailed" in line:
        told = line["MessagesFailed"]
        used.messages += len(told) if isinstance(told, list) else 1
        used.batches += 1


def _parsed(text: str) -> dict | None:
    if not text.startswith("{"):
        return None
    try:
        line = json.loads(text)
    except json.JSONDecodeError:
        return None
    return line if isinstance(line, dict) else None

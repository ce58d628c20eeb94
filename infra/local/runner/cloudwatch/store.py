"""The data points of metrics, and those that the embedded metric format puts into log lines.

A line is read at the moment when the log takes it in, so that each counts once: the emulator writes logs and metrics
together when it stops.
"""

import json
import math
import threading
import time
from collections.abc import Iterator

from ministack.core.responses import get_account_id, get_region
from ministack.services import cloudwatch, cloudwatch_logs

MINUTE = 60
# How often points that are too old are looked for.
EVICTION_SECONDS = 600
# The format's own limits.
MOST_DIMENSIONS, MOST_VALUES = 30, 100

# Functions log, the emulator evicts, and pages ask at the same time.
lock = threading.RLock()

_append = cloudwatch_logs._append_log_events
_evict = cloudwatch._evict_old_metrics
_get_state = cloudwatch.get_state
_store = cloudwatch._store_datum
# The points of each series' latest minute by their values: equal ones are one point with a count.
_latest: dict[tuple, tuple[int, dict[float, dict]]] = {}
_evicted_at = 0.0


def install() -> None:
    """Has log lines read as they come, and points kept safe from what runs at the same time."""
    cloudwatch_logs._append_log_events = _append_and_read
    cloudwatch._evict_old_metrics = _evict_at_times
    cloudwatch.get_state = _get_state_alone
    cloudwatch._store_datum = _store_alone
    cloudwatch.record_metric = lambda namespace, name, value, unit="None", dimensions=None: record(
        namespace, name, dimensions or {}, time.time(), unit, value
    )


def record(namespace: str, name: str, dimensions: dict[str, str], at: float, unit: str, value: float) -> None:
    """Adds a value to a metric, in its minute, which is as exact as CloudWatch keeps it."""
    minute = int(at // MINUTE * MINUTE)
    key = (namespace, name, cloudwatch._dims_key(dimensions))
    scoped = (get_account_id(), get_region(), key)
    with lock:
        held, points = _latest.get(scoped, (0, {}))
        if held != minute:
            held, points = _latest[scoped] = (minute, {})
        point = points.get(value)
        if point is not None:
            point["Count"] += 1.0
            return
        point = {"Timestamp": minute, "Value": float(value), "Count": 1.0, "Unit": unit, "Dimensions": dict(dimensions)}
        points[value] = point
        cloudwatch._metric_bucket(key).append(point)


def series_of(namespace: str, name: str) -> list[tuple[dict[str, str], list[dict]]]:
    """All series of a metric: their dimensions and their points."""
    with lock:
        found = [
            points for (space, title, _), points in cloudwatch._metrics.items() if (space, title) == (namespace, name)
        ]
        return [(points[0].get("Dimensions", {}), list(points)) for points in found if points]


def points_of(namespace: str, name: str, dimensions: dict[str, str]) -> list[dict]:
    """The points of the one series that has exactly these dimensions."""
    with lock:
        return list(cloudwatch._metrics.get((namespace, name, cloudwatch._dims_key(dimensions))) or ())


def embedded(message: str) -> Iterator[tuple[str, str, dict[str, str], float | None, str, float]]:
    """The values in a log line: namespace, name, dimensions, time if it is told, unit, value."""
    if not message.startswith("{") or '"_aws"' not in message:
        return
    try:
        line = json.loads(message)
    except json.JSONDecodeError:
        return
    told = line.get("_aws") if isinstance(line, dict) else None
    if not isinstance(told, dict):
        return
    at = told["Timestamp"] / 1000 if isinstance(told.get("Timestamp"), int | float) else None
    for directive in told.get("CloudWatchMetrics") or ():
        for names in directive.get("Dimensions") or [[]]:
            if len(names) > MOST_DIMENSIONS or not all(isinstance(line.get(name), str) for name in names):
                continue
            dimensions = {name: line[name] for name in names}
            for metric in directive.get("Metrics") or ():
                for value in _values(line.get(metric["Name"])):
                    yield directive["Namespace"], metric["Name"], dimensions, at, metric.get("Unit", "None"), value


def _values(told) -> list[float]:
    values = told if isinstance(told, list) else [told]
    return [
        float(value)
        for value in values[:MOST_VALUES]
        if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    ]


def _append_and_read(stream: dict, events: list[dict]) -> None:
    _append(stream, events)
    for event in events:
        for namespace, name, dimensions, at, unit, value in embedded(event["message"]):
            record(namespace, name, dimensions, event["timestamp"] / 1000 if at is None else at, unit, value)


def _evict_at_times() -> None:
    """The emulator looks through all points at each call, and takes no care of those that are added meanwhile."""
    global _evicted_at
    with lock:
        if time.monotonic() - _evicted_at > EVICTION_SECONDS:
            _evicted_at = time.monotonic()
            _latest.clear()
            _evict()


def _store_alone(*datum) -> None:
    with lock:
        _store(*datum)


def _get_state_alone() -> dict:
    with lock:
        return _get_state()

"""From a dashboard's widgets to what is drawn: their metrics as queries, and the answers to these."""

import math
import string
from collections.abc import Iterator

from ministack.services import cloudwatch

from .expressions import ExpressionError
from .queries import series_of
from .store import MINUTE

# What CloudWatch takes as the period of a widget by the range that is shown: up to so many hours, so many seconds.
PERIODS = ((3, 60), (24, 300), (72, 900), (24 * 15, 3600))
LETTERS = string.ascii_lowercase


def drawn(widget: dict, start: float, end: float) -> dict:
    """A widget with its series or alarms beside its properties."""
    result = {key: widget[key] for key in ("type", "x", "y", "width", "height", "properties")}
    match widget["type"]:
        case "metric":
            result |= _metric(widget["properties"], start, end)
        case "alarm":
            result["alarms"] = [_alarm(arn) for arn in widget["properties"]["alarms"]]
    return result


def queries(properties: dict, period: int) -> list[dict]:
    """A widget's metrics as the queries of GetMetricData, each with what the widget says of its line."""
    found = []
    previous: list[str] = []
    for number, row in enumerate(properties["metrics"]):
        options = row[-1] if isinstance(row[-1], dict) else {}
        parts = [part for part in row if not isinstance(part, dict)]
        name = options.get("id") or _id(number)
        about = {
            "Id": name,
            "Label": options.get("label", ""),
            "ReturnData": options.get("visible", True),
            "options": options,
        }
        if "expression" in options:
            found.append({**about, "Expression": options["expression"]})
            continue
        previous = list(_written_out(parts, previous))
        namespace, metric, *dimensions = previous
        named = [{"Name": key, "Value": value} for key, value in zip(dimensions[::2], dimensions[1::2], strict=True)]
        stat = options.get("stat") or properties.get("stat", "Average")
        told = {"Namespace": namespace, "MetricName": metric, "Dimensions": named}
        found.append({**about, "MetricStat": {"Metric": told, "Period": options.get("period") or period, "Stat": stat}})
    return found


def _metric(properties: dict, start: float, end: float) -> dict:
    hours = (end - start) / 3600
    usual = next((period for most, period in PERIODS if hours <= most), 3600)
    is_whole = properties.get("setPeriodToTimeRange", False)
    if is_whole:
        start = start // MINUTE * MINUTE
    period = math.ceil((end - start) / MINUTE) * MINUTE if is_whole else usual
    asked = queries(properties, period)
    series, faults = [], []
    for query in asked:
        if not query["ReturnData"]:
            continue
        try:
            found = series_of(query, asked, start, end, anchor=start if is_whole else 0.0)
        except ExpressionError as error:
            faults.append(f"{query['Label'] or query['Id']}: {error}")
            continue
        line = query["options"]
        for one in found:
            about = {"label": one.label, "color": line.get("color"), "axis": line.get("yAxis", "left")}
            about["period"] = one.period
            series.append({**about, "points": sorted(one.values.items())})
    return {"series": series, "faults": faults}


def _written_out(parts: list[str], previous: list[str]) -> Iterator[str]:
    """A row with `.` (as above) and `...` (as above from here to what follows) replaced."""
    if "..." in parts:
        at = parts.index("...")
        rest = parts[at + 1 :]
        parts = [*parts[:at], *previous[at : len(previous) - len(rest)], *rest]
    for index, part in enumerate(parts):
        yield previous[index] if part == "." else part


def _id(number: int) -> str:
    return f"row{LETTERS[number // 26 % 26]}{LETTERS[number % 26]}"


def _alarm(arn: str) -> dict:
    name = arn.rsplit(":alarm:", 1)[-1]
    alarm = cloudwatch._alarms.get(name) or cloudwatch._composite_alarms.get(name)
    if alarm is None:
        return {
            "name": name,
            "state": "MISSING",
            "description": "There is no such alarm.",
            "since": None,
            "pages": False,
        }
    return {
        "name": name,
        "state": alarm["StateValue"],
        "description": alarm["AlarmDescription"],
        "since": alarm["StateUpdatedTimestamp"],
        "pages": bool(alarm.get("AlarmActions")),
    }

"""GetMetricData with expressions, with exactly the dimensions asked for, and in CloudWatch's order."""

import math
import re
import time
from collections import defaultdict
from dataclasses import replace

from ministack.services import cloudwatch

from . import store
from .expressions import Context, ExpressionError, Series, Value, evaluate

LABEL = re.compile(r"\$\{PROP\('(?:(Dim)\.)?(\w+)'\)\}")


def install() -> None:
    """Has GetMetricData answered here. SDKs ask in JSON or CBOR; the old form-encoded protocol keeps its own answer."""
    original = cloudwatch._get_metric_data

    def get_metric_data(parameters, data, is_cbor, is_json=False):
        if not (is_cbor or is_json):
            return original(parameters, data, is_cbor, is_json)
        start, end = cloudwatch._parse_ts(data.get("StartTime")), cloudwatch._parse_ts(data.get("EndTime"))
        results = answer(data.get("MetricDataQueries", []), start or 0.0, end or time.time())
        if data.get("ScanBy") != "TimestampAscending":
            for result in results:
                result["Timestamps"].reverse()
                result["Values"].reverse()
        if is_cbor:
            return cloudwatch._cbor_ok({"MetricDataResults": [cloudwatch._cbor_metric_data_result(r) for r in results]})
        return cloudwatch._json_ok({"MetricDataResults": results})

    cloudwatch._get_metric_data = get_metric_data


def answer(queries: list[dict], start: float, end: float) -> list[dict]:
    """The results of queries that want them, oldest value first."""
    results = []
    for query in queries:
        if not query.get("ReturnData", True):
            continue
        try:
            found = series_of(query, queries, start, end)
        except ExpressionError as error:
            refused = {"Code": "ValidationError", "Value": str(error)}
            results.append(_result(query["Id"], Series(query["Id"], 0, {}), "InternalError", [refused]))
            continue
        results.extend(_result(query["Id"], series) for series in found)
    return results


def series_of(query: dict, queries: list[dict], start: float, end: float, anchor: float = 0.0) -> list[Series]:
    """What a query gives: one series, or several where it searches. Periods are counted from the anchor."""
    by_id = {one["Id"]: one for one in queries}

    def times(period: int) -> list[int]:
        first = math.floor((start - anchor) / period) * period + anchor
        return [int(at) for at in _range(first, end, period)]

    def search(namespace, dimensions, conditions, statistic, period):
        wanted = {name: value for name, value in conditions.items() if name != "MetricName"}
        name = conditions["MetricName"]
        found = [
            Series(
                " ".join(having[each] for each in dimensions if each not in wanted) or name,
                period,
                _values(points, statistic, period, start, end, anchor),
                having,
                name,
            )
            for having, points in store.series_of(namespace, name)
            if set(having) == set(dimensions) and wanted.items() <= having.items()
        ]
        return sorted((one for one in found if one.values), key=lambda one: one.label)

    def value(one: dict) -> Value:
        if "Expression" in one:
            metrics = [each["Id"] for each in queries if "MetricStat" in each]
            context = Context(lambda name: named(name, one["Id"]), metrics, search, times)
            return evaluate(one["Expression"], context)
        stat = one["MetricStat"]
        metric, period = stat["Metric"], int(stat["Period"])
        dimensions = cloudwatch._dims_from_list(metric.get("Dimensions") or [])
        points = store.points_of(metric["Namespace"], metric["MetricName"], dimensions)
        values = _values(points, stat["Stat"], period, start, end, anchor)
        return Series(metric["MetricName"], period, values, dimensions, metric["MetricName"])

    def named(name: str, asking: str) -> Value:
        if name not in by_id or name == asking:
            raise ExpressionError(f"{name} is no id of another query.")
        return value(by_id[name])

    found = value(query)
    if isinstance(found, float):
        found = Series(query["Id"], 60, dict.fromkeys(times(60), found))
    many = found if isinstance(found, list) else [found]
    return [replace(one, label=_label(query, one)) for one in many]


def _range(first: float, end: float, period: int):
    while first < end:
        yield first
        first += period


def _values(
    points: list[dict], statistic: str, period: int, start: float, end: float, anchor: float
) -> dict[int, float]:
    # A minute counts from its beginning: the one that holds the start is asked for too.
    first = start // store.MINUTE * store.MINUTE
    buckets = defaultdict(list)
    for point in points:
        if first <= point["Timestamp"] < end:
            buckets[int((point["Timestamp"] - anchor) // period * period + anchor)].append(point)
    values = {}
    for at in sorted(buckets):
        number = _statistic(buckets[at], statistic)
        if number is not None:
            values[at] = number
    return values


def _statistic(points: list[dict], statistic: str) -> float | None:
    basic = cloudwatch._calc_stats(points)
    if statistic in basic or not basic:
        return basic.get(statistic)
    if not cloudwatch._is_percentile_stat(statistic):
        raise ExpressionError(f"The statistic {statistic} is not known here.")
    samples = cloudwatch._percentile_samples(points)
    return cloudwatch._percentile(samples, float(statistic[1:])) if samples else None


def _label(query: dict, series: Series) -> str:
    def part(found: re.Match) -> str:
        return series.dimensions.get(found[2], "") if found[1] else series.metric

    return LABEL.sub(part, query["Label"]) if query.get("Label") else series.label


def _result(name: str, series: Series, status: str = "Complete", messages: list[dict] | None = None) -> dict:
    return {
        "Id": name,
        "Label": series.label,
        "Timestamps": [cloudwatch._ts_iso(at) for at in series.values],
        "Values": list(series.values.values()),
        "StatusCode": status,
        "Messages": messages or [],
    }

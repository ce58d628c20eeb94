"""Alarms as CloudWatch rings them: by exactly their dimensions, with metric math, M of N periods, and a rule for
missing data; composite alarms from a template, and one alarm that keeps another quiet.
"""

import logging
import threading
import time

from ministack.services import cloudwatch
from ministack.services.cloudformation import provisioners

from . import store
from .expressions import ExpressionError
from .queries import series_of

# How often all alarms are looked at; CloudWatch does so every minute.
LOOK_SECONDS = 5.0

_record = provisioners._cw_metric_alarm_record
_dispatch = cloudwatch._dispatch_alarm_actions
_logger = logging.getLogger("alarms")
# What alarms would have told while their suppressors rang.
_held: dict[str, tuple[str, str, str]] = {}

_CROSSED = {
    "GreaterThanOrEqualToThreshold": lambda value, threshold: value >= threshold,
    "GreaterThanThreshold": lambda value, threshold: value > threshold,
    "LessThanThreshold": lambda value, threshold: value < threshold,
    "LessThanOrEqualToThreshold": lambda value, threshold: value <= threshold,
}


def install() -> None:
    """Puts the evaluation of alarms, and what a template may say of them, into the emulator."""
    provisioners._cw_metric_alarm_record = _record_with_math
    cloudwatch._evaluate_alarm = evaluate
    cloudwatch._dispatch_alarm_actions = _dispatch_unless_suppressed
    provisioners._RESOURCE_HANDLERS["AWS::CloudWatch::CompositeAlarm"] = {
        "create": lambda _, properties, __: _put_composite(properties),
        "update": lambda _, __, properties, ___: _put_composite(properties),
        "delete": lambda physical_id, _: cloudwatch._composite_alarms.pop(physical_id, None),
    }
    threading.Thread(target=_look, name="alarms", daemon=True).start()


def evaluate(alarm: dict) -> None:
    """Sets an alarm's state, and acts where it changed."""
    try:
        values = _values(alarm)
    except ExpressionError:
        _logger.exception("The alarm %s cannot be evaluated", alarm["AlarmName"])
        return
    state = _state(alarm, values)
    before = alarm["StateValue"]
    if state is None or state == before:
        return
    reason = f"Threshold Crossed: {values} of the latest periods, {alarm['ComparisonOperator']} {alarm['Threshold']}"
    alarm.update(StateValue=state, StateReason=reason, StateUpdatedTimestamp=int(time.time()))
    cloudwatch._record_history(alarm["AlarmName"], before, state, reason)
    cloudwatch._dispatch_alarm_actions(alarm, before, state, reason)
    cloudwatch._evaluate_parent_alarms(alarm)


def _values(alarm: dict) -> list[float | None]:
    """The values of the periods that count, the latest one first; its periods slide with the minute."""
    queries = alarm.get("Metrics") or [_query(alarm)]
    period = max(int(query["MetricStat"]["Period"]) for query in queries if "MetricStat" in query)
    end = (time.time() // store.MINUTE + 1) * store.MINUTE
    start = end - period * alarm["EvaluationPeriods"]
    asked = next(query for query in queries if query.get("ReturnData", True))
    found = series_of(asked, queries, start, end, anchor=end)
    values = found[0].values if found else {}
    return [values.get(int(end - period * (n + 1))) for n in range(alarm["EvaluationPeriods"])]


def _query(alarm: dict) -> dict:
    metric = {key: alarm.get(key) for key in ("Namespace", "MetricName", "Dimensions")}
    statistic = alarm.get("ExtendedStatistic") or alarm["Statistic"]
    return {"Id": "m1", "MetricStat": {"Metric": metric, "Period": alarm["Period"], "Stat": statistic}}


def _state(alarm: dict, values: list[float | None]) -> str | None:
    crossed, missing = _CROSSED[alarm["ComparisonOperator"]], alarm["TreatMissingData"]
    known = [value for value in values if value is not None]
    if not known and missing in ("ignore", "missing"):
        return None if missing == "ignore" else "INSUFFICIENT_DATA"
    breaching = sum(crossed(value, alarm["Threshold"]) for value in known)
    if missing == "breaching":
        breaching += len(values) - len(known)
    return "ALARM" if breaching >= alarm.get("DatapointsToAlarm", len(values)) else "OK"


def _record_with_math(name: str, properties: dict) -> dict:
    """The emulator refuses alarms with `Metrics`: it is told of another metric, which is then forgotten."""
    queries = properties.get("Metrics")
    if not queries:
        return _record(name, properties)
    stand_in = {key: value for key, value in properties.items() if key != "Metrics"}
    alarm = _record(name, {**stand_in, "Namespace": "-", "MetricName": "-"})
    for key in ("Namespace", "MetricName", "Statistic", "ExtendedStatistic", "Period", "Dimensions", "Unit"):
        del alarm[key]
    # A template's numbers and truths come as text where they went through a parameter.
    return {
        **alarm,
        "Metrics": [{**query, "ReturnData": str(query.get("ReturnData", True)).lower() == "true"} for query in queries],
    }


def _put_composite(properties: dict) -> tuple[str, dict]:
    name = properties["AlarmName"]
    status, _, body = cloudwatch._put_composite_alarm({}, properties, False, True)
    if status != 200:
        raise ValueError(f"AWS::CloudWatch::CompositeAlarm {name}: {body.decode()}")
    alarm = cloudwatch._composite_alarms[name]
    alarm["ActionsSuppressor"] = properties.get("ActionsSuppressor")
    return name, {"Arn": alarm["AlarmArn"]}


def _dispatch_unless_suppressed(alarm: dict, before: str, state: str, reason: str) -> None:
    """An alarm whose suppressor rings tells nobody. CloudWatch also waits for a while whether it will."""
    _held.pop(alarm["AlarmName"], None)
    if _is_suppressed(alarm):
        _held[alarm["AlarmName"]] = (before, state, reason)
    else:
        _dispatch(alarm, before, state, reason)


def _is_suppressed(alarm: dict) -> bool:
    suppressor = cloudwatch._rule_ref_name(alarm.get("ActionsSuppressor") or "")
    other = cloudwatch._alarms.get(suppressor) or cloudwatch._composite_alarms.get(suppressor) or {}
    return other.get("StateValue") == "ALARM"


def _tell_what_was_held() -> None:
    """What still rings once its suppressor does not is told then."""
    for name, (before, state, reason) in list(_held.items()):
        alarm = cloudwatch._composite_alarms.get(name)
        if alarm is None or not _is_suppressed(alarm):
            del _held[name]
            if alarm is not None and state == "ALARM":
                _dispatch(alarm, before, state, reason)


def _look() -> None:
    while True:
        time.sleep(LOOK_SECONDS)
        for alarm in list(cloudwatch._alarms.values()):
            evaluate(alarm)
        _tell_what_was_held()

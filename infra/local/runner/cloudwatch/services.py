"""The metrics that AWS's services put by themselves: those of Lambda, API Gateway and SQS that the dashboards show."""

import threading
import time

from ministack.services import apigateway, lambda_svc, sqs

from . import store

# How often queues are looked at; SQS tells every minute.
LOOK_SECONDS = 15.0

_dispatch = lambda_svc._execute_function_dispatch
_emit = lambda_svc._emit_lambda_metrics
_execute = apigateway.handle_execute
# Queues that held something at the last look: one value more, which is nothing, is told of them.
_filled: set[str] = set()


def install() -> None:
    """Has the services measured."""
    lambda_svc._execute_function_dispatch = _run_measured
    lambda_svc._emit_lambda_metrics = _emit_throttles
    apigateway.handle_execute = _answer_measured
    threading.Thread(target=_look, name="queue-metrics", daemon=True).start()


def _run_measured(function: dict, config: dict, event: dict, request_id: str, started: float) -> dict:
    """The emulator measures only functions that are invoked by name, not those behind routes, queues and streams."""
    result = _dispatch(function, config, event, request_id, started)
    now = time.time()
    failed = isinstance(result, dict) and bool(result.get("error"))
    for dimensions in ({"FunctionName": config["FunctionName"]}, {}):
        store.record("AWS/Lambda", "Invocations", dimensions, now, "Count", 1)
        store.record("AWS/Lambda", "Errors", dimensions, now, "Count", int(failed))
        store.record("AWS/Lambda", "Throttles", dimensions, now, "Count", 0)
        store.record("AWS/Lambda", "Duration", dimensions, now, "Milliseconds", round((now - started) * 1000))
    return result


def _emit_throttles(function_name: str, duration_ms: float, error: bool, throttle: bool) -> None:
    """What ran is measured where it runs; what may not run is measured here."""
    if throttle:
        _emit(function_name, duration_ms, error, throttle)
        store.record("AWS/Lambda", "Throttles", {}, time.time(), "Count", 1)


async def _answer_measured(api_id, *arguments, **named):
    started = time.time()
    answer = await _execute(api_id, *arguments, **named)
    now, dimensions, status = time.time(), {"ApiId": api_id}, int(answer[0])
    store.record("AWS/ApiGateway", "Count", dimensions, now, "Count", 1)
    store.record("AWS/ApiGateway", "4xx", dimensions, now, "Count", int(400 <= status < 500))
    store.record("AWS/ApiGateway", "5xx", dimensions, now, "Count", int(status >= 500))
    store.record("AWS/ApiGateway", "Latency", dimensions, now, "Milliseconds", round((now - started) * 1000))
    return answer


def _look() -> None:
    while True:
        time.sleep(LOOK_SECONDS)
        for queue in list(sqs._queues.values()):
            measure_queue(queue, time.time())


def measure_queue(queue: dict, now: float) -> None:
    """Tells how full a queue is and how old its oldest message; nothing of one that stays empty."""
    name = queue["name"]
    messages = list(queue["messages"])
    if not messages and name not in _filled:
        return
    (_filled.add if messages else _filled.discard)(name)
    visible = sum(message["visible_at"] <= now for message in messages)
    delayed = sum(message["visible_at"] > now and message["receive_count"] == 0 for message in messages)
    age = max((now - message["sent_at"] for message in messages), default=0.0)
    dimensions = {"QueueName": name}
    store.record("AWS/SQS", "ApproximateNumberOfMessagesVisible", dimensions, now, "Count", visible)
    store.record("AWS/SQS", "ApproximateNumberOfMessagesDelayed", dimensions, now, "Count", delayed)
    busy = len(messages) - visible - delayed
    store.record("AWS/SQS", "ApproximateNumberOfMessagesNotVisible", dimensions, now, "Count", busy)
    store.record("AWS/SQS", "ApproximateAgeOfOldestMessage", dimensions, now, "Seconds", round(age))

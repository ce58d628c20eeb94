"""The measurement: a while of nothing, some visits, some orders."""

import json
import time
from collections.abc import Callable
from dataclasses import asdict

from .. import emulator, processes
from ..console import Problem, say, step
from ..settings import Settings
from .bill import MONTH_SECONDS, Measured, table
from .shopper import Shopper
from .stack import Stack, alarms
from .usage import Usage, Window, read

# Longer than the pause of all schedules but those that come once an hour or a day.
IDLE_SECONDS = 320
VISITS = 40
LINES_PER_ORDER = 3
MONTHS = (0, 1_000, 1_000_000)
# The functions' last lines.
SETTLE_SECONDS = 3


def run(settings: Settings, orders: int) -> int:
    """Measures, prints what was measured and the bill, and writes it to `costs.json` beside the outputs."""
    if processes.running(settings, emulator.NAME) is None:
        raise Problem("The local stack does not run: start it with make up, or make up DETACH=1.")
    outputs = json.loads(settings.outputs_file.read_text())
    stack, shopper = Stack(settings, outputs), Shopper(outputs["api"])
    with step("Waiting until nothing is left to do"):
        stack.wait_for_quiet()
    with step(f"Nobody shops for {IDLE_SECONDS} seconds"):
        idle = _window(stack, lambda: time.sleep(IDLE_SECONDS))
    with step(f"{VISITS} visits"):
        visited = _window(stack, lambda: [shopper.visit() for _ in range(VISITS)])
    before, ends = stack.stored_bytes(), []
    with step(f"{orders} orders, until nothing is left to do"):
        bought = _window(stack, lambda: ends.extend(_buy(stack, shopper, orders)))
    after = stack.stored_bytes()
    unfulfilled = [end for end in ends if end != "fulfilled"]
    if unfulfilled:
        raise Problem(
            f"{len(unfulfilled)} orders ended as {', '.join(sorted(set(unfulfilled)))}: no measure of an order."
        )

    of_visit = visited.without(anyway(stack.schedules, idle, visited.seconds))
    of_order = bought.without(anyway(stack.schedules, idle, bought.seconds))
    stored = {name: (size - before[name]) / orders for name, size in after.items() if size > before[name]}
    watched, composites = alarms()
    in_month = scheduled(stack.schedules, idle, MONTH_SECONDS)
    measured = Measured(
        idle=sum(in_month.values(), Usage()),
        visit=sum(of_visit.values(), Usage()).times(1 / VISITS),
        order=sum(of_order.values(), Usage()).times(1 / orders),
        order_bytes=stored.get("Orders", 0) + stored.get("Fulfilment", 0),
        schedule_calls=sum(MONTH_SECONDS / period for period in stack.schedules.values()),
        polled_queues=stack.polled_queues(),
        idle_series=len(idle.written_by(stack.schedules)),
        busy_series=len(set().union(*(each.written_by(each.series) for each in (idle, visited, bought)))),
        watched=watched,
        composites=composites,
    )
    strangers = {name: used.calls for name, used in idle.functions.items() if name not in stack.schedules}
    if strangers:
        say(f"  Not by schedules, while nobody shopped, and left out: {strangers}")
    for title, functions, count in (("visit", of_visit, VISITS), ("order", of_order, orders)):
        _tell(title, functions, count)
    _tell("month of nothing", in_month, 1)
    say(f"\nStored for an order, bytes: { ({name: round(size) for name, size in stored.items()}) }")
    say(json.dumps({name: value for name, value in asdict(measured).items() if not isinstance(value, dict)}, indent=2))
    for title, production in (("As production is set up", True), ("As staging is set up", False)):
        say("\n".join(["", title, "", *table(measured, MONTHS, production)]))
    (settings.folder / "costs.json").write_text(json.dumps(asdict(measured), indent=2) + "\n")
    return 0


def scheduled(schedules: dict[str, int], idle: Window, seconds: float) -> dict[str, Usage]:
    """What schedules have functions use in so many seconds; one that did not run is taken as the mean of the others."""
    seen = {name: idle.functions[name] for name in schedules if name in idle.functions}
    each = {name: used.times(1 / used.calls) for name, used in seen.items() if used.calls}
    if not each:
        raise Problem("No schedule ran while nobody shopped: nothing can be said of an idle month.")
    mean = sum(each.values(), Usage()).times(1 / len(each))
    return {name: each.get(name, mean).times(seconds / period) for name, period in schedules.items()}


def anyway(schedules: dict[str, int], idle: Window, seconds: float) -> dict[str, Usage]:
    """What functions use in so many seconds though nobody shops: what schedules ask for, and what was left to do."""
    others = {name: used for name, used in idle.functions.items() if name not in schedules}
    share = seconds / idle.seconds
    return {**{name: used.times(share) for name, used in others.items()}, **scheduled(schedules, idle, seconds)}


def _buy(stack: Stack, shopper: Shopper, orders: int) -> list[str]:
    ends = shopper.follow([shopper.buy(LINES_PER_ORDER) for _ in range(orders)])
    stack.wait_for_quiet()
    return ends


def _window(stack: Stack, work: Callable[[], object]) -> Window:
    since = time.time()
    work()
    until = time.time()
    time.sleep(SETTLE_SECONDS)
    return read(stack.lines(since, until + SETTLE_SECONDS), until - since + SETTLE_SECONDS, stack.memory)


def _tell(title: str, functions: dict[str, Usage], count: int) -> None:
    say(f"\nOf one {title}:")
    say(f"{'':26}{'calls':>12}{'GB-s':>12}{'reads':>12}{'writes':>12}{'messages':>12}{'log bytes':>14}")
    total = sum(functions.values(), Usage())
    rows = sorted(functions.items(), key=lambda item: -item[1].calls)
    for name, used in [*((name, used.times(1 / count)) for name, used in rows), ("", total.times(1 / count))]:
        amounts = f"{used.calls:>12,.2f}{used.gb_seconds:>12,.4f}{used.reads:>12,.1f}{used.writes:>12,.1f}"
        say(f"{name:26}{amounts}{used.messages:>12,.2f}{used.log_bytes:>14,.0f}")
    one = total.times(1 / count)
    say(f"API requests {one.requests:,.2f}, events {one.events:,.2f}, requests of queues {one.queue_requests:,.2f}")

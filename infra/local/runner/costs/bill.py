"""The bill of a month, from what was measured, what is assumed, and list prices."""

from dataclasses import dataclass

from .usage import Usage

HOURS = 730
MONTH_SECONDS = HOURS * 3600
GB = 1024**3
MILLION = 1_000_000

# In us-east-1, by public copies of price lists of 2024 to 2026, some from memory: all to be checked, and dearer in most
# other regions.
# US dollars, for so many, and how many every account has for nothing each month, always.
PRICES = {
    "Lambda, calls": (0.20, MILLION, MILLION),
    "Lambda, GB-seconds (arm64)": (0.0000133334, 1, 400_000),
    "HTTP APIs, requests": (1.00, MILLION, 0),
    "WebSocket API, messages": (1.00, MILLION, 0),
    "WebSocket API, minutes": (0.25, MILLION, 0),
    "DynamoDB, write units": (0.625, MILLION, 0),
    "DynamoDB, read units": (0.125, MILLION, 0),
    "DynamoDB, stored GB": (0.25, 1, 25),
    "DynamoDB, GB to go back in time": (0.20, 1, 0),
    "Backup, GB": (0.10, 1, 0),
    "SQS, requests": (0.40, MILLION, MILLION),
    "EventBridge, events": (1.00, MILLION, 0),
    "Schedules, calls": (1.00, MILLION, 14 * MILLION),
    "Logs, GB written": (0.50, 1, 5),
    "Logs, GB kept": (0.03, 1, 0),
    "Metrics, series": (0.30, 1, 10),
    "Alarms, watched metrics": (0.10, 1, 10),
    "Alarms made of others": (0.50, 1, 0),
    "Dashboards": (3.00, 1, 3),
    "X-Ray, traces": (5.00, MILLION, 100_000),
    "CloudFront, requests": (0.01, 10_000, 10 * MILLION),
    "CloudFront, GB": (0.085, 1, 1024),
    "Firewall and its rules": (10.00, 1, 0),
    "Firewall, requests": (0.60, MILLION, 0),
}

# What nobody measured.
VISITS_PER_ORDER = 25
# The emulator counts a read as one read, however much it gives; the lists that visitors look at are some 30 KiB.
READS_OF_LISTS = 8
# Of a visitor who was not there before: scripts, style, fonts and pictures.
FILES_PER_VISIT = 30
BYTES_PER_VISIT = 500_000
MINUTES_ON_ORDER_PAGE = 5
FRAMES_PER_ORDER = 12
# One line of the APIs' access log, which the emulator does not write.
ACCESS_LINE_BYTES = 380
# Lambda looks into a queue with five connections at least, each of which waits for 20 seconds.
POLLS_PER_QUEUE = 5 * MONTH_SECONDS / 20
LOG_MONTHS = 3
# Nightly copies of 35 days, and the first monthly one.
COPIES = 36
# X-Ray's default rule: one trace a second, and of the others one in twenty.
TRACES_AT_LEAST, TRACES_SHARE = MONTH_SECONDS, 0.05


@dataclass(frozen=True)
class Measured:
    """What was measured on a stack."""

    idle: Usage  # in a month
    visit: Usage
    order: Usage
    order_bytes: float
    schedule_calls: float
    polled_queues: int
    idle_series: int
    busy_series: int
    watched: int
    composites: int


def amounts(measured: Measured, orders: int, production: bool) -> dict[str, float]:
    """What a month takes of each thing that has a price."""
    visits = orders * VISITS_PER_ORDER
    used = measured.idle + measured.order.times(orders) + measured.visit.times(visits)
    web_requests = used.requests + visits * FILES_PER_VISIT
    stored = measured.order_bytes * orders / GB
    logged = (used.log_bytes + used.requests * ACCESS_LINE_BYTES) / GB
    # Messages and streams go on with the trace of the request that caused them.
    roots = used.requests + measured.schedule_calls
    frames = orders * FRAMES_PER_ORDER
    found = {
        "Lambda, calls": used.calls,
        "Lambda, GB-seconds (arm64)": used.gb_seconds,
        "HTTP APIs, requests": used.requests,
        "WebSocket API, messages": frames,
        "WebSocket API, minutes": orders * MINUTES_ON_ORDER_PAGE,
        "DynamoDB, write units": used.writes,
        "DynamoDB, read units": used.reads + measured.visit.reads * visits * (READS_OF_LISTS - 1),
        "DynamoDB, stored GB": stored,
        "DynamoDB, GB to go back in time": stored,
        "SQS, requests": used.queue_requests + measured.polled_queues * POLLS_PER_QUEUE,
        "EventBridge, events": used.events,
        "Schedules, calls": measured.schedule_calls,
        "Logs, GB written": logged,
        "Logs, GB kept": logged * LOG_MONTHS,
        "X-Ray, traces": min(roots, TRACES_AT_LEAST + max(0, roots - TRACES_AT_LEAST) * TRACES_SHARE),
        "CloudFront, requests": web_requests,
        "CloudFront, GB": visits * BYTES_PER_VISIT / GB,
    }
    if production:
        found |= {
            "Alarms, watched metrics": measured.watched,
            "Alarms made of others": measured.composites,
            "Dashboards": 3,
            "Metrics, series": measured.busy_series if orders else measured.idle_series,
            "Backup, GB": stored * COPIES,
            "Firewall and its rules": 1,
            "Firewall, requests": web_requests,
        }
    return found


def dollars(title: str, amount: float, allowance: bool = True) -> float:
    """What so much of it costs, beyond what is for nothing."""
    price, of, free = PRICES[title]
    return max(0.0, amount - (free if allowance else 0)) * price / of


def table(measured: Measured, months: tuple[int, ...], production: bool) -> list[str]:
    """The bill as a table of Markdown, a column for each number of orders a month."""
    columns = [amounts(measured, orders, production) for orders in months]
    lines = ["| | USD | free | " + " | ".join(f"{orders:,} orders" for orders in months) + " |"]
    lines.append("|---|---|---|" + "---|" * len(months))
    for title in sorted(columns[-1], key=lambda title: -dollars(title, columns[-1][title])):
        price, of, free = PRICES[title]
        for_each = f"{price:.10f}".rstrip("0").rstrip(".") if price < 0.01 else f"{price:.3f}".removesuffix("0")
        cells = [f"{short(column[title])} → {dollars(title, column[title]):,.2f}" for column in columns]
        per = "" if of == 1 else f" / {short(of)}"
        lines.append(f"| {title} | {for_each}{per} | {short(free) if free else '–'} | {' | '.join(cells)} |")
    for name, allowance in (("**Sum**", True), ("without what is free", False)):
        sums = [sum(dollars(title, amount, allowance) for title, amount in each.items()) for each in columns]
        lines.append(f"| {name} | | | {' | '.join(f'**{each:,.2f}**' for each in sums)} |")
    return lines


def short(amount: float) -> str:
    """A number with three digits that count."""
    for size, name in ((MILLION, " M"), (1000, " k")):
        if amount >= size:
            return f"{float(f'{amount / size:.3g}'):,g}{name}"
    return f"{float(f'{amount:.3g}'):g}"

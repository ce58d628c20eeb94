"""What there is in a deployed stack that costs something, or says what did."""

import re
import time
from collections.abc import Iterator
from functools import cached_property

from samcli.yamlhelper import yaml_parse

from .. import build
from ..console import Problem
from ..emulator import client
from ..settings import Settings

EVERY = re.compile(r"rate\((\d+) (minute|hour|day)s?\)")
SECONDS = {"minute": 60, "hour": 3600, "day": 86400}
# How long queues may take to run empty: an order that nobody pays waits for a quarter of an hour.
PATIENCE_SECONDS = 1200
WAITING = ("ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible", "ApproximateNumberOfMessagesDelayed")
# Queues whose messages wait for somebody.
KEPT = ("DeadLettersUrl", "FailuresUrl")


class Stack:
    """The running local stack."""

    def __init__(self, settings: Settings, outputs: dict) -> None:
        self.endpoint = settings.endpoint
        self.names = outputs["stack"]
        binaries = build.functions()
        self.programs = {name: binaries[logical] for logical, name in outputs["functions"].items()}

    @cached_property
    def memory(self) -> dict[str, int]:
        """How much memory each function has, in MiB, by its program's name."""
        pages = client(self.endpoint, "lambda").get_paginator("list_functions").paginate()
        found = {one["FunctionName"]: one["MemorySize"] for page in pages for one in page["Functions"]}
        return {program: found[name] for name, program in self.programs.items()}

    @cached_property
    def schedules(self) -> dict[str, int]:
        """Every how many seconds a function is called by a schedule, by its program's name."""
        scheduler = client(self.endpoint, "scheduler")
        found = {}
        for page in scheduler.get_paginator("list_schedules").paginate():
            for each in page["Schedules"]:
                schedule = scheduler.get_schedule(Name=each["Name"], GroupName=each["GroupName"])
                name = schedule["Target"]["Arn"].split(":function:")[1].split(":")[0]
                found[self.programs[name]] = period(schedule["ScheduleExpression"])
        return found

    def polled_queues(self) -> int:
        """How many queues Lambda looks into for functions."""
        pages = client(self.endpoint, "lambda").get_paginator("list_event_source_mappings").paginate()
        sources = [one["EventSourceArn"] for page in pages for one in page["EventSourceMappings"]]
        return sum(":sqs:" in source for source in sources)

    def lines(self, since: float, until: float) -> Iterator[str]:
        """What functions logged between two times."""
        pages = (
            client(self.endpoint, "logs")
            .get_paginator("filter_log_events")
            .paginate(
                logGroupName=self.names["FunctionLogGroup"], startTime=int(since * 1000), endTime=int(until * 1000)
            )
        )
        for page in pages:
            for event in page["events"]:
                yield event["message"].rstrip("\n")

    def stored_bytes(self) -> dict[str, int]:
        """What tables hold, their indexes included, by the tables' names."""
        tables = client(self.endpoint, "dynamodb")
        sizes = {}
        for title, name in self.names.items():
            if title.endswith("TableName"):
                pages = tables.get_paginator("scan").paginate(TableName=name)
                sizes[title.removesuffix("TableName")] = sum(item_bytes(i) for page in pages for i in page["Items"])
        return sizes

    def wait_for_quiet(self) -> None:
        """Waits until there is no message left that a worker would take."""
        queues = client(self.endpoint, "sqs")
        urls = [url for title, url in self.names.items() if title.endswith("QueueUrl") and not title.endswith(KEPT)]
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            counts = [queues.get_queue_attributes(QueueUrl=url, AttributeNames=list(WAITING)) for url in urls]
            if not any(int(each["Attributes"][name]) for each in counts for name in WAITING):
                return
            if time.monotonic() > deadline:
                raise Problem("There are messages left that nobody takes: see the console's page Queues.")
            time.sleep(2)


def alarms() -> tuple[int, int]:
    """How many metrics the templates' alarms watch, and how many alarms are made of others."""
    watched = composites = 0
    for template in build.TEMPLATES.values():
        for resource in yaml_parse(template.read_text())["Resources"].values():
            if resource["Type"] == "AWS::CloudWatch::Alarm":
                watched += sum("MetricStat" in part for part in resource["Properties"].get("Metrics", ())) or 1
            composites += resource["Type"] == "AWS::CloudWatch::CompositeAlarm"
    return watched, composites


def period(expression: str) -> int:
    """The seconds from one call of a schedule to the next."""
    found = EVERY.fullmatch(expression)
    if found is None:
        raise Problem(f"How often is {expression!r}? Only rate(…) is known here.")
    return int(found[1]) * SECONDS[found[2]]


def item_bytes(item: dict) -> int:
    """About what an item is billed as: names and values, and all of it again for each index that it is in."""
    size = sum(len(name.encode()) + _value_bytes(value) for name, value in item.items())
    indexes = sum(name.startswith("gsi") and name.endswith("pk") for name in item)
    return size * (1 + indexes)


def _value_bytes(value: dict) -> int:
    kind, content = next(iter(value.items()))
    match kind:
        case "S":
            return len(content.encode())
        case "N":
            return len(content) // 2 + 2
        case "B":
            return len(content)
        case "L":
            return 3 + sum(1 + _value_bytes(each) for each in content)
        case "M":
            return 3 + sum(1 + len(name.encode()) + _value_bytes(each) for name, each in content.items())
        case "SS" | "NS" | "BS":
            return sum(len(each) for each in content)
        case _:
            return 1

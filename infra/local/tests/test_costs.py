"""What an order costs: reading the log, leaving out what schedules do anyway, and the bill."""

import json
import unittest

from runner.console import Problem
from runner.costs import bill, stack
from runner.costs.run import anyway, scheduled
from runner.costs.usage import BYTES_PER_LINE, Usage, Window, read

MEMORY = {"get-order": 512, "plan-order": 256}


def _line(function: str, **members) -> str:
    """A line as `telemetry::Call` writes it."""
    metrics = [{"Name": "Duration", "Unit": "Milliseconds"}, {"Name": "ReadUnits", "Unit": "Count"}]
    directive = {"Namespace": "Ironmonger", "Dimensions": [["Stage"], ["Stage", "Service"]], "Metrics": metrics}
    told = {"_aws": {"CloudWatchMetrics": [directive]}, "Stage": "test", "Service": "orders", "function": function}
    return json.dumps({**told, "Duration": 100.0, "ReadUnits": 1.5, "WriteUnits": 0.0, **members})


def _measured(**amounts) -> bill.Measured:
    nothing = {"idle": Usage(), "visit": Usage(), "order": Usage(), "order_bytes": 0.0, "schedule_calls": 0.0}
    counts = dict.fromkeys(("polled_queues", "idle_series", "busy_series", "watched", "composites"), 0)
    return bill.Measured(**{**nothing, **counts, **amounts})


class CostsTest(unittest.TestCase):
    def test_a_log_tells_who_used_what(self):
        lines = [
            _line("get-order", status=200),
            _line("plan-order", WriteUnits=12.0, MessagesFailed=[0, 1]),
            _line("plan-order", MessagesFailed=0),
            json.dumps({"function": "plan-order", "message": "telling"}),
            "START RequestId: 1",
            '{"half a line',
        ]
        window = read(lines, 60, MEMORY)
        request, worker = window.functions["get-order"], window.functions["plan-order"]
        self.assertEqual((request.calls, request.requests, request.reads), (1, 1, 1.5))
        self.assertAlmostEqual(request.gb_seconds, 0.05)
        self.assertEqual((worker.calls, worker.requests, worker.writes), (2, 0, 12))
        self.assertEqual((worker.messages, worker.batches, worker.queue_requests, worker.events), (3, 2, 7, 1))
        self.assertAlmostEqual(window.total.log_bytes, sum(len(line) + BYTES_PER_LINE for line in lines))
        self.assertEqual(len(window.written_by(["get-order", "plan-order", "another"])), 4)

    def test_what_schedules_do_anyway_is_no_orders(self):
        idle = Window(300, {"poll": Usage(calls=5, reads=10), "sweep": Usage(calls=1, reads=6)})
        anyway = scheduled({"poll": 60, "sweep": 300, "yearly": 600}, idle, 600)
        self.assertEqual((anyway["poll"].calls, anyway["poll"].reads), (10, 20))
        self.assertEqual((anyway["sweep"].reads, anyway["yearly"].reads), (12, 4))
        busy = Window(
            600, {"poll": Usage(calls=10, reads=50), "sweep": Usage(calls=2, reads=12), "buy": Usage(calls=3)}
        )
        left = busy.without(anyway)
        self.assertEqual(left["buy"].calls, 3)
        self.assertNotIn("sweep", left)

    def test_work_that_a_schedule_has_more_of_counts_though_calls_are_as_many(self):
        idle = Window(300, {"poll": Usage(calls=5, reads=10)})
        busy = Window(300, {"poll": Usage(calls=5, reads=50)})
        self.assertEqual(sum(each.reads for each in busy.without(scheduled({"poll": 60}, idle, 300)).values()), 40)

    def test_what_was_left_to_do_is_no_orders_either(self):
        idle = Window(300, {"poll": Usage(calls=5), "sync": Usage(calls=4)})
        self.assertEqual(anyway({"poll": 60}, idle, 150)["sync"].calls, 2)
        self.assertNotIn("sync", scheduled({"poll": 60}, idle, 150))

    def test_without_any_run_of_a_schedule_nothing_is_said_of_an_idle_month(self):
        with self.assertRaises(Problem):
            scheduled({"poll": 60}, Window(10), 600)

    def test_only_what_is_beyond_the_free_part_is_paid(self):
        self.assertEqual(bill.dollars("SQS, requests", 900_000), 0)
        self.assertAlmostEqual(bill.dollars("SQS, requests", 3_000_000), 0.80)
        self.assertAlmostEqual(bill.dollars("SQS, requests", 3_000_000, allowance=False), 1.20)

    def test_amounts_grow_with_orders_and_visits(self):
        measured = _measured(order=Usage(calls=10, requests=4), visit=Usage(calls=2, requests=2), order_bytes=1024)
        found = bill.amounts(measured, 1000, production=False)
        self.assertEqual(found["Lambda, calls"], 10_000 + 2_000 * bill.VISITS_PER_ORDER)
        self.assertEqual(found["HTTP APIs, requests"], 4_000 + 2_000 * bill.VISITS_PER_ORDER)
        self.assertAlmostEqual(found["DynamoDB, stored GB"], 1000 / 1024**2)
        for of_monitoring in ("Dashboards", "Metrics, series"):
            self.assertNotIn(of_monitoring, found)

    def test_queues_that_nothing_is_in_are_looked_into_all_the_same(self):
        found = bill.amounts(_measured(polled_queues=1), 0, production=False)
        self.assertEqual(found["SQS, requests"], 657_000)

    def test_each_amount_has_a_price(self):
        measured = _measured(order=Usage(*range(1, 10)))
        found = bill.amounts(measured, 1, production=True)
        self.assertEqual(set(found), set(bill.PRICES))
        self.assertEqual(len(bill.table(measured, (0, 1), production=True)), 2 + len(bill.PRICES) + 2)

    def test_a_schedule_says_how_often_it_runs(self):
        self.assertEqual(
            [stack.period(text) for text in ("rate(1 minute)", "rate(5 minutes)", "rate(1 day)")], [60, 300, 86400]
        )
        with self.assertRaises(Problem):
            stack.period("cron(0 3 * * ? *)")

    def test_an_item_is_as_large_as_its_names_and_values_in_each_index(self):
        item = {"pk": {"S": "abc"}, "n": {"N": "12"}, "m": {"M": {"k": {"BOOL": True}}}}
        self.assertEqual(stack.item_bytes(item), 2 + 3 + 1 + 3 + 1 + 3 + 1 + 1 + 1)
        self.assertEqual(stack.item_bytes({"gsi1pk": {"S": "x"}}), 2 * 7)


if __name__ == "__main__":
    unittest.main()

"""CloudWatch's missing half: metrics from log lines, metric math, alarms, and the page of dashboards."""

import json
import time
import unittest
import urllib.request
from datetime import datetime, timedelta, timezone

from runner import emulator, processes

from .emulated import EmulatedTest

MINUTE = 60
STAGE = [{"Name": "Stage", "Value": "test"}]
GROUP, STREAM = "functions", "one"

TEMPLATE = """
Resources:
  Topic:
    Type: AWS::SNS::Topic
  Failures:
    Type: AWS::CloudWatch::Alarm
    Properties:
      AlarmName: Failures
      ComparisonOperator: GreaterThanThreshold
      EvaluationPeriods: 1
      Metrics:
        - { Id: share, Expression: "IF(failed >= 2, 100 * failed / tried, 0)" }
        - Id: failed
          ReturnData: false
          MetricStat:
            Period: 300
            Stat: Sum
            Metric: { Namespace: Alarms, MetricName: Failed, Dimensions: [{ Name: Stage, Value: test }] }
        - Id: tried
          ReturnData: false
          MetricStat:
            Period: 300
            Stat: SampleCount
            Metric: { Namespace: Alarms, MetricName: Failed, Dimensions: [{ Name: Stage, Value: test }] }
      Threshold: 50
      TreatMissingData: notBreaching
  Refusals:
    Type: AWS::CloudWatch::Alarm
    Properties:
      AlarmName: Refusals
      ComparisonOperator: GreaterThanOrEqualToThreshold
      DatapointsToAlarm: 2
      EvaluationPeriods: 5
      MetricName: Refused
      Namespace: Alarms
      Period: 60
      Statistic: Sum
      Threshold: 1
      TreatMissingData: notBreaching
  Cause:
    Type: AWS::CloudWatch::CompositeAlarm
    Properties:
      AlarmName: Cause
      AlarmRule: !Sub ALARM("${Refusals}")
      AlarmActions: [!Ref Topic]
  Effect:
    Type: AWS::CloudWatch::CompositeAlarm
    Properties:
      AlarmName: Effect
      AlarmRule: !Sub ALARM("${Failures}")
      ActionsSuppressor: !Ref Cause
      ActionsSuppressorExtensionPeriod: 60
      ActionsSuppressorWaitPeriod: 60
      AlarmActions: [!Ref Topic]
  Board:
    Type: AWS::CloudWatch::Dashboard
    Properties:
      DashboardName: test-Board
      DashboardBody: !Sub |
        {"widgets":[
         {"type":"metric","x":0,"y":0,"width":12,"height":6,"properties":{"title":"Calls","stat":"Sum","metrics":[
          ["Page","Calls","Stage","test",{"label":"all"}],[".","Failed",".",".",{"id":"failed","visible":false}],
          [{"expression":"failed * 2","label":"twice"}],[{"expression":"NONE(failed)","label":"wrong"}]]}},
         {"type":"alarm","x":12,"y":0,"width":12,"height":6,"properties":{"title":"Alarms","alarms":["${Effect.Arn}"]}}]}
Outputs:
  Topic: { Value: !Ref Topic }
"""


def line(namespace: str, metrics: dict, **dimensions: str) -> str:
    """A line of the log in the embedded metric format: for the stage, and for one thing more if it is given."""
    sets = [["Stage"]] + ([["Stage", *dimensions]] if dimensions else [])
    told = {"Namespace": namespace, "Dimensions": sets, "Metrics": [{"Name": name} for name in metrics]}
    about = {"Timestamp": int(time.time() * 1000), "CloudWatchMetrics": [told]}
    return json.dumps({"_aws": about, "Stage": "test", **dimensions, **metrics})


class CloudWatch(EmulatedTest):
    """What the emulator makes of log lines, queries, alarms and dashboards."""

    @classmethod
    def setUpClass(cls) -> None:
        """Makes a log group."""
        super().setUpClass()
        cls.client("logs").create_log_group(logGroupName=GROUP)
        cls.client("logs").create_log_stream(logGroupName=GROUP, logStreamName=STREAM)

    def log(self, *lines: str) -> None:
        """Logs lines."""
        now = int(time.time() * 1000)
        events = [{"timestamp": now, "message": text} for text in lines]
        self.client("logs").put_log_events(logGroupName=GROUP, logStreamName=STREAM, logEvents=events)

    def ask(self, *queries: dict) -> list[dict]:
        """What queries of the last ten minutes give."""
        now = datetime.now(timezone.utc)
        answer = self.client("cloudwatch").get_metric_data(
            MetricDataQueries=list(queries), StartTime=now - timedelta(minutes=10), EndTime=now + timedelta(seconds=1)
        )
        return answer["MetricDataResults"]

    def query(self, namespace: str, metric: str, stat: str = "Sum", dimensions: list | None = None, **more) -> dict:
        """A query of one metric, by the hour, so that a minute that begins makes no difference."""
        told = {"Namespace": namespace, "MetricName": metric, "Dimensions": STAGE if dimensions is None else dimensions}
        return {"Id": metric.lower(), "MetricStat": {"Metric": told, "Period": 3600, "Stat": stat}, **more}

    def number(self, *arguments, **named) -> float:
        """The one number of a query, 0 where there is none."""
        return sum(self.ask(self.query(*arguments, **named))[0]["Values"])

    def test_lines_count_once_and_stay_counted(self):
        supplier = [*STAGE, {"Name": "Supplier", "Value": "sup_1"}]
        self.log(line("Lines", {"Calls": 1, "Time": [3, 4.5]}, Supplier="sup_1"))
        self.log(line("Lines", {"Calls": 1}), line("Lines", {"Calls": 1}))
        self.assertEqual(self.number("Lines", "Calls"), 3)
        self.assertEqual(self.number("Lines", "Calls", dimensions=supplier), 1)
        self.assertEqual(self.number("Lines", "Calls", dimensions=[]), 0)
        self.assertEqual(self.number("Lines", "Time", "SampleCount"), 2)
        self.assertEqual(self.number("Lines", "Time", "Maximum", dimensions=supplier), 4.5)

        processes.stop(self.settings, emulator.NAME)
        emulator.ensure(self.settings)
        self.assertEqual(self.number("Lines", "Calls"), 3)
        self.log(line("Lines", {"Calls": 1}))
        self.assertEqual(self.number("Lines", "Calls"), 4)

    def test_other_lines_count_nothing(self):
        self.log(
            '{"_aws": broken',
            '{"_aws": 1, "Calls": 1}',
            '{"message": "_aws"}',
            line("Others", {"Calls": "many"}),
            line("Others", {"Calls": None}),
        )
        self.assertEqual(self.number("Others", "Calls"), 0)

    def test_expressions_are_worked_out(self):
        self.log(line("Sums", {"Calls": 8, "Failed": 2}, Supplier="a"), line("Sums", {"Calls": 4}, Supplier="b"))
        metrics = [self.query("Sums", "Calls"), self.query("Sums", "Failed"), self.query("Sums", "Never")]
        search = "SEARCH('{Sums,Stage,Supplier} MetricName=\"Calls\" Stage=\"test\"', 'Sum', 3600)"
        for expression, expected in {
            "100 * failed / calls": [100 * 2 / 12],
            "(calls + failed) - 1": [13],
            "-calls": [-12],
            "SUM([calls, failed])": [14],
            "MAX(METRICS())": [12],
            "FILL(never, 0) + calls": [12],
            "never + calls": [],
            "failed / (calls - 12)": [],
            "IF(failed >= 2, 100 * failed, 0)": [200],
            "IF(failed > 2, 100 * failed, 0)": [0],
            f"SUM({search})": [12],
        }.items():
            with self.subTest(expression):
                result = self.ask(*metrics, {"Id": "asked", "Expression": expression})[-1]
                self.assertEqual(result["StatusCode"], "Complete", result)
                # An hour that began meanwhile, or is filled, has no calls.
                self.assertEqual(sum(result["Values"]), sum(expected))
        found = self.ask({"Id": "asked", "Expression": search, "Label": "to ${PROP('Dim.Supplier')}"})
        self.assertEqual([result["Label"] for result in found], ["to a", "to b"])
        for wrong in ("CALL(calls)", "calls +", "unknown", "asked", "calls.real", "1 / 0"):
            with self.subTest(wrong):
                self.assertEqual(
                    self.ask(*metrics, {"Id": "asked", "Expression": wrong})[-1]["StatusCode"], "InternalError"
                )

    def test_the_newest_value_comes_first(self):
        cloudwatch = self.client("cloudwatch")
        # Of one moment: a minute may end between two calls.
        now = datetime.now(timezone.utc)
        for ago in (MINUTE, 3 * MINUTE, 2 * MINUTE):
            datum = {"MetricName": "Age", "Value": ago, "Timestamp": now - timedelta(seconds=ago)}
            cloudwatch.put_metric_data(Namespace="Order", MetricData=[datum])
        query = self.query("Order", "Age", dimensions=[])
        query["MetricStat"]["Period"] = MINUTE
        self.assertEqual(self.ask(query)[0]["Values"], [60, 120, 180])

    def test_one_cause_is_told_once_and_what_is_left_later(self):
        self.client("cloudformation").create_stack(StackName="alarms", TemplateBody=TEMPLATE)
        self.client("cloudformation").get_waiter("stack_create_complete").wait(
            StackName="alarms", WaiterConfig={"Delay": 1}
        )
        stack = self.client("cloudformation").describe_stacks(StackName="alarms")["Stacks"][0]
        queue = self.client("sqs").create_queue(QueueName="pages")["QueueUrl"]
        arn = "arn:aws:sqs:eu-west-2:000000000000:pages"
        allowed = {"Effect": "Allow", "Principal": "*", "Action": "sqs:SendMessage", "Resource": arn}
        policy = json.dumps({"Version": "2012-10-17", "Statement": [allowed]})
        self.client("sqs").set_queue_attributes(QueueUrl=queue, Attributes={"Policy": policy})
        self.client("sns").subscribe(TopicArn=stack["Outputs"][0]["OutputValue"], Protocol="sqs", Endpoint=arn)

        # One minute of five is not enough, nor is another stage's failure, nor one failure alone.
        self.put("Refused", 0, [])
        self.put("Failed", 0, [{"Name": "Stage", "Value": "other"}], 3)
        self.put("Failed", 0, STAGE)
        self.assertEqual(self.states(), {"Cause": "OK", "Effect": "OK", "Failures": "OK", "Refusals": "OK"})
        self.put("Refused", MINUTE, [])
        self.assertEqual(self.states()["Cause"], "ALARM")
        self.put("Failed", 0, STAGE)
        self.assertEqual(self.states()["Effect"], "ALARM")
        self.assertEqual(self.told(queue), ["Cause"])

        # The cause is over, by a change of its alarm; what is left is told then.
        self.client("cloudwatch").put_metric_alarm(
            AlarmName="Refusals", Namespace="Alarms", MetricName="Refused", Statistic="Sum", Period=60,
            EvaluationPeriods=5, Threshold=100, ComparisonOperator="GreaterThanThreshold",
            TreatMissingData="notBreaching",
        )  # fmt: skip
        deadline = time.monotonic() + 30
        while (told := self.told(queue)) == [] and time.monotonic() < deadline:
            pass
        self.assertEqual(told, ["Effect"])
        self.assertEqual(self.states()["Cause"], "OK")

        self.log(line("Page", {"Calls": 5, "Failed": 2}))
        board = json.loads(self.page("/data?hours=1&name=test-Board"))
        calls, alarms = board["widgets"]
        self.assertEqual([(one["label"], one["points"][-1][1]) for one in calls["series"]], [("all", 5), ("twice", 4)])
        self.assertIn("wrong", calls["faults"][0])
        self.assertEqual([(one["name"], one["state"]) for one in alarms["alarms"]], [("Effect", "ALARM")])
        self.assertIn("<title>", self.page(""))
        for wrong in ("/data?hours=0", "/data?hours=soon", "/../alarms.py"):
            with self.subTest(wrong), self.assertRaises(urllib.error.HTTPError):
                self.page(wrong)

    def put(self, metric: str, ago: int, dimensions: list, times: int = 1) -> None:
        """Puts ones of a metric that alarms watch."""
        at = datetime.now(timezone.utc) - timedelta(seconds=ago)
        datum = {"MetricName": metric, "Dimensions": dimensions, "Values": [1], "Counts": [times], "Timestamp": at}
        self.client("cloudwatch").put_metric_data(Namespace="Alarms", MetricData=[datum])

    def states(self) -> dict[str, str]:
        """How the alarms are."""
        answer = self.client("cloudwatch").describe_alarms(AlarmTypes=["MetricAlarm", "CompositeAlarm"])
        return {one["AlarmName"]: one["StateValue"] for one in answer["MetricAlarms"] + answer["CompositeAlarms"]}

    def told(self, queue: str) -> list[str]:
        """The alarms that were told of as ringing since the last look."""
        sqs, found = self.client("sqs"), []
        while messages := sqs.receive_message(QueueUrl=queue, WaitTimeSeconds=1).get("Messages"):
            for message in messages:
                told = json.loads(json.loads(message["Body"])["Message"])
                found += [told["AlarmName"]] if told["NewStateValue"] == "ALARM" else []
                sqs.delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])
        return found

    def page(self, path: str) -> str:
        """What the page of dashboards answers."""
        with urllib.request.urlopen(f"{self.settings.endpoint}/_ironmonger/dashboards{path}") as answer:
            return answer.read().decode()


if __name__ == "__main__":
    unittest.main()

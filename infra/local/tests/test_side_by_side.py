"""Two environments in one account: what holds the shop's data is deployed twice, as staging and as production."""

import contextlib

from botocore.exceptions import ClientError, WaiterError
from samcli.yamlhelper import yaml_parse

from runner.build import TEMPLATES

from .emulated import EmulatedTest

STAGES = ("staging", "production")
# What holds data and passes messages on; functions know of nothing else than what these tell them.
PARTS = ("Data", "Identity", "Messaging")


class SideBySideTest(EmulatedTest):
    """Neither environment has anything of the other's."""

    def test_two_environments_share_nothing(self) -> None:
        """Each has things of its own by names of its own, and outlives the other."""
        cloudformation = self.client("cloudformation")
        for stage in STAGES:
            for part in PARTS:
                self.deploy(stage, part)
        made = {stage: self.made(stage) for stage in STAGES}
        self.assertEqual(made["staging"].keys(), made["production"].keys())
        both = set(made["staging"].values()) & set(made["production"].values())
        self.assertEqual(both, set(), "both environments call these theirs")

        tables, queues = self.client("dynamodb"), self.client("sqs")
        key = {"pk": {"S": "TEST"}, "sk": {"S": "TEST"}}
        tables.put_item(TableName=made["production"]["Data.OrdersTable"], Item=key)
        queues.send_message(QueueUrl=made["production"]["Messaging.PlanningQueue"], MessageBody="theirs")
        self.assertNotIn("Item", tables.get_item(TableName=made["staging"]["Data.OrdersTable"], Key=key))
        received = queues.receive_message(QueueUrl=made["staging"]["Messaging.PlanningQueue"])
        self.assertNotIn("Messages", received)

        for part in PARTS:
            cloudformation.delete_stack(StackName=self.stack("staging", part))
            self.wait("stack_delete_complete", "staging", part)
        self.assertIn("Item", tables.get_item(TableName=made["production"]["Data.OrdersTable"], Key=key))
        received = queues.receive_message(QueueUrl=made["production"]["Messaging.PlanningQueue"])
        self.assertEqual([message["Body"] for message in received["Messages"]], ["theirs"])
        with self.assertRaises(tables.exceptions.ResourceNotFoundException):
            tables.describe_table(TableName=made["staging"]["Data.OrdersTable"])

        # Production's tables cannot go with their stack, nor by mistake.
        self.assertTrue(self.is_protected(made["production"]["Data.OrdersTable"]))
        with contextlib.suppress(ClientError, WaiterError):
            cloudformation.delete_stack(StackName=self.stack("production", "Data"))
            self.wait("stack_delete_complete", "production", "Data")
        self.assertIn("Item", tables.get_item(TableName=made["production"]["Data.OrdersTable"], Key=key))

    def deploy(self, stage: str, part: str) -> None:
        """Deploys one template of the shop."""
        text = TEMPLATES[part].read_text()
        parameters = yaml_parse(text).get("Parameters", {})
        values = {name: "60" if told["Type"] == "Number" else stage for name, told in parameters.items()}
        self.client("cloudformation").create_stack(
            StackName=self.stack(stage, part),
            TemplateBody=text,
            Parameters=[{"ParameterKey": name, "ParameterValue": value} for name, value in values.items()],
            Capabilities=["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"],
        )
        self.wait("stack_create_complete", stage, part)

    def made(self, stage: str) -> dict[str, str]:
        """What an environment's things are called, by their names in the templates."""
        cloudformation = self.client("cloudformation")
        return {
            f"{part}.{resource['LogicalResourceId']}": resource["PhysicalResourceId"]
            for part in PARTS
            for page in cloudformation.get_paginator("list_stack_resources").paginate(StackName=self.stack(stage, part))
            for resource in page["StackResourceSummaries"]
            # Groups are told apart by their pools.
            if resource["ResourceType"] != "AWS::Cognito::UserPoolGroup"
        }

    def is_protected(self, table: str) -> bool:
        """Whether a table can be deleted only after somebody allowed it."""
        return self.client("dynamodb").describe_table(TableName=table)["Table"]["DeletionProtectionEnabled"]

    def wait(self, what: str, stage: str, part: str) -> None:
        """Waits for a stack."""
        waiter = self.client("cloudformation").get_waiter(what)
        waiter.wait(StackName=self.stack(stage, part), WaiterConfig={"Delay": 1, "MaxAttempts": 60})

    @staticmethod
    def stack(stage: str, part: str) -> str:
        """What a stack is called."""
        return f"ironmonger-{stage}-{part.lower()}"

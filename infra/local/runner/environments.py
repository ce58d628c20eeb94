"""The environments of samconfig.toml that are on AWS, and what is known of the stack in each."""

import os
import re
from dataclasses import dataclass

import boto3
import tomlkit
from botocore.exceptions import ClientError
from samcli.lib.bootstrap.bootstrap import manage_stack

from .console import Problem
from .toolbox import ROOT

# The only region from which CloudFront takes certificates and firewalls.
EDGE_REGION = "us-east-1"


@dataclass(frozen=True)
class Environment:
    """One environment: its stack, and the template parameters that samconfig.toml sets."""

    name: str
    stack: str
    region: str
    capabilities: list[str]
    parameters: dict[str, str]
    edge_parameters: dict[str, str]

    @property
    def is_production(self) -> bool:
        """Whether people buy here."""
        return self.parameters["Stage"] == "production"

    @property
    def edge_stack(self) -> str:
        """The stack in CloudFront's own region."""
        return f"{self.stack}-edge"

    def client(self, service: str):
        """A client with the caller's credentials."""
        return boto3.Session(region_name=self.region).client(service)

    def edge_client(self, service: str):
        """The same, where CloudFront is at home."""
        return boto3.Session(region_name=EDGE_REGION).client(service)

    def outputs(self) -> dict[str, str] | None:
        """The stack's outputs; nothing where there is no stack."""
        return stack_outputs(self.client("cloudformation"), self.stack)

    def bucket(self) -> str:
        """Where packages and records of releases are; where none is named, the one that SAM makes for a region."""
        return os.environ.get("RELEASES_BUCKET") or manage_stack(profile=None, region=self.region)


def load(name: str) -> Environment:
    """An environment by its name."""
    config = tomlkit.parse((ROOT / "samconfig.toml").read_text()).unwrap()
    known = [name for name in config if name not in ("version", "local")]
    if name not in known:
        raise Problem(f"There is no environment {name!r} in samconfig.toml: there are {', '.join(known)}.")
    deploy = config[name]["deploy"]["parameters"]
    edge = config[name].get("edge", {}).get("parameters", {})
    return Environment(
        name=name,
        stack=deploy["stack_name"],
        region=deploy["region"],
        capabilities=deploy["capabilities"],
        parameters=_pairs(deploy["parameter_overrides"]),
        edge_parameters=_pairs(edge.get("parameter_overrides", [])),
    )


def stack_outputs(cloudformation, stack: str) -> dict[str, str] | None:
    """A stack's outputs; nothing where there is no such stack."""
    try:
        found = cloudformation.describe_stacks(StackName=stack)["Stacks"][0]
    except ClientError as error:
        if "does not exist" in str(error):
            return None
        raise
    return {output["OutputKey"]: output["OutputValue"] for output in found.get("Outputs", [])}


def resources(cloudformation, stack: str) -> list[dict]:
    """The resources of a stack and of the stacks in it, but for those stacks."""
    found = []
    for page in cloudformation.get_paginator("list_stack_resources").paginate(StackName=stack):
        for resource in page["StackResourceSummaries"]:
            if resource["ResourceType"] == "AWS::CloudFormation::Stack":
                if resource.get("PhysicalResourceId"):
                    found += resources(cloudformation, resource["PhysicalResourceId"])
            else:
                found.append(resource)
    return found


def _pairs(overrides: list[str]) -> dict[str, str]:
    for pair in overrides:
        if not re.match(r"\w+=", pair):
            raise Problem(f"samconfig.toml has the parameter override {pair!r}: it must be Name=value.")
    return dict(pair.split("=", 1) for pair in overrides)

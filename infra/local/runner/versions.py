"""Versions of functions that nobody calls. CloudFormation keeps them all, and an account has room for 75 GB."""

from concurrent.futures import ThreadPoolExecutor

from . import environments
from .console import say, step
from .environments import Environment

# Beside the one that is called: what a rollback by hand may want at once.
KEPT = 2
AT_ONCE = 4


def prune(environment: Environment) -> None:
    """Removes the versions of each function but for the called ones and the latest."""
    lambda_client = environment.client("lambda")
    functions = [
        resource["PhysicalResourceId"]
        for resource in environments.resources(environment.client("cloudformation"), environment.stack)
        if resource["ResourceType"] == "AWS::Lambda::Function"
    ]
    with step("Removing old versions of functions"), ThreadPoolExecutor(AT_ONCE) as pool:
        removed = sum(pool.map(lambda function: _prune(lambda_client, function), functions))
    say(f"  {removed} removed")


def _prune(lambda_client, function: str) -> int:
    pages = lambda_client.get_paginator("list_versions_by_function").paginate(FunctionName=function)
    numbers = sorted(
        int(version["Version"]) for page in pages for version in page["Versions"] if version["Version"] != "$LATEST"
    )
    called = {
        int(version)
        for page in lambda_client.get_paginator("list_aliases").paginate(FunctionName=function)
        for alias in page["Aliases"]
        for version in (
            alias["FunctionVersion"],
            *alias.get("RoutingConfig", {}).get("AdditionalVersionWeights", {}),
        )
        if version != "$LATEST"
    }
    old = [number for number in numbers[: -KEPT - 1] if number not in called]
    for number in old:
        lambda_client.delete_function(FunctionName=function, Qualifier=str(number))
    return len(old)

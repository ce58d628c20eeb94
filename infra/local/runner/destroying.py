"""`make destroy`: removes an environment, after asking for its name."""

import os

from . import environments
from .console import Problem, say, step
from .environments import Environment

# What the shop's data is worth in production: to be said on purpose, not by habit.
WORD = "destroy the shop that people buy in"
# Production keeps these, as its templates say: with them goes what customers and staff made.
KEPT_IN_PRODUCTION = ("MediaBucket",)
OBJECTS_AT_ONCE = 1000
PARAMETERS_AT_ONCE = 10
# A distribution takes minutes to go.
POLL_SECONDS = 5


def destroy(name: str) -> int:
    """Removes an environment's stacks, and what CloudFormation would not remove with them."""
    environment = environments.load(name)
    cloudformation = environment.client("cloudformation")
    if environment.outputs() is None:
        raise Problem(f"There is no stack {environment.stack}.")
    _ask(environment)
    if environment.is_production:
        cloudformation.update_termination_protection(StackName=environment.stack, EnableTerminationProtection=False)
    for resource in environments.resources(cloudformation, environment.stack):
        kept = environment.is_production and resource["LogicalResourceId"] in KEPT_IN_PRODUCTION
        if resource["ResourceType"] == "AWS::S3::Bucket" and not kept:
            _empty(environment, resource["PhysicalResourceId"])
    _delete(cloudformation, environment.stack)
    edge = environment.edge_client("cloudformation")
    if environments.stack_outputs(edge, environment.edge_stack) is not None:
        _delete(edge, environment.edge_stack)
    if environment.is_production:
        say("  Tables, accounts, pictures and others' secrets are still there: see docs/operations.md.")
    else:
        _forget_secrets(environment)
    say(f"\n  {environment.stack} is gone.")
    return 0


def _ask(environment: Environment) -> None:
    """Goes on only for somebody who types what is to go."""
    if environment.is_production and os.environ.get("REALLY") != WORD:
        raise Problem(f"{environment.name} is what people buy in. If it must go: REALLY='{WORD}'")
    say(f"This removes {environment.stack} in {environment.region} and all that is in it.")
    try:
        typed = input(f"Type {environment.stack} to go on: ")
    except EOFError:
        typed = ""
    if typed.strip() != environment.stack:
        raise Problem("Nothing was removed.")


def _empty(environment: Environment, bucket: str) -> None:
    """Removes everything from a bucket, older versions too: only an empty one can be removed."""
    s3 = environment.client("s3")
    with step(f"Emptying {bucket}"):
        for page in s3.get_paginator("list_object_versions").paginate(Bucket=bucket):
            found = [*page.get("Versions", []), *page.get("DeleteMarkers", [])]
            objects = [{"Key": item["Key"], "VersionId": item["VersionId"]} for item in found]
            for start in range(0, len(objects), OBJECTS_AT_ONCE):
                some = {"Objects": objects[start : start + OBJECTS_AT_ONCE], "Quiet": True}
                errors = s3.delete_objects(Bucket=bucket, Delete=some).get("Errors", [])
                if errors:
                    raise Problem(f"{bucket}/{errors[0]['Key']} cannot be removed: {errors[0]['Message']}")


def _delete(cloudformation, stack: str) -> None:
    with step(f"Deleting {stack}"):
        cloudformation.delete_stack(StackName=stack)
        cloudformation.get_waiter("stack_delete_complete").wait(
            StackName=stack, WaiterConfig={"Delay": POLL_SECONDS, "MaxAttempts": 3600 // POLL_SECONDS}
        )


def _forget_secrets(environment: Environment) -> None:
    """Removes the credentials that operators and partners left: no template names them."""
    ssm = environment.client("ssm")
    path = f"/ironmonger/{environment.parameters['Stage']}/"
    pages = ssm.get_paginator("get_parameters_by_path").paginate(Path=path, Recursive=True)
    names = [parameter["Name"] for page in pages for parameter in page["Parameters"]]
    for start in range(0, len(names), PARAMETERS_AT_ONCE):
        ssm.delete_parameters(Names=names[start : start + PARAMETERS_AT_ONCE])

"""Deploys the template to the emulator: all of it when it changed, else only the code of changed functions."""

import io
import json
import subprocess
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor

import tomlkit
from botocore.exceptions import ClientError

from . import build, toolbox
from .console import Problem, say, step
from .emulator import aws_environment, client
from .prerequisites import host_architecture
from .processes import last_lines
from .settings import STACK, Settings
from .toolbox import ROOT

# States that no update leads out of.
BROKEN = ("ROLLBACK_COMPLETE", "ROLLBACK_FAILED", "CREATE_FAILED", "DELETE_FAILED", "REVIEW_IN_PROGRESS")
# How long a deployment that was interrupted may take to end.
SETTLE_SECONDS = 30


def ensure(settings: Settings) -> None:
    """Brings the deployed stack up to date with the template, the settings and the built binaries."""
    chosen = parameters(settings)
    template, code = build.template_hash(chosen), build.code_hashes()
    record = _record(settings)
    stack = _settled_stack(settings)
    if (
        stack is not None
        and record is not None
        and record["stack"] == stack["StackId"]
        and record["template"] == template
    ):
        changed = [name for name, digest in code.items() if record["code"].get(name) != digest]
        if changed:
            with step(f"Updating {', '.join(changed)}"):
                _update_code(settings, changed)
    else:
        _deploy(settings, chosen, stack)
        # CloudFormation compares with what it deployed last, not with code that was updated past it.
        if record is not None and stack is not None and record["stack"] == stack["StackId"] and record["updated"]:
            _update_code(settings, [name for name in record["updated"] if name in code])
        stack, changed, record = _stack(settings), [], None
    if stack is None:
        raise Problem("The stack is gone although its deployment succeeded.")
    updated = sorted({*(record["updated"] if record else []), *changed})
    file = settings.folder / "deployed.json"
    file.write_text(json.dumps({"stack": stack["StackId"], "template": template, "code": code, "updated": updated}))


def replace_code(settings: Settings, names: list[str]) -> list[str]:
    """Replaces the code of those of these functions whose binaries are not what is deployed; gives their names."""
    record = _record(settings)
    if record is None:
        raise Problem("Nothing is deployed: bring the stack up to date with make up.")
    code = build.code_hashes(names)
    changed = [name for name, digest in code.items() if record["code"].get(name) != digest]
    _update_code(settings, changed)
    updated = sorted({*record["updated"], *changed})
    record = {**record, "code": {**record["code"], **code}, "updated": updated}
    (settings.folder / "deployed.json").write_text(json.dumps(record))
    return changed


def outputs(settings: Settings) -> dict[str, str]:
    """The stack's outputs."""
    stack = _stack(settings)
    if stack is None:
        raise Problem("Nothing is deployed.")
    return {output["OutputKey"]: output["OutputValue"] for output in stack["Outputs"]}


def resources(settings: Settings, stack: str = STACK) -> list[dict]:
    """The resources of a stack, without those of the stacks in it."""
    pages = client(settings.endpoint, "cloudformation").get_paginator("list_stack_resources").paginate(StackName=stack)
    return [resource for page in pages for resource in page["StackResourceSummaries"]]


def nested_stacks(settings: Settings) -> list[str]:
    """The ids of the stacks in the deployed stack."""
    return [
        resource["PhysicalResourceId"]
        for resource in resources(settings)
        if resource["ResourceType"] == "AWS::CloudFormation::Stack"
    ]


def functions(settings: Settings) -> dict[str, str]:
    """What the functions of all templates are called, by their names there."""
    return {
        resource["LogicalResourceId"]: resource["PhysicalResourceId"]
        for stack in nested_stacks(settings)
        for resource in resources(settings, stack)
        if resource["ResourceType"] == "AWS::Lambda::Function"
    }


def parameters(settings: Settings) -> dict[str, str]:
    """The template's parameters, as this stack is deployed with."""
    config = tomlkit.parse((ROOT / "samconfig.toml").read_text())
    fixed = dict(pair.split("=", 1) for pair in config["local"]["deploy"]["parameters"]["parameter_overrides"])
    return {
        **fixed,
        "Architecture": host_architecture(),
        "ApiOriginPort": str(settings.port),
        "BrowserEndpoint": settings.endpoint,
        "RealtimeEndpoint": settings.endpoint.replace("http://", "ws://", 1),
        "SiteOrigin": f"http://*.cloudfront.localhost:{settings.port}",
        "SupplierHosts": f"*,{settings.simulator}",
        **settings.overrides,
    }


def _stack(settings: Settings) -> dict | None:
    try:
        return client(settings.endpoint, "cloudformation").describe_stacks(StackName=STACK)["Stacks"][0]
    except ClientError as error:
        if "does not exist" in str(error):
            return None
        raise


def _settled_stack(settings: Settings) -> dict | None:
    """The stack once an interrupted deployment, which goes on in the emulator, has come to its end."""
    deadline = time.monotonic() + SETTLE_SECONDS
    while (stack := _stack(settings)) is not None and stack["StackStatus"].endswith("_IN_PROGRESS"):
        if stack["StackStatus"] in BROKEN or time.monotonic() > deadline:
            break
        time.sleep(0.5)
    return stack


def _record(settings: Settings) -> dict | None:
    file = settings.folder / "deployed.json"
    return json.loads(file.read_text()) if file.exists() else None


def _deploy(settings: Settings, parameters: dict[str, str], stack: dict | None) -> None:
    cloudformation = client(settings.endpoint, "cloudformation")
    if stack is not None and stack["StackStatus"] in BROKEN:
        say(f"  the stack is {stack['StackStatus']}, starting over")
        cloudformation.delete_stack(StackName=STACK)
        cloudformation.get_waiter("stack_delete_complete").wait(StackName=STACK, WaiterConfig={"Delay": 1})
    elif stack is not None and stack["StackStatus"].endswith(("_FAILED", "_IN_PROGRESS")):
        raise Problem(
            f"The deployed stack is {stack['StackStatus']} and cannot be updated. Forget it with: make clean-local"
        )
    build.package(parameters)
    overrides = [f"{name}={value}" for name, value in parameters.items()]
    with step("sam deploy --config-env local"):
        code = _show_events(settings, ["sam", "deploy", "--config-env", "local", "--parameter-overrides", *overrides])
    if code != 0:
        log = settings.logs / "deploy.log"
        events = cloudformation.describe_stack_events(StackName=STACK)["StackEvents"] if _stack(settings) else []
        reasons = [
            f"{event['LogicalResourceId']}: {event['ResourceStatusReason']}"
            for event in events
            if event["ResourceStatus"].endswith("_FAILED") and event.get("ResourceStatusReason")
        ]
        text = "\n       ".join(["The deployment failed.", *reasons[:5]])
        raise Problem(text if reasons else f"{text} Its last lines:\n{last_lines(log)}")


def _show_events(settings: Settings, command: list[str]) -> int:
    """Runs SAM with all it says in a log, and one line on the terminal for each resource that is done."""
    settings.logs.mkdir(parents=True, exist_ok=True)
    environment = {**aws_environment(settings, toolbox.environment()), "PYTHONUNBUFFERED": "1", "COLUMNS": "200"}
    with (
        (settings.logs / "deploy.log").open("w") as log,
        subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        ) as process,
    ):
        for line in process.stdout or ():
            log.write(line)
            event = line.split()
            if len(event) >= 3 and event[0].endswith(("_COMPLETE", "_FAILED")) and event[1].startswith("AWS::"):
                say(f"    {event[0]} {event[2]}")
    return process.returncode


def _update_code(settings: Settings, names: list[str]) -> None:
    binaries, ids = build.functions(), functions(settings)
    lambda_client = client(settings.endpoint, "lambda")

    def update(name: str) -> None:
        lambda_client.update_function_code(FunctionName=ids[name], ZipFile=_zip(binaries[name]))

    with ThreadPoolExecutor(max_workers=4) as pool:
        list(pool.map(update, names))


def _zip(binary: str) -> bytes:
    entry = zipfile.ZipInfo("bootstrap")
    entry.external_attr = 0o755 << 16
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as writer:
        writer.writestr(entry, build.binary(binary).read_bytes())
    return archive.getvalue()

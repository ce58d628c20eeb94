"""`make deploy` and `make rollback`: a release onto AWS, tried out, and taken back where that fails."""

import hashlib
import json
import os
import shutil
import subprocess
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

from samcli.yamlhelper import yaml_dump, yaml_parse

from . import build, environments, frontend, history, prerequisites, publishing, releasing, toolbox, versions
from .console import Problem, fail, say, step
from .environments import EDGE_REGION, Environment
from .releasing import PROGRAM, Release
from .toolbox import ROOT

# What was deployed where: for the `ironmonger` program, as the local stack's outputs are.
DEPLOYMENTS = ROOT / ".deployments"
# How long a page that was opened before a deployment may still ask for files of its own.
KEEP_OLD_FILES = timedelta(days=7)
PACKAGES = "packages/"
UPLOADS_AT_ONCE = 8


def deploy(name: str, given: str | None) -> int:
    """Deploys a release, or what is in the checkout; goes back to the one before if it does not do."""
    environment = environments.load(name)
    DEPLOYMENTS.mkdir(exist_ok=True)
    if given is None:
        # Before the build rather than after it.
        _require_committed(environment, releasing.version())
    chosen = releasing.made_or_found(given)
    _require_committed(environment, chosen.version)
    before = history.read(environment)
    parameters = {**environment.parameters, **_edge(environment, chosen)}
    record = _package(environment, chosen, parameters)
    _deploy(environment, record, parameters)
    history.keep(environment, record)
    if not _tried_out(environment, _program(chosen)):
        return _back(environment, before, parameters, chosen)
    history.add(environment, chosen.version)
    versions.prune(environment)
    say(f"\n  {chosen.version} is deployed to {name}.")
    return 0


def rollback(name: str, version: str | None) -> int:
    """Deploys the release before the present one again, or one that is named."""
    environment = environments.load(name)
    DEPLOYMENTS.mkdir(exist_ok=True)
    deployed = history.read(environment)
    earlier = [known for known in deployed if known != deployed[-1]]
    target = version or (earlier[-1] if earlier else None)
    if target is None:
        raise Problem(f"Nothing was deployed to {name} before what is there now.")
    parameters = {**environment.parameters, **_edge_outputs(environment)}
    _deploy(environment, history.fetch(environment, target, DEPLOYMENTS / name), parameters)
    build.compile_tools()
    if not _tried_out(environment, build.binary(PROGRAM)):
        raise Problem(f"{name} runs {target} again, and that fails its trial too: see above.")
    history.add(environment, target)
    say(f"\n  {target} is deployed to {name} again.")
    return 0


def _require_committed(environment: Environment, version: str) -> None:
    if environment.is_production and version.endswith(releasing.DIRTY):
        raise Problem(f"{version} has changes that nobody committed: {environment.name} gets what can be built again.")


def _back(environment: Environment, before: list[str], parameters: dict[str, str], failed: Release) -> int:
    if not before:
        raise Problem(f"{failed.version} fails its trial, and there is none before it to go back to.")
    fail(f"{failed.version} fails its trial; going back to {before[-1]}.")
    record = history.fetch(environment, before[-1], DEPLOYMENTS / environment.name)
    _deploy(environment, record, parameters)
    good = _tried_out(environment, _program(failed))
    after = "is there again" if good else "is there again, and fails its trial too"
    raise Problem(f"{failed.version} was not deployed to {environment.name}: {before[-1]} {after}.")


def _edge(environment: Environment, chosen: Release) -> dict[str, str]:
    """Deploys certificate and firewall where samconfig.toml asks for either; gives them as parameters."""
    own = {name: environment.parameters.get(name, "") for name in ("DomainName", "HostedZoneId")}
    asked = {**{name: value for name, value in own.items() if value}, **environment.edge_parameters}
    if asked:
        with step(f"Deploying {environment.edge_stack} to {EDGE_REGION}"):
            _sam(
                environment,
                ["deploy", "--template-file", str(chosen.folder / releasing.EDGE)],
                environment.edge_stack,
                EDGE_REGION,
                asked,
            )
    return _edge_outputs(environment) if asked else {}


def _edge_outputs(environment: Environment) -> dict[str, str]:
    return environments.stack_outputs(environment.edge_client("cloudformation"), environment.edge_stack) or {}


def _package(environment: Environment, chosen: Release, parameters: dict[str, str]) -> history.Record:
    """Uploads the packages; what is kept of a release are the templates that name them, and the site."""
    record = history.Record(DEPLOYMENTS / environment.name, chosen.version)
    shutil.rmtree(record.folder, ignore_errors=True)
    packages = _upload(environment, sorted((chosen.folder / "functions").iterdir()))
    mark = hashlib.sha256(json.dumps(parameters, sort_keys=True).encode()).hexdigest()[:8]
    for file in [chosen.folder / "template.yaml", *(chosen.folder / "infra").glob("*.yaml")]:
        target = record.templates / file.relative_to(chosen.folder)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(yaml_dump(marked(placed(yaml_parse(file.read_text()), packages), mark)))
    shutil.copytree(chosen.folder / "site", record.site)
    return record


def _upload(environment: Environment, archives: list[Path]) -> dict[str, str]:
    """Uploads packages that are not there yet; gives their addresses by their names."""
    s3, bucket = environment.client("s3"), environment.bucket()
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=PACKAGES)
    present = {item["Key"] for page in pages for item in page.get("Contents", [])}

    def upload(archive: Path) -> str:
        content = archive.read_bytes()
        key = f"{PACKAGES}{archive.stem}-{hashlib.sha256(content).hexdigest()}.zip"
        if key not in present:
            s3.put_object(Bucket=bucket, Key=key, Body=content)
        return f"s3://{bucket}/{key}"

    with step(f"Uploading {len(archives)} packages"), ThreadPoolExecutor(UPLOADS_AT_ONCE) as pool:
        return dict(zip((archive.name for archive in archives), pool.map(upload, archives), strict=True))


def placed(template: dict, packages: dict[str, str]) -> dict:
    """A template of a release whose functions are where their packages were uploaded to."""
    for resource in template["Resources"].values():
        if resource["Type"] == "AWS::Serverless::Function":
            properties = resource["Properties"]
            properties["CodeUri"] = packages[Path(properties["CodeUri"]).name]
    return template


def marked(template: dict, mark: str) -> dict:
    """A template whose functions differ where the parameters do.

    A function's version is made anew only where its text in the template differs, and parameters are not part of it:
    without a mark, requests would go on to a version with the old values.
    """
    is_versioned = "AutoPublishAlias" in template.get("Globals", {}).get("Function", {})
    for resource in template["Resources"].values():
        if is_versioned and resource["Type"] == "AWS::Serverless::Function":
            resource["Properties"]["Description"] += f" (settings {mark})"
    return template


def _deploy(environment: Environment, record: history.Record, parameters: dict[str, str]) -> None:
    """The stack first, then the site: what is published asks only for what is there."""
    with step(f"Deploying {record.version} to {environment.stack}"):
        command = ["deploy", "--template-file", str(record.template), "--s3-bucket", environment.bucket()]
        _sam(environment, command, environment.stack, environment.region, parameters)
    cloudformation = environment.client("cloudformation")
    if environment.is_production:
        cloudformation.update_termination_protection(StackName=environment.stack, EnableTerminationProtection=True)
    outputs = environments.stack_outputs(cloudformation, environment.stack)
    config = frontend.config(environment.region, outputs, None)
    files = {**record.files(), "config.json": config}
    publishing.publish(environment.client("s3"), outputs["SiteBucketName"], files, KEEP_OLD_FILES)
    publishing.invalidate(environment.client("cloudfront"), outputs["DistributionId"], str(uuid.uuid4()))
    site = outputs["SiteUrl"]
    told = {"site": site, "api": f"{site}/api", "region": environment.region, "stack": outputs}
    (DEPLOYMENTS / f"{environment.name}.json").write_text(json.dumps(told, indent=2) + "\n")
    say(f"\n  Shop  {site}\n  API   {site}/api\n")


def _tried_out(environment: Environment, program: Path) -> bool:
    outputs = DEPLOYMENTS / f"{environment.name}.json"
    with step("Trying it out"):
        return subprocess.run([str(program), "--outputs", str(outputs), "smoke"], cwd=ROOT, check=False).returncode == 0


def _program(chosen: Release) -> Path:
    """The release's own program on a machine of its kind, else one that is built here."""
    if prerequisites.host_architecture() == chosen.architecture and chosen.program.exists():
        return chosen.program
    build.compile_tools()
    return build.binary(PROGRAM)


def _sam(environment: Environment, command: list[str], stack: str, region: str, parameters: dict[str, str]) -> None:
    # With a person at the keyboard, production shows first what it would change; a workflow was approved before.
    asks = environment.is_production and "CI" not in os.environ
    command = ["sam", *command, "--stack-name", stack, "--region", region, "--no-fail-on-empty-changeset"]
    command += ["--confirm-changeset" if asks else "--no-confirm-changeset", "--no-progressbar"]
    command += ["--capabilities", *environment.capabilities]
    role = os.environ.get("STACK_ROLE_ARN")
    command += ["--role-arn", role] if role else []
    command += ["--parameter-overrides", *(f"{name}={value}" for name, value in parameters.items())]
    _run(command)


def _run(command: list[str]) -> None:
    # Not in the checkout: SAM would read samconfig.toml there, and what it says is given already.
    result = subprocess.run(command, cwd=DEPLOYMENTS, env=toolbox.environment(), check=False)
    if result.returncode != 0:
        raise Problem(f"`{' '.join(command[:2])}` failed, see its message above.")

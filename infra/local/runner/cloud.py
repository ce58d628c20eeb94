"""`make deploy ENV=…`: builds for release, deploys to AWS with the caller's credentials, and publishes the site."""

import json
import subprocess

import boto3
import tomlkit

from . import frontend, prerequisites, toolbox
from .console import Problem, say, step
from .toolbox import ROOT

# What was deployed where: for the `ironmonger` program, as the local stack's outputs are.
DEPLOYMENTS = ROOT / ".deployments"
# Everything else that the site's distribution caches has a hash in its name.
CHANGING_PATHS = ["/index.html", "/console/index.html", "/config.json", "/docs/*", "/favicon.svg", "/robots.txt"]


def deploy(environment: str) -> int:
    """Deploys to an environment of samconfig.toml other than the local one."""
    prerequisites.check_machine()
    config = tomlkit.parse((ROOT / "samconfig.toml").read_text())
    known = [name for name in config if name not in ("version", "local")]
    if environment not in known:
        raise Problem(f"There is no environment {environment!r} in samconfig.toml: there are {', '.join(known)}.")
    parameters = config[environment]["deploy"]["parameters"]
    frontend.build()
    _sam("build", environment)
    _sam("deploy", environment)
    session = boto3.Session(region_name=str(parameters["region"]))
    stack = session.client("cloudformation").describe_stacks(StackName=str(parameters["stack_name"]))["Stacks"][0]
    outputs = {output["OutputKey"]: output["OutputValue"] for output in stack["Outputs"]}
    config = frontend.config(session.region_name, outputs, None)
    frontend.upload(session.client("s3"), outputs["SiteBucketName"], config)
    session.client("cloudfront").create_invalidation(
        DistributionId=outputs["DistributionId"],
        InvalidationBatch={
            "Paths": {"Quantity": len(CHANGING_PATHS), "Items": CHANGING_PATHS},
            "CallerReference": str(stack.get("LastUpdatedTime", stack["CreationTime"])),
        },
    )
    file = DEPLOYMENTS / f"{environment}.json"
    file.parent.mkdir(exist_ok=True)
    site = outputs["SiteUrl"]
    told = {"site": site, "api": f"{site}/api", "region": session.region_name, "stack": outputs}
    file.write_text(json.dumps(told, indent=2) + "\n")
    say(f"\n  Shop  {outputs['SiteUrl']}\n  API   {outputs['SiteUrl']}/api")
    return 0


def _sam(command: str, environment: str) -> None:
    with step(f"sam {command} --config-env {environment}"):
        result = subprocess.run(
            ["sam", command, "--config-env", environment], cwd=ROOT, env=toolbox.environment(), check=False
        )
    if result.returncode != 0:
        raise Problem(f"`sam {command}` failed, see its message above.")

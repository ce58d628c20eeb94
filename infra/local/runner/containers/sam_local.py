"""`make sam-local` and `make invoke`: the functions in containers, against the tables of a running `make up`.

SAM reads the unchanged templates. What it cannot know is told beside them: what the functions' variables hold (from the
deployed functions), which image they run in, and how containers reach the emulator.
"""

import contextlib
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from samcli.yamlhelper import yaml_parse

from .. import build, deploy, emulator, processes, toolbox
from ..console import Problem, say, step
from ..processes import Service
from ..settings import REGION, Settings
from ..toolbox import ROOT
from . import BRIDGE, engine, image

# Ready events, made of the code's types.
EVENTS = ROOT / "infra" / "events"
BUILT = ROOT / ".aws-sam" / "build"
# `sam local` with a check of tokens, and the variable that tells it what to check.
GATE = Path(__file__).with_name("gate.py")
GATE_SETTING = "IRONMONGER_GATE"
# How long all of it may take until the first request can be sent: `sam build` of all functions is in it.
START_SECONDS = 300


def start_api(settings: Settings, port: int) -> int:
    """Serves the API at `port` until it is interrupted."""
    arguments = _prepare(settings)
    say(
        f"\n  API in containers  http://127.0.0.1:{port}/api\n  A function's container starts with its first request.\n"
    )
    return _sam(settings, ["start-api", "--port", str(port), "--warm-containers", "LAZY", *arguments])


@contextlib.contextmanager
def serving(settings: Settings, port: int) -> Iterator[None]:
    """Serves the API at `port` for as long as the context lasts: for tests."""
    log = settings.logs / "sam-local.log"
    with log.open("ab") as output:
        process = subprocess.Popen(
            [sys.executable, str(ROOT / "infra" / "local" / "run.py"), "sam-local"],
            env={**os.environ, **of(settings, port)},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        deadline = time.monotonic() + START_SECONDS
        with step(f"Serving the API in containers on port {port}"):
            while not processes.answers(port):
                if process.poll() is not None or time.monotonic() > deadline:
                    raise Problem(f"`make sam-local` serves nothing:\n{processes.last_lines(log)}")
                time.sleep(0.5)
        yield
    finally:
        process.terminate()
        process.wait()


def of(settings: Settings, port: int) -> dict[str, str]:
    """The settings of a command that shall be about this stack."""
    return {
        "PORT": str(settings.port),
        "SIM_PORT": str(settings.simulator_port),
        "SAM_PORT": str(port),
        "LOCAL_DIR": str(settings.folder),
    }


def invoke(settings: Settings, binary: str, event: str | None) -> int:
    """Calls one function with an event, its own ready one if none is given."""
    names = {program: name for name, program in build.functions().items()}
    if binary not in names:
        raise Problem(f"There is no function {binary!r}: they are called as in infra/events.")
    chosen = Path(event).resolve() if event else _ready_event(binary)
    if not chosen.is_file():
        raise Problem(f"There is no event at {chosen}.")
    return _sam(settings, ["invoke", names[binary], "--event", str(chosen), *_prepare(settings)])


def _ready_event(binary: str) -> Path:
    found = sorted(EVENTS.glob(f"*/{binary}.json"))
    if len(found) != 1:
        which = "none" if not found else ", ".join(str(file.relative_to(ROOT)) for file in found)
        raise Problem(f"Which event for {binary}? Ready ones: {which}. Choose with EVENT=…")
    return found[0]


def _prepare(settings: Settings) -> list[str]:
    """Sees that there is all that SAM needs; gives its options."""
    daemon = engine.client()
    gateway = engine.gateway(daemon)
    if processes.running(settings, emulator.NAME) is None:
        raise Problem("The local stack does not run: start it with make up, or make up DETACH=1.")
    build.compile_all()
    parameters = deploy.parameters(settings)
    template = _package(settings, parameters)
    _open_bridge(settings, gateway)
    repository = image.ensure(daemon, settings.port, f"http://{gateway.address}:{settings.port}")
    variables = settings.folder / "sam-local.json"
    variables.write_text(json.dumps(_variables(settings), indent=2))
    return [
        *("--template", str(template), "--config-env", "local", "--config-file", str(ROOT / "samconfig.toml")),
        *("--env-vars", str(variables), "--invoke-image", repository, "--skip-pull-image"),
        *("--parameter-overrides", " ".join(f"{name}={value}" for name, value in _told(parameters).items())),
    ]


def _told(parameters: dict[str, str]) -> dict[str, str]:
    """The parameters that change what SAM does: the others' values are in the functions' variables."""
    return {name: parameters[name] for name in ("Stage", "Architecture")}


def _package(settings: Settings, parameters: dict[str, str]) -> Path:
    """`sam build`, unless what was made last is of these templates and binaries; gives the built template.

    It and the packages are kept apart: the next `make up` puts others in their place, and containers start of these.
    """
    folder = settings.folder / "sam-local"
    stamp = folder / "built.sha256"
    content = json.dumps([build.template_hash(parameters), build.code_hashes()], sort_keys=True)
    digest = hashlib.sha256(content.encode()).hexdigest()
    if not stamp.is_file() or stamp.read_text() != digest:
        build.package(parameters)
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(BUILT, folder / "build")
        shutil.copytree(build.archives(), folder / "packages", copy_function=_link)
        for template in folder.rglob("template.yaml"):
            template.write_text(template.read_text().replace(str(build.archives()), str(folder / "packages")))
        stamp.write_text(digest)
    return folder / "build" / "template.yaml"


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def _open_bridge(settings: Settings, gateway: engine.Gateway) -> None:
    if processes.running(settings, BRIDGE) is not None:
        return
    program, address = str(Path(__file__).with_name("bridge.py")), gateway.address
    command = [sys.executable, program, address, str(settings.port), gateway.network]
    service = Service(BRIDGE, command, dict(os.environ), settings.port, "PORT", address)
    with step(f"Opening the emulator's port on {address}, where containers find this machine"):
        processes.start(settings, service, lambda: processes.answers(settings.port, address))


def _variables(settings: Settings) -> dict[str, dict[str, str]]:
    """What the deployed functions are told, by their names in the templates."""
    deployed = {physical: name for name, physical in deploy.functions(settings).items()}
    pages = emulator.client(settings.endpoint, "lambda").get_paginator("list_functions").paginate()
    return {
        deployed[function["FunctionName"]]: function.get("Environment", {}).get("Variables", {})
        for page in pages
        for function in page["Functions"]
        if function["FunctionName"] in deployed
    }


def _guarded() -> list[str]:
    """The functions whose API has an authorizer for all of its routes."""
    templates = [yaml_parse(template.read_text())["Resources"] for template in build.TEMPLATES.values()]
    return [
        name
        for resources in templates
        if "DefaultAuthorizer" in resources.get("Api", {}).get("Properties", {}).get("Auth", {})
        for name, resource in resources.items()
        if resource["Type"] == "AWS::Serverless::Function"
    ]


def _sam(settings: Settings, arguments: list[str]) -> int:
    outputs = deploy.outputs(settings)
    pool = outputs["UserPoolId"]
    told = {
        "functions": _guarded(),
        "issuer": f"https://cognito-idp.{REGION}.amazonaws.com/{pool}",
        "audience": outputs["UserPoolClientId"],
        "keys": f"{settings.endpoint}/{pool}/.well-known/jwks.json",
    }
    environment = emulator.aws_environment(settings, {**toolbox.environment(), GATE_SETTING: json.dumps(told)})
    command = [sys.executable, str(GATE), "local", *arguments]
    # Apart from the terminal, whose Ctrl-C it would get too: it is told once, and takes its containers away.
    with subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True) as process:
        try:
            return process.wait()
        except KeyboardInterrupt:
            process.terminate()
            process.wait()
            return 0

"""Builds every function and tool in one cargo call, and SAM's package of them."""

import filecmp
import hashlib
import json
import shutil
import subprocess
from functools import cache
from pathlib import Path

from samcli.yamlhelper import yaml_parse

from . import toolbox
from .console import Problem, step
from .prerequisites import host_architecture
from .toolbox import ROOT

TEMPLATE = ROOT / "template.yaml"
NESTED_TEMPLATES = ("data", "messaging", "site")
# Programs of this machine rather than functions.
TOOLS = ("supplier-sim", "ironmonger")


@cache
def functions() -> dict[str, str]:
    """The name of each function's binary, by the function's name in the template."""
    resources = yaml_parse(TEMPLATE.read_text())["Resources"]
    return {
        name: resource["Metadata"]["BuildProperties"]["Binary"]
        for name, resource in resources.items()
        if resource["Type"] == "AWS::Serverless::Function"
    }


def compile_all() -> None:
    """Builds all binaries with the development profile, whose dependencies the tests share."""
    binaries = [argument for name in (*functions().values(), *TOOLS) for argument in ("--bin", name)]
    architecture = ["--arm64"] if host_architecture() == "arm64" else []
    with step(f"Building {len(functions())} functions and {len(TOOLS)} tools"):
        _run(
            ["cargo", "lambda", "build", *architecture, *binaries],
            "The build failed, see the compiler's message above.",
        )


def compile_tools() -> None:
    """Builds only this machine's programs."""
    architecture = ["--arm64"] if host_architecture() == "arm64" else []
    binaries = [argument for name in TOOLS for argument in ("--bin", name)]
    _run(
        ["cargo", "lambda", "build", "--quiet", *architecture, *binaries],
        "The build failed, see the compiler's message above.",
    )


def package(parameters: dict[str, str]) -> None:
    """`sam build`, which finds every binary already built."""
    with step("sam build"):
        _run(
            ["sam", "build", "--parameter-overrides", *(f"{name}={value}" for name, value in parameters.items())],
            "`sam build` failed, see its message above.",
            quiet=True,
        )


def binary(name: str) -> Path:
    """Where the build puts a binary."""
    return target_folder() / "lambda" / name / "bootstrap"


def runnable(name: str, folder: Path) -> Path:
    """A copy of a tool, so that the next build can replace the original while this one runs."""
    copied = folder / "bin" / name
    if not is_current(name, folder):
        copied.parent.mkdir(parents=True, exist_ok=True)
        copied.unlink(missing_ok=True)
        shutil.copy2(binary(name), copied)
    return copied


def is_current(name: str, folder: Path) -> bool:
    """Whether the copy of a tool is of this build."""
    copied = folder / "bin" / name
    return copied.exists() and filecmp.cmp(binary(name), copied, shallow=False)


def code_hashes() -> dict[str, str]:
    """What each function's binary is now, by the function's name in the template."""
    return {name: hashlib.sha256(binary(program).read_bytes()).hexdigest() for name, program in functions().items()}


def template_hash(parameters: dict[str, str]) -> str:
    """Changes when a deployment would change anything but code."""
    files = [TEMPLATE, *(ROOT / "infra" / f"{name}.yaml" for name in NESTED_TEMPLATES)]
    text = b"".join(file.read_bytes() for file in files) + json.dumps(parameters, sort_keys=True).encode()
    return hashlib.sha256(text).hexdigest()


@cache
def target_folder() -> Path:
    """Where cargo builds."""
    answer = subprocess.run(
        ["cargo", "metadata", "--no-deps", "--format-version", "1"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if answer.returncode != 0:
        raise Problem(f"cargo does not understand the workspace:\n{answer.stderr.strip()}")
    return Path(json.loads(answer.stdout)["target_directory"])


def _run(command: list[str], problem: str, quiet: bool = False) -> None:
    environment = {**toolbox.environment(), "CARGO_LAMBDA_COMPILER": "cargo", "SAM_BUILD_MODE": "debug"}
    result = subprocess.run(
        command,
        cwd=ROOT,
        env=environment,
        check=False,
        stdout=subprocess.PIPE if quiet else None,
        stderr=subprocess.STDOUT if quiet else None,
        text=True,
    )
    if result.returncode != 0:
        raise Problem(f"{result.stdout}\n{problem}" if quiet else problem)

"""Builds every function and tool in one cargo call, and SAM's package of them."""

import filecmp
import hashlib
import json
import shutil
import subprocess
import zipfile
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

from samcli.yamlhelper import yaml_dump, yaml_parse

from . import toolbox
from .console import Problem, step
from .prerequisites import host_architecture
from .toolbox import ROOT

# Templates by the names of their stacks in the root template, which itself is the empty name.
TEMPLATES = {
    "": ROOT / "template.yaml",
    **{
        name: ROOT / resource["Properties"]["TemplateURL"]
        for name, resource in yaml_parse((ROOT / "template.yaml").read_text())["Resources"].items()
        if resource["Type"] == "AWS::CloudFormation::Stack"
    },
}
# Programs of this machine rather than functions.
TOOLS = ("supplier-sim", "ironmonger")


@cache
def functions() -> dict[str, str]:
    """The name of each function's binary, by the function's name in its template; no two templates share a name."""
    return {
        name: resource["Metadata"]["BuildProperties"]["Binary"]
        for template in TEMPLATES.values()
        for name, resource in yaml_parse(template.read_text())["Resources"].items()
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
    """`sam build`, which finds every binary already built; then the functions' packages."""
    with step("sam build"):
        _run(
            ["sam", "build", "--parameter-overrides", *(f"{name}={value}" for name, value in parameters.items())],
            "`sam build` failed, see its message above.",
            quiet=True,
        )
    with step("Packing the functions"):
        _pack()


def _pack() -> None:
    """Makes the functions' packages, those that changed, and names them in the built templates.

    `sam deploy` would make them all anew each time, one after the other, which with a hundred functions takes minutes.
    """
    names = sorted(functions().values())
    with ThreadPoolExecutor() as pool:
        archives = dict(zip(names, pool.map(_archive, names), strict=True))
    for stale in set(_archives().iterdir()) - set(archives.values()):
        stale.unlink()
    for name in TEMPLATES:
        built = ROOT / ".aws-sam" / "build" / name / "template.yaml"
        template = yaml_parse(built.read_text())
        for function, resource in template["Resources"].items():
            if resource["Type"] == "AWS::Serverless::Function":
                resource["Properties"]["CodeUri"] = str(archives[functions()[function]])
                # What SAM copied is in the archive; a hundred copies fill gigabytes.
                shutil.rmtree(built.parent / function)
        built.write_text(yaml_dump(template))


def _archive(name: str) -> Path:
    """A function's package. Its name is of its content, as is what `sam deploy` calls it: equal ones are sent once."""
    code = binary(name).read_bytes()
    archive = _archives() / f"{name}-{hashlib.sha256(code).hexdigest()[:32]}.zip"
    if not archive.exists():
        entry = zipfile.ZipInfo("bootstrap")
        entry.external_attr = 0o755 << 16
        unfinished = archive.with_suffix(".part")
        with zipfile.ZipFile(unfinished, "w") as writer:
            writer.writestr(entry, code, zipfile.ZIP_DEFLATED, compresslevel=1)
        unfinished.rename(archive)
    return archive


def _archives() -> Path:
    folder = target_folder() / "packages"
    folder.mkdir(exist_ok=True)
    return folder


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
    text = b"".join(file.read_bytes() for file in TEMPLATES.values()) + json.dumps(parameters, sort_keys=True).encode()
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

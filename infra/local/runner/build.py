"""Builds every function and tool in one cargo call, and SAM's package of them."""

import filecmp
import hashlib
import json
import shutil
import subprocess
import zipfile
from collections.abc import Iterable
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
# How a function's new version takes over on AWS.
GRADUAL = ("AutoPublishAlias", "AutoPublishAliasAllProperties", "DeploymentPreference")
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
    compile_programs(TOOLS)


def compile_programs(programs: Iterable[str]) -> None:
    """Builds only these binaries, as they are built with all others."""
    architecture = ["--arm64"] if host_architecture() == "arm64" else []
    binaries = [argument for name in sorted(programs) for argument in ("--bin", name)]
    if binaries:
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
        packages = dict(zip(names, pool.map(_archive, names), strict=True))
    for stale in set(archives().iterdir()) - set(packages.values()):
        stale.unlink()
    for name in TEMPLATES:
        built = ROOT / ".aws-sam" / "build" / name / "template.yaml"
        template = yaml_parse(built.read_text())
        # Here a function is replaced where it is; the emulator has neither CodeDeploy nor tenths of requests.
        for setting in GRADUAL:
            template.get("Globals", {}).get("Function", {}).pop(setting, None)
        for function, resource in template["Resources"].items():
            if resource["Type"] == "AWS::Serverless::Function":
                resource["Properties"]["CodeUri"] = str(packages[functions()[function]])
                # What SAM copied is in the archive; a hundred copies fill gigabytes.
                shutil.rmtree(built.parent / function)
        built.write_text(yaml_dump(template))


def _archive(name: str) -> Path:
    """A function's package. Its name is of its content, as is what `sam deploy` calls it: equal ones are sent once."""
    code = binary(name).read_bytes()
    archive = archives() / f"{name}-{hashlib.sha256(code).hexdigest()[:32]}.zip"
    if not archive.exists():
        unfinished = archive.with_suffix(".part")
        write_archive(code, unfinished, compression=1)
        unfinished.rename(archive)
    return archive


def write_archive(code: bytes, archive: Path, compression: int) -> None:
    """Writes a function's package; equal code makes equal packages."""
    entry = zipfile.ZipInfo("bootstrap")
    entry.external_attr = 0o755 << 16
    with zipfile.ZipFile(archive, "w") as writer:
        writer.writestr(entry, code, zipfile.ZIP_DEFLATED, compresslevel=compression)


def archives() -> Path:
    """Where the functions' packages are."""
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


def code_hashes(names: Iterable[str] | None = None) -> dict[str, str]:
    """What the binaries of these functions, or of all, are now, by the functions' names in the templates."""
    chosen = functions() if names is None else {name: functions()[name] for name in names}
    return {name: hashlib.sha256(binary(program).read_bytes()).hexdigest() for name, program in chosen.items()}


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

"""`make release`: everything that a deployment needs, in one folder that knows nothing of where it will be deployed.

The folder is deployed to one environment after the other, so that production runs what staging ran, to the byte.
"""

import gzip
import hashlib
import json
import re
import shutil
import subprocess
import tarfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from samcli.yamlhelper import yaml_dump, yaml_parse

from . import build, frontend, prerequisites, sbom, toolbox
from .console import Problem, say, step
from .toolbox import ROOT

FOLDER = ROOT / ".release"
EDGE = "infra/edge.yaml"
SUMS = "SHA256SUMS"
# Where cargo puts the binaries of a release, beside those of this machine.
BINARIES = "lambda-release"
PROGRAM = "ironmonger"
# How a version ends that is not of any commit.
DIRTY = "-dirty"


@dataclass(frozen=True)
class Release:
    """A release in a folder: what it is called, and for which machines."""

    folder: Path
    version: str
    architecture: str

    @property
    def program(self) -> Path:
        """The `ironmonger` program, for the machines that the functions are for."""
        return self.folder / "bin" / PROGRAM

    def site(self) -> dict[str, bytes]:
        """The files of the site, by their keys in the bucket."""
        root = self.folder / "site"
        return {file.relative_to(root).as_posix(): file.read_bytes() for file in root.rglob("*") if file.is_file()}


def make() -> int:
    """Builds a release into `.release`, and packs it as `.release/ironmonger-VERSION.tar.gz`."""
    prerequisites.check_machine()
    release = _make(version())
    archive = pack(release)
    say(f"{release.version} for {release.architecture}: {archive}")
    return 0


def made_or_found(given: str | None) -> Release:
    """The release in a folder or an archive, or else one that is built now."""
    if given is None:
        prerequisites.check_machine()
        return _make(version())
    path = Path(given).resolve()
    return load(path) if path.is_dir() else unpack(path, FOLDER / "unpacked")


def load(folder: Path) -> Release:
    """A release whose files are as they were when it was made."""
    for line in _read(folder / SUMS).splitlines():
        digest, name = line.split("  ", 1)
        if not (folder / name).is_file() or _digest(folder / name) != digest:
            raise Problem(f"{folder / name} is not what was released.")
    told = json.loads(_read(folder / "release.json"))
    return Release(folder, told["version"], told["architecture"])


def pack(release: Release) -> Path:
    """The release as one file, the same for the same content."""

    def plain(entry: tarfile.TarInfo) -> tarfile.TarInfo:
        entry.uid = entry.gid = entry.mtime = 0
        entry.uname = entry.gname = ""
        return entry

    archive = release.folder.with_name(f"{release.folder.name}-{release.version}.tar.gz")
    with (
        archive.open("wb") as file,
        # Packages are compressed already; the time would be the only thing that differs.
        gzip.GzipFile("", "wb", compresslevel=1, fileobj=file, mtime=0) as compressed,
        tarfile.open(fileobj=compressed, mode="w") as tar,
    ):
        for name in sorted([*_names(release.folder), SUMS]):
            tar.add(release.folder / name, name, filter=plain)
    return archive


def unpack(archive: Path, folder: Path) -> Release:
    """A release out of its archive."""
    shutil.rmtree(folder, ignore_errors=True)
    try:
        with tarfile.open(archive) as tar:
            tar.extractall(folder, filter="data")
    except (OSError, tarfile.TarError) as error:
        raise Problem(f"{archive} is not a release: {error}") from error
    return load(folder)


def finish(folder: Path, version: str, architecture: str) -> Release:
    """Writes down what is in a release's folder."""
    told = {"version": version, "architecture": architecture}
    (folder / "release.json").write_text(json.dumps(told, indent=1) + "\n")
    sums = "".join(f"{_digest(folder / name)}  {name}\n" for name in sorted(_names(folder)))
    (folder / SUMS).write_text(sums)
    return Release(folder, version, architecture)


def _make(name: str) -> Release:
    folder = FOLDER / "ironmonger"
    shutil.rmtree(FOLDER, ignore_errors=True)
    for part in ("functions", "infra", "site", "bin"):
        (folder / part).mkdir(parents=True)
    _compile()
    with step("Packing the functions"), ThreadPoolExecutor() as pool:
        list(pool.map(lambda name: _pack_function(name, folder / "functions"), build.functions().values()))
    shutil.copy2(_binary(PROGRAM), folder / "bin" / PROGRAM)
    templates = [*build.TEMPLATES.values(), ROOT / EDGE]
    for template in templates:
        name = template.relative_to(ROOT)
        (folder / name).write_text(yaml_dump(packaged(yaml_parse(template.read_text()), len(name.parts) - 1)))
    frontend.build()
    for key, content in frontend.site().items():
        (folder / "site" / key).parent.mkdir(parents=True, exist_ok=True)
        (folder / "site" / key).write_bytes(content)
    with step("Listing what it is made of"):
        sbom.write(folder, name)
    return finish(folder, name, "arm64")


def packaged(template: dict, depth: int) -> dict:
    """A template whose functions are the release's packages; `depth` says how many folders it is below the root."""
    for resource in template["Resources"].values():
        if resource["Type"] == "AWS::Serverless::Function":
            binary = resource.pop("Metadata")["BuildProperties"]["Binary"]
            resource["Properties"]["CodeUri"] = f"{'../' * depth}functions/{binary}.zip"
        elif resource["Type"] == "AWS::CloudFormation::Stack":
            resource["Properties"]["TemplateURL"] = f"./{resource['Properties']['TemplateURL']}"
    template.get("Globals", {}).get("Function", {}).pop("CodeUri", None)
    return template


def _compile() -> None:
    """Optimised binaries for arm64, the functions and the program with which a deployment is tried out."""
    names = [*build.functions().values(), PROGRAM]
    binaries = [argument for name in names for argument in ("--bin", name)]
    command = ["cargo", "lambda", "build", "--release", "--arm64", "--locked", "--lambda-dir", str(_binaries())]
    # By its own linker, which takes the C library to be as old as Lambda's; this machine's may be newer.
    environment = {name: value for name, value in toolbox.environment().items() if name != "CARGO_LAMBDA_COMPILER"}
    with step(f"Building {len(names)} programs for release"):
        result = subprocess.run([*command, *binaries], cwd=ROOT, env=environment, check=False)
    if result.returncode != 0:
        raise Problem("The build failed, see the compiler's message above.")


def _pack_function(name: str, folder: Path) -> None:
    build.write_archive(_binary(name).read_bytes(), folder / f"{name}.zip", compression=9)


def _binaries() -> Path:
    return build.target_folder() / BINARIES


def _binary(name: str) -> Path:
    return _binaries() / name / "bootstrap"


def version() -> str:
    """A tag such as v1.2.3, or else the commit; with `-dirty` where there is more than was committed."""
    answer = subprocess.run(
        ["git", "describe", "--tags", "--match", "v[0-9]*", "--always", f"--dirty={DIRTY}", "--abbrev=12"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    name = answer.stdout.strip()
    if answer.returncode != 0 or not re.fullmatch(r"[A-Za-z0-9._-]+", name):
        raise Problem(f"git does not say which version this is: {answer.stderr.strip()}")
    return name


def _names(folder: Path) -> list[str]:
    return [file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file() and file.name != SUMS]


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _read(file: Path) -> str:
    if not file.is_file():
        raise Problem(f"{file.parent} is not a release: {file.name} is missing.")
    return file.read_text()

"""Bills of materials in CycloneDX: what the functions are linked from, and what the site is bundled from."""

import json
import shutil
import subprocess
from pathlib import Path

import tomlkit

from .build import functions
from .console import Problem
from .frontend import FRONTEND
from .toolbox import ROOT

CRATES_IO = "registry+https://github.com/rust-lang/crates.io-index"
TARGET = "aarch64-unknown-linux-gnu"
ONLY_FOR_DEVELOPMENT = {"name": "cdx:npm:package:development", "value": "true"}


def write(folder: Path, version: str) -> None:
    """Writes `rust.cdx.json` and `npm.cdx.json`."""
    (folder / "rust.cdx.json").write_text(json.dumps(rust(metadata(), version), indent=1) + "\n")
    (folder / "npm.cdx.json").write_text(json.dumps(npm(), indent=1) + "\n")


def rust(told: dict, version: str) -> dict:
    """The bill of what cargo says the functions are made of, without what only tests and build scripts use."""
    binaries = set(functions().values())
    packages = {package["id"]: package for package in told["packages"]}
    needs = {
        node["id"]: [need["pkg"] for need in node["deps"] if any(kind["kind"] is None for kind in need["dep_kinds"])]
        for node in told["resolve"]["nodes"]
    }
    roots = [
        identity
        for identity in told["workspace_members"]
        if any("bin" in target["kind"] and target["name"] in binaries for target in packages[identity]["targets"])
    ]
    linked, waiting = set(), list(roots)
    while waiting:
        identity = waiting.pop()
        if identity not in linked:
            linked.add(identity)
            waiting += needs[identity]
    checksums = _checksums()
    ordered = sorted(linked, key=lambda identity: _purl(packages[identity]))
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {"type": "application", "bom-ref": "ironmonger", "name": "ironmonger", "version": version}
        },
        "components": [_component(packages[identity], checksums) for identity in ordered],
        "dependencies": [
            {"ref": "ironmonger", "dependsOn": sorted(_purl(packages[identity]) for identity in roots)},
            *(
                {
                    "ref": _purl(packages[identity]),
                    "dependsOn": sorted({_purl(packages[need]) for need in needs[identity]}),
                }
                for identity in ordered
            ),
        ],
    }


def _component(package: dict, checksums: dict[tuple[str, str], str]) -> dict:
    component = {
        "type": "library",
        "bom-ref": _purl(package),
        "name": package["name"],
        "version": package["version"],
        "purl": _purl(package),
    }
    if package["license"]:
        # Cargo takes a slash for OR still; SPDX never did.
        component["licenses"] = [{"expression": package["license"].replace("/", " OR ")}]
    checksum = checksums.get((package["name"], package["version"]))
    if checksum and package["source"] == CRATES_IO:
        component["hashes"] = [{"alg": "SHA-256", "content": checksum}]
    return component


def _purl(package: dict) -> str:
    return f"pkg:cargo/{package['name']}@{package['version']}"


def _checksums() -> dict[tuple[str, str], str]:
    locked = tomlkit.parse((ROOT / "Cargo.lock").read_text()).unwrap()["package"]
    return {(package["name"], package["version"]): package["checksum"] for package in locked if "checksum" in package}


def metadata() -> dict:
    """What cargo says of all packages and what they need."""
    command = ["cargo", "metadata", "--format-version", "1", "--locked", "--filter-platform", TARGET]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if answer.returncode != 0:
        raise Problem(f"cargo does not tell what the functions are made of:\n{answer.stderr.strip()}")
    return json.loads(answer.stdout)


def npm() -> dict:
    """The bill of what npm says the site is bundled from; the same for the same lock file."""
    # Not with `--omit dev`, which leaves out what a development dependency needs, too.
    command = [shutil.which("npm") or "npm", "sbom", "--sbom-format", "cyclonedx", "--package-lock-only"]
    answer = subprocess.run(command, cwd=FRONTEND, capture_output=True, text=True, check=False)
    if answer.returncode != 0:
        raise Problem(f"npm does not tell what the site is made of:\n{answer.stderr.strip()}")
    bill = json.loads(answer.stdout)
    del bill["serialNumber"], bill["metadata"]["timestamp"]
    bill["components"] = [part for part in bill["components"] if ONLY_FOR_DEVELOPMENT not in part["properties"]]
    known = {bill["metadata"]["component"]["bom-ref"], *(part["bom-ref"] for part in bill["components"])}
    bill["dependencies"] = [
        {**dependency, "dependsOn": [need for need in dependency["dependsOn"] if need in known]}
        for dependency in bill["dependencies"]
        if dependency["ref"] in known
    ]
    return bill

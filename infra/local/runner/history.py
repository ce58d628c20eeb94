"""Which releases were deployed to an environment, and what is needed to deploy each again; kept beside its packages."""

import io
import json
import shutil
import tarfile
from dataclasses import dataclass
from pathlib import Path

from botocore.exceptions import ClientError

from .console import Problem
from .environments import Environment

HISTORY = "releases/history.json"
# What is older was never needed, and its packages may be gone.
KEPT = 50


@dataclass(frozen=True)
class Record:
    """What is kept of a release: the templates that name its packages, and its site."""

    folder: Path
    version: str

    @property
    def templates(self) -> Path:
        """The folder with the templates."""
        return self.folder / "templates"

    @property
    def template(self) -> Path:
        """The root template."""
        return self.templates / "template.yaml"

    @property
    def site(self) -> Path:
        """The folder with the site."""
        return self.folder / "site"

    def files(self) -> dict[str, bytes]:
        """The files of the site, by their keys in the bucket."""
        found = (file for file in self.site.rglob("*") if file.is_file())
        return {file.relative_to(self.site).as_posix(): file.read_bytes() for file in found}


def read(environment: Environment) -> list[str]:
    """The releases that were deployed and passed their trial, the present one last."""
    content = _get(environment, HISTORY)
    return json.loads(content) if content else []


def add(environment: Environment, version: str) -> None:
    """Says that a release is there now, and good."""
    known = read(environment)
    if known[-1:] != [version]:
        body = json.dumps([*known, version][-KEPT:]).encode()
        environment.client("s3").put_object(Bucket=environment.bucket(), Key=HISTORY, Body=body)


def keep(environment: Environment, record: Record) -> None:
    """Keeps what is needed to come back to a release."""
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w:gz") as tar:
        for part in (record.templates, record.site):
            tar.add(part, part.name)
    environment.client("s3").put_object(Bucket=environment.bucket(), Key=_key(record.version), Body=archive.getvalue())


def fetch(environment: Environment, version: str, folder: Path) -> Record:
    """What was kept of a release."""
    content = _get(environment, _key(version))
    if content is None:
        raise Problem(f"{version} was never deployed to {environment.name}, or that is too long ago.")
    shutil.rmtree(folder, ignore_errors=True)
    with tarfile.open(fileobj=io.BytesIO(content)) as tar:
        tar.extractall(folder, filter="data")
    return Record(folder, version)


def _key(version: str) -> str:
    return f"releases/{version}.tar.gz"


def _get(environment: Environment, key: str) -> bytes | None:
    try:
        return environment.client("s3").get_object(Bucket=environment.bucket(), Key=key)["Body"].read()
    except ClientError as error:
        if error.response["Error"]["Code"] in ("NoSuchKey", "404"):
            return None
        raise

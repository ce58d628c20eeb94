"""Builds the storefront and the API's reference page when their sources changed, and fills the site's bucket."""

import hashlib
import mimetypes
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from .console import Problem, step
from .toolbox import ROOT

FRONTEND = ROOT / "frontend"
BUILT = FRONTEND / "storefront" / "dist"
SOURCES = ("api", "storefront")
SKIPPED = {"node_modules", "dist", "test-results", "playwright-report"}
# Vite puts a hash of the content into these names.
IMMUTABLE = "public, max-age=31536000, immutable"
REVALIDATE = "no-cache"


def install() -> None:
    """`npm ci`, when the lock file changed."""
    lock = FRONTEND / "package-lock.json"
    stamp = FRONTEND / "node_modules" / ".ironmonger-lock.sha256"
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == digest:
        return
    with step("npm ci"):
        _npm(["ci", "--no-fund", "--no-audit"], "`npm ci` failed, see its message above.")
    stamp.write_text(digest)


def build() -> None:
    """Builds the site, unless what is built is of these sources."""
    install()
    stamp = BUILT / ".ironmonger-sources.sha256"
    digest = _sources_hash()
    if stamp.exists() and stamp.read_text() == digest:
        return
    with step("Building the storefront"):
        _npm(["run", "build"], "The storefront's build failed, see its message above.")
    stamp.write_text(digest)


def upload(s3, bucket: str) -> None:
    """Makes the bucket hold exactly the built site, if it does not already; `s3` is the client to use."""
    files = {
        file.relative_to(BUILT).as_posix(): file for file in _files(BUILT) if not file.name.startswith(".ironmonger")
    }
    digests = {key: hashlib.md5(file.read_bytes(), usedforsecurity=False).hexdigest() for key, file in files.items()}
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket=bucket)
    present = {item["Key"]: item["ETag"].strip('"') for page in pages for item in page.get("Contents", [])}
    changed = [key for key, digest in digests.items() if present.get(key) != digest]
    stale = sorted(set(present) - set(files))
    if not changed and not stale:
        return

    def put(key: str) -> None:
        s3.put_object(
            Bucket=bucket,
            Key=key,
            Body=files[key].read_bytes(),
            ContentType=mimetypes.guess_type(key)[0] or "application/octet-stream",
            CacheControl=IMMUTABLE if key.startswith("assets/") else REVALIDATE,
        )

    with step(f"Uploading the site ({len(changed)} changed, {len(stale)} removed)"), ThreadPoolExecutor(8) as pool:
        list(pool.map(put, changed))
        for key in stale:
            s3.delete_object(Bucket=bucket, Key=key)


def _sources_hash() -> str:
    digest = hashlib.sha256()
    roots = [FRONTEND / name for name in SOURCES]
    loose = sorted(file for file in FRONTEND.glob("*.json") if file.is_file())
    for file in [*loose, ROOT / "docs" / "openapi.json", *(file for root in roots for file in _files(root))]:
        digest.update(file.relative_to(ROOT).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


def _files(root: Path) -> list[Path]:
    found = []
    for entry in sorted(root.iterdir()):
        if entry.is_dir():
            found += _files(entry) if entry.name not in SKIPPED else []
        else:
            found.append(entry)
    return found


def _npm(arguments: list[str], problem: str) -> None:
    npm = shutil.which("npm")
    if npm is None or subprocess.run([npm, *arguments], cwd=FRONTEND, check=False).returncode != 0:
        raise Problem(problem)

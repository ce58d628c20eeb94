"""The image in which functions run: the libraries of this machine, for which they are built, and nothing else.

SAM's own image has older libraries than most machines, so that a binary built here might not start in it. Made of this
machine, the image also needs no registry.
"""

import hashlib
import io
import shutil
import subprocess
import tarfile
from pathlib import Path

import docker

from .. import build
from ..console import Problem, step

# SAM adds the Lambda runtime's emulator to the image with these.
TOOLS = ("sh", "mv", "chmod")
# Where functions look for the authorities that they trust; the first that is there.
CERTIFICATES = ("/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/cert.pem")
CERTIFICATES_INSIDE = "etc/ssl/certs/ca-certificates.crt"
FOLDERS = ("opt", "tmp", "var/rapid", "var/runtime", "var/task")
LABEL = "ironmonger.content"


def name(port: int) -> str:
    """The image of the stack on this port, whose address is in it."""
    return f"ironmonger-{port}"


def ensure(engine: docker.DockerClient, port: int, endpoint: str) -> str:
    """Makes the image, unless there is the same already; gives its name."""
    repository = name(port)
    files = archive()
    content = hashlib.sha256(files + endpoint.encode()).hexdigest()
    present = {tag: image for image in engine.images.list(name=repository) for tag in image.tags}
    kept = present.get(f"{repository}:latest")
    if kept is not None and kept.labels.get(LABEL) == content:
        return repository
    with step(f"Making the image {repository}"):
        # What SAM made of the image before would be used again.
        for tag in present:
            engine.images.remove(tag, force=True)
        changes = [f"ENV AWS_ENDPOINT_URL={endpoint}", f"LABEL {LABEL}={content}"]
        engine.api.import_image_from_data(files, repository=repository, tag="latest", changes=changes)
    return repository


def archive() -> bytes:
    """The image's files. The same machine makes the same bytes each time."""
    tools = {f"bin/{tool}": path_of(tool) for tool in TOOLS}
    programs = [*tools.values(), *(build.binary(program) for program in build.functions().values())]
    loaded = {str(library).lstrip("/"): library for program in programs for library in libraries(program)}
    certificates = next((Path(file) for file in CERTIFICATES if Path(file).is_file()), None)
    files = {**tools, **loaded, **({CERTIFICATES_INSIDE: certificates} if certificates else {})}
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode="w") as written:
        for folder in FOLDERS:
            entry = tarfile.TarInfo(folder)
            entry.type, entry.mode = tarfile.DIRTYPE, 0o1777 if folder == "tmp" else 0o755
            written.addfile(entry)
        for inside, file in sorted(files.items()):
            data = file.resolve().read_bytes()
            entry = tarfile.TarInfo(inside)
            entry.size, entry.mode = len(data), 0o755
            written.addfile(entry, io.BytesIO(data))
    return content.getvalue()


def path_of(tool: str) -> Path:
    """Where a tool of this machine is."""
    found = shutil.which(tool)
    if found is None:
        raise Problem(f"`{tool}` was not found: SAM needs it in the image.")
    return Path(found)


def libraries(program: Path) -> list[Path]:
    """What the dynamic linker would load for a program, and the linker itself."""
    answer = subprocess.run(["ldd", str(program)], capture_output=True, text=True, check=False)
    words = [word for line in answer.stdout.splitlines() for word in line.split()]
    return [Path(word) for word in words if word.startswith("/") and Path(word).is_file()]

"""The container engine of this machine: whether there is one, and where its containers find this machine."""

import ipaddress
import socket
from dataclasses import dataclass

import docker
from docker.errors import APIError, DockerException

from ..console import Problem

MISSING = (
    "`sam local` runs functions in containers, and no Docker answers here: {reason}\n"
    "       Install and start Docker Engine (on Debian: apt install docker.io), be in the group `docker`, and see\n"
    "       that `docker info` answers. Everything else, `make up` too, does without it."
)


@dataclass(frozen=True)
class Gateway:
    """Where containers of the default network find this machine, and the addresses that they have themselves."""

    address: str
    network: str


def client() -> docker.DockerClient:
    """Docker, if it runs on this machine and this user may use it."""
    try:
        found = docker.from_env()
        found.ping()
    except (DockerException, APIError) as error:
        raise Problem(MISSING.format(reason=_first_line(error))) from error
    return found


def gateway(engine: docker.DockerClient) -> Gateway:
    """This machine, as containers of the default network see it."""
    ranges = [
        (network, entry.get("Gateway"))
        for entry in engine.networks.get("bridge").attrs["IPAM"]["Config"]
        if (network := ipaddress.ip_network(entry["Subnet"])).version == 4
    ]
    if not ranges:
        raise Problem("Docker's network `bridge` has no IPv4 addresses: containers would not find the local stack.")
    # Some versions leave unsaid that it is the network's first address.
    network, said = ranges[0]
    address = said or str(next(network.hosts()))
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        try:
            probe.bind((address, 0))
        except OSError as error:
            raise Problem(
                f"Docker's gateway {address} is no address of this machine: its containers run in one of their own "
                "(Docker Desktop, or rootless). Use Docker Engine, whose containers share this machine's network."
            ) from error
    return Gateway(address, str(network))


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]

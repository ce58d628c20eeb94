"""Lets containers reach the local stack: listens where they find this machine, and passes on to its loopback address.

The emulator listens on the loopback address only, which no other machine reaches. This program lets in whoever has an
address of the containers' network, which no other machine has. Started by `sam_local.py` as a program of its own.
"""

import asyncio
import contextlib
import ipaddress
import sys

CHUNK = 65536


async def _pass_on(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
    with contextlib.suppress(ConnectionError):
        while chunk := await source.read(CHUNK):
            sink.write(chunk)
            await sink.drain()
    with contextlib.suppress(ConnectionError, OSError):
        if sink.can_write_eof():
            sink.write_eof()


async def serve(address: str, port: int, network: str) -> asyncio.Server:
    """Listens at an address for connections from a network, and passes them on to the same port of this machine."""
    insiders = ipaddress.ip_network(network)

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if ipaddress.ip_address(writer.get_extra_info("peername")[0]) not in insiders:
            writer.close()
            return
        try:
            to_reader, to_writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            writer.close()
            return
        await asyncio.gather(_pass_on(reader, to_writer), _pass_on(to_reader, writer))
        for end in (writer, to_writer):
            end.close()

    return await asyncio.start_server(connected, address, port)


async def _serve_forever(address: str, port: int, network: str) -> None:
    server = await serve(address, port, network)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_serve_forever(sys.argv[1], int(sys.argv[2]), sys.argv[3]))

"""Containers reach the emulator, others do not."""

import asyncio
import contextlib
import unittest

from runner.containers.bridge import serve

HERE, ELSEWHERE = "127.0.0.1", "127.0.0.9"


async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """What stands for the emulator: gives everything back, once all of it is there."""
    writer.write(await reader.read())
    await writer.drain()
    writer.close()


async def asked(network: str, content: bytes) -> bytes:
    """What is answered to somebody with this machine's address, while those of a network are let in."""
    emulator = await asyncio.start_server(echo, HERE, 0)
    port = emulator.sockets[0].getsockname()[1]
    bridge = await serve(ELSEWHERE, port, network)
    async with emulator, bridge:
        reader, writer = await asyncio.open_connection(ELSEWHERE, port, local_addr=(HERE, 0))
        writer.write(content)
        writer.write_eof()
        answer = await reader.read()
        writer.close()
    return answer


class Bridge(unittest.IsolatedAsyncioTestCase):
    """Connections are passed on, in both directions and to their end."""

    async def test_what_is_said_is_passed_on_and_what_is_answered_comes_back(self):
        content = b"GET / " * 100_000
        self.assertEqual(await asked("127.0.0.0/30", content), content)

    async def test_nobody_else_is_let_in(self):
        with contextlib.suppress(ConnectionError):
            self.assertEqual(await asked("127.0.0.64/30", b"let me in"), b"")

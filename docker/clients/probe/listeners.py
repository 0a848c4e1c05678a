"""Listens in place of everybody: proxies on their addresses, origins on all the others."""

import asyncio
import base64
import socket
import threading
from dataclasses import dataclass

PORTS = (80, 443, 1080, 2375, 2376, 2377, 3128, 8080, 8443)
BODY = b"{}"


@dataclass(frozen=True)
class Arrival:
    """One request, or the beginning of a TLS handshake, and where it arrived."""

    address: str
    port: int
    at_proxy: bool
    # `tls`, `connect`, or `request`.
    how: str
    # User and password as the proxy was given them, decoded.
    credentials: str | None


class Listeners:
    """Records who is asked. Proxies want credentials while `challenge` is on."""

    def __init__(self, proxies):
        self.proxies = set(proxies)
        self.challenge = False
        self.arrivals = []
        ready = threading.Event()
        threading.Thread(target=lambda: asyncio.run(self._listen(ready)), daemon=True).start()
        if not ready.wait(10):
            raise TimeoutError("The listeners did not come up within 10 s.")

    async def _listen(self, ready):
        for port in PORTS:
            each = socket.create_server(("::", port), family=socket.AF_INET6, dualstack_ipv6=True, backlog=64)
            await asyncio.start_server(self._serve, sock=each)
        ready.set()
        await asyncio.Event().wait()

    async def _serve(self, reader, writer):
        address, port = writer.get_extra_info("sockname")[:2]
        try:
            await self._answer(address.removeprefix("::ffff:"), port, reader, writer)
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass
        finally:
            writer.close()

    async def _answer(self, address, port, reader, writer):
        at_proxy = address in self.proxies
        first = await reader.readexactly(1)
        if first == b"\x16":
            self.arrivals.append(Arrival(address, port, at_proxy, "tls", None))
            return
        head = first + await reader.readuntil(b"\r\n\r\n")
        method = head.split(b" ", 1)[0]
        credentials = basic(head)
        how = "connect" if method == b"CONNECT" else "request"
        self.arrivals.append(Arrival(address, port, at_proxy, how, credentials))
        if at_proxy and self.challenge and credentials is None:
            status = b"407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=probe"
        else:
            status = b"403 Forbidden" if how == "connect" else b"200 OK"
        body = b"" if method == b"HEAD" else BODY
        # Docker's command asks for the version of the API before anything else.
        writer.write(
            b"HTTP/1.1 %b\r\nContent-Type: application/json\r\nApi-Version: 1.41\r\nConnection: close\r\n"
            b"Content-Length: %d\r\n\r\n%b" % (status, len(BODY), body)
        )
        await writer.drain()


def basic(head):
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        scheme, _, token = value.strip().partition(b" ")
        if name.lower() == b"proxy-authorization" and scheme.lower() == b"basic":
            return base64.b64decode(token).decode("utf-8", "replace")
    return None

"""A slow line: what goes through it arrives late, at so many bits a second, and it can be cut. For tests and measurements."""

from __future__ import annotations

import socket
import threading
import time
from collections import deque

DELAY, BITS = 0.15, 256_000


class Relay:
    """From a port of its own to another on this machine. Used in `with`."""

    def __init__(self, port: int, delay: float = DELAY, bits: int = BITS) -> None:
        """`delay`: seconds each way."""
        self._to, self._delay, self._bytes = port, delay, bits / 8
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        self._open: list[socket.socket] = []

    def __enter__(self) -> Relay:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()
        self.drop()

    def drop(self) -> None:
        """Cut it."""
        for each in self._open:
            try:
                each.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._socket.accept()
            except OSError:
                return
            far = socket.create_connection(("127.0.0.1", self._to))
            self._open += [near, far]
            for one, other in ((near, far), (far, near)):
                self._carry(one, other)

    def _carry(self, one: socket.socket, other: socket.socket) -> None:
        waiting: deque[tuple[float, bytes]] = deque()
        there = threading.Condition()

        def take() -> None:
            free = 0.0
            while True:
                try:
                    data = one.recv(4096)
                except OSError:
                    data = b""
                now = time.monotonic()
                free = max(free, now) + len(data) / self._bytes
                with there:
                    waiting.append((free + self._delay, data))
                    there.notify()
                if not data:
                    return

        def give() -> None:
            while True:
                with there:
                    there.wait_for(lambda: waiting)
                    when, data = waiting.popleft()
                time.sleep(max(0.0, when - time.monotonic()))
                try:
                    if not data:
                        other.shutdown(socket.SHUT_WR)
                        return
                    other.sendall(data)
                except OSError:
                    return

        threading.Thread(target=take, daemon=True).start()
        threading.Thread(target=give, daemon=True).start()

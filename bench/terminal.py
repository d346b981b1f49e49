"""A program in a real pseudo-terminal, with the time of every byte that it writes.

Nothing is answered, as by a plain terminal, and nothing is interpreted while a program runs: the bytes are kept, and a
terminal emulator goes through them when they have stopped, so that it takes no time from what is measured.
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import socket
import struct
import subprocess
import termios
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from threading import Thread
from time import perf_counter
from types import TracebackType

import pyte

from bench.relay import Relay


class Emulator(pyte.Screen):
    """As terminals do, what is erased takes the pen's ground, also where nothing was written before.

    pyte 0.8.2 is blind to some scripts: it drops the rest of a run of text at a zero-width joiner, an Indic vowel sign or
    decomposed Korean. Whether those are on the screen only real tmux can tell (tests/test_tmux.py).
    """

    def erase_in_display(self, how: int = 0, *args: object, **words: object) -> None:
        super().erase_in_display(how, *args, **words)
        if how == 2:
            for y in range(self.lines):
                for x in range(self.columns):
                    self.buffer[y][x] = self.cursor.attrs


class Terminal:
    """One run of a command. Used in `with`, which ends it."""

    def __init__(
        self, command: Sequence[str], folder: Path, environment: Mapping[str, str], columns: int = 120, rows: int = 40
    ) -> None:
        self.chunks: list[tuple[float, bytes]] = []
        """Seconds since the start, and the bytes that came then."""
        self._screen = Emulator(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._shown = 0
        self._started = perf_counter()
        self._master = self._start(command, folder, environment, columns, rows)

    def _start(self, command: Sequence[str], folder: Path, environment: Mapping[str, str], columns: int, rows: int) -> int:
        """Start the program; what is written to it, and read from it, by the file descriptor given back."""
        master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self._process = subprocess.Popen(
            command, cwd=folder, env=dict(environment), stdin=slave, stdout=slave, stderr=slave, start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )  # fmt: skip
        os.close(slave)
        return master

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """End it and whatever it started; SIGTERM first, so that it can put away what it holds."""
        for number in (signal.SIGTERM, signal.SIGKILL):
            try:
                os.killpg(self._process.pid, number)
                self.read(0.5, until_end=True)
                self._process.wait(0.5)
            except ProcessLookupError:
                break
            except subprocess.TimeoutExpired:
                continue
        self._process.wait()
        os.close(self._master)

    def read(self, quiet: float, at_most: float = 60.0, until_end: bool = False) -> bytes:
        """Everything written until nothing came for `quiet` seconds."""
        first = len(self.chunks)
        end = perf_counter() + at_most
        while (left := end - perf_counter()) > 0 and select.select([self._master], [], [], min(quiet, left))[0]:
            try:
                data = os.read(self._master, 65536)
            except OSError:  # the other end is closed
                break
            if not data:
                break
            self.chunks.append((perf_counter() - self._started, data))
            if until_end and self._process.poll() is not None:
                quiet = 0.05  # what it wrote last may still be on its way
        return b"".join(data for _, data in self.chunks[first:])

    def wait_for(self, *marks: str, at_most: float = 30.0) -> float | None:
        """Seconds from the start until every one of these expressions matches the text on the screen, its lines joined by
        line breaks; None where that did not come to be. What was written before the last call is not looked at again."""
        expressions = [re.compile(mark) for mark in marks]
        while perf_counter() - self._started < at_most:
            self.read(0.15, at_most=2.0)
            while self._shown < len(self.chunks):
                when, data = self.chunks[self._shown]
                self._shown += 1
                self._stream.feed(data)
                text = self.text
                if all(expression.search(text) for expression in expressions):
                    return when
            if self._process.poll() is not None:
                return None
        return None

    def settled(self, quiet: float = 0.3) -> str:
        """The text on the screen once nothing has come for so long."""
        self.read(quiet)
        for _, data in self.chunks[self._shown :]:
            self._stream.feed(data)
        self._shown = len(self.chunks)
        return self.text

    @property
    def text(self) -> str:
        """The screen as `wait_for` or `settled` has seen it."""
        return "\n".join(self._screen.display)

    def resize(self, columns: int, rows: int) -> None:
        """As a window that is dragged; the program is told by SIGWINCH."""
        self._screen.resize(rows, columns)
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def press(self, key: bytes, quiet: float = 0.06, patience: float = 2.0) -> tuple[float, bytes]:
        """Milliseconds from sending the key to the last byte before it is quiet, and the bytes; (0, nothing) where none
        comes while patience lasts."""
        self.read(0.02)
        sent = perf_counter()
        os.write(self._master, key)
        if not select.select([self._master], [], [], patience)[0]:
            return 0.0, b""
        data = self.read(quiet)
        return (self.chunks[-1][0] + self._started - sent) * 1000, data

    def press_until(self, key: bytes, seen: Callable[[pyte.Screen], bool], quiet: float) -> float | None:
        """Milliseconds from sending the key to the bytes with which this was seen on the screen; None where it never was."""
        self.settled(0.02)
        sent = perf_counter() - self._started
        os.write(self._master, key)
        self.read(quiet)
        for number in range(self._shown, len(self.chunks)):
            when, data = self.chunks[number]
            self._stream.feed(data)
            self._shown = number + 1
            if seen(self._screen):
                self.settled(0.0)
                return (when - sent) * 1000
        return None

    def peak_memory(self) -> float:
        """The most memory the program has held so far, in MB."""
        status = Path(f"/proc/{self._process.pid}/status").read_text()
        found = re.search(r"VmHWM:\s*(\d+) kB", status)
        return int(found[1]) / 1024 if found else float("nan")


class Distant(Terminal):
    """The same at the far end of a slow line, with nothing else between."""

    def _start(self, command: Sequence[str], folder: Path, environment: Mapping[str, str], columns: int, rows: int) -> int:
        master = super()._start(command, folder, environment, columns, rows)
        with socket.create_server(("127.0.0.1", 0)) as server:
            self._line = Relay(server.getsockname()[1])
            self._line.__enter__()
            near = socket.create_connection(("127.0.0.1", self._line.port))
            far, _ = server.accept()
        far.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        near.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for one, other in ((master, far.fileno()), (far.fileno(), master)):
            Thread(target=_carry, args=(one, other), daemon=True).start()
        self._far, self._pty = far, master
        return near.detach()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        super().__exit__(kind, error, trace)
        self._line.__exit__()
        os.close(self._pty)


def _carry(one: int, other: int) -> None:
    """Copy until either is closed."""
    try:
        while data := os.read(one, 65536):
            while data:
                data = data[os.write(other, data) :]
    except OSError:
        return

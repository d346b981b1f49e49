"""Wait until a program in a terminal has nothing more to do: its processes are watched, and the screen is read once they sleep.

A process that is ready to run, and is given no processor, does not sleep. So on a busy machine this takes longer, and means
the same.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Collection
from pathlib import Path
from typing import NamedTuple

from bench.terminal import Terminal

ESCAPE = b"\x1b"
QUIET = 0.05
"""Seconds of sleep on end after which nothing more comes: three frames."""
AFTER_ESCAPE = 0.15
"""The same after Esc, which the reader holds for a tenth of a second: it may be the beginning of another key."""
PATIENCE = 180.0


class Doing(NamedTuple):
    asleep: bool
    wakes: int
    """How often their threads have gone to sleep so far."""


def doing(pids: Collection[int]) -> Doing:
    """What these processes are doing, and those that they started; what has ended sleeps."""
    asleep, wakes = True, 0
    for pid in pids:
        for task in Path(f"/proc/{pid}/task").glob("*"):
            try:
                status, children = (task / "status").read_text(), (task / "children").read_text().split()
            except OSError:  # it ended meanwhile
                continue
            switches = re.search(r"^voluntary_ctxt_switches:\s*(\d+)", status, re.M)
            theirs = doing([int(child) for child in children])
            asleep = asleep and theirs.asleep and not re.search(r"^State:\s*[RD]", status, re.M)
            wakes += theirs.wakes + (int(switches[1]) if switches else 0)
    return Doing(asleep, wakes)


def rest(pids: Collection[int], read: Callable[[], object], quiet: float = QUIET, since: int = -1) -> None:
    """Return once these processes have slept for `quiet` seconds on end, and `read`, which takes about 10 ms, has given
    nothing in that time. `since` is a count of wakes: they have woken after it, too."""
    before, began, end = doing(pids), time.monotonic(), time.monotonic() + PATIENCE
    while True:
        read_, now = read(), doing(pids)
        if read_ or not now.asleep or now != before or now.wakes == since:
            before, began = now, time.monotonic()
        elif time.monotonic() - began > quiet:
            return
        assert time.monotonic() < end, f"not at rest within {PATIENCE:.0f} s"


class Watched(Terminal):
    """A program in a pseudo-terminal that keys are typed to."""

    also: tuple[int, ...] = ()
    """Other processes that must sleep before it is at rest, as a server's."""
    quiet = QUIET

    def __enter__(self) -> Watched:
        super().__enter__()
        return self

    def type(self, key: bytes) -> None:
        """Press a key, and read what is written until the program has taken it and sleeps again."""
        before = doing(self._pids)
        os.write(self._master, key)
        self._rest(AFTER_ESCAPE if key.endswith(ESCAPE) else 0.0, before.wakes)

    def seen(self) -> str:
        """The text on the screen once the program sleeps."""
        self._rest()
        return self.settled(0.0)

    def until(self, mark: str) -> str:
        """The text on the screen once it matches an expression."""
        end = time.monotonic() + PATIENCE
        while not re.search(mark, text := self.settled(0.01)):
            assert time.monotonic() < end, f"{mark!r} was not on the screen:\n{text}"
        return text

    @property
    def _pids(self) -> tuple[int, ...]:
        return (self._process.pid, *self.also)

    def _rest(self, quiet: float = 0.0, since: int = -1) -> None:
        def read() -> bytes:
            if self._process.poll() is None:
                return self.read(0.01, at_most=0.5)
            raise EOFError

        try:
            rest(self._pids, read, max(quiet, self.quiet), since)
        except EOFError:
            self.read(0.05)  # what it wrote last may still be on its way

"""`python -m bench`: what Readout costs in time, bytes and memory, beside what it is measured against.

Both sides of every comparison are run in turn within one run, after a warm-up, so that whatever else the machine does
falls on both. Medians are compared; least and 90th percentile tell how noisy the machine was.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import NamedTuple

from bench import large
from bench.programs import FRAME, PROVED, READOUT, ROOT, SMALL, Program, environment, hello, peers, readout, running
from tui.briefing.proof import open_briefing, prove


class Row(NamedTuple):
    """A line of the table. Without a target, a measurement only; without values, a remark."""

    name: str
    values: tuple[float, ...] = ()
    unit: str = "ms"
    target: str = ""
    kept: bool | None = None

    def __str__(self) -> str:
        if not self.values:
            return f"  {self.name}"
        low, high = f"{min(self.values):,.0f}", f"{late(self.values):,.0f}"
        spread = f"{low} … {high}" if len(self.values) > 1 else ""
        middle = f"{median(self.values):,.{2 if self.unit == 'x' else 0}f} {self.unit}"
        return f"  {self.name:<46}{middle:>12}{spread:>18}  {self.target:<22}{verdict(self.kept)}".rstrip()


def verdict(kept: bool | None) -> str:
    return "" if kept is None else "ok" if kept else "MISS"


def late(values: Sequence[float], hundredth: int = 90) -> float:
    """The value that so many of a hundred do not exceed."""
    return quantiles(values, n=100, method="inclusive")[hundredth - 1] if len(values) > 1 else values[0]


def at_most(name: str, values: Sequence[float], limit: float, unit: str = "ms") -> Row:
    return Row(name, tuple(values), unit, f"≤ {limit:,.4g} {unit}", median(values) <= limit)


def ratio(name: str, one: Sequence[float], other: Sequence[float], limit: float) -> Row:
    times = median(one) / median(other)
    return Row(name, (times,), "x", f"≤ {limit:.4g} x", times <= limit)


# -- sections -------------------------------------------------------------------------------------------------------------


def first_frame(options: argparse.Namespace, folder: Path) -> Iterator[Row]:
    """First frame at 120x40, from the start of the process to the frame on the screen"""
    others, said = ([], ["peers left out"]) if options.quick else peers(folder)
    programs = [readout(SMALL), hello(), *others]
    times: dict[str, list[float]] = {program.name: [] for program in programs}
    for number in range(options.rounds + 1):
        for program in list(programs):
            seconds = start(program)
            if seconds is None:
                said.append(f"{program.name} did not show its first frame")
                programs.remove(program)
            elif number:  # the first round warms up
                times[program.name].append(seconds * 1000)
    mine, least = times[SMALL.stem], times["hello world"]
    if not mine or not least:
        yield Row("nothing to compare")
        return
    yield Row("readout", tuple(mine))
    yield Row("hello world", tuple(least))
    yield ratio("readout / hello world", mine, least, 1.4)
    for program in others:
        if values := times[program.name]:
            yield Row(program.name, tuple(values), "ms", "slower than readout", median(values) > median(mine))
    yield from map(Row, said)


def start(program: Program) -> float | None:
    with running(program) as terminal:
        return terminal.wait_for(*program.marks, at_most=15)


def check(options: argparse.Namespace, folder: Path) -> Iterator[Row]:
    """readout check briefings/, beside an empty Python"""
    commands = ([*READOUT, "check", "briefings/"], [sys.executable, "-c", "pass"])
    times: tuple[list[float], list[float]] = ([], [])
    for number in range(options.rounds + 1):
        for command, found in zip(commands, times):
            began = perf_counter()
            subprocess.run(command, cwd=ROOT, env=environment(str(folder)), capture_output=True)
            if number:
                found.append((perf_counter() - began) * 1000)
    yield Row("readout check briefings/", tuple(times[0]))
    yield Row("python -c pass", tuple(times[1]))
    yield at_most("the difference", [one - other for one, other in zip(*times)], 200)


def anchors(options: argparse.Namespace, folder: Path) -> Iterator[Row]:
    """The large briefing's words, in this process"""
    times: dict[str, list[float]] = {"read": [], "prove": []}
    found = 0
    for _ in range(min(3, options.rounds)):
        began = perf_counter()
        reading = open_briefing(folder / "large.md")
        read = perf_counter()
        proved = prove(replace(reading, parsed=reading.parsed._replace(briefing=replace(reading.briefing, events=()))))
        times["prove"].append((perf_counter() - read) * 1000)
        times["read"].append((read - began) * 1000)
        found = sum(anchor.found for anchor in (proved.anchors or {}).values())
    yield Row("the briefing read", tuple(times["read"]))
    yield at_most(f"its source read, {found:,} quotes found in it", times["prove"], 5000)
    yield Row("all quotes found", (found,), "", f"{large.QUOTES:,}", found == large.QUOTES)


def large_briefing(options: argparse.Namespace, folder: Path) -> Iterator[Row]:
    """The large briefing: 10,000 quotes, 2,000 actors, 5,000 events, a source of 5 MB"""
    frames, proved = [], []
    for _ in range(min(5, options.rounds)):
        with running(readout(folder / "large.md")) as terminal:
            frames.append((terminal.wait_for(*FRAME, at_most=60) or float("inf")) * 1000)
            proved.append((terminal.wait_for(*PROVED, at_most=60) or float("inf")) * 1000)
    yield at_most("first frame", frames, 2500)
    yield Row("until its head line no longer says checking", tuple(proved))
    with running(readout(folder / "large.md")) as big, running(readout(SMALL)) as small:
        big.wait_for(*PROVED, at_most=60)
        small.wait_for(*PROVED)
        times: tuple[list[float], list[float]] = ([], [])
        for terminal in (big, small):
            terminal.press(b"3", quiet=0.5)
        for number in range(48):
            for terminal, values in zip((big, small), times):
                values.append(terminal.press(b"j")[0])
            if number % 12 == 11:  # the small one begins again; the large one goes on to rows not seen before
                small.press(b"g")
        memory, small_memory = big.peak_memory(), small.peak_memory()
    for name, values in zip(("large", "small"), times):
        yield Row(f"cursor move, {name} briefing", tuple(values))
        yield Row(f"cursor move, {name} briefing, 95th percentile", (late(values, 95),))
    yield ratio("cursor move, large / small", *times, 1.5)
    yield at_most("peak memory", [memory], 250, "MB")
    yield Row("peak memory, small briefing", (small_memory,), "MB")


HANDS = (
    b"3",
    b"j",
    b"j",
    b".",
    b",",
    b"\r",
    b"\x7f",
    b"4",
    b"j",
    b"+",
    b"0",
    b"v",
    b"v",
    b"2",
    b"j",
    b" ",
    b"3",
    b"\x1b",
    b"5",
    b"w",
    b"j",
    b"\x04",
)


def hands(options: argparse.Namespace, folder: Path) -> Iterator[Row]:
    """Find, hints and every other key: the large briefing beside the small one"""
    first: tuple[list[float], list[float]] = ([], [])
    further: tuple[list[float], list[float]] = ([], [])
    hints: tuple[list[float], list[float]] = ([], [])
    keys: tuple[list[float], list[float]] = ([], [])
    rounds = min(5, options.rounds)
    for at, program in enumerate((readout(folder / "large.md"), readout(SMALL))):
        with running(program) as terminal:
            terminal.wait_for(*PROVED, at_most=60)
            terminal.read(3.0)  # what is made ready once words are found
            for _ in range(rounds):
                terminal.press(b"5", quiet=0.3)
                terminal.press(b"/", quiet=0.3)
                letters = [terminal.press(bytes([letter]), quiet=0.3)[0] for letter in b"minister"]
                first[at].append(letters[0])
                further[at].extend(letters[1:])
                terminal.press(b"\x1b", quiet=0.5)
                hints[at].append(terminal.press(b"f", quiet=0.3)[0])
                terminal.press(b"\x1b", quiet=0.5)
                keys[at].extend(terminal.press(key, quiet=0.3)[0] for key in HANDS if key != b"\x1b")
                terminal.press(b"\x1b", quiet=0.5)
    yield at_most("find in 5 MB: first match lit", first[0], 150)
    yield at_most("find in 5 MB: each further key", further[0], 30)
    yield ratio("find, each further key, large / small", *further, 2)
    yield at_most("hints, large briefing", hints[0], 30)
    yield ratio("hints, large / small", *hints, 2)
    yield at_most("any key, large briefing, 95th percentile", [late(keys[0], 95)], 60)
    yield Row("any key, small briefing, 95th percentile", (late(keys[1], 95),))


KEYS = (
    ("to Quotes (3)", b"3"),
    ("cursor move (j)", b"j"),
    ("cursor move (j)", b"j"),
    ("to Timeline (4)", b"4"),
    ("next pane (Tab)", b"\t"),
    ("to Quotes (3)", b"3"),
    ("open source (Enter)", b"\r"),
    ("one page (PgDn)", b"\x1b[6~"),
    ("back (Backspace)", b"\x7f"),
)


def written(options: argparse.Namespace, folder: Path) -> Iterator[Row]:
    """Bytes written, and behind them what ssh -C would make of them"""
    others = [] if options.quick else peers(folder)[0]
    for program in (readout(SMALL), readout(folder / "large.md"), *others):
        with running(program) as terminal:
            stream = zlib.compressobj(6)
            if terminal.wait_for(*program.marks, at_most=60) is None:
                continue
            terminal.read(0.4)
            data = b"".join(data for _, data in terminal.chunks)
            yield in_bytes(f"{program.name}: first frame", data, stream)
            if program in others:
                continue
            terminal.wait_for(*PROVED, at_most=60)
            terminal.read(1)
            for name, key in KEYS:
                yield in_bytes(f"{program.name}: {name}", terminal.press(key, quiet=0.25, patience=20)[1], stream)
            began = len(terminal.chunks)
            terminal.read(2.0, at_most=2.0)
            yield in_bytes(f"{program.name}: idle, 2 s", b"".join(data for _, data in terminal.chunks[began:]), stream)


def in_bytes(name: str, data: bytes, stream: zlib._Compress) -> Row:
    packed = stream.compress(data) + stream.flush(zlib.Z_SYNC_FLUSH) if data else b""
    return Row(name, (len(data),), "B", f"zlib {len(packed):,} B")


Section = Callable[[argparse.Namespace, Path], Iterator[Row]]
SECTIONS: tuple[Section, ...] = (first_frame, check, anchors, large_briefing, hands, written)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description="What Readout costs in time, bytes and memory.")
    parser.add_argument("--rounds", type=int, default=15, help="of each comparison (default: 15)")
    parser.add_argument("--quick", action="store_true", help="3 rounds, no peers")
    parser.add_argument("--only", choices=[section.__name__ for section in SECTIONS], help="this section alone")
    parser.add_argument("--json", metavar="FILE", help="write the rows there, every value of them")
    options = parser.parse_args()
    options.rounds = 3 if options.quick else max(1, options.rounds)
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; {options.rounds} rounds")
    print(f"  {'':<46}{'median':>12}{'least … p90':>18}  target")
    found: list[dict[str, object]] = []
    with TemporaryDirectory() as made:
        folder = Path(made)
        large.make(folder, ROOT / "seeds")
        for section in SECTIONS:
            if options.only in (None, section.__name__):
                print(f"\n{section.__doc__}")
                for row in section(options, folder):
                    print(row, flush=True)
                    found.append({"section": section.__name__, **row._asdict()})
    missed = [f"{row['section']}: {row['name']}" for row in found if row["kept"] is False]
    print(f"\nload {os.getloadavg()[0]:.1f} at the end; missed: {'; '.join(missed) or 'none'}")
    if options.json:
        Path(options.json).write_text(json.dumps(found, indent=1) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

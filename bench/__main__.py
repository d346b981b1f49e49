"""`python -m bench`: what Readout costs in time, bytes and memory, beside what it is measured against.

Both sides of every comparison are run in turn within one run, after a warm-up, so that whatever else the machine does
falls on both. Medians are compared; least and 90th percentile tell how noisy the machine was.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import socket
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from threading import Thread
from time import perf_counter, process_time
from typing import NamedTuple

import pyte

from bench import large, papers, shapes
from bench import library as made
from bench.programs import (
    CACHE,
    FRAME,
    PROVED,
    READOUT,
    ROOT,
    SMALL,
    WORDS,
    Program,
    environment,
    hello,
    peers,
    readout,
    running,
)
from bench.relay import Relay
from bench.terminal import Distant, Terminal
from tui.briefing.files import LIBRARY_MARK
from tui.briefing.proof import open_briefing, prove
from tui.briefing.record import replace
from tui.library.digest import unpack
from tui.library.index import Index
from tui.library.query import BadQuery
from tui.library.query import parse as parse_query
from tui.library.results import result
from tui.library.search import Shelved, rows
from tui.library.update import refresh


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
        return f"  {self.name:<68}{middle:>12}{spread:>18}  {self.target:<26}{verdict(self.kept)}".rstrip()


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
    yield ratio("readout / hello world", mine, least, 1.25)
    for program in others:
        if values := times[program.name]:
            yield Row(program.name, tuple(values), "ms", "slower than readout", median(values) > median(mine))
    yield from map(Row, said)


def first_words(options: argparse.Namespace, folder: Path) -> Iterator[Row]:
    """The first words at 120x40, beside an empty Python: the head line and the summary, before Textual is loaded"""
    words, empty = [], []
    for number in range(options.rounds + 1):
        with running(readout(SMALL)) as terminal:
            seconds = terminal.wait_for(*WORDS)
        began = perf_counter()
        subprocess.run([sys.executable, "-c", "pass"], cwd=ROOT, env=environment(str(folder)))
        if number and seconds is not None:
            empty.append((perf_counter() - began) * 1000)
            words.append(seconds * 1000)
    yield Row("first words", tuple(words))
    yield Row("python -c pass", tuple(empty))
    yield at_most("the difference", [one - other for one, other in zip(words, empty)], 60)


def start(program: Program) -> float | None:
    with running(program) as terminal:
        terminal.read(0.8, at_most=5.0)  # the emulator would take from a program that writes something before its frame
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


COMPILE = """
import resource, sys
from time import perf_counter
import regex
from tui.reader.drawing.matching import Pattern
before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, perf_counter()
Pattern(sys.argv[1])
print((perf_counter() - start) * 1000, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024)
"""
WORST = (
    "r:" + "(" * 8 + "a" + "{2})" * 8 + "{2}", "r:a{500}", "r:(?:a|b|c|d){125}", "r:[a-zà-ÿ]{500}", "r:" + "ß" * 298,
    "r:" + "(a|b)?" * 49, "r:" + "[ßﬃΐ]" * 59, "r:" + "(a*)*" * 59, "r:(?:ß|ﬃ){250}", "r:" + "ab|" * 99, "ß" * 1000,
)  # fmt: skip
"""Patterns near each limit of tui/reader/drawing/costly.py, each of the kind that costs most there."""


def patterns(options: argparse.Namespace, folder: Path) -> Iterator[Row]:
    """The worst patterns that find accepts, compiled"""
    costs: dict[str, tuple[list[float], list[float]]] = {typed: ([], []) for typed in WORST}
    for _ in range(options.rounds):
        for typed, found in costs.items():
            done = subprocess.run([sys.executable, "-c", COMPILE, typed], capture_output=True, text=True, cwd=ROOT, check=True)
            for values, value in zip(found, done.stdout.split()):
                values.append(float(value))
    for at, unit, most in ((0, "ms", 100.0), (1, "MB", 50.0)):
        worst = max((found[at] for found in costs.values()), key=median)
        yield Row("the worst of them", tuple(worst), unit, f"at most {most:,.0f} {unit}", median(worst) <= most)


def check_shapes(options: argparse.Namespace, folder: Path) -> Iterator[Row]:
    """Check shapes: briefings that grow in one way each, in processor time, less that of an empty briefing"""
    for name, command, small, large_ in shapes.measured(READOUT, folder / "shapes"):
        yield at_most(f"{name}: {command}, {shapes.SMALLER:,}", [small * 1000], 1000)
        yield ratio(f"{name}: {command}, {shapes.LARGER:,} / {shapes.SMALLER:,}", [large_], [max(small, 0.1)], 10)


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


def drafting(options: argparse.Namespace, folder: Path) -> Iterator[Row]:
    """Drafting, start-up and all; then in this process, a text of 1 MB and one of 5"""
    from tui.briefing.anchor import Text
    from tui.drafting.draft import draft

    article = ROOT / "seeds" / "000_ba08c506eeff2a32.txt"
    times = []
    for number in range(options.rounds):
        began = perf_counter()
        subprocess.run([*READOUT, "draft", article, "-o", folder / f"draft-{number}.md"], check=True, capture_output=True)
        times.append((perf_counter() - began) * 1000)
    yield at_most("the given article, from start to written file", times, 600)
    news = "\n\n".join(path.read_text("utf-8") for path in sorted((ROOT / "seeds").rglob("*.txt")))
    speeds = []
    for _ in range(min(5, options.rounds)):
        began = perf_counter()
        draft(Text(news), "news.txt")
        speeds.append(len(news) / (perf_counter() - began) / 1e6)
    yield Row("the bundled texts, a core", tuple(1000 * speed for speed in speeds), "kB/s", ">= 500", median(speeds) >= 0.5)
    text = (folder / "large.txt").read_text("utf-8")
    each = []
    for size in (1_000_000, 5_000_000):
        began = perf_counter()
        draft(Text(text[:size]), "large.txt")
        each.append((perf_counter() - began) / len(text[:size]) * 1e6)
        yield Row(f"a text of {size // 1_000_000} MB", (each[-1] * len(text[:size]) / 1e3,))
    yield Row(
        "a character of the larger one, to one of the smaller", (each[1] / each[0],), "x", "<= 1.5", each[1] / each[0] <= 1.5
    )


def documents(options: argparse.Namespace, folder: Path) -> Iterator[Row]:
    """Documents: a PDF of 600 pages (or --pdf FILE) to text in its own process, beside pdftotext; short ones beside a text"""
    paper = Path(options.pdf) if options.pdf else folder / "paper.pdf"
    if not options.pdf:
        papers.make(paper, ROOT / "seeds", 600)
    code = "import sys; from tui.documents.apart import document; document('a.pdf', open(sys.argv[1], 'rb').read())"
    commands = {"readout": [sys.executable, "-c", code, str(paper)]}
    if other := shutil.which("pdftotext"):
        commands["pdftotext -layout"] = [other, "-layout", str(paper), str(folder / "paper.txt")]
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(min(5, options.rounds)):
        for name, command in commands.items():
            began = perf_counter()
            subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
            times[name].append((perf_counter() - began) * 1000)
    for name, values in times.items():
        yield Row(f"{paper.name}: {name}", tuple(values))
    if other and options.pdf:  # of a made one, PDFium alone takes longer than that
        yield ratio("readout to pdftotext -layout", times["readout"], times["pdftotext -layout"], 3)
    yield Row("memory of the reading process", (papers.memory(paper) / 1e6,), "MB", "<= 120", papers.memory(paper) <= 120e6)
    yield from _begun(options, folder)


def _begun(options: argparse.Namespace, folder: Path) -> Iterator[Row]:
    """`readout new` of 20,000 characters as DOCX, mail and subtitles, beside the same as text."""
    words: dict[str, list[float]] = {}
    for number in range(options.rounds):
        for path in papers.short(folder, ROOT / "seeds"):
            began = perf_counter()
            subprocess.run([*READOUT, "new", path, "-o", f"{path}-{number}.md"], check=True, capture_output=True)
            words.setdefault(path.suffix, []).append((perf_counter() - began) * 1000)
    plain = words.pop(".txt")
    for suffix, values in words.items():
        yield at_most(f"readout new of a {suffix}, more than of a text", [a - b for a, b in zip(values, plain)], 50)


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


class Scene(NamedTuple):
    """Keys whose bytes are counted, and what is pressed to get there."""

    name: str
    before: Sequence[bytes]
    keys: Sequence[bytes]
    limit: float | None = None
    any_text: bool = True
    """Whether the limit is that of every briefing. Where it is not, how much comes into sight depends on the text: on how long
    its paragraphs are, or on what is found in it."""


PAGE, BACK, ESCAPE = b"\x1b[6~", b"\x7f", b"\x1b"
SCENES = (
    Scene("cursor move in a list (? j)", [b"?"], [b"j"] * 8, 200),
    Scene("cursor move that marks four panes (3 j)", [ESCAPE, b"g", b"3", b"g"], [b"j"] * 3, 600),
    Scene("change between panes in sight (2 3 4)", [], [b"2", b"3", b"4"] * 3, 600),
    Scene("Source over Summary (Enter)", [b"3"], [b"\r"], 5000),
    Scene("a page of the source (PgDn)", [b"g"], [PAGE] * 3, 2500),
    Scene("a line of the source beside others (j)", [b"G"], [b"k"] * 6, 1700),
    Scene("a line of the source, whole width (z j)", [b"z", b"g"], [b"j"] * 8, 400, any_text=False),
    Scene("a letter typed (/)", [ESCAPE, b"3", b"/"], [b"q", b"x", b"z"], 150, any_text=False),
)


def written(options: argparse.Namespace, folder: Path) -> Iterator[Row]:
    """Bytes written at 120x40, medians, and behind them what ssh -C would make of them"""
    for program in (readout(SMALL), readout(folder / "large.md")):
        held = program.name == SMALL.stem  # of the large one, times and memory are a section of their own
        with running(program) as terminal:
            stream = zlib.compressobj(6)
            terminal.wait_for(*PROVED, at_most=60)
            terminal.read(1.5)
            data = b"".join(data for _, data in terminal.chunks)
            yield in_bytes(f"{program.name}: first frame", [data], stream, 12 * 1024)
            times: list[float] = []
            for scene in SCENES:
                for key in scene.before:
                    terminal.press(key, quiet=0.4)
                pressed = [terminal.press(key, quiet=0.25) for key in scene.keys]
                times += [milliseconds for milliseconds, data in pressed if data]
                written_ = [data for _, data in pressed]
                yield in_bytes(
                    f"{program.name}: {scene.name}", written_, stream, scene.limit if held or scene.any_text else None
                )
            terminal.press(ESCAPE, quiet=0.5)
            yield at_most(f"{program.name}: key to last byte", times, 10) if held else Row("key to last byte", tuple(times))
            p95 = [late(times, 95)]
            yield at_most(f"{program.name}: the same, 95th percentile", p95, 25) if held else Row("95th percentile", tuple(p95))
            idle = terminal.read(2.0, at_most=2.0)
            yield in_bytes(f"{program.name}: idle, 2 s", [idle], stream, 0)
            memory = terminal.peak_memory()
        if held:
            with running(hello()) as least:
                least.wait_for(*hello().marks)
                yield ratio("peak memory / hello world", [memory], [least.peak_memory()], 1.4)
    yield from of_others(options, folder)


def of_others(options: argparse.Namespace, folder: Path) -> Iterator[Row]:
    """The same of less, and of programs that paint as Textual does."""
    text = folder / "text"
    exported = subprocess.run([*READOUT, "export", str(SMALL)], cwd=ROOT, env=environment(str(folder)), capture_output=True)
    text.write_bytes(exported.stdout)
    programs = [Program("less", ["less", str(text)], ("Colombia",)), *([] if options.quick else peers(folder)[0])]
    for program in programs:
        if program.name == "less" and not shutil.which("less"):
            yield Row("less is not there")
            continue
        with running(program) as terminal:
            stream = zlib.compressobj(6)
            if terminal.wait_for(*program.marks, at_most=60) is None:
                continue
            terminal.read(0.6)
            yield in_bytes(f"{program.name}: first frame", [b"".join(data for _, data in terminal.chunks)], stream)
            for name, key in (("a line (j, down)", b"j" if program.name == "less" else b"\x1b[B"), ("a page", PAGE)):
                yield in_bytes(f"{program.name}: {name}", [terminal.press(key, quiet=0.6)[1] for _ in range(3)], stream)


def relay(options: argparse.Namespace, folder: Path) -> Iterator[Row]:
    """Through a slow line (150 ms each way, 256 kbit/s): from a quote to its words, lit, beside the bare round trip"""
    reading = prove(open_briefing(SMALL))
    quotes = [quote for quote in reading.briefing.quotes if reading.anchor(quote).found and quote.direct]
    times, bare, sizes = [], [], []
    with running(readout(SMALL), Distant) as terminal, echo() as there:
        terminal.wait_for(*PROVED, at_most=60)
        terminal.settled(1.0)
        for number in range(min(options.rounds, len(quotes)) + 1):
            quote = quotes[max(0, number - 1)]
            words = " ".join(" ".join(quote.text).split())
            terminal.press_until(b"3g" + b"j" * reading.briefing.quotes.index(quote), lambda _: False, quiet=1.0)
            shown = len(terminal.chunks)
            took = terminal.press_until(b"\r", partial(lit, words), quiet=0.8)
            trip = there()
            if took is None:
                yield Row(f"the words of {quote.id} were not lit")
            elif number:  # the first round warms up
                times.append(took)
                bare.append(trip)
                sizes.append(float(sum(len(data) for _, data in terminal.chunks[shown:])))
            terminal.press_until(BACK, lambda _: False, quiet=0.8)
    if times:
        yield Row("the bare round trip", tuple(bare))
        yield Row("bytes of the frame", tuple(sizes), "B")
        yield at_most("a quote to its words in the source", times, median(bare) * 1.15 + 60)
        yield Row("the same / the bare round trip", (median(times) / median(bare),), "x", "≤ 1.15 x + 60 ms")


def lit(words: str, screen: pyte.Screen) -> bool:
    """Whether all of these words stand on the screen, shown reversed, with nothing else that is between them."""
    cells = (screen.buffer[y][x] for y in range(screen.lines) for x in range(screen.columns))
    reversed_ = "".join(cell.data if cell.reverse else " " for cell in cells)
    return straight(words) in straight(" ".join(reversed_.split()))


def straight(text: str) -> str:
    """With the marks of the source and of the briefing typed alike."""
    return text.translate({ord("’"): "'", ord("‘"): "'"})


@contextmanager
def echo() -> Iterator[Callable[[], float]]:
    """A call that gives the milliseconds of one byte there and back through a line as slow."""

    def answer(far: socket.socket) -> None:
        while data := far.recv(64):
            far.sendall(data)

    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        Relay(server.getsockname()[1]) as line,
        socket.create_connection(("127.0.0.1", line.port)) as near,
    ):
        far, _ = server.accept()
        Thread(target=answer, args=(far,), daemon=True).start()

        def there() -> float:
            began = perf_counter()
            near.sendall(b".")
            near.recv(64)
            return (perf_counter() - began) * 1000

        yield there


def in_bytes(name: str, found: Sequence[bytes], stream: zlib._Compress, limit: float | None = None) -> Row:
    packed = [len(stream.compress(data) + stream.flush(zlib.Z_SYNC_FLUSH)) if data else 0 for data in found]
    sizes = tuple(float(len(data)) for data in found)
    said = f"zlib {median(packed):,.0f} B"
    if limit is None:
        return Row(name, sizes, "B", said)
    return Row(name, sizes, "B", f"≤ {limit:,.0f} B, {said}", median(sizes) <= limit)


TYPED = (
    "treasury", "ferry radar", '"human rights"', "speaker:falk", "speaker:ana fund", "commission -ferry", "in:events minister",
    "after:2023 strait", "court before:2012", "(fund OR pension) in:quotes", "kind:person ship", "petr", "no such words",
    "is:unread fund", "title:minister fund", "-tag:made fund",
)  # fmt: skip
"""Queries, each typed letter by letter."""


def library(options: argparse.Namespace, folder: Path) -> Iterator[Row]:
    """The library: a made one of 100,000 briefings with 1,000,000 quotes (with --quick, a twentieth), and the bundled one"""
    count = 5_000 if options.quick else 100_000
    big, home = CACHE / f"library-{count}", CACHE / f"library-{count}-home"
    if not (big / LIBRARY_MARK).exists():
        print(f"making {count:,} briefings in {CACHE.name}/ …", file=sys.stderr)
        made.make(big, count)
    yield from indexing("made", big, home)
    if options.drafts:
        yield from indexing("drafted", Path(options.drafts).resolve(), folder / "drafts-home")
    yield from asking(big, home, options.rounds)
    yield from shelf(big, home, options.rounds)


def cache_of(home: Path) -> Path:
    return home / "cache" / "readout"


def indexing(name: str, root: Path, home: Path) -> Iterator[Row]:
    """From nothing, and again with nothing changed; in processor time, for one core is what it takes."""
    shutil.rmtree(home, ignore_errors=True)
    index = Index(cache_of(home), [root])
    began = process_time()
    refresh(index, proofs=False)
    taken = process_time() - began
    with index.reading() as base:
        kinds = dict(base.execute("SELECT kind, count(*) FROM file GROUP BY kind"))
        base.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        every = base.execute("SELECT count(*) FROM body").fetchone()[0]
        packed = base.execute("SELECT digest FROM body WHERE file % ? = 0", (every // 4000 + 1,)).fetchall()
    texts = sum(len(cell.encode()) for (each,) in packed for row in unpack(each).rows() for cell in row)
    briefings = kinds.get("briefing", 0)
    listed = index.listed()
    some = [file.path for file in index.files(listed[:: max(1, len(listed) // 500)]).values()]
    began = process_time()
    for path in some:
        open_briefing(path)
    parsed = (process_time() - began) / len(some)
    speed, times = briefings / taken, taken / briefings / parsed
    either = speed >= 300 or times <= 1.5
    yield Row(f"{name}: briefings indexed a second of one core, with their sources", (speed,), "/s", "≥ 300 /s, or", either)
    yield Row(f"{name}: indexing / parsing alone", (times,), "x", "≤ 1.5 x", either)
    began = perf_counter()
    refresh(index, proofs=False)
    with index.reading() as base:  # as though the words had been looked for, which goes on beside all that follows
        base.execute("UPDATE file SET lost = 0")
    files, taken = sum(kinds.values()), (perf_counter() - began) * 1000
    yield Row(f"{name}: {files:,} unchanged files looked at again", (taken,))
    if files >= 100_000:
        yield at_most(f"{name}: the same, of 100,000", [taken * 100_000 / files], 5000)
    indexed = texts / len(packed) * every
    yield Row(
        f"{name}: database / indexed text",
        (index.path.stat().st_size / indexed,),
        "x",
        "≤ 1.5 x",
        index.path.stat().st_size <= indexed * 1.5,
    )


def asking(big: Path, home: Path, rounds: int) -> Iterator[Row]:
    """Queries as they are typed, in this process; and `readout search` beside rg over the same files."""
    index = Index(cache_of(home), [big])
    shelved = Shelved(index)
    times: list[float] = []
    for query in TYPED:
        for end in range(1, len(query) + 1):
            began = perf_counter()
            with suppress(BadQuery):
                asked = parse_query(query[:end], typing=True)
                if asked.alternatives:
                    found = rows(index, asked, limit=200)
                    [result(hit, asked) for hit in shelved.hits(found.rows[:20])]
                    times.append((perf_counter() - began) * 1000)
    yield Row(f"a letter of a query: first page, {len(times)} of them", tuple(times))
    yield Row("a letter of a query, 95th percentile", (late(times, 95),), "ms", "≤ 50 ms", late(times, 95) <= 50)
    commands = {
        "search": [*READOUT, "search", "--limit", "100", "carrier strike", str(big)],
        "pass": [sys.executable, "-c", "pass"],
    }
    if shutil.which("rg"):
        commands["rg"] = ["rg", "--no-ignore", "--hidden", "-c", "-i", "carrier.*strike|strike.*carrier", str(big)]
    taken: dict[str, list[float]] = {name: [] for name in commands}
    for number in range(min(rounds, 7) + 1):
        for name, command in commands.items():
            began = perf_counter()
            done = subprocess.run(command, cwd=ROOT, env=environment(str(home)), capture_output=True)
            if name != "pass" and not done.stdout:
                raise SystemExit(f"{name} found nothing")
            if number:
                taken[name].append((perf_counter() - began) * 1000)
    yield Row("readout search", tuple(taken["search"]))
    yield at_most("readout search, more than python -c pass", [a - b for a, b in zip(taken["search"], taken["pass"])], 150)
    if "rg" not in taken:
        yield Row("rg is not installed")
        return
    yield Row("rg over the same files", tuple(taken["rg"]))
    times_ = median(taken["rg"]) / median(taken["search"])
    yield Row("rg / readout search, each a process", (times_,), "x", "≥ 5 x", times_ >= 5)
    inside = []
    for _ in range(rounds):
        began = perf_counter()
        shelved.hits(rows(index, parse_query("carrier strike"), limit=200).rows[:50])
        inside.append((perf_counter() - began) * 1000)
    times_ = median(taken["rg"]) / median(inside)
    yield Row("rg / a search in a running reader", (times_,), "x", "≥ 20 x", times_ >= 20)


def shelf(big: Path, home: Path, rounds: int) -> Iterator[Row]:
    """The shelf's first frame on either library, their indexes made before; and what it takes of memory."""
    small = ROOT / "briefings"
    refresh(Index(cache_of(home), [small]))
    times: tuple[list[float], list[float]] = ([], [])
    for number in range(min(rounds, 9) + 1):
        for root, values in zip((big, small), times):
            with Terminal([*READOUT, "read", str(root)], ROOT, environment(str(home))) as terminal:
                seconds = terminal.wait_for(r"Library  [\d,]+", at_most=60)
            if number and seconds is not None:
                values.append(seconds * 1000)
    yield Row("shelf, first frame, the large library", tuple(times[0]))
    yield Row("shelf, first frame, the bundled library", tuple(times[1]))
    yield ratio("shelf, first frame, large / bundled", *times, 1.3)
    with Terminal([*READOUT, "read", str(big)], ROOT, environment(str(home))) as terminal:
        terminal.wait_for(r"Library  [\d,]+", at_most=60)
        terminal.settled(3.0)
        moves = [terminal.press(b"j")[0] for _ in range(40)]
        for key in (b"/", b"f", b"u", b"n", b"d", b"\r"):
            terminal.press(key, quiet=0.3)
        memory = terminal.peak_memory()
    yield Row("a cursor move on the shelf of the large library", tuple(moves))
    yield at_most("peak memory with the large library", [memory], 200, "MB")


Section = Callable[[argparse.Namespace, Path], Iterator[Row]]
SECTIONS: tuple[Section, ...] = (
    first_frame, first_words, check, check_shapes, patterns, anchors, drafting, documents, large_briefing, hands, written,
    relay, library,
)  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description="What Readout costs in time, bytes and memory.")
    parser.add_argument("--rounds", type=int, default=15, help="of each comparison (default: 15)")
    parser.add_argument("--quick", action="store_true", help="3 rounds, no peers")
    parser.add_argument("--only", choices=[section.__name__ for section in SECTIONS], help="this section alone")
    parser.add_argument("--drafts", metavar="FOLDER", help="a folder of drafted briefings, for the library section")
    parser.add_argument("--pdf", metavar="FILE", help="a PDF for the documents section, instead of one that is made")
    parser.add_argument("--json", metavar="FILE", help="write the rows there, every value of them")
    options = parser.parse_args()
    options.rounds = 3 if options.quick else max(1, options.rounds)
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; {options.rounds} rounds")
    print(f"  {'':<68}{'median':>12}{'least … p90':>18}  target")
    found: list[dict[str, object]] = []
    with TemporaryDirectory() as temporary:
        folder = Path(temporary)
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

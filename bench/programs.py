"""The programs that are run: Readout, the least Textual program, and peers in environments of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from bench.terminal import Terminal
from tui.briefing.proof import open_briefing

ROOT = Path(__file__).resolve().parent.parent
CACHE = ROOT / ".bench"
SMALL = ROOT / "briefings" / "colombia-intelligence.md"

_SCRIPT = Path(sys.executable).parent / "readout"
READOUT = [str(_SCRIPT)] if _SCRIPT.exists() else [sys.executable, "-m", "tui"]
"""The command as it was installed beside this Python, else the checkout's."""

FRAME = (r"\A[^\n]*(\d/\d|checking)", "3 Quotes", "4 Timeline")
"""What is on the screen when Readout's first frame is: the proof in the head line, or that it is being made, and the panes."""
WORDS = (r"\A Colombia halts", "Gustavo Petro has ordered")
"""The first words of the small briefing: its title, and how its summary begins."""
PROVED = (r"\A[^\n]*\d/\d",)


class Program(NamedTuple):
    name: str
    command: list[str]
    marks: tuple[str, ...]
    """Expressions that its first whole frame matches."""


def readout(path: Path) -> Program:
    return Program(path.stem, [*READOUT, "read", str(path)], FRAME)


def hello() -> Program:
    return Program("hello world", [sys.executable, str(Path(__file__).parent / "hello.py")], ("hello, world",))


@contextmanager
def running(program: Program, where: type[Terminal] = Terminal) -> Iterator[Terminal]:
    """The program on a terminal of 120x40, with no settings of anybody's."""
    with TemporaryDirectory() as home, where(program.command, ROOT, environment(home)) as terminal:
        yield terminal


def environment(home: str) -> dict[str, str]:
    """Nothing of the person's own but PATH."""
    folders = {f"XDG_{name}_HOME": f"{home}/{name.lower()}" for name in ("CONFIG", "DATA", "STATE", "CACHE")}
    terminal = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}
    return {"PATH": os.environ["PATH"], "HOME": home, **terminal, **folders}


def peers(folder: Path) -> tuple[list[Program], list[str]]:
    """(those that are there or could be installed, what is to be said of them). Markdown browsers get the summary alone,
    which is the least that could be asked of them."""
    briefing = open_briefing(SMALL).briefing
    page = folder / "summary.md"
    page.write_text(f"# {briefing.title}\n\n{briefing.summary}\n", "utf-8")
    browsed = (r"Gustavo Petro has ordered", r"carrier strike group has")
    wanted: tuple[tuple[str, list[str], tuple[str, ...]], ...] = (
        ("frogmouth", [str(page)], browsed),
        ("hike", [str(page)], browsed),
        ("harlequin", [], ("Data Catalog", "Query Editor", "Query Results")),
    )
    found, said = [], []
    for name, arguments, marks in wanted:
        python = CACHE / name / "bin" / "python"
        try:
            if not (python.parent / name).exists():
                print(f"installing {name} into {CACHE.name}/ …", file=sys.stderr)
                CACHE.mkdir(exist_ok=True)
                (CACHE / ".gitignore").write_text("*\n")
                subprocess.run([sys.executable, "-m", "venv", str(CACHE / name)], check=True, capture_output=True)
                subprocess.run([python, "-m", "pip", "install", "-q", name], check=True, capture_output=True)
            code = f"from importlib.metadata import version as v; print('{name}', v('{name}'), 'on Textual', v('textual'))"
            said.append(subprocess.run([python, "-c", code], check=True, capture_output=True, text=True).stdout.strip())
            found.append(Program(name, [str(python.parent / name), *arguments], marks))
        except (OSError, subprocess.CalledProcessError) as error:
            said.append(f"{name} could not be installed: {error}")
    return found, said

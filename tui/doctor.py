"""What is slow or missing on this machine and this terminal: `readout doctor`.

A check gives its findings: whether it is well, what was seen, and what to do where it is not.
"""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from tui.briefing.record import NamedTuple
from tui.reader.terminal import capabilities as terminal


class Finding(NamedTuple):
    check: str
    well: bool
    seen: str
    todo: str = ""

    def __str__(self) -> str:
        return f"{'ok' if self.well else 'look':4}  {self.check}: {self.seen}{f'; {self.todo}' if self.todo else ''}"


def byte_code() -> Iterator[Finding]:
    """Check for byte code: without it every module is compiled again at each start, which costs 0.7 s."""
    for name in ("tui", "textual", "rich"):
        found = importlib.util.find_spec(name)
        folder = Path(found.origin).parent if found and found.origin else Path()
        modules = [path for path in folder.rglob("*.py") if "bundled" not in path.parts]
        missing = sum(not Path(importlib.util.cache_from_source(str(path))).exists() for path in modules)
        used = len(modules) - missing
        if used < len(modules) // 4:  # those that no start loads have none until an installer makes it
            todo = f"{sys.executable} -m compileall -q {folder}"
            yield Finding("byte code", False, f"{name} has it for {used} of {len(modules)} modules: each start is slow", todo)
        else:
            yield Finding("byte code", True, f"{name} has it")


def colours() -> Iterator[Finding]:
    name, found = os.environ.get("TERM", ""), terminal.of()
    if not name or name == "dumb":
        yield Finding(
            "terminal", False, f"TERM is {name or 'not set'}", "readout --plain reads in lines, readout export FILE writes text"
        )
        return
    many = f"{found.colours:,} colours" if found.colours else "no colours"
    why = " (NO_COLOR)" if os.environ.get("NO_COLOR") else ""
    todo = ""
    if found.colours == 256 and terminal.in_screen():
        why = " (GNU screen)"
    elif found.colours in (16, 256) and "COLORTERM" not in os.environ:
        todo = "ssh does not pass COLORTERM on: with SendEnv and AcceptEnv, or set here, there are 16 million"
    erases = "erases in colour" if found.erases_in_colour else "erases without colour"
    yield Finding("terminal", True, f"{name}, {many}{why}, {erases}", todo)


def unicode() -> Iterator[Finding]:
    names = {name: os.environ[name] for name in ("LC_ALL", "LC_CTYPE", "LANG") if os.environ.get(name)}
    seen = ", ".join(f"{name}={value}" for name, value in names.items()) or "no locale is named"
    if terminal.of().unicode:
        yield Finding("UTF-8", True, seen)
    else:
        yield Finding(
            "UTF-8", False, f"{seen}: marks and letters are shown in ASCII", "set LANG to a UTF-8 locale, such as C.UTF-8"
        )


def clipboard() -> Iterator[Finding]:
    if os.environ.get("TMUX"):
        return  # tmux is in between, and has a check of its own
    if os.environ.get("TERM_PROGRAM") != "Apple_Terminal" and terminal.of().clipboard:
        yield Finding("clipboard", True, "y sends text by OSC 52; a terminal does not confirm it")
    else:
        seen = "this terminal is not known to take text from programs (OSC 52): y shows it, to be selected"
        yield Finding("clipboard", False, seen, "Y writes it to a file")


def tmux() -> Iterator[Finding]:
    if not os.environ.get("TMUX"):
        return
    clipboard_, escape, features = (_tmux("set-clipboard"), _tmux("escape-time"), _tmux("terminal-features"))
    if clipboard_ == "on":
        yield Finding("tmux clipboard", True, "set-clipboard is on")
    else:
        seen = f"set-clipboard is {clipboard_ or 'not known'}: what y sends is dropped"
        yield Finding("tmux clipboard", False, seen, "tmux set -s set-clipboard on")
    if escape.isdigit() and int(escape) > 50:
        yield Finding("tmux Esc", False, f"escape-time is {escape} ms: Esc is late by as much", "tmux set -s escape-time 20")
    if "RGB" not in features and os.environ.get("COLORTERM") in ("truecolor", "24bit"):
        yield Finding("tmux colours", False, "tmux makes 256 of 16 million colours", "tmux set -as terminal-features ',*:RGB'")


def _tmux(option: str) -> str:
    try:
        return subprocess.run(["tmux", "show", "-sv", option], capture_output=True, text=True, timeout=2).stdout.strip()
    except (OSError, subprocess.SubprocessError):
        return ""


def state() -> Iterator[Finding]:
    """Check where notes are saved, and whether they can be."""
    from tui.briefing.files import there
    from tui.settings import state_folder

    folder = state_folder()
    nearest = next((path for path in (folder, *folder.parents) if there(path)), folder)
    if os.access(nearest, os.W_OK):
        yield Finding("notes", True, f"kept in {folder}")
    else:
        todo = f"make {nearest} yours"
        yield Finding("notes", False, f"{folder} cannot be written: no note, bookmark or place is kept", todo)


CHECKS: tuple[Callable[[], Iterator[Finding]], ...] = (byte_code, colours, unicode, clipboard, tmux, state)


def findings() -> list[Finding]:
    return [finding for check in CHECKS for finding in check()]

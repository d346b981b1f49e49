"""What the reader starts without, and that nobody misses it."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest

from tui.reader.terminal.spared import TLS, UNUSED

STARTED = """
import sys
from tui.reader.terminal.spared import spared
with spared():
    import tui.reader.app
"""


def run(more: str) -> str:
    """What a Python prints that has loaded the reader as the program does."""
    return subprocess.run([sys.executable, "-c", STARTED + more], check=True, capture_output=True, text=True).stdout.strip()


def test_the_reader_is_loaded_without_what_it_never_uses() -> None:
    names = [TLS, *UNUSED, "textual.widgets._input", "textual.widgets._option_list", "textual.containers"]
    assert run(f"print([name for name in {names} if name in sys.modules])") == "[]"


@pytest.mark.parametrize(
    ("name", "part"), [(TLS, "SSLContext"), ("textual.command", "CommandPalette"), ("textual.widgets._toast", "Toast")]
)
def test_whoever_wants_one_of_them_afterwards_has_it_whole(name: str, part: str) -> None:
    assert run(f"import {name} as found; print(found.{part}.__doc__ is not None, found.__file__ is not None)") == "True True"


def test_what_was_loaded_before_stays_what_it_was() -> None:
    before = f"import sys, {TLS}, {', '.join(UNUSED)}\nbefore = [sys.modules[name] for name in {[TLS, *UNUSED]}]\n"
    after = f"\nprint(before == [sys.modules[name] for name in {[TLS, *UNUSED]}])"
    found = subprocess.run([sys.executable, "-c", before + STARTED + after], check=True, capture_output=True, text=True)
    assert found.stdout.strip() == "True"


def test_textual_names_no_more_of_them_than_was_read() -> None:
    root = Path(str(files("textual")))
    line = re.compile(rf"^\s*(?:from|import) (?:{'|'.join(map(re.escape, UNUSED))})\b.*", re.M)
    found = {
        path.relative_to(root).as_posix(): [each.strip() for each in lines]
        for path in root.rglob("*.py")
        if (lines := line.findall(path.read_text("utf-8")))
    }
    assert found == {
        "app.py": [
            "from textual.command import CommandListItem, CommandPalette, Provider, SimpleProvider",
            "from textual.widgets._toast import ToastRack",
        ],
        "screen.py": [
            "from textual.widgets._toast import ToastRack",
            "from textual.command import Provider",  # for a type checker
        ],
        "theme.py": ["from textual.command import DiscoveryHit, Hit, Hits, Provider"],
        "system_commands.py": ["from textual.command import DiscoveryHit, Hit, Hits, Provider"],
    }, "Textual uses more of what spared.py leaves out, or less: read spared.py against it"

"""What the reader starts without, and that nobody misses it."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.resources import files

import pytest

from tui.reader.spared import TLS, UNSEEN

STARTED = """
import sys
from tui.reader.spared import spared
with spared():
    import tui.reader.app
"""


def run(more: str) -> str:
    """What a Python prints that has loaded the reader as the program does."""
    return subprocess.run([sys.executable, "-c", STARTED + more], check=True, capture_output=True, text=True).stdout.strip()


def test_the_reader_is_loaded_without_what_it_never_uses() -> None:
    names = [TLS, *UNSEEN, "textual.widgets._input", "textual.widgets._option_list", "textual.containers"]
    assert run(f"print([name for name in {names} if name in sys.modules])") == "[]"


@pytest.mark.parametrize(
    ("name", "part"), [(TLS, "SSLContext"), ("textual.command", "CommandPalette"), ("textual.widgets._toast", "Toast")]
)
def test_whoever_wants_one_of_them_afterwards_has_it_whole(name: str, part: str) -> None:
    assert run(f"import {name} as found; print(found.{part}.__doc__ is not None, found.__file__ is not None)") == "True True"


def test_what_was_loaded_before_stays_what_it_was() -> None:
    before = f"import sys, {TLS}, {', '.join(UNSEEN)}\nbefore = [sys.modules[name] for name in {[TLS, *UNSEEN]}]\n"
    after = f"\nprint(before == [sys.modules[name] for name in {[TLS, *UNSEEN]}])"
    found = subprocess.run([sys.executable, "-c", before + STARTED + after], check=True, capture_output=True, text=True)
    assert found.stdout.strip() == "True"


def test_textual_names_no_more_of_them_than_was_read() -> None:
    found = {}
    for path in files("textual").iterdir():
        if path.name.endswith(".py") and (
            lines := re.findall(rf"^from (?:{'|'.join(map(re.escape, UNSEEN))}) import .*", path.read_text("utf-8"), re.M)
        ):
            found[path.name] = lines
    assert found == {
        "app.py": [
            "from textual.command import CommandListItem, CommandPalette, Provider, SimpleProvider",
            "from textual.widgets._toast import ToastRack",
        ],
        "screen.py": ["from textual.widgets._toast import ToastRack"],
        "theme.py": ["from textual.command import DiscoveryHit, Hit, Hits, Provider"],
        "system_commands.py": ["from textual.command import DiscoveryHit, Hit, Hits, Provider"],
    }, "Textual uses more of what spared.py leaves out, or less: read spared.py against it"

"""However the program ends, no note is lost, and one line says what happened."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tests.conftest import ARTICLE, ROOT
from tests.terminals import Watched
from tests.test_driver import kept, state
from tests.test_terminal import everything, press, reader
from tui.reader import failing

PATCHED = """
import sys
import threading
from tui.reader.widgets.pane import Pane
from tui.reader.terminal.driver import ReaderDriver
def fail(*_):
    raise IndexError("secret words")
{patch}
from tui.cli import main
sys.exit(main(["read", {path!r}]))
"""
IN_A_KEY = "from tui.reader.widgets.note_editor import Editor; Editor.action_leave = fail"
IN_A_THREAD = "from tui.reader.widgets.note_editor import Editor; Editor.action_leave = lambda self: threading.Thread(target=fail).start()"
IN_A_CALLBACK = "from tui.reader.widgets.note_editor import Editor; import asyncio; Editor.action_leave = lambda self: asyncio.get_running_loop().call_soon(fail)"
IN_DRAWING = "from tui.reader.widgets.note_editor import Editor; Editor.hints_here = property(fail)"


@pytest.mark.real
@pytest.mark.parametrize("patch", [IN_A_KEY, IN_A_THREAD, IN_A_CALLBACK], ids=["key", "thread", "callback"])
def test_an_unexpected_error_saves_the_note_and_says_in_one_line_where_its_details_are(patch: str) -> None:
    command = [sys.executable, "-c", PATCHED.format(patch=patch, path=str(ARTICLE))]
    environment = {**os.environ, "TERM": "xterm-256color", "LANG": "C.UTF-8"}
    with Watched(command, ROOT, environment) as terminal:
        assert terminal.wait_for("18/18")
        press(terminal, ["3", "a", "half a thought"])
        press(terminal, ["escape"])
        assert terminal._process.wait(5) == failing.CODE
        terminal.read(0.2)
        said = everything(terminal).decode().rpartition("\x1b[?25h")[2].split()
        assert "Traceback" not in everything(terminal).decode()
        assert " ".join(said).startswith("readout: stopped after an error of its own (IndexError in <string>:7); details were written to")
        details = Path(said[-1]).read_text("utf-8")
    assert kept("words", "note") == ["half a thought"]
    assert "IndexError" in details and "secret" not in details and "thought" not in details
    assert Path(said[-1]).stat().st_mode & 0o077 == 0


@pytest.mark.real
def test_control_q_saves_the_note_that_is_being_written() -> None:
    with reader(ARTICLE) as terminal:
        assert terminal.wait_for("18/18")
        press(terminal, ["3", "a", "half a thought"])
        assert "^q saves the note and quits" in press(terminal, ["\x03"])
        press(terminal, ["\x11"])
        assert terminal._process.wait(5) == 0
    assert kept("words", "note") == ["half a thought"]


@pytest.mark.real
def test_control_q_waits_for_the_keys_typed_before_it() -> None:
    with reader(ARTICLE) as terminal:
        assert terminal.wait_for("18/18")
        press(terminal, ["3", "a"])
        os.write(terminal._master, b"draft words\x11")
        assert terminal._process.wait(5) == 0
    assert kept("words", "note") == ["draft words"]


@pytest.mark.real
def test_a_note_that_cannot_be_saved_stays_open_and_is_rescued_by_a_signal() -> None:
    with reader(ARTICLE) as terminal:
        assert terminal.wait_for("18/18")
        press(terminal, ["3", "m", "a", "half a thought"])
        state().unlink()
        state().with_name("state.db-wal").unlink(missing_ok=True)
        state().mkdir()
        assert "half a thought" in press(terminal, ["\x11"])  # not saved, so not closed
        terminal._process.terminate()
        terminal._process.wait(5)
        terminal.read(0.3)
        said = everything(terminal).decode().rpartition("\x1b[?25h")[2].split()
    assert Path(said[-1]).read_text("utf-8") == "half a thought"


def test_details_hold_no_message(tmp_path: Path) -> None:
    try:
        int("words of a note")
    except ValueError as error:
        path = failing.write(error, tmp_path)
        assert path and "ValueError" in path.read_text("utf-8") and "words" not in path.read_text("utf-8")
        assert str(path) in failing.line(error, path)


def test_where_no_folder_takes_a_note_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(failing, "_new_file", lambda *_: None)
    assert failing.rescue("half a thought", Path("/nowhere")).endswith("half a thought")

"""The driver in a real pseudo-terminal: the line drops, stalls or tears keys apart, and nothing is lost or left behind."""

from __future__ import annotations

import os
import signal
import sqlite3
import sys
import termios
import time
from pathlib import Path

import pytest

from tests.conftest import ARTICLE, ROOT, Write
from tests.terminals import PATIENCE, Watched, doing
from tests.test_terminal import everything, press, reader

pytestmark = pytest.mark.real

ENDS = [signal.SIGHUP, signal.SIGTERM, signal.SIGINT, signal.SIGQUIT]


def state() -> Path:
    return Path(os.environ["XDG_STATE_HOME"]) / "readout" / "state.db"


def kept(column: str, table: str) -> list[str]:
    with sqlite3.connect(state()) as store:
        return [str(row[0]) for row in store.execute(f"select {column} from {table}")]


@pytest.mark.parametrize("number", ENDS, ids=lambda number: number.name)
def test_told_to_end_it_ends_within_a_second_and_gives_the_terminal_back(number: signal.Signals) -> None:
    with reader(ARTICLE) as terminal:
        assert terminal.wait_for("18/18")
        modes = termios.tcgetattr(terminal._master)
        press(terminal, ["3", "j", "a", "half a note"])
        os.kill(terminal._process.pid, number)
        assert terminal._process.wait(2) == 128 + number
        terminal.read(0.2)
        assert everything(terminal).endswith(b"\x1b[?1049l\x1b[?25h")
        assert termios.tcgetattr(terminal._master)[3] & termios.ECHO and not modes[3] & termios.ECHO
    assert kept("words", "note") == ["half a note"]  # what was being written, too
    assert len(kept("place", "place")) == 1


def test_a_terminal_that_is_gone_ends_it_and_nothing_is_lost() -> None:
    with reader(ARTICLE) as terminal:
        assert terminal.wait_for("18/18")
        press(terminal, ["3", "j", "m"])
        os.close(terminal._master)
        terminal._master = os.open(os.devnull, os.O_RDWR)
        assert terminal._process.wait(2) == 128 + signal.SIGHUP
    assert len(kept("item", "mark")) == 1 and len(kept("place", "place")) == 1


def test_a_hang_up_that_is_ignored_still_ends_it() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with reader(ARTICLE) as terminal:
            assert terminal.wait_for("18/18")
            os.close(terminal._master)
            terminal._master = os.open(os.devnull, os.O_RDWR)
            assert terminal._process.wait(2) == 128 + signal.SIGHUP
    finally:
        signal.signal(signal.SIGHUP, before)


def test_stopped_and_continued_it_shows_the_whole_screen_again() -> None:
    with reader(ARTICLE) as terminal:
        assert terminal.wait_for("18/18")
        watching(terminal)
        assert "no shell waits" in press(terminal, ["\x1a"])  # this test is none
        before, threads = press(terminal, ["3", "k", "j"]), _threads(terminal._process.pid)
        os.kill(terminal._process.pid, signal.SIGTSTP)
        terminal.read(0.3)
        assert everything(terminal).endswith(b"\x1b[?1049l\x1b[?25h")
        assert "T" in _stat(terminal._process.pid)
        os.kill(terminal._process.pid, signal.SIGCONT)
        terminal.read(0.5)
        assert terminal.seen() == before
        assert press(terminal, ["j"]) != before
        assert _threads(terminal._process.pid) == threads


def test_stopped_from_outside_and_continued_it_starts_no_second_thread() -> None:
    with reader(ARTICLE) as terminal:
        assert terminal.wait_for("18/18")
        watching(terminal)
        before = _threads(terminal._process.pid)
        for _ in range(3):
            os.kill(terminal._process.pid, signal.SIGSTOP)
            time.sleep(0.05)
            os.kill(terminal._process.pid, signal.SIGCONT)
            time.sleep(0.1)
        assert _threads(terminal._process.pid) == before
        assert "its words" in press(terminal, ["3"])


@pytest.mark.parametrize("gap", [0.05, 0.15, 0.3])
def test_a_key_that_the_line_tears_apart_is_still_one_key(gap: float) -> None:
    with reader(ARTICLE) as terminal:
        assert terminal.wait_for("18/18")
        expected = press(terminal, ["3", "j"])
        press(terminal, ["g"])
        for part in (b"\x1b", b"[", b"B"):
            os.write(terminal._master, part)
            time.sleep(gap)
        assert terminal.seen() == expected


def test_behind_a_terminal_that_reads_slowly_frames_are_skipped_and_the_last_is_right() -> None:
    with reader(ARTICLE) as terminal, reader(ARTICLE) as other:
        assert terminal.wait_for("18/18") and other.wait_for("18/18")
        memory = terminal.peak_memory()
        for key in b"345132" * 100 + b"3jj":
            os.write(terminal._master, bytes([key]))
            time.sleep(0.002)  # and nothing is read
        time.sleep(0.5)
        assert terminal.peak_memory() < memory + 8
        written = len(terminal.read(1.0))
        assert terminal.seen() == press(other, [*"345132" * 2, "3", "j", "j"])
        assert written < 120_000


def test_a_terminal_that_no_longer_reads_does_not_keep_it_from_ending() -> None:
    with reader(ARTICLE) as terminal:
        assert terminal.wait_for("18/18")
        for key in b"345132" * 60:
            os.write(terminal._master, bytes([key]))
            time.sleep(0.002)
        began = time.monotonic()
        os.kill(terminal._process.pid, signal.SIGTERM)
        assert terminal._process.wait(3) == 128 + signal.SIGTERM
        assert time.monotonic() - began < 2


def test_it_sleeps_while_nothing_happens(write: Write) -> None:
    with reader(write()) as terminal:  # files that nobody else opens meanwhile
        assert terminal.wait_for("4 Timeline")
        watching(terminal)
        for _ in range(6):  # what begins a while after the first frame may fall into the first of them
            before = doing([terminal._process.pid]).wakes
            time.sleep(2)
            if doing([terminal._process.pid]).wakes - before <= 4:
                return
        raise AssertionError("it wakes more than twice a second")


def watching(terminal: Watched) -> None:
    """Wait until the watch on the files has begun, a second after the first frame, and for its threads."""
    end = time.monotonic() + PATIENCE
    while not any("notify" in each.read_text() for each in Path(f"/proc/{terminal._process.pid}/task").glob("*/comm")):
        assert time.monotonic() < end
        terminal.read(0.02)
    terminal.seen()


def _stat(pid: int) -> str:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]


def _threads(pid: int) -> int:
    return len(list(Path(f"/proc/{pid}/task").iterdir()))


if sys.platform != "linux":
    pytest.skip("what a process does is read from /proc", allow_module_level=True)


@pytest.mark.parametrize("gap", [0.0, 0.1, 0.25])
def test_escape_and_the_key_behind_it_are_two_keys_however_fast(gap: float) -> None:
    with reader(ARTICLE) as terminal:
        assert terminal.wait_for("18/18")
        press(terminal, ["3", "/", "drug"])
        os.write(terminal._master, b"\x1b")
        time.sleep(gap)
        os.write(terminal._master, b"2")
        text = terminal.seen()
        assert "▌2 Actors" in text and "™" not in text and "/drug" not in text


def test_an_editor_that_cannot_be_started_gives_the_screen_back() -> None:
    with reader(ARTICLE, environment={"EDITOR": "there-is-no-such-editor"}) as terminal:
        assert terminal.wait_for("18/18")
        assert "cannot be started: no such file" in press(terminal, ["3", "e"])
        assert "▌2 Actors" in press(terminal, ["2"])
        terminal.press(b"q")
        assert terminal._process.wait(3) == 0


def test_a_shell_with_job_control_has_it_back_by_fg() -> None:
    command = ["bash", "--norc", "--noprofile", "-i"]
    with Watched(command, ROOT, {**os.environ, "TERM": "xterm-256color", "PS1": "$ "}, 120, 40) as terminal:
        assert terminal.wait_for(r"\$")
        os.write(terminal._master, f"{sys.executable} -m tui {ARTICLE}\r".encode())
        assert terminal.wait_for("18/18", "4 Timeline")
        assert "Stopped" in press(terminal, ["3", "\x1a"])
        assert "▌3 Quotes" in press(terminal, ["fg\r"])
        press(terminal, ["Q"])


def test_escape_twice_and_a_key_are_three_keys() -> None:
    with reader(ARTICLE) as terminal:
        assert terminal.wait_for("18/18")
        press(terminal, ["3", "/", "drug"])
        os.write(terminal._master, b"\x1b\x1b2")
        text = terminal.seen()
        assert "▌2 Actors" in text and "™" not in text


@pytest.mark.parametrize("ignored", ["", "trap '' HUP; "])
def test_a_line_that_drops_while_the_editor_is_open_ends_it_and_loses_no_place(ignored: str, tmp_path: Path) -> None:
    editor = tmp_path / "editor"
    editor.write_text(f"#!/bin/sh\n{ignored}echo editing\nsleep 9\n")
    editor.chmod(0o755)
    with reader(ARTICLE, environment={"VISUAL": str(editor)}) as terminal:
        assert terminal.wait_for("18/18")
        press(terminal, ["3", "j"])
        os.write(terminal._master, b"e")
        assert terminal.wait_for("editing")
        os.close(terminal._master)
        terminal._master = os.open(os.devnull, os.O_RDWR)
        assert terminal._process.wait(3) == 128 + signal.SIGHUP
    assert len(kept("place", "place")) == 1

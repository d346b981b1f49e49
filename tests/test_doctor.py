"""What is slow or missing here is said, with what to do about it, and nothing else."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tui import doctor

HERE = ("TMUX", "TERM_PROGRAM", "LC_ALL", "LC_CTYPE", "NO_COLOR")


@pytest.fixture(autouse=True)
def a_plain_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in HERE:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")


def found(check: str) -> list[doctor.Finding]:
    return [finding for finding in doctor.findings() if finding.check == check]


def test_a_sound_terminal_has_nothing_to_look_at() -> None:
    assert [finding for finding in doctor.findings() if not finding.well and finding.check != "byte code"] == []


def test_missing_byte_code_is_named_with_the_command_that_makes_it(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "from tui.doctor import byte_code; print(*byte_code(), sep='\\n')"]
    environment = {"PYTHONPYCACHEPREFIX": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(ROOT)}
    said = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True).stdout
    assert said.count("look") == 3 and "compileall -q" in said and "each start is slow" in said


@pytest.mark.parametrize(
    ("environment", "check", "words"),
    [
        ({"TERM": "dumb"}, "terminal", "readout export FILE"),
        ({"LANG": "C"}, "UTF-8", "shown in ASCII"),
        ({"LC_ALL": "POSIX"}, "UTF-8", "set LANG"),
        ({"TERM_PROGRAM": "Apple_Terminal"}, "clipboard", "Y writes it to a file"),
        ({"TERM": "linux"}, "clipboard", "not known to take text"),
        ({"TMUX": "/nowhere,1,0"}, "tmux clipboard", "set-clipboard on"),
    ],
)
def test_what_is_missing_is_said(environment: dict[str, str], check: str, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert [finding for finding in found(check) if not finding.well and words in str(finding)]


def test_256_colours_over_ssh_are_well_and_say_how_there_are_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLORTERM")
    (finding,) = found("terminal")
    assert finding.well and "256 colours" in finding.seen and "SendEnv" in finding.todo


def test_the_command_prints_a_line_or_an_object_for_each_finding() -> None:
    command = [sys.executable, "-m", "tui", "doctor"]
    lines = subprocess.run(command, cwd=ROOT, capture_output=True, text=True).stdout.splitlines()
    objects = json.loads(subprocess.run([*command, "--format", "json"], cwd=ROOT, capture_output=True, text=True).stdout)
    assert len(lines) == len(objects) and all(line[:4] in ("ok  ", "look") for line in lines)
    assert set(objects[0]) == {"check", "well", "seen", "todo"}

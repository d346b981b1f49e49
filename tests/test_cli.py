"""The commands, run as a person runs them: what they print, where, and how they end."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ARTICLE, ROOT, Write
from tui.cli import COMMANDS


def run(*arguments: str | Path, cwd: Path = ROOT, code: int | None = None, text: str = "") -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "tui", *map(str, arguments)], cwd=cwd, capture_output=True, text=True, input=text,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert "Traceback" not in done.stderr + done.stdout, done.stderr
    if code is not None:
        assert done.returncode == code, done.stderr + done.stdout
    return done


def test_check_of_the_bundled_library_ends_well() -> None:
    done = run("check", "--strict", "briefings/", code=0)
    assert "6 briefings" in done.stderr and "error" not in done.stderr


def test_check_names_file_line_and_what_to_do() -> None:
    done = run("check", "tests/bad/quote-not-in-source.md", code=1)
    assert done.stdout.startswith("tests/bad/quote-not-in-source.md:21:8: error quote-not-in-source: ")
    assert done.stdout.count("\n") == 1 and "; nearest, source line 1: " in done.stdout


def test_warnings_end_with_1_only_when_strict() -> None:
    run("check", "tests/bad/alias-shared.md", code=0)
    run("check", "--strict", "tests/bad/alias-shared.md", code=1)


@pytest.mark.parametrize("form", ["json", "github", "sarif"])
def test_check_has_other_forms(form: str) -> None:
    out = run("check", "--format", form, "tests/bad/bad-date.md", code=1).stdout
    assert "bad-date" in out
    if form != "github":
        json.loads(out)


def test_a_rule_is_explained() -> None:
    assert "quotation marks" in run("check", "--explain", "quote-cut", code=0).stdout
    assert "they are syntax, " in run("check", "--explain", "nonsense", code=2).stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["check"], ["check", "gone.md"], ["check", "seeds"], ["export", "gone.md"], ["export"], ["nonsense.md"], ["stamp", "gone.md"],
        ["new", "gone.txt"], ["export", "tests/bad/unknown-format.md"], ["check", "--format", "xml", "briefings"], ["check", "\0"], [],
    ],
)  # fmt: skip
def test_wrong_use_ends_with_2_and_one_line(arguments: list[str]) -> None:
    if "\0" in arguments:
        from tui.cli import main

        assert main(arguments) == 2
        return
    done = run(*arguments, code=2)
    assert done.stdout == ""
    assert len(done.stderr.strip().split("\n")) == 1 or done.stderr.startswith("usage:")


def test_the_reader_needs_a_terminal_and_names_the_plain_way() -> None:
    assert "readout export FILE" in run(ARTICLE, code=2).stderr


def test_every_command_has_help() -> None:
    for name in COMMANDS:
        out = run(name, "--help", code=0).stdout
        assert out.startswith(f"usage: readout {name}")
    assert "Exit codes" in run("--help", code=0).stdout
    assert run("--version", code=0).stdout.startswith("readout 0.")


def test_export_writes_a_file_and_never_over_one(tmp_path: Path) -> None:
    out = tmp_path / "out.txt"
    run("export", ARTICLE, "-o", out, code=0)
    assert out.read_text().startswith("TLP:CLEAR")
    out.write_text("mine")
    assert "--force" in run("export", ARTICLE, "-o", out, code=2).stderr
    assert out.read_text() == "mine"
    run("export", ARTICLE, "-o", out, "--force", code=0)
    assert out.read_text() != "mine" and [path.name for path in tmp_path.iterdir()] == ["out.txt"]
    assert "cannot be written" in run("export", ARTICLE, "-o", tmp_path / "no" / "out", code=2).stderr


def test_export_into_a_closed_pipe_is_quiet() -> None:
    done = subprocess.run(
        f"{sys.executable} -m tui export {ARTICLE} | head -1", shell=True, cwd=ROOT, capture_output=True, text=True
    )
    assert done.stdout == "TLP:CLEAR\n" and done.stderr == ""


def test_a_new_briefing_is_sound_and_stamped(tmp_path: Path) -> None:
    source = tmp_path / "article.txt"
    source.write_text("The words.\n")
    run("new", source, "-o", tmp_path / "b.md", "--title", "Mine", code=0)
    done = run("check", tmp_path / "b.md", code=0)
    assert "error" not in done.stderr and "warning" not in done.stderr
    assert "--force" in run("new", source, "-o", tmp_path / "b.md", code=2).stderr
    assert '[[source]]\nid = "s1"' in run("new", source, code=0).stdout


def test_stamp_changes_the_hash_and_nothing_else(write: Write) -> None:
    path = write(
        "# a comment\n[[actor]]\nid = 'a'  # kept\nname = 'words'\nkind = 'person'",
        body="[A](#a).",
        sources='[[source]]\nid = "s1"\npath = "source.txt"\nsha256 = "00"\n',
    )
    path.chmod(0o640)
    before = path.read_text()
    run("stamp", path, code=0)
    after = path.read_text()
    assert after != before and [a for a, b in zip(before.split("\n"), after.split("\n")) if a != b] == ['sha256 = "00"']
    assert path.stat().st_mode & 0o777 == 0o640
    assert "up to date" in run("stamp", path, code=0).stderr
    assert path.read_text() == after


def test_stamp_keeps_the_files_line_ends(write: Write) -> None:
    path = write()
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    run("stamp", path, code=0)
    data = path.read_bytes()
    assert b"sha256" in data and data.count(b"\n") == data.count(b"\r\n")


def test_a_briefing_of_which_items_are_left_out_is_not_stamped(write: Write) -> None:
    path = write('[[quote]]\nid = "q"\ntext = "The words."\nx-mine = "kept"')
    before = path.read_text()
    assert "missing-field" in run("stamp", path, code=2).stderr
    assert path.read_text() == before


def test_an_export_keeps_what_stands_at_its_place(tmp_path: Path) -> None:
    out, link = tmp_path / "out.txt", tmp_path / "link"
    out.write_text("x")
    out.chmod(0o600)
    link.symlink_to(out)
    run("export", ARTICLE, "-o", link, "--force", code=0)
    assert link.is_symlink() and out.stat().st_mode & 0o777 == 0o600 and out.read_text() != "x"
    os.mkfifo(tmp_path / "fifo")
    assert "no regular file" in run("export", ARTICLE, "-o", tmp_path / "fifo", "--force", code=2).stderr


def test_a_broken_briefing_is_not_stamped(write: Write) -> None:
    path = write("author = ")
    before = path.read_text()
    assert "syntax" in run("stamp", path, code=2).stderr
    assert path.read_text() == before


@pytest.mark.parametrize("command", [["check", "briefings"], ["export", str(ARTICLE)], ["--version"]])
def test_no_command_but_the_reader_loads_textual_or_rich(command: list[str]) -> None:
    code = "import sys, tui.cli; tui.cli.main(sys.argv[1:]); print(sorted(m for m in sys.modules if m.split('.')[0] in ('textual', 'rich')), file=sys.stderr)"
    if command == ["--version"]:
        code = code.replace("tui.cli.main(sys.argv[1:])", "tui.settings.load").replace(
            "import sys, tui.cli", "import sys, tui.cli, tui.settings"
        )
    done = subprocess.run([sys.executable, "-c", code, *command], cwd=ROOT, capture_output=True, text=True)
    assert done.stderr.strip().endswith("[]"), done.stderr


def test_themes_are_listed_and_a_broken_one_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert run("themes", code=0).stdout.split("\n")[0].startswith("night\t")
    (tmp_path / "readout" / "themes").mkdir(parents=True)
    (tmp_path / "readout" / "themes" / "mine.toml").write_text('foreground = "#zzz"\n')
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert "mine.toml:1:14: error theme: foreground is no colour" in run("themes", code=1).stderr

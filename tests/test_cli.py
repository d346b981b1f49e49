"""The commands, run as a person runs them: what they print, where, and how they end."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.conftest import ARTICLE, ROOT, SEEDS, Write
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


def test_check_of_a_folder_finds_what_check_of_each_file_finds(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text('+++\nfromat = "briefing/1"\ntitle = "T"\n+++\n')
    (tmp_path / "b.md").write_text("+++\nbroken")
    (tmp_path / "c.md").write_text("---\ntitle: An article\n---\n\nA raw article of a few words.\n")
    folder, files = run("check", str(tmp_path)), run("check", *(str(tmp_path / name) for name in ("a.md", "b.md")))
    assert folder.returncode == files.returncode == 1 and folder.stdout == files.stdout
    (tmp_path / "d.md").write_bytes(b"An article in \xff Latin-1.\n")
    done = run("check", str(tmp_path))
    assert done.returncode == 2 and "d.md is not UTF-8" in done.stdout and "1 file could not be read" in done.stderr


def may_not_read() -> list[str]:
    """Return what goes before a command so that permissions hold for it, also if root runs the tests."""
    if os.geteuid() != 0:
        return []
    if not shutil.which("setpriv"):
        pytest.skip("needs setpriv, for root to obey permissions")
    return ["setpriv", "--bounding-set", "-dac_override,-dac_read_search", "--inh-caps", "-all"]


@pytest.mark.parametrize("mode", [0, 0o600])
@pytest.mark.parametrize(
    ("words", "code"),
    [(["check", "lib"], 2), (["check", "lib/in"], 2), (["search", "words", "lib"], 0), (["search", "words", "lib/in"], 0),
     (["draft", "lib", "-o", "lib/out"], 2), (["--plain", "lib"], 0), (["--plain", "lib/in"], 2)],
)  # fmt: skip
def test_a_folder_that_cannot_be_read_is_named(write: Write, tmp_path: Path, words: list[str], code: int, mode: int) -> None:
    inner = tmp_path / "lib" / "in"
    inner.mkdir(parents=True)
    write(name="lib/b.md", sources="")
    write(name="lib/in/b.md", sources="")
    inner.chmod(mode)
    try:
        done = subprocess.run(
            [*may_not_read(), sys.executable, "-m", "tui", *words], cwd=tmp_path, capture_output=True, text=True, input="q\n",
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
    finally:
        inner.chmod(0o700)
    assert done.returncode == code and "1 folder could not be read: " in done.stderr and "lib/in" in done.stderr, done.stderr


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


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("export B --table events", "--format csv"), ("export B --table events --format json", "--format csv"),
        ("export B -o b.txt --table events", "--format csv"), ("export B --format json --width 60", "only the text form"),
        ("export B --force", "no -o FILE"), ("new S --force", "no -o FILE"), ("draft S --jobs 2", "one article"),
        ("draft S --why -o b.md", "writes no draft"), ("draft S --why --format json", "writes no draft"),
        ("check --explain quote-cut --strict", "checks nothing"), ("check --explain quote-cut B", "checks nothing"),
        ("check --explain quote-cut --format json", "checks nothing"), ("--plain --theme paper B", "no colours"),
        ("--plain --no-mouse B", "no mouse"), ("check ''", "a path is empty"), ("''", "a path is empty"),
        ("export B -o ''", "a path is empty"), ("search x ''", "a path is empty"), ("draft S --keep ''", "a path is empty"),
        ("draft S --published ''", "no EDTF date"), ("notes ''", "a path is empty"), ("stamp B ''", "a path is empty"),
    ],
)  # fmt: skip
def test_an_option_that_would_be_ignored_is_refused(tmp_path: Path, words: str, told: str) -> None:
    here = {"B": str(ARTICLE), "S": str(SEEDS[0]), "''": ""}
    done = run(*(here.get(word, word) for word in words.split()), cwd=tmp_path, code=2)
    assert told in done.stderr and done.stderr.count("\n") == 1 and not done.stdout and not [*tmp_path.iterdir()]


def test_a_folder_in_place_of_a_file_is_said_to_be_one(tmp_path: Path) -> None:
    for words in ("export .", "new .", "stamp .", "export b.md/..", "export / "):
        (tmp_path / "b.md").mkdir(exist_ok=True)
        done = run(*words.split(), cwd=tmp_path, code=2)
        assert "is a folder; name a file in it" in done.stderr and "  " not in done.stderr
    assert "is a folder; name another" in run("export", ARTICLE, "-o", tmp_path / "b.md", "--force", code=2).stderr


@pytest.mark.parametrize("words", ["export B --width -5", "export B --width x", "draft F -o o --jobs 0", "draft F -o o --jobs -3", "search x --limit -1"])
def test_a_number_out_of_range_is_refused(tmp_path: Path, words: str) -> None:
    done = run(*words.replace("B", str(ARTICLE)).replace("F", str(tmp_path)).split(), cwd=tmp_path, code=2)
    assert "is not a number of" in done.stderr and not done.stdout and not [*tmp_path.iterdir()]


def test_a_query_that_begins_with_a_hyphen_is_told_where_to_go() -> None:
    assert "write -- before a query that begins with -, as in readout search -- -die" in run("search", "-die", code=2).stderr


def test_the_reader_needs_a_terminal_and_names_the_plain_way() -> None:
    assert all(plain in run(ARTICLE, code=2).stderr for plain in ("readout --plain", "readout export FILE"))


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


def test_stamp_leaves_every_other_byte_as_it_is(write: Write) -> None:
    sources = (
        '[[source]]\n  path = "source.txt" # mine\nid = "s1"\n[[source]]\nid = "s2"\n"path" = \'source.txt\'\nsha256 = \'\'\r\n'
    )
    path = write(sources=sources, body="“é” 𝄞\r\nend", head='format = "briefing/1"\r\ntitle = "Tü𝄞"\r\n')
    before = b"\xef\xbb\xbf" + path.read_bytes()
    path.write_bytes(before)
    run("stamp", path, code=0)
    after = path.read_bytes()
    hashed = after.split(b'"')[after.split(b'"').index(b"source.txt") + 2]
    assert len(hashed) == 64
    assert after.replace(b'  sha256 = "' + hashed + b'"\n', b"", 1).replace(b'"' + hashed + b'"', b"''", 1) == before
    assert "up to date" in run("stamp", path, code=0).stderr


def test_sources_that_cannot_be_stamped_in_place_are_left_as_they_are(write: Write) -> None:
    path = write(sources='source = [{id = "s1", path = "source.txt"}]')
    before = path.read_bytes()
    assert "[[source]]" in run("stamp", path, code=2).stderr
    assert path.read_bytes() == before


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


def test_a_file_is_written_where_there_are_no_hard_links_and_never_over_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tui import cli
    from tui.briefing import files

    def refused(*_: object) -> None:
        raise PermissionError(1, "no links here")

    monkeypatch.setattr(os, "link", refused)
    cli.save(tmp_path / "a", "words")
    assert (tmp_path / "a").read_text() == "words" and [path.name for path in tmp_path.iterdir()] == ["a"]
    with pytest.raises(FileExistsError):
        files._place(tmp_path / "b", tmp_path / "a")
    assert (tmp_path / "a").read_text() == "words"


def ended(command: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    done = subprocess.run(
        ["bash", "-c", command.replace("readout", f"{sys.executable} -m tui")], cwd=ROOT, capture_output=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
    )  # fmt: skip
    assert b"Traceback" not in done.stderr and b"Exception ignored" not in done.stderr, done.stderr
    return done


@pytest.mark.parametrize(
    "words", ["--version", "--help", "check --format json tests/bad", "export briefings/colombia-intelligence.md"]
)
def test_output_that_cannot_be_written_is_said_in_one_line(words: str) -> None:
    for target in (">/dev/full", ">&-"):
        done = ended(f"readout {words} {target}")
        assert done.returncode == 2 and done.stderr.count(b"readout: ") >= 1, (target, done.stderr)
    assert ended(f"readout {words} 2>&- >/dev/full").stdout == b""
    assert ended(f"readout {words} | true").returncode == 0


def test_words_about_the_data_never_get_into_it() -> None:
    assert ended("readout check --format json tests/bad/bad-date.md 2>&-").stdout.startswith(b"[")
    assert ended("readout check --format json tests/bad/bad-date.md 2>/dev/full").returncode == 1


@pytest.mark.parametrize("encoding", ["latin-1", "ascii", "cp1252"])
def test_an_encoding_that_has_not_every_character_gets_escapes(encoding: str) -> None:
    whole = json.loads(ended(f"readout export --format json {ARTICLE}").stdout)
    done = ended(f"readout export --format json {ARTICLE}", PYTHONIOENCODING=encoding)
    assert done.returncode == 0 and json.loads(done.stdout.decode(encoding)) == whole
    assert ended(f"readout export {ARTICLE}", PYTHONIOENCODING=encoding).returncode == 0


def test_what_a_terminal_could_obey_is_not_echoed() -> None:
    done = ended("readout check $'--x\\x1b]0;y\\a\\xe2\\x80\\xae' b")
    assert (
        done.returncode == 2
        and b"\x1b" not in done.stderr
        and b"\xe2\x80\xae" not in done.stderr
        and b"unrecognized" in done.stderr
    )


@pytest.mark.parametrize("form", ["text", "json", "github", "sarif"])
def test_a_file_name_that_is_no_utf_8_is_named_all_the_same(write: Write, form: str) -> None:
    path = write("author = ")
    path.rename(path.with_name("b\udcff\x1b.md"))
    done = ended(f"readout check --format {form} {path.parent}/b*.md")
    assert done.returncode == 1 and b"\xff" not in done.stdout and b"\x1b" not in done.stdout + done.stderr
    assert {"text": b"b\\udcff\\x1b.md", "sarif": b"b%FF%1B.md"}.get(form, b"udcff") in done.stdout
    path.with_name("source.txt").rename(path.with_name("s\udcff.txt"))
    done = ended(f"readout new {path.parent}/s*.txt")
    assert done.returncode == 2 and b"no UTF-8" in done.stderr


def test_a_file_that_cannot_be_read_is_a_problem_in_every_form(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "b.md")
    done = run("check", "--format", "json", tmp_path / "b.md", code=2)
    assert json.loads(done.stdout)[0]["message"] == "b.md is not a regular file"
    assert "no problems" not in done.stderr and "0 briefings: 1 error; 1 file could not be read" in done.stderr


def test_a_folder_of_nobody_in_the_settings_is_named(tmp_path: Path) -> None:
    from tui import settings

    (tmp_path / "settings.toml").write_text('mouse = false\nfolders = ["~nosuchuser/x"]\n')
    chosen, (problem,) = settings.load(tmp_path / "settings.toml")
    assert not chosen.mouse and not chosen.folders and problem.place.line == 2 and "folders" in problem.message


def test_a_program_ends_at_once_and_all_that_it_wrote_is_there(tmp_path: Path) -> None:
    code = "import atexit, sys; atexit.register(print, 'taken apart'); sys.argv = ['readout', *sys.argv[1:]]; from tui.cli import command; command()"
    for words, status in ((["check", "tests/bad/bad-date.md"], 1), (["--version"], 0), (["check", "--nonsense"], 2), ([], 2)):
        with (tmp_path / "out").open("wb") as out:
            done = subprocess.run([sys.executable, "-c", code, *words], cwd=ROOT, stdout=out, stderr=subprocess.PIPE)
        text = (tmp_path / "out").read_text()
        assert done.returncode == status and ("taken apart" in text) == (not words), (words, text)
        assert words != ["check", "tests/bad/bad-date.md"] or "bad-date" in text
        assert words != ["check", "--nonsense"] or b"unrecognized" in done.stderr


def test_a_briefing_is_read_once_however_many_link_to_it(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    from tui import cli
    from tui.briefing.parse import Parsed, parse

    seen: list[str] = []

    def counted(text: str, path: str) -> Parsed:
        seen.append(Path(path).name)
        return parse(text, path)

    monkeypatch.setattr("tui.briefing.proof.parse", counted)
    for name in ("a.md", "b.md", "c.md"):
        path = write(body="[A](a.md), [B](b.md), [C](c.md#none).", name=name)
    assert cli.main(["check", str(path.parent)]) == 1
    assert sorted(seen) == ["a.md", "b.md", "c.md"]


def test_a_file_of_two_names_is_checked_under_both(write: Write) -> None:
    path = write(body="[A](#none).")
    path.with_name("c.md").symlink_to(path)
    out = run("check", path.parent, code=1).stdout
    assert f"{path}:" in out and f"{path.with_name('c.md')}:" in out


# -- notes, keys, items -----------------------------------------------------------------------------------------------


def keep(path: Path, item: str, text: str, words: str = "") -> None:
    from tui.library.state import State
    from tui.settings import state_folder

    state = State(state_folder() / "state.db")
    if words:
        state.note(path, item, text, words)
    else:
        state.mark(path, item, text)
    state.close()


QUOTED = '[[actor]]\nid = "a"\nname = "Ann"\nkind = "person"\n[[quote]]\nid = "q"\nspeaker = "a"\ntext = "The words."\n'


def test_notes_and_bookmarks_are_listed_with_what_became_of_their_items(write: Write, tmp_path: Path) -> None:
    path = write(QUOTED, head='format = "briefing/1"\ntitle = "T"\nmarking = "TLP:AMBER"\n')
    keep(path, "q", "The words.", "first line\nsecond\x1b line")
    keep(path, "s1:1", "The words.")
    done = run("notes", code=0)
    lines = done.stdout.splitlines()
    assert lines[:2] == [str(path), "  TLP:AMBER"] and done.stderr == "readout: 1 note, 1 bookmark\n"
    assert lines[2].startswith("  q  note  20") and lines[3:6] == [
        "    on: The words.",
        "    first line",
        "    second\\x1b line",
    ]
    assert lines[6].startswith("  s1:1  bookmark  20") and lines[7] == "    on: The words."
    keep(path, "gone", "x", "on nothing")
    keep(tmp_path / "away.md", "q", "x", "on no file")
    path.write_text(path.read_text().replace("The words.", "The word."))
    found = json.loads(run("notes", "--format", "json", code=1).stdout)
    assert [(each["item"], each["kind"], each["standing"]) for each in found] == [
        ("q", "note", "unread"), ("gone", "note", "gone"), ("q", "note", "changed"), ("s1:1", "bookmark", "here"),
    ]  # fmt: skip
    assert found[2]["note"] == "first line\nsecond\x1b line" and found[2]["marking"] == "TLP:AMBER"
    text = run("notes", path, code=1).stdout
    assert "CHANGED: " in text and "GONE: " in text and "away.md" not in text
    assert "NOT LOOKED FOR: there is no file away.md" in run("notes", tmp_path / "away.md", code=1).stdout
    marked = run("notes", tmp_path, "--format", "markdown", code=1).stdout
    assert "**TLP:AMBER**" in marked and "> The words." in marked and "\x1b" not in marked


def test_where_nothing_is_kept_nothing_is_listed_or_made(write: Write) -> None:
    from tui.settings import state_folder

    assert run("notes", code=0).stdout == "" and run("notes", write(), "--format", "json", code=0).stdout == "[]\n"
    assert not state_folder().exists()


def test_notes_on_a_path_that_does_not_exist_are_refused_unless_there_are_some(write: Write, tmp_path: Path) -> None:
    path = write(QUOTED)
    assert run("notes", path, code=0).stderr == "readout: 0 notes, 0 bookmarks\n"
    done = run("notes", path, tmp_path / "typo.md", code=2)
    assert "typo.md: there is no such file or folder" in done.stderr and not done.stdout
    keep(tmp_path / "gone" / "b.md", "q", "x", "on no file")
    for name in ("gone", "gone/b.md"):
        assert "on no file" in run("notes", tmp_path / name, code=1).stdout


def test_a_damaged_file_of_notes_is_one_line(write: Write) -> None:
    from tui.settings import state_folder

    keep(write(), "q", "x", "y")
    (state_folder() / "state.db").write_bytes(b"nonsense" * 1000)
    assert "rescued 0 notes and 0 bookmarks from a damaged state.db" in run("notes", code=0).stderr


def test_keys_are_listed_as_they_are_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert "\nj ↓ " in run("keys", code=0).stdout
    (tmp_path / "readout").mkdir()
    (tmp_path / "readout" / "settings.toml").write_text('[keys]\n"move.down" = ["^n", "↓"]\nzoom = "nonsense"\n')
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    done = run("keys", "--format", "json", code=1)
    (row,) = [row for row in json.loads(done.stdout) if row["id"] == "move.down"]
    assert row["keys"] == ["^n", "↓"] and "settings.toml:3:8: error settings: zoom: no key is called" in done.stderr
    assert "| `^n ↓` | next | in every pane | `move.down` |" in run("keys", "--format", "markdown", code=1).stdout


def test_only_search_takes_a_path_that_does_not_exist_for_a_query(tmp_path: Path) -> None:
    assert "put a query of several words in quotation marks" in run("search", "two", "words", tmp_path, code=2).stderr
    assert "quotation marks" not in run("check", "none.md", tmp_path, code=2).stderr


def test_an_item_may_stand_behind_the_path(write: Write) -> None:
    from tui.reader.command import _at_item

    path = write()
    odd = path.with_name("c#d.md")
    odd.touch()
    assert _at_item([str(odd), f"{path}#q"]) == ([str(path), str(odd)], "q")
    assert _at_item([f"{odd}#q"]) == ([str(odd)], "q")
    assert _at_item(["gone.md#q", "#q", "\0#q"]) == (["gone.md#q", "#q", "\0#q"], "")


# -- search -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Forty briefings that each quote a ferry."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = tmp_path / "shelf"
    folder.mkdir()
    (folder / "text.txt").write_text("The ferry stayed.\n")
    for number in range(40):
        said = '[[quote]]\nid = "q"\nspeaker = ""\nsource = "s1"\ntext = "The ferry stayed"\n'
        head = f'+++\nformat = "briefing/1"\ntitle = "Number {number}"\ndate = 2025-11-13\n'
        (folder / f"{number:02}.md").write_text(f'{head}[[source]]\nid = "s1"\npath = "text.txt"\n{said}+++\n')
    return folder


def test_what_is_found_is_said_in_text_json_and_csv(shelf: Path) -> None:
    done = run("search", "ferry in:quotes", shelf, code=0)
    assert done.stdout.count("“The ferry stayed”") == 40 and "readout: 40 found\n" in done.stderr
    rows = json.loads(run("search", "ferry in:quotes", shelf, "--format", "json", code=0).stdout)
    assert len(rows) == 40 and {row["item"] for row in rows} == {"q"}
    table = run("search", "--format", "csv", "--limit", "3", "ferry in:quotes", shelf, code=0)
    assert len(table.stdout.splitlines()) == 4 and "3 of 40 shown" in table.stderr


def test_what_is_found_is_looked_at_before_it_is_shown(shelf: Path) -> None:
    run("search", "--refresh", "ferry", shelf, code=0)
    for path in sorted(shelf.glob("*.md"))[:38]:
        path.unlink()
    done = run("search", "ferry in:titles OR number", shelf, "--limit", "1", code=0)
    assert "Number 3" in done.stdout and "1 of 2 shown" in done.stderr


def test_what_is_broken_is_found_as_far_as_that_is_known(shelf: Path) -> None:
    (shelf / "39.md").write_text((shelf / "39.md").read_text().replace("ferry stayed", "ferry sank"))
    assert "1 found" in run("search", "is:broken", shelf, code=0).stderr
    (shelf / "text.txt").write_text("Nothing.\n")
    run("search", "nothing", shelf, code=0)  # looks at the text that is shown, and at no words of briefings
    done = run("search", "is:broken", shelf, code=0)
    assert "the words of 39 briefings are not checked yet, --refresh checks them" in done.stderr
    assert "40 found" in run("search", "--refresh", "is:broken", shelf, code=0).stderr


def test_options_stand_anywhere_and_a_query_that_begins_with_minus_behind_two(shelf: Path) -> None:
    assert "2 of 40 shown" in run("search", "ferry in:quotes", "--limit", "2", shelf, code=0).stderr
    assert "41 found" in run("search", "--", "-number", shelf, code=0).stderr
    assert "unrecognized arguments: -number" in run("search", "-number", shelf, code=2).stderr
    assert "'-5' is not a number of results" in run("search", "ferry", shelf, "--limit", "-5", code=2).stderr
    assert "(query, character 7)" in run("search", "ferry (", shelf, code=2).stderr


@pytest.mark.parametrize(("name", "begin"), [("b.json", "{"), ("b.csv", "marking,"), ("b.md", "**TLP:CLEAR**"), ("b.txt", "TLP:CLEAR"), ("B.JSON", "{")])
def test_the_suffix_of_the_output_chooses_the_format_of_an_export(tmp_path: Path, name: str, begin: str) -> None:
    run("export", ARTICLE, "-o", tmp_path / name, code=0)
    assert (tmp_path / name).read_text().startswith(begin)


@pytest.mark.parametrize("words", ["-o b.pdf", "-o b.pdf --format json", "-o b.docx", "-o b.html", "-o b.csv --format json", "-o b.md --format text"])
def test_a_suffix_of_another_format_is_refused_and_the_formats_are_named(tmp_path: Path, words: str) -> None:
    done = run("export", ARTICLE, *words.split(), cwd=tmp_path, code=2)
    assert "markdown (.md)" in done.stderr and "csv (.csv)" in done.stderr and not [*tmp_path.iterdir()]


def test_new_and_draft_refuse_a_suffix_that_they_do_not_write(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Some words of an article, and a few more of them.\n")
    assert "the only format is briefing (.md)\n" in run("new", "a.txt", "-o", "b.pdf", cwd=tmp_path, code=2).stderr
    assert "toml (.md), json (.json)" in run("draft", "a.txt", "-o", "b.pdf", cwd=tmp_path, code=2).stderr
    run("draft", "a.txt", "-o", "b.json", cwd=tmp_path, code=0)
    assert json.loads((tmp_path / "b.json").read_text())["format"] == "briefing/1"
    assert not (tmp_path / "b.pdf").exists()


def test_one_file_is_counted_as_one(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("Some words.\n")
    assert "brought up to date, 1 file read\n" in run("search", "words", tmp_path, code=0).stderr


def test_a_search_that_finds_nothing_says_what_was_searched_and_why(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Ann Potts said: “The quay is closed.”\n")
    assert "1 file here is a raw article" in run("search", "speaker:potts", tmp_path, code=0).stderr
    assert "briefings, as no path is named" in run("search", "xyzzyx", code=0).stderr
    assert run("search", "befor:2025", tmp_path, code=2).stderr.startswith("readout: no field befor:; before:? (")


@pytest.mark.skipif(os.geteuid() != 0 or not shutil.which("setpriv"), reason="needs root, to become somebody else")
@pytest.mark.parametrize("words", ["check LIBRARY", "search lantern LIBRARY", "doctor", "notes", "check HOME", "search x HOME", "draft HOME/a.txt"])
def test_a_home_that_may_not_be_entered_ends_nothing_in_a_traceback(words: str) -> None:
    folder = Path(tempfile.mkdtemp(dir="/tmp"))
    try:
        (folder / "home" / "h").mkdir(parents=True)
        (folder / "home").chmod(0)
        (folder / "library").mkdir()
        (folder / "library" / "a.md").write_text('+++\nformat = "briefing/1"\ntitle = "The lantern"\n+++\n')
        folder.chmod(0o755)
        home = str(folder / "home" / "h")
        command = words.replace("LIBRARY", str(folder / "library")).replace("HOME", home).split()
        as_nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
        environment = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}
        done = subprocess.run(
            [*as_nobody, sys.executable, "-m", "tui", *command], cwd=ROOT, capture_output=True, text=True,
            env={**environment, "HOME": home, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        assert "Traceback" not in done.stderr and done.returncode in (0, 1, 2)
        assert ("HOME" not in words) or done.returncode == 2
    finally:
        (folder / "home").chmod(0o700)
        shutil.rmtree(folder)


def test_a_briefing_that_is_a_link_to_itself_is_one_line(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.symlink_to(path)
    for words in (["check"], ["export"], ["stamp"], ["draft"], ["--plain"]):
        assert "a.md" in run(*words, path, code=2).stderr


@pytest.mark.parametrize("name", ["b.md", "./b.md", "link.md", "hard.md", "source.txt", "sub/../b.md"])
def test_no_command_writes_over_the_files_that_it_reads(write: Write, tmp_path: Path, name: str) -> None:
    path = write(QUOTED)
    (tmp_path / "sub").mkdir()
    (tmp_path / "link.md").symlink_to("b.md")
    (tmp_path / "hard.md").hardlink_to(path)
    (tmp_path / "source").symlink_to("source.txt")
    before = path.read_bytes(), (tmp_path / "source.txt").read_bytes()
    form = ["--format", "text"] if name.endswith(".txt") else []
    commands = [["export", "b.md", *form, "-o", name, "--force"], ["new", "source.txt", "-o", "source", "--force"]]
    if name.endswith(".md"):
        (tmp_path / "article.md").hardlink_to(tmp_path / "source.txt")
        commands.append(["new", "source.txt", "-o", "article.md", "--force"])
        commands.append(["draft", "source.txt", "-o", "article.md"])
    for command in commands:
        done = run(*command, cwd=tmp_path, code=2)
        assert "that this is made from; name another\n" in done.stderr and done.stderr.count("\n") == 1
    assert (path.read_bytes(), (tmp_path / "source.txt").read_bytes()) == before
    assert not (tmp_path / "source").is_file() or (tmp_path / "source").is_symlink()


def test_new_takes_each_source_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("One thing was said.\n", "utf-8")
    done = run("new", "a.txt", "./a.txt", cwd=tmp_path, code=2)
    assert "a.txt is given twice" in done.stderr and not list(tmp_path.glob("*.md"))

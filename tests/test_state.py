"""What a reader keeps: nothing that was said to be kept is lost, and nothing of it lands on another item."""

from __future__ import annotations

import os
import random
import select
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from tests.conftest import ROOT, SEED, Write, many
from tui.briefing.proof import open_briefing, read_sources
from tui.library import state as module
from tui.library.items import text_of
from tui.library.state import MIGRATIONS, Changed, State, Unkept, standing

BRIEFING = Path("/b.md")


@pytest.fixture
def state(tmp_path: Path) -> Iterator[State]:
    made = State(tmp_path / "state" / "kept.db")
    yield made
    made.close()


def again(state: State) -> State:
    """Another process's view of the same file."""
    return State(state.path)


def test_bookmarks_notes_and_places_are_kept(state: State) -> None:
    state.mark(BRIEFING, "q1", "The words.")
    note = state.note(BRIEFING, "s1:3", "A paragraph.", "  look\nagain ")
    state.keep_place(BRIEFING, '{"row": 1}')
    state.keep_place(BRIEFING, '{"row": 2}')
    other = again(state)
    (mark,) = other.marks(BRIEFING)
    assert (mark.briefing, mark.item, mark.excerpt) == (BRIEFING, "q1", "The words.")
    assert note and other.notes() == [note] and note.words == "look\nagain" and note.excerpt == "A paragraph."
    assert other.place(BRIEFING) == '{"row": 2}' and other.place(Path("/c.md")) is None
    assert other.notes(Path("/c.md")) == [] and other.marks(Path("/c.md")) == []
    other.unmark(mark)
    assert state.marks() == []


def test_a_bookmark_put_twice_is_one(state: State) -> None:
    for _ in range(2):
        state.mark(BRIEFING, "q1", "The words.")
    assert len(state.marks()) == 1


def test_a_briefing_is_known_by_its_real_path(state: State, tmp_path: Path) -> None:
    (tmp_path / "b.md").touch()
    (tmp_path / "link.md").symlink_to(tmp_path / "b.md")
    state.note(tmp_path / "link.md", "q", "t", "n")
    assert [note.briefing for note in state.notes(tmp_path / "x" / ".." / "b.md")] == [(tmp_path / "b.md").resolve()]


def test_a_name_of_any_bytes_and_text_of_any_characters_is_kept(state: State) -> None:
    odd = Path(os.fsdecode(b"/b\xff.md"))
    state.mark(odd, "q", "\ud800 text")
    state.note(odd, "q\udcff", "\ud800", "a\ud800\0b")
    assert state.notes(odd)[0].words == "a?\0b" and state.marks()[0].briefing == odd
    state.unmark(state.marks(odd)[0])
    assert state.marks() == []


def test_nothing_is_made_before_something_is_kept(state: State) -> None:
    assert state.notes() == [] and state.marks(BRIEFING) == [] and state.place(BRIEFING) is None
    assert state.note(BRIEFING, "q", "t", "  ") is None
    assert not state.path.parent.exists()


def test_what_is_kept_is_nobody_elses_to_read(state: State) -> None:
    state.note(BRIEFING, "q", "t", "n")
    assert state.path.parent.stat().st_mode & 0o077 == 0
    assert all(path.stat().st_mode & 0o077 == 0 for path in state.path.parent.iterdir())


# -- what it is tied to -----------------------------------------------------------------------------------------------


def test_a_note_tells_whether_its_item_is_still_there(state: State) -> None:
    note = state.note(BRIEFING, "q", "The “old” words.", "n")
    assert note
    assert standing(note, "The “old” words.") == "here"
    assert standing(note, 'The "old"\nwords.') == "here"
    assert standing(note, "The new words.") == "changed"
    assert standing(note, None) == "gone"


def test_a_bookmark_on_changed_words_does_not_pass_to_the_new_ones(state: State) -> None:
    state.mark(BRIEFING, "q", "old")
    state.mark(BRIEFING, "q", "new")
    old, new = state.marks()
    assert [standing(each, "new") for each in (old, new)] == ["changed", "here"]
    state.unmark(new)
    assert state.marks() == [old]


def test_every_kind_of_item_has_a_text(write: Write) -> None:
    path = write(
        '[[actor]]\nid="a"\nname="Ann"\nkind="person"\n[[quote]]\nid="q"\nspeaker="a"\ntext=["one", "two"]\n'
        '[[event]]\nid="e"\ntitle="It"\nevidence="x"\n',
        source="First.\n\nSecond.\n",
    )
    reading = read_sources(open_briefing(path))
    texts = {ref: text_of(reading, ref) for ref in ("a", "q", "e", "s1", "s1:2")}
    assert texts == {"a": "Ann", "q": "one … two", "e": "It", "s1": "source.txt", "s1:2": "Second."}
    for ref in ("", "z", "s1:0", "s1:3", "s1:", "s2:1", "s1:x", "s1:²", "s1:" + "9" * 5000):
        assert text_of(reading, ref) is None


# -- several at once --------------------------------------------------------------------------------------------------


def test_a_note_changed_elsewhere_meanwhile_is_not_written_over(state: State) -> None:
    note = state.note(BRIEFING, "q", "t", "first")
    assert note
    theirs = again(state).rewrite(note, "theirs")
    with pytest.raises(Changed) as raised:
        state.rewrite(note, "mine")
    assert raised.value.other == theirs and theirs and theirs.words == "theirs"
    assert [each.words for each in state.notes()] == ["theirs"]
    mine = state.rewrite(theirs, "mine")
    assert mine and [each.words for each in state.notes()] == ["mine"]
    with pytest.raises(Changed):
        state.rewrite(theirs, "")  # nor taken out
    assert state.rewrite(mine, " ") is None and state.notes() == []
    with pytest.raises(Changed) as raised:
        state.rewrite(mine, "again")
    assert raised.value.other is None


def test_a_rewritten_note_stays_on_the_text_it_was_made_on_unless_told(state: State) -> None:
    note = state.note(BRIEFING, "q", "old", "n")
    assert note
    note = state.rewrite(note, "m")
    assert note and standing(note, "old") == "here"
    note = state.rewrite(note, "m", "new")
    assert note and standing(note, "new") == "here" and note.excerpt == "new"


CHILD = f"""
import sys; sys.path.insert(0, {str(ROOT)!r})
from pathlib import Path
from tui.library.state import State
state = State(Path(sys.argv[1]))
for number in range(int(sys.argv[2])):
    note = state.note(Path("/b.md"), "q", "text", str(number))
    sys.stdout.write(note.id + "\\n"); sys.stdout.flush()
"""


def child(path: Path, count: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-I", "-S", "-c", CHILD, str(path), str(count)], stdout=subprocess.PIPE)


def test_two_processes_writing_at_once_lose_nothing(state: State) -> None:
    children = [child(state.path, 500) for _ in range(2)]
    said = [each.communicate(timeout=120)[0].decode().split() for each in children]
    assert [each.returncode for each in children] == [0, 0]
    kept = {note.id for note in state.notes()}
    assert len(kept) == 1000 and kept == set(said[0] + said[1])


def test_threads_of_one_process_may_share_it(state: State) -> None:
    threads = [threading.Thread(target=state.note, args=(BRIEFING, "q", "t", str(number))) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(state.notes()) == 20


@pytest.mark.fuzz
def test_what_was_said_to_be_kept_outlives_a_kill_at_any_moment(state: State) -> None:
    """Two writers at a time, each killed up to a few notes after its first."""
    chance = random.Random(1)
    said: list[str] = []

    def killed(times: int) -> None:
        for _ in range(times):
            process = child(state.path, 100_000)
            assert process.stdout
            if chance.random() < 0.8:  # else perhaps before the first note, while the file is opened
                select.select([process.stdout], [], [], 30)
                time.sleep(chance.random() * 0.03)
            else:
                time.sleep(chance.random() * 0.1)
            process.send_signal(signal.SIGKILL)
            told = process.communicate()[0].decode()
            said.extend(told[: told.rfind("\n") + 1].split())

    both = [threading.Thread(target=killed, args=(many(12, 100),)) for _ in range(2)]
    for each in both:
        each.start()
    for each in both:
        each.join()
    kept = {note.id for note in state.notes()}
    assert len(said) > many(20, 200) and set(said) <= kept
    base = sqlite3.connect(state.path)
    assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    base.close()


# -- files that cannot be used ----------------------------------------------------------------------------------------


def test_a_damaged_file_is_set_aside_as_it_is_and_that_is_told_once(state: State) -> None:
    state.path.parent.mkdir()
    state.path.write_bytes(b"no database at all, though long enough to look like one" * 50)
    before = state.path.read_bytes()
    assert state.notes() == []
    (aside,) = state.path.parent.glob("kept.db.damaged-*")
    assert aside.read_bytes() == before
    assert state.news().endswith(f"others may be in {aside}") and state.news() == ""
    assert state.note(BRIEFING, "q", "t", "n") and [note.words for note in again(state).notes()] == ["n"]


def test_what_can_be_read_of_a_damaged_file_is_rescued_and_nothing_written_into_it(state: State) -> None:
    for number in range(300):
        state.note(BRIEFING, f"q-{number}", "t" * 100, str(number) * 100)
    state.mark(BRIEFING, "q", "t")
    state.close()
    with sqlite3.connect(state.path) as base:
        base.execute("PRAGMA journal_mode = DELETE")
        root = base.execute("SELECT rootpage FROM sqlite_master WHERE name = 'note'").fetchone()[0]
    data = bytearray(state.path.read_bytes())
    cell = int.from_bytes(data[(root - 1) * 4096 + 16 : (root - 1) * 4096 + 18], "big")
    leaf = int.from_bytes(data[(root - 1) * 4096 + cell :][:4], "big")
    data[(leaf - 1) * 4096 : leaf * 4096] = b"\xff" * 4096
    state.path.write_bytes(data)
    there = again(state)
    rescued = there.notes()
    assert 200 < len(rescued) < 300 and len(there.marks()) == 1
    assert all(note.words == note.item.removeprefix("q-") * 100 for note in rescued)
    assert f"rescued {len(rescued)} notes and 1 bookmarks from a damaged kept.db" in there.news()
    (aside,) = state.path.parent.glob("kept.db.damaged-*")
    assert aside.read_bytes() == data
    assert there.note(BRIEFING, "q", "t", "one more") and len(again(state).notes()) == len(rescued) + 1


def test_a_damaged_row_is_counted_and_the_others_are_listed(state: State) -> None:
    for number in range(5):
        state.note(BRIEFING, f"q-{number}", "t", f"note {number}")
    with sqlite3.connect(state.path) as base:
        base.execute("UPDATE note SET briefing = NULL WHERE item = 'q-1'")
        base.execute("UPDATE note SET words = 'changed' WHERE item = 'q-2'")
        base.execute("UPDATE note SET time = NULL WHERE item = 'q-3'")
    there = again(state)
    assert sorted(note.words for note in there.notes()) == ["note 0", "note 4"] and there.damaged == 3


@pytest.mark.fuzz
def test_no_damage_ends_in_an_error_or_in_words_that_nobody_wrote(state: State) -> None:
    written = {f"note {number} of many words" for number in range(60)}
    for words in sorted(written):
        state.note(BRIEFING, words, "t", words)
    state.close()
    with sqlite3.connect(state.path) as base:
        base.execute("PRAGMA journal_mode = DELETE")
    whole, chosen = state.path.read_bytes(), Random(SEED)
    for _ in range(many(10, 100)):
        data = bytearray(whole)
        for _ in range(chosen.choice([1, 1, 5, 50])):
            at = chosen.randrange(len(data))
            size = chosen.choice([1, 1, 16, 512, 4096])
            data[at : at + size] = chosen.choice([bytes(size), b"\xff" * size, chosen.randbytes(size)])
        state.path.write_bytes(data[: chosen.choice([len(data)] * 4 + [chosen.randrange(len(data))])])
        there = again(state)
        try:
            assert {note.words for note in there.notes()} <= written
            there.note(BRIEFING, "new", "t", "new")
            assert "new" in {note.words for note in again(there).notes()}
        except Unkept:
            pass  # said in words
        there.close()
        for path in state.path.parent.iterdir():
            path.unlink()


# -- moved libraries --------------------------------------------------------------------------------------------------------


def library(folder: Path) -> Path:
    folder.mkdir(parents=True)
    (folder / "readout.toml").touch()
    (folder / "sub").mkdir()
    (folder / "sub" / "b.md").write_text("one briefing")
    (folder / "c.md").write_text("another")
    return folder


def test_a_moved_library_keeps_its_notes_and_is_known_by_name_from_then_on(state: State, tmp_path: Path) -> None:
    old = library(tmp_path / "old")
    state.note(old / "sub" / "b.md", "q", "t", "words")
    state.mark(old / "c.md", "q", "t")
    old.rename(tmp_path / "new")
    there = again(state)
    assert [note.words for note in there.notes(tmp_path / "new" / "sub" / "b.md")] == ["words"]
    (tmp_path / "new" / "c.md").write_text("changed since")
    assert [mark.briefing for mark in there.marks()] == [tmp_path / "new" / "c.md"]


def test_a_library_moved_to_another_disk_is_known_by_what_it_holds(state: State, tmp_path: Path) -> None:
    old = library(tmp_path / "old")
    state.note(old / "sub" / "b.md", "q", "t", "words")
    shutil.copytree(old, tmp_path / "new")
    assert again(state).notes(tmp_path / "new" / "sub" / "b.md") == []  # a copy
    shutil.rmtree(old)
    assert [note.words for note in again(state).notes(tmp_path / "new" / "sub" / "b.md")] == ["words"]


def test_a_renamed_briefing_keeps_its_notes(state: State, tmp_path: Path) -> None:
    old = library(tmp_path / "library") / "c.md"
    state.note(old, "q", "t", "words")
    old.rename(old.with_name("d.md"))
    assert [note.words for note in again(state).notes(old.with_name("d.md"))] == ["words"]


def test_another_briefing_in_its_place_does_not_get_the_notes_of_a_library_that_is_gone(state: State, tmp_path: Path) -> None:
    old = library(tmp_path / "old")
    state.note(old / "c.md", "q", "t", "words")
    shutil.rmtree(old)
    other = library(tmp_path / "other")
    (other / "c.md").write_text("of somebody else")
    assert again(state).notes(other / "c.md") == []


def test_a_link_to_itself_is_a_briefing_without_a_place(state: State, tmp_path: Path) -> None:
    loop = tmp_path / "loop.md"
    loop.write_text("words")
    state.note(loop, "q", "t", "before")
    loop.unlink()
    loop.symlink_to(loop)
    state.note(loop, "q", "t", "after")
    assert [note.words for note in again(state).notes(loop)] == ["before", "after"]


def test_the_file_of_an_older_version_is_taken_over_once(state: State, tmp_path: Path) -> None:
    state.path.parent.mkdir()
    with sqlite3.connect(state.path) as base:
        for step in MIGRATIONS[:2]:
            base.executescript(step)
        base.execute("INSERT INTO note VALUES ('1', ?, 'q', 'h', 'e', 'words', 1, '2025-01-01T00:00:00Z')", (str(tmp_path / "b.md"),))
        base.execute("INSERT INTO mark VALUES (?, 'q', 'h', 'e', '2025-01-01T00:00:00Z')", (os.fsencode(tmp_path) + b"/\xff.md",))
        base.execute("INSERT INTO read VALUES (?, '2025-01-01T00:00:00Z')", (str(tmp_path / "b.md"),))
        base.execute("PRAGMA user_version = 2")
    assert [(note.words, note.briefing) for note in state.notes()] == [("words", tmp_path / "b.md")]
    assert [os.fsencode(mark.briefing.name) for mark in state.marks()] == [b"\xff.md"]
    assert state.read_briefings() == {tmp_path / "b.md"}


def test_the_file_of_a_newer_version_is_refused_in_words(state: State) -> None:
    state.note(BRIEFING, "q", "t", "n")
    state.close()
    base = sqlite3.connect(state.path)
    base.execute("PRAGMA user_version = 99")
    base.close()
    for _ in range(2):
        with pytest.raises(Unkept, match="newer Readout"):
            state.notes()


def test_another_programs_file_is_not_written_into(state: State) -> None:
    state.path.parent.mkdir()
    base = sqlite3.connect(state.path)
    base.execute("CREATE TABLE theirs (x)")
    base.close()
    before = state.path.read_bytes()
    for _ in range(2):
        with pytest.raises(Unkept, match="something else"):
            state.note(BRIEFING, "q", "t", "n")
    assert state.path.read_bytes() == before


def test_a_folder_that_cannot_be_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for path in (tmp_path / "file" / "kept.db", Path("/proc/readout/kept.db"), tmp_path):
        with pytest.raises(Unkept, match=r"cannot use .*: .*; make it and its folder writable"):
            State(path).note(BRIEFING, "q", "t", "n")


@pytest.mark.skipif(sys.platform != "linux", reason="runs as nobody")
def test_a_folder_that_may_not_be_written_to_is_said(tmp_path: Path, state: State) -> None:
    state.note(BRIEFING, "q", "t", "n")
    state.close()
    for path, mode in ((state.path.parent, 0o555), (state.path, 0o444)):
        path.chmod(mode)
    code = f"""
import os, sys; sys.path.insert(0, {str(ROOT)!r})
from pathlib import Path
from tui.library.state import State, Unkept
path = Path({str(state.path)!r})
os.chdir(path.parent)
if os.getuid() == 0: os.setuid(65534)
for name in ("kept.db", "other.db"):
    try: State(Path(name)).note(Path("/b.md"), "q", "t", "n")
    except Unkept as error: print(error)
"""
    done = subprocess.run([sys.executable, "-I", "-S", "-c", code], capture_output=True, text=True)
    state.path.parent.chmod(0o755)
    lines = done.stdout.splitlines()
    assert len(lines) == 2 and all("make it and its folder writable" in line for line in lines), done


def test_a_file_held_by_another_process_is_said(state: State, monkeypatch: pytest.MonkeyPatch) -> None:
    state.note(BRIEFING, "q", "t", "n")
    monkeypatch.setattr(module, "PATIENCE", 0.05)
    base = sqlite3.connect(state.path, isolation_level=None)
    base.execute("BEGIN IMMEDIATE")
    with pytest.raises(Unkept, match="held by another process"):
        again(state).note(BRIEFING, "q", "t", "m")
    base.close()
    again(state).note(BRIEFING, "q", "t", "m")
    assert [note.words for note in state.notes()] == ["n", "m"]


def test_a_file_taken_away_meanwhile_is_begun_anew(state: State) -> None:
    state.note(BRIEFING, "q", "t", "lost with the file")
    state.path.rename(state.path.with_name("away.db"))
    state.note(BRIEFING, "q", "t", "kept")
    assert [note.words for note in again(state).notes()] == ["kept"]


@pytest.mark.parametrize(("network", "mode"), [(True, "delete"), (False, "wal")])
def test_on_a_network_file_system_there_is_no_shared_memory(
    state: State, monkeypatch: pytest.MonkeyPatch, network: bool, mode: str
) -> None:
    monkeypatch.setattr(module, "on_network", lambda path: network)
    state.note(BRIEFING, "q", "t", "n")
    base = sqlite3.connect(state.path)
    assert base.execute("PRAGMA journal_mode").fetchone() == (mode,)
    base.close()

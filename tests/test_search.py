"""The library's index and what is found in it: on the bundled briefings, and on libraries made on the spot."""

from __future__ import annotations

import csv
import io
import json
import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.conftest import BRIEFINGS, ROOT, SEED, many
from tui.library import scope, search
from tui.library import words as library_words
from tui.library.catalogue import files
from tui.library.charter import Charter
from tui.library.digest import COLUMNS, Digest, days
from tui.library.index import Index
from tui.library.query import BadQuery, Is, OfFile, Query, Signed, When, Words, parse
from tui.library.results import FORMS, lit, result, snippet
from tui.library.scope import Kept
from tui.library.search import Shelved, rows
from tui.library.shelves import Library
from tui.library.state import State
from tui.library.update import Apart, refresh, renew


@pytest.fixture(scope="module")
def bundled(tmp_path_factory: pytest.TempPathFactory) -> Index:
    index = Index(tmp_path_factory.mktemp("cache"), [ROOT / "briefings"])
    assert refresh(index)
    return index


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """A library that may be changed."""
    folder = tmp_path / "shelf"
    shutil.copytree(ROOT / "briefings", folder / "briefings")
    shutil.copytree(ROOT / "seeds", folder / "seeds")
    (folder / "readout.toml").write_text("")
    return folder


def found(index: Index, query: str, kept: Kept | None = None) -> list[str]:
    """FILE#REF of what a query finds."""
    these = rows(index, parse(query), kept or Kept()).rows
    return [f"{hit.file.path.stem}#{hit.ref}" for hit in Shelved(index).hits(these, parse(query), kept or Kept())]


# -- what is in it ------------------------------------------------------------------------------------------------------


def test_briefings_are_listed_the_newest_first_and_their_sources_are_no_articles(bundled: Index) -> None:
    listed = [bundled.files([id])[id] for id in bundled.listed()]
    assert {file.path for file in listed} == set(BRIEFINGS)
    assert [file.date for file in listed] == sorted((file.date for file in listed), reverse=True)
    assert all(file.sound and file.lost == 0 for file in listed)


def test_a_text_that_no_briefing_cites_is_an_article_and_a_readme_is_none(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("# Read me\n")
    (tmp_path / "LICENSE.txt").write_text("Free.\n")
    (tmp_path / "article.txt").write_text(
        "Ferry sinks in the strait\n\nA ferry sank on Monday in the strait, the ministry said.\n\nNobody was lost.\n"
    )
    (tmp_path / ".hidden.md").write_text("no\n")
    index = Index(tmp_path / "cache", [tmp_path])
    refresh(index)
    (file,) = index.files(index.listed()).values()
    assert (file.path.name, file.kind, file.title) == ("article.txt", "text", "Ferry sinks in the strait")
    assert found(index, "ministry") == ["article#s1:2"]


def test_a_file_that_cannot_be_read_is_listed_with_why(shelf: Path, tmp_path: Path) -> None:
    (shelf / "briefings" / "bad.md").write_bytes(b'+++\nformat = "briefing/1"\ntitle = "\xff"\n+++\n')
    (shelf / "briefings" / "broken.md").write_text('+++\nformat = "briefing/1"\ntitle = "Broken"\n[[actor]]\nid = "a"\n+++\n')
    index = Index(tmp_path / "cache", [shelf / "briefings"])
    refresh(index)
    known = {file.path.name: file for file in index.files(index.listed()).values()}
    assert "not UTF-8" in known["bad.md"].why and known["broken.md"].errors
    assert found(index, "is:broken") == ["bad#", "broken#"]


def test_only_what_changed_is_read_again(shelf: Path, tmp_path: Path) -> None:
    index = Index(tmp_path / "cache", [shelf / "briefings"])
    told: list[int] = []
    refresh(index)
    old = time.time() - 100
    for path in shelf.rglob("*.md"):
        os.utime(path, (old, old))
    refresh(index, lambda progress: told.append(progress.changed))
    assert told[-1] == 0, "another time and the same words are no change"
    path = shelf / "briefings" / "colombia-intelligence.md"
    path.write_text(path.read_text("utf-8").replace("Colombia halts intelligence", "Bogota halts intelligence"), "utf-8")
    refresh(index, lambda progress: told.append(progress.changed))
    assert found(index, "title:bogota") == ["colombia-intelligence#"] and not found(index, "title:colombia")
    path.unlink()
    refresh(index)
    assert not found(index, "petro") and index.count() == 5


def test_a_source_that_changed_has_its_briefing_proven_again(shelf: Path, tmp_path: Path) -> None:
    index = Index(tmp_path / "cache", [shelf / "briefings"])
    refresh(index)
    source = shelf / "seeds" / "000_ba08c506eeff2a32.txt"
    source.write_text(source.read_text("utf-8").replace("obey the orders of humanity", "obey the orders of nobody"), "utf-8")
    refresh(index)
    file = index.file_of(shelf / "briefings" / "colombia-intelligence.md")
    assert file and file.lost == 1 and file.unproven == ("q-obey",)
    (hit,) = Shelved(index).hits(rows(index, parse('"orders of humanity" in:quotes')).rows)
    assert result(hit, parse("humanity")).doubt == "UNPROVEN"
    assert "UNPROVEN: “obey" in FORMS["text"]([result(hit, parse("humanity"))])


def test_what_is_taken_out_leaves_nothing_behind(shelf: Path, tmp_path: Path) -> None:
    index = Index(tmp_path / "cache", [shelf / "briefings"])
    refresh(index)
    for path in (shelf / "briefings").rglob("*.md"):
        path.unlink()
    refresh(index)
    with index.reading() as base:
        for table in ("file", "body", "cites", "actor", "dated"):
            assert base.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,), table
        assert base.execute("SELECT count(*) FROM vocabulary").fetchone() == (0,)
        base.execute("INSERT INTO fts(fts) VALUES ('integrity-check')")


# -- what is found ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query, expected",
    [
        ('"obey the orders of humanity" in:quotes', ["colombia-intelligence#q-obey"]),
        ("in:titles (turk OR TÜRK)", []),
        ("humanity -in:source -in:summary", ["colombia-intelligence#q-obey"]),
        ("speaker:bessent cartels", ["colombia-intelligence#q-flourish"]),
        ("in:events before:2025-08 actor:petro", []),
        ("title:ferry is:draft", []),
        ("marking:red", []),
    ],
)
def test_a_query_finds_the_very_items(bundled: Index, query: str, expected: list[str]) -> None:
    assert found(bundled, query) == expected


def test_accents_and_case_are_no_difference(bundled: Index) -> None:
    assert found(bundled, "türk") == found(bundled, "Turk") == found(bundled, "TURK") != []


def test_a_count_is_that_of_the_rows_and_every_row_has_the_word(bundled: Index) -> None:
    for query in ("ferry", "petro", '"the ferry"', "commis*", "ferry -radar", "speaker:kovarre"):
        asked = parse(query)
        these = rows(bundled, asked)
        assert these.whole and len(set(these.rows)) == len(these.rows) == len(Shelved(bundled).hits(these.rows))
        for hit in Shelved(bundled).hits(these.rows):
            said = [
                hit.item.text,
                *hit.item.more,
                hit.digest.name(hit.item.speaker),
                *(hit.digest.actors[hit.item.speaker].aliases if hit.item.speaker in hit.digest.actors else ()),
            ]
            assert any(lit(each, asked) or lit(each, asked, "speaker") for each in said), (query, hit.ref)


def test_the_best_are_the_same_as_the_newest_in_another_order(bundled: Index) -> None:
    newest, best = (rows(bundled, parse("ferry radar"), order=order).rows for order in ("newest", "best"))
    assert sorted(newest) == sorted(best) and list(newest) == sorted(newest)


def test_terms_of_files_and_of_items_meet_in_one_query(bundled: Index) -> None:
    both = found(bundled, "tag:exercise kind:vessel in:events")
    assert both and all("#e-" in each and "colombia" not in each for each in both)
    assert not set(found(bundled, "kind:vessel -tag:exercise")) & set(both)
    assert found(bundled, "marking:amber") == ["follow-up#", "ministry-briefing#"]


def test_dates_are_met_as_far_as_they_can_tell(bundled: Index) -> None:
    dated = {
        f"{hit.file.path.stem}#{hit.ref}": hit.digest.when(hit.item)
        for hit in Shelved(bundled).hits(rows(bundled, parse("in:events")).rows)
    }
    after, before = set(found(bundled, "in:events after:2024-03-04")), set(found(bundled, "in:events before:2024-03-04"))
    for each, when in dated.items():
        if when == "2024-03-04":
            assert each in after and each not in before
        elif when in ("2024-03-03", "2024-03-03?"):
            assert each in before and each not in after
        elif not when:
            assert each not in after | before


def test_read_and_noted_are_asked_of_the_readers_own_store(bundled: Index) -> None:
    article = ROOT / "briefings" / "colombia-intelligence.md"
    kept = Kept(lambda: [article], lambda: [article])
    assert found(bundled, "is:noted", kept) == ["colombia-intelligence#"]
    assert len(found(bundled, "is:unread", kept)) == 5 and len(found(bundled, "-is:unread", kept)) == 1


@pytest.mark.parametrize(
    "limits", [{"LISTED": 0}, {"LISTED": 2}, {"PASSED": 1}, {"PASSED": 1, "TOGETHER": 1}, {"FEW": 0}, {"FEW": 1}]
)
def test_however_the_files_are_gone_through_the_same_is_found(
    bundled: Index, monkeypatch: pytest.MonkeyPatch, limits: dict[str, int]
) -> None:
    some = [file.path for file in bundled.files(bundled.listed()).values()][::2]
    kept = Kept(lambda: some, lambda: some[:1])
    of_files = (
        "tag:exercise", "-tag:exercise", "marking:green", "-marking:green", "title:ferry", "source:ferry", "is:draft", "-is:draft",
        "is:unread", "-is:unread", "is:noted", "-is:noted", "is:broken", "-is:broken", "after:2024-03-04", "before:2024-03-04",
        "after:2024-03 before:2024-04", "-after:2025", "tag:exercise -marking:green", "is:unread -is:noted after:2024",
    )  # fmt: skip
    queries = [f"{words} {term}" for words in ("", "ferry", "-ferry", "kind:person", "petro OR radar") for term in of_files]
    expected = [found(bundled, query, kept) for query in queries]
    assert len({tuple(each) for each in expected}) > 50
    for name, limit in limits.items():
        monkeypatch.setattr(search if name == "FEW" else scope, name, limit)
    for query, these in zip(queries, expected):
        assert found(bundled, query, kept) == these, query


def test_a_search_can_be_stopped_and_says_that_it_is_not_whole(bundled: Index) -> None:
    assert not rows(bundled, parse("the"), limit=3).whole and len(rows(bundled, parse("the"), limit=3).rows) == 3
    assert rows(bundled, parse("obey"), limit=100).whole


# -- words --------------------------------------------------------------------------------------------------------------


@given(st.text(max_size=60))
@example("0\u00ad\u00bc")
@example("\u00b9\u200b\u00b2\u2060x")
def test_a_word_stands_where_it_is_said_to(text: str) -> None:
    these = list(library_words.placed(text))
    assert [each.word for each in these] == library_words.words(text)
    for each in these:
        assert library_words.words(text[each.start : each.end])[:1] or not text[each.start : each.end].strip()
        assert 0 <= each.start < each.end <= len(text)


def test_a_snippet_shows_what_was_found_and_keeps_its_place() -> None:
    text = "word " * 200 + "needle " + "word " * 200
    at = text.index("needle")
    short, spans = snippet(text, [(at, at + 6)], 80)
    assert [short[start:end] for start, end in spans] == ["needle"] and len(short) < 90


# -- whatever happens ---------------------------------------------------------------------------------------------------


def test_an_index_of_another_version_or_a_damaged_one_is_made_anew(shelf: Path, tmp_path: Path) -> None:
    index = Index(tmp_path / "cache", [shelf / "briefings"])
    refresh(index)
    base = sqlite3.connect(index.path)
    base.execute("PRAGMA user_version = 7")
    base.close()
    other = Index(tmp_path / "cache", [shelf / "briefings"])
    assert other.count() == 0 and "another version" in other.said
    refresh(other)
    assert found(other, "petro")
    for ending in ("-wal", "-shm"):
        Path(f"{index.path}{ending}").unlink(missing_ok=True)
    index.path.write_bytes(b"nonsense" * 4000)
    third = Index(tmp_path / "cache", [shelf / "briefings"])
    assert third.count() == 0 and "damaged" in third.said


def test_where_it_cannot_be_kept_it_is_in_memory_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder would be")
    index = Index(tmp_path / "cache", [ROOT / "briefings"])
    refresh(index)
    assert index.said.startswith("cannot write the index (") and found(index, "petro")


def test_a_full_disk_leaves_the_library_readable(shelf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index = Index(tmp_path / "cache", [shelf / "briefings"])

    def full(self: object, *_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    from tui.library.refresh import Refresh

    real = Refresh.files
    monkeypatch.setattr(Refresh, "files", lambda self: full(self) if index._memory is None else real(self))
    assert refresh(index) and "full" in index.said and found(index, "petro")


def test_one_writes_and_the_others_say_so(shelf: Path, tmp_path: Path) -> None:
    index, other = (Index(tmp_path / "cache", [shelf / "briefings"]) for _ in range(2))
    refresh(index)
    with index.writing():
        assert not refresh(other) and "another Readout" in other.said
        assert found(other, "petro"), "reading goes on"


@pytest.mark.real
@pytest.mark.fuzz
def test_killed_at_any_moment_it_goes_on_from_there(shelf: Path, tmp_path: Path) -> None:
    """At moments of chance; readers never see a locked or a broken index."""
    for number in range(60):
        shutil.copy(ROOT / "briefings" / "exercise" / "collision.md", shelf / "briefings" / "exercise" / f"copy-{number}.md")
    roots = [shelf / "briefings"]
    code = (
        "import sys; from pathlib import Path; from tui.library import writing; writing.STEP = 0.01; from tui.library.index import Index; from tui.library.update import refresh; "
        "print('begun', flush=True); refresh(Index(Path(sys.argv[1]), [Path(sys.argv[2])]))"
    )
    kept, chosen = 0, random.Random(SEED)
    for number in chosen.sample(range(100), many(8, 100)):
        process = subprocess.Popen(
            [sys.executable, "-c", code, str(tmp_path / "cache"), str(roots[0])], stdout=subprocess.PIPE, cwd=ROOT
        )
        assert process.stdout and process.stdout.readline()
        time.sleep((number * 37 % 100) / 400)
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        index = Index(tmp_path / "cache", roots)
        now = index.count()
        assert now >= kept and not index.said, "nothing that was done is done again"
        kept = now
    index = Index(tmp_path / "cache", roots)
    while not refresh(index):
        time.sleep(0.05)
    assert index.count() == 66
    with index.reading() as base:
        assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        base.execute("INSERT INTO fts(fts) VALUES ('integrity-check')")


def test_links_to_folders_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "again").symlink_to(tmp_path / "in")
    (tmp_path / "in" / "a.md").write_text("words\n")
    assert [Path(seen.path).name for seen in files([tmp_path / "in"])] == ["a.md"]


def briefing(folder: Path, name: str, *sources: str, quote: str = "", date: str = "2025-11-13") -> Path:
    """One that cites these, and quotes its first."""
    toml = "".join(f'[[source]]\nid = "s{number}"\npath = "{path}"\n' for number, path in enumerate(sources, 1))
    said = f'[[quote]]\nid = "q"\nspeaker = ""\nsource = "s1"\ntext = "{quote}"\n' if quote else ""
    path = folder / name
    path.write_text(f'+++\nformat = "briefing/1"\ntitle = "{name}"\ndate = "{date}"\n{toml}{said}+++\n')
    return path


def test_nothing_outside_the_roots_is_indexed_however_it_is_named(tmp_path: Path) -> None:
    root = tmp_path / "in"
    root.mkdir()
    (tmp_path / "secret.txt").write_text("zanzibar\n")
    (root / "a.txt").write_text("words\n")
    (root / "link.txt").symlink_to(tmp_path / "secret.txt")
    briefing(root, "b.md", "a.txt", "../in", "../secret.txt", "link.txt", str(tmp_path / "secret.txt"))
    index = Index(tmp_path / "cache", [root])
    refresh(index)
    assert found(index, "words") and not found(index, "zanzibar")
    (root / "a.txt").unlink()
    (root / "a.txt").symlink_to(tmp_path / "secret.txt")
    refresh(index)
    assert not found(index, "zanzibar") and not found(index, "words in:source")


def test_a_source_that_is_there_again_mends_the_proof(tmp_path: Path) -> None:
    briefing(tmp_path, "b.md", "a.txt", quote="the words")
    index = Index(tmp_path / "cache", [tmp_path])
    refresh(index)
    assert found(index, "is:broken") == ["b#"]
    (tmp_path / "a.txt").write_text("These are the words.\n")
    refresh(index)
    assert not found(index, "is:broken") and found(index, '"the words" in:source') == ["b#s1:1"]


def test_what_is_broken_is_said_to_be_while_it_is_looked_at_again(tmp_path: Path) -> None:
    (tmp_path / "library").mkdir()
    briefing(tmp_path / "library", "a.md", "gone.txt", quote="some words")
    index = Index(tmp_path / "cache", [tmp_path / "library"])
    refresh(index)
    seen: list[tuple[str, list[str]]] = []
    refresh(index, lambda progress: seen.append((progress.doing, found(index, "is:broken"))))
    assert {doing for doing, _ in seen} >= {"proving"} and all(these == ["a#"] for _, these in seen)


def test_an_index_whose_lock_may_not_be_written_is_still_asked(tmp_path: Path) -> None:
    (tmp_path / "library").mkdir()
    path = briefing(tmp_path / "library", "a.md")
    index = Index(tmp_path / "cache", [tmp_path / "library"])
    refresh(index)
    lock = index.path.with_suffix(".lock")
    lock.unlink()
    lock.mkdir()  # as root may write all files, but none over a folder
    assert not renew(index, [path]) and index.unseen == "is a directory"
    assert found(index, "is:unread") == ["a#"]
    briefing(tmp_path / "library", "b.md")
    other = Index(tmp_path / "cache", [tmp_path / "library"])
    assert refresh(index) and Apart(other).refresh(lambda progress: None)
    for ours in (index, other):
        assert ours.in_memory and "cannot write the index (is a directory)" in ours.said
        assert found(ours, "is:unread") == ["a#", "b#"]


def test_what_another_writes_meanwhile_is_said_not_to_have_been_looked_at(tmp_path: Path) -> None:
    (tmp_path / "library").mkdir()
    path = briefing(tmp_path / "library", "a.md")
    index = Index(tmp_path / "cache", [tmp_path / "library"])
    refresh(index)
    with index.writing():
        other = Index(tmp_path / "cache", [tmp_path / "library"])
        assert not renew(other, [path]) and "another Readout" in other.unseen


def test_an_index_ended_while_its_process_starts_waits_for_none(tmp_path: Path) -> None:
    (tmp_path / "library").mkdir()
    for number in range(2000):
        briefing(tmp_path / "library", f"{number}.md")
    index = Index(tmp_path / "cache", [tmp_path / "library"])
    apart = Apart(index)
    apart.end()
    assert not apart.refresh(lambda progress: None) and index.age() is None


def test_a_digest_that_cannot_be_read_has_the_index_made_anew(tmp_path: Path) -> None:
    (tmp_path / "library").mkdir()
    path = briefing(tmp_path / "library", "a.md")
    index = Index(tmp_path / "cache", [tmp_path / "library"])
    refresh(index)
    with index.writing() as base:
        base.execute("UPDATE body SET digest = substr(digest, 1, 20)")
    with pytest.raises(sqlite3.DatabaseError):
        found(index, "is:unread")
    assert "damaged" in index.said and index.age() is None
    refresh(index)
    assert found(index, "is:unread") == ["a#"]
    with index.writing() as base:
        base.execute("UPDATE body SET digest = substr(digest, 1, 20)")
    path.write_text(path.read_text().replace("a.md", "another"))
    assert refresh(index) and found(index, "another") == ["a#"]


def test_a_paragraph_stands_under_a_briefing_that_meets_what_found_it(tmp_path: Path) -> None:
    (tmp_path / "readout.toml").touch()
    (tmp_path / "text.txt").write_text("The boat sank.\n\nThe ferry stayed.\n")
    for name, tag in (("a.md", "red"), ("b.md", "blue")):
        path = briefing(tmp_path, name, "text.txt")
        path.write_text(path.read_text().replace("title =", f'tags = ["{tag}"]\ntitle ='))
    index = Index(None, [tmp_path])
    refresh(index)
    assert sorted(found(index, "tag:red boat OR tag:blue ferry")) == ["a#s1:1", "b#s1:2"]
    library = Library(index, State(tmp_path / "state.db"), Charter(), {})
    for query, names in (("tag:red boat OR tag:blue radar", {"a"}), ("tag:red boat OR tag:blue ferry", {"a", "b"})):
        listed = library.listed(only=parse(query))
        assert {file.path.stem for file in index.files(listed.ids).values()} == names


def test_words_that_are_not_to_be_met_leave_all_else_that_a_file_says(tmp_path: Path) -> None:
    (tmp_path / "readout.toml").touch()
    (tmp_path / "text.txt").write_text("The boat sank.\n\nThe ferry stayed.\n")
    for name, tag in (("a.md", "red"), ("b.md", "blue")):
        path = briefing(tmp_path, name, "text.txt", quote="The ferry stayed")
        path.write_text(path.read_text().replace("title =", f'tags = ["{tag}"]\ntitle ='))
    index = Index(None, [tmp_path])
    refresh(index)
    assert sorted(found(index, "tag:red -boat")) == ["a#", "a#q", "a#s1:2"]
    assert found(index, "tag:red -boat in:source") == ["a#s1:2"]
    assert sorted(found(index, "-(boat tag:red)")) == ["a#", "a#q", "a#s1:2", "b#", "b#q"]
    assert found(index, "-tag:red") == ["b#"]


def test_what_is_shown_is_looked_at_again_with_its_sources(tmp_path: Path) -> None:
    path = briefing(tmp_path, "b.md", "a.txt", quote="the words")
    (tmp_path / "a.txt").write_text("These are the words.\n")
    index = Index(tmp_path / "cache", [tmp_path])
    refresh(index)
    (tmp_path / "a.txt").write_text("These are other ones.\n")
    assert renew(index, [path])
    file = index.file_of(path)
    assert file and file.unproven == ("q",) and not found(index, '"the words" in:source')


def test_what_is_not_to_be_met_by_a_briefing_hides_its_sources_too(bundled: Index) -> None:
    assert all("colombia" not in each for each in found(bundled, "petro -tag:colombia"))


def test_what_is_to_be_met_by_a_briefing_finds_its_sources_under_it(bundled: Index, tmp_path: Path) -> None:
    everywhere, green = found(bundled, "ferry in:source"), found(bundled, "ferry in:source marking:green")
    assert all(each.startswith("follow-up#") for each in everywhere)  # the newest of those that cite them
    assert green and all(each.startswith("collision#s1:") for each in green)
    assert {each.replace("collision#", "follow-up#") for each in green} < set(everywhere)
    assert set(found(bundled, "ferry marking:green")) > set(green)
    assert not set(found(bundled, "ferry marking:green -in:source")) & set(green)
    assert not found(bundled, "ferry in:source marking:red") and not found(
        bundled, "ferry in:source marking:green after:2024-05"
    )
    library = Library(bundled, State(tmp_path / "state.db"), Charter(), {})
    listed = library.listed(only=parse("ferry in:source marking:green"))
    assert [bundled.files([id])[id].path.stem for id in listed.ids] == ["collision"]


def test_only_words_that_were_looked_for_in_a_text_are_lit_there() -> None:
    assert lit("Petro is a person", parse("kind:person")) == lit("Petro is a person", parse("speaker:petro")) == []
    assert lit("Petro", parse("speaker:petro"), "speaker") == [(0, 5)]


def test_an_index_that_turns_out_to_be_damaged_is_made_anew(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("words\n")
    index = Index(tmp_path / "cache", [tmp_path])
    refresh(index)
    with index.reading() as base:
        base.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        root = base.execute("SELECT rootpage FROM sqlite_master WHERE name = 'file'").fetchone()[0]
        page = base.execute("PRAGMA page_size").fetchone()[0]
    with index.path.open("r+b") as file:
        file.seek((root - 1) * page)
        file.write(b"\xff" * 400)
    other = Index(tmp_path / "cache", [tmp_path])
    assert refresh(other) and "damaged" in other.said and found(other, "words")


def test_an_index_that_is_deleted_while_it_is_read_is_not_read_any_longer(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("words\n")
    index = Index(tmp_path / "cache", [tmp_path])
    refresh(index)
    assert index.count() == 1
    for path in (tmp_path / "cache").iterdir():
        path.unlink()
    assert index.count() == 0 and refresh(index) and index.count() == 1


# -- what depends on other files ------------------------------------------------------------------------------------------


def test_an_index_in_memory_follows_what_changes(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("first words\n")
    index = Index(None, [tmp_path])
    refresh(index)
    (tmp_path / "b.txt").write_text("second words\n")
    assert refresh(index) and len(found(index, "words")) == 2
    (tmp_path / "a.txt").unlink()
    assert renew(index, [tmp_path / "a.txt"]) and len(found(index, "words")) == 1


def test_a_briefing_whose_links_lead_nowhere_any_more_is_broken(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("These are the words.\n")
    briefing(tmp_path, "other.md", "a.txt", quote="the words")
    path = briefing(tmp_path, "b.md", "a.txt", quote="the words")
    path.write_text(path.read_text() + "\nAs [he said](other.md#q).\n")
    index = Index(tmp_path / "cache", [tmp_path])
    refresh(index)
    assert not found(index, "is:broken")
    (tmp_path / "other.md").unlink()
    refresh(index)
    assert found(index, "is:broken") == ["b#"]


def test_a_source_that_a_link_leads_to_is_another_once_the_link_is(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("These are the words.\n")
    (tmp_path / "two.txt").write_text("These are no more.\n")
    (tmp_path / "now.txt").symlink_to("one.txt")
    briefing(tmp_path, "b.md", "now.txt", quote="the words")
    index = Index(tmp_path / "cache", [tmp_path])
    refresh(index)
    assert not found(index, "is:broken")
    (tmp_path / "now.txt").unlink()
    (tmp_path / "now.txt").symlink_to("two.txt")
    refresh(index)
    assert found(index, "is:broken") == ["b#"] and found(index, "more in:source") == ["b#s1:1"]
    assert found(index, '"the words" in:source') == ["one#s1:1"]


def test_what_may_be_read_only_now_is_read_and_what_may_be_no_longer_is_not(tmp_path: Path) -> None:
    library, mark = tmp_path / "library", tmp_path / "readout.toml"
    (library / ".links").mkdir(parents=True)
    (library / "a.txt").write_text("These are the words.\n")
    (tmp_path / "outside.txt").write_text("These are the words of nobody here.\n")
    path = briefing(library, "b.md", ".links/now.txt", quote="the words")
    index = Index(tmp_path / "cache", [library])

    def lead(to: Path) -> None:
        (library / ".links" / "now.txt").unlink(missing_ok=True)
        (library / ".links" / "now.txt").symlink_to(to)

    def reads(look: Callable[[], object], words: str) -> bool:
        look()
        return not found(index, "is:broken") and found(index, f'"{words}" in:source') == ["b#s1:1"]

    for look in (lambda: refresh(index), lambda: renew(index, [path])):
        lead(tmp_path / "outside.txt")
        assert not reads(look, "words") and not found(index, "nobody")
        lead(library / "a.txt")
        assert reads(look, "the words")
    lead(tmp_path / "outside.txt")
    mark.touch()
    assert reads(lambda: refresh(index), "words of nobody")
    mark.unlink()
    assert not reads(lambda: refresh(index), "words") and not found(index, "nobody")


def test_a_link_leads_nobody_astray_who_names_its_neighbour(tmp_path: Path) -> None:
    for name in ("here", "there"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "b.txt").write_text(f"Words from {name}.\n")
    (tmp_path / "there" / "a.txt").write_text("These are the words.\n")
    (tmp_path / "here" / "a.txt").symlink_to("../there/a.txt")
    briefing(tmp_path, "b.md", "here/a.txt", "here/b.txt", quote="the words")
    index = Index(tmp_path / "cache", [tmp_path])
    refresh(index)
    assert found(index, '"from here"') == ["b#s2:1"] and found(index, '"from there"') == ["b#s1:1"]


def test_a_link_whose_name_is_no_text_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"\xff.txt")).symlink_to(os.fsdecode(b"nowhere\xff"))
    (tmp_path / "a.txt").write_text("words\n")
    index = Index(tmp_path / "cache", [tmp_path])
    assert refresh(index) and found(index, "words") == ["a#s1:1"]


def test_a_text_is_as_old_as_those_who_cite_it_now_say(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("These are the words.\n")
    path = briefing(tmp_path, "b.md", "a.txt", quote="the words")
    plain = path.read_text()
    index = Index(tmp_path / "cache", [tmp_path])
    for published, expected in (("2024-05-01", []), ("2025-06-01", ["b#s1:1"])):
        path.write_text(plain.replace('path = "a.txt"', f'path = "a.txt"\npublished = "{published}"'))
        refresh(index)
        assert found(index, "words in:source after:2025") == expected
    path.unlink()
    refresh(index)
    assert found(index, "words") == ["a#s1:1"] and not found(index, "words after:2025")


def test_a_briefing_without_a_date_is_as_old_as_its_newest_source(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("These are the words.\n")
    path = briefing(tmp_path, "b.md", "a.txt", "b.txt", quote="the words")
    undated = path.read_text().replace('date = "2025-11-13"\n', "")
    for name, published in (("a.txt", "2024-05?"), ("b.txt", "2024-04-30")):
        undated = undated.replace(f'path = "{name}"', f'path = "{name}"\npublished = "{published}"')
    index = Index(tmp_path / "cache", [tmp_path])
    for text, date in ((undated, "2024-05?"), (undated.replace("title = ", 'date = "2023"\ntitle = ', 1), "2023")):
        path.write_text(text)
        refresh(index)
        (file,) = index.files(index.listed()).values()
        assert file.date == date
    path.write_text(undated)
    refresh(index)
    assert found(index, "in:titles after:2024") == ["b#"] and not found(index, "in:titles before:2024")


def test_a_summary_is_shown_without_what_markdown_escapes(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("These are the words.\n")
    path = briefing(tmp_path, "b.md", "a.txt")
    path.write_text(path.read_text() + "\n> The \\[sic\\] port \\<s\\> is **closed** \\\\ now.\n")
    index = Index(tmp_path / "cache", [tmp_path])
    refresh(index)
    (file,) = index.listed()
    digest = index.digest(file)
    assert digest and [item.text for item in digest.items if item.part == "summary"] == ["The [sic] port <s> is closed \\ now."]


def test_the_title_of_a_source_is_no_briefing(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("---\ntitle: Zanzibar\n---\nThese are the words.\n")
    path = briefing(tmp_path, "b.md", "a.txt", quote="the words")
    index = Index(tmp_path / "cache", [tmp_path])
    refresh(index)
    assert not found(index, "zanzibar in:titles") and not found(index, "title:zanzibar words")
    path.unlink()
    refresh(index)
    assert found(index, "zanzibar in:titles") == ["a#"] and found(index, "title:zanzibar words in:source") == ["a#s1:1"]
    briefing(tmp_path, "b.md", "a.txt", quote="the words")
    refresh(index)
    assert not found(index, "zanzibar in:titles")


def test_no_phrase_goes_over_the_end_of_a_text(bundled: Index) -> None:
    assert found(bundled, 'speaker:"gustavo petro"') and not found(bundled, 'speaker:"petro president"')
    assert found(bundled, 'tag:"counter narcotics"') and not found(bundled, 'tag:"colombia united"')


def test_what_is_put_in_order_of_rank_says_that_it_is_not_all(bundled: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.library.search.RANKED", 5)
    best, newest = (rows(bundled, parse("ferry"), order=order) for order in ("best", "newest"))
    assert best.capped and best.whole and len(best.rows) == 5 and not newest.capped and len(newest.rows) > 5
    assert not rows(bundled, parse("fisherman"), order="best").capped


def test_nothing_outside_the_roots_is_taken_in_when_it_is_looked_at(tmp_path: Path) -> None:
    (tmp_path / "library").mkdir()
    (tmp_path / "outside.txt").write_text("secret words\n")
    index = Index(tmp_path / "cache", [tmp_path / "library"])
    refresh(index)
    renew(index, [tmp_path / "outside.txt"])
    assert not found(index, "secret")


def test_what_nobody_cites_any_more_goes_with_those_who_cited_it(tmp_path: Path) -> None:
    library = tmp_path / "library"
    (library / ".hidden").mkdir(parents=True)
    (library / ".hidden" / "a.txt").write_text("These are the words.\n")
    path = briefing(library, "b.md", ".hidden/a.txt", quote="the words")
    index = Index(tmp_path / "cache", [library])
    refresh(index)
    assert found(index, "words in:source") == ["b#s1:1"]
    (library / ".hidden" / "a.txt").write_text("These are other words.\n")
    path.unlink()
    refresh(index)
    assert not index.listed() and not found(index, "words")


@pytest.mark.fuzz
@pytest.mark.parametrize("seed", range(11, 11 + many(1, 4)))
def test_an_index_that_followed_every_change_answers_as_one_made_anew(tmp_path: Path, seed: int) -> None:
    choose = random.Random(seed)
    library = tmp_path / "library"
    (library / ".hidden").mkdir(parents=True)
    (library / "readout.toml").touch()
    texts = [library / name for name in ("a.txt", "c.txt", ".hidden/d.txt", ".hidden/f.md", "notes.log", "e.md")]
    outside = [tmp_path / name for name in ("outside.txt", "other.md")]
    briefings = [library / name for name in ("one.md", "two.md", "e.md", "a.txt")]
    words = ["boat", "ferry", "radar", "halt", "türk", "海鷹", "coast", "guard"]
    queries = (
        "boat", "ferry OR radar", "-boat", '"coast guard"', "in:source halt", "after:2024-06", "before:2024-06 in:source",
        "tag:boat", "-tag:boat ferry", "tag:ferry in:source", "title:radar", "is:broken", "speaker:petro", "海 -boat",
    )  # fmt: skip

    def said() -> str:
        return " ".join(choose.choices(words, k=5))

    def change() -> None:
        kind = choose.random()
        path = choose.choice(briefings if kind < 0.4 else texts[:5] if kind > 0.8 else [*texts, *briefings, *outside])
        path.unlink(missing_ok=True)
        if kind < 0.4:
            source = os.path.relpath(choose.choice([*texts, *outside]), library)
            dated = f'[[source]]\npublished = "{choose.choice(["2024-01-01", "2024-12-01"])}"' if kind < 0.2 else "[[source]]"
            text = briefing(library, path.name, source, quote=said()).read_text().replace("[[source]]", dated)
            text = text.replace("title =", f'tags = ["{choose.choice(words)}"]\ntitle =')
            path.write_text(f"{text}\n[x]({choose.choice(('one.md', '.hidden/f.md', '../other.md'))}#q) {said()}\n")
        elif kind < 0.7:
            path.write_text("\n\n".join(said() for _ in range(choose.randint(0, 3))))
        elif kind > 0.8:
            path.symlink_to(choose.choice([*texts, *briefings, *outside]))
        if choose.random() < 0.1:
            mark = choose.choice((library, tmp_path)) / "readout.toml"
            mark.unlink() if mark.exists() else mark.touch()

    def answers(index: Index) -> list[object]:
        listed = sorted(str(file._replace(id=0, start=0)) for file in index.files(index.listed()).values())
        every: list[object] = [listed]
        for query in queries:
            shown = Shelved(index).hits(rows(index, parse(query)).rows, parse(query))
            every.append((query, sorted((hit.item.text, hit.digest.when(hit.item), hit.item.ref) for hit in shown)))
        return every

    index = Index(tmp_path / "cache", [library])
    now = time.time() - 1e6
    for step in range(30):
        for _ in range(choose.choice((1, 1, 2, 4))):
            change()
        for path in (*library.rglob("*"), *outside):
            if not path.is_symlink() and path.is_file() and path.stat().st_mtime > now + step:
                os.utime(path, (now + step, now + step))
        assert refresh(index)
        anew = Index(None, [library])
        refresh(anew)
        assert answers(index) == answers(anew), step


# -- against a slow answer ------------------------------------------------------------------------------------------------


def slowly(index: Index, query: Query, kept: Kept) -> list[int]:
    """The rows that meet a query, each looked at by itself: what docs/library.md says, without FTS5."""
    with index.reading() as base:
        ids = [id for (id,) in base.execute("SELECT id FROM file")]
    files = index.files(ids)
    digests = {id: index.digest(id) or Digest("") for id in ids}
    says = {
        id: [[re.sub(r"[\x00-/:-@[-`{-\x7f]+", " ", cell) for cell in row] for row in digests[id].rows(file.listed)]
        for id, file in files.items()
    }
    cited = {id: [other for other, _ in index.citing(file.path)] for id, file in files.items()}

    def has(row: Sequence[str], term: Words) -> bool:
        wanted = f" {' '.join(term.words)}{'' if term.prefix else ' '}"
        return any(wanted in f" {row[COLUMNS.index(column)]} " for column in term.columns)

    def of_file(id: int, term: OfFile | Is) -> bool:
        file = files[id]
        if isinstance(term, OfFile):
            return bool(says[id]) and has(says[id][0], term.words)
        return {
            "draft": file.draft, "broken": not file.sound, "noted": file.path in kept.noted(),
            "unread": file.listed and file.path not in kept.read(),
        }[term.what]  # fmt: skip

    def meets(id: int, number: int, terms: Sequence[Signed]) -> bool:
        digest, row = digests[id], says[id][number]
        part = digest.items[number].part
        homes = cited[id] if part == "passage" and cited[id] else [id]
        files_met = [each.term for each in terms if each.met and isinstance(each.term, (OfFile, Is))]
        files_unmet = [each.term for each in terms if not each.met and isinstance(each.term, (OfFile, Is))]
        if not any(all(of_file(home, term) for term in files_met) for home in homes):
            return False
        if any(of_file(home, term) for home in homes for term in files_unmet):
            return False
        if part == "title" and not files[id].listed:
            return False
        if part != "title" and not any(isinstance(each.term, Words) for each in terms):
            return False
        span = days(digest.items[number].date if part in ("quote", "event") else digest.date)
        for each in terms:
            if isinstance(each.term, Words):
                met = has(row, each.term)
            elif isinstance(each.term, When):
                met = span is not None and (span[1] >= each.term.day if each.term.after else span[0] < each.term.day)
            else:
                continue
            if met != each.met:
                return False
        return True

    return sorted(
        files[id].start + number
        for id, rows_ in says.items()
        for number in range(len(rows_))
        if any(meets(id, number, terms) for terms in query.alternatives)
    )


@pytest.mark.fuzz
@pytest.mark.parametrize("seed", range(many(1, 4)))
def test_what_is_found_is_what_a_slow_look_at_each_row_finds(
    bundled: Index, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    choose = random.Random(seed)
    some = [file.path for file in bundled.files(bundled.listed()).values()]
    kept = Kept(lambda: some[::2], lambda: some[:2])
    fragments = (
        "ferry", "ra*", '"coast guard"', "speaker:petro", "about:minister", "actor:halvern", "kind:person", "in:source", "in:quotes",
        "in:events", "title:ferry", "tag:exercise", "marking:green", "marking:tl*", "source:article", "after:2024-03-04",
        "before:2024-03", "after:2025-11", "before:202X", "is:draft", "is:unread", "is:noted", "is:broken", "the", "no", "un*",
    )  # fmt: skip

    def term(depth: int) -> str:
        if depth < 2 and choose.random() < 0.15:
            return f"({beside(depth + 1)} OR {beside(depth + 1)})"
        return choose.choice(fragments)

    def beside(depth: int = 0) -> str:
        return " ".join(f"{choose.choice(('', '', '-'))}{term(depth)}" for _ in range(choose.randint(1, 3)))

    looked = 0
    while looked < 40:
        for name, limits in (("LISTED", (0, 2, 9999)), ("PASSED", (1, 50)), ("TOGETHER", (1, 3, 999)), ("FEW", (0, 1, 100))):
            monkeypatch.setattr(search if name == "FEW" else scope, name, choose.choice(limits))
        text = " OR ".join(beside() for _ in range(choose.choice((1, 1, 1, 2))))
        with suppress(BadQuery):  # of too many alternatives
            query = parse(text)
            met = rows(bundled, query, kept)
            assert list(met.rows) == slowly(bundled, query, kept) and met.whole, text
            looked += 1


# -- words of many scripts ------------------------------------------------------------------------------------------------

SCRIPTS = {
    "hindi": "एक हिन्दी किताब", "hebrew": "אמר שָׁלוֹם לכולם", "arabic": "قال مُحَمَّد ذلك", "polish": "the mayor of Łódź",
    "serbian": "Novak Đoković won", "danish": "Søren Æbleskov", "turkish": "the port of Iğdır", "note": "killed 76¹² people",
    "broken": "the inter-\nnational court sat", "thai": "เขากินน้ำ", "japanese": "バス停",
}  # fmt: skip


@pytest.fixture(scope="module")
def scripts(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder = tmp_path_factory.mktemp("scripts")
    for name, text in SCRIPTS.items():
        (folder / f"{name}.txt").write_text(f"{name}\n\n{text}\n")
    index = Index(folder / "cache", [folder])
    refresh(index)
    return index


@pytest.mark.parametrize(
    ("typed", "name", "lit_words"),
    [
        ("हिन्दी", "hindi", "हिन्दी"),
        ("हिन्दू", "", ""),
        ("שלום", "hebrew", "שָׁלוֹם"),
        ("محمد", "arabic", "مُحَمَّد"),
        ("lodz", "polish", "Łódź"),
        ("djokovic", "serbian", "Đoković"),
        ("Đoković", "serbian", "Đoković"),
        ("soren", "danish", "Søren"),
        ("aebleskov", "danish", "Æbleskov"),
        ("igdir", "turkish", "Iğdır"),
        ("76", "note", "76"),
        ("12", "note", "¹²"),
        ("7612", "", ""),
        ("international", "broken", "inter-\nnational"),
        ("inter-national", "broken", "inter-\nnational"),
        ('"the international court"', "broken", "the inter-\nnational court"),
        ("กินน้ำ", "thai", "กินน้ำ"),
        ("กน", "", ""),
        ("バス", "japanese", "バス"),
        ("ハス", "", ""),
    ],
)
def test_a_word_is_found_as_it_is_typed_and_no_other(scripts: Index, typed: str, name: str, lit_words: str) -> None:
    query = parse(typed)
    shelved = Shelved(scripts)
    hits = [hit for row in rows(scripts, query).rows if (hit := shelved.hit(row)) and hit.item.part == "passage"]
    assert [hit.file.path.stem for hit in hits] == ([name] if name else [])
    for hit in hits:
        assert lit_words in [hit.item.text[start:end] for start, end in lit(hit.item.text, query)]


@pytest.fixture(scope="module")
def long_quote(tmp_path_factory: pytest.TempPathFactory) -> tuple[Index, str]:
    folder = tmp_path_factory.mktemp("long")
    words = f"It begins here, {'and it goes on ' * 40}to the beacon at last"
    (folder / "a.txt").write_text(f"She said: “{words}”.\n")
    (folder / "a.md").write_text(
        f'+++\nformat = "briefing/1"\ntitle = "T"\ndate = 2025-11-13\n[[source]]\nid = "s1"\npath = "a.txt"\n'
        f'[[quote]]\nid = "q1"\nspeaker = ""\ntext = "{words}"\n+++\n'
    )
    index = Index(folder / "cache", [folder])
    refresh(index)
    return index, words


def test_programs_get_whole_texts_and_the_date_of_the_file(long_quote: tuple[Index, str]) -> None:
    index, words = long_quote
    query = parse("beacon in:quotes")
    hits = Shelved(index).hits(rows(index, query).rows)
    (row,) = json.loads(FORMS["json"](result(hit, query, None) for hit in hits))
    assert row["text"] == f"“{words}”" and row["file_date"] == "2025-11-13" and row["date"] == ""
    assert [row["text"][start:end] for start, end in row["match"]] == ["beacon"]
    (line,) = csv.DictReader(io.StringIO(FORMS["csv"](result(hit, query, None) for hit in hits)))
    assert line["text"] == f"“{words}”" and line["file_date"] == "2025-11-13"


@given(st.text(st.sampled_from("aé國กิ้ำバ\u3099ﾊﾞហ្\u0f0b\u0f72ཀदी¹²Đđß-_ \n’\u00ad"), max_size=12))
@example("²\u00ad\na")
@example("a\u00ad\n²")
def test_words_of_any_script_are_placed_as_they_are_indexed(text: str) -> None:
    assert [each.word for each in library_words.placed(text)] == library_words.words(text)


def test_years_outside_the_calendar_are_found_and_ordered(tmp_path: Path) -> None:
    written = ["Y170000002", "Y17000", "9999-12-31", "0001-01-01", "0000", "-0043-03-15", "-0043", "-9999", "Y-17000"]
    for number, date in enumerate(written):
        briefing(tmp_path, f"{(number * 5) % 9}.md", date=date)
    briefing(tmp_path, "undated.md", date="")
    index = Index(None, [tmp_path])
    refresh(index)
    library = Library(index, State(tmp_path / "state.db"), Charter(), {}, ())
    order = [file.date for id in library.listed("newest").ids if (file := library.file(id))]
    assert order == [*written, ""]
    order = [file.date for id in library.listed("oldest").ids if (file := library.file(id))]
    assert order == [*reversed(written), ""]
    files = index.files(index.listed())
    dates = {files[id].path.stem: files[id].date for id in files}

    def dated(query: str) -> set[str]:
        return {dates[each.partition("#")[0]] for each in found(index, f"{query} in:titles")}

    assert dated("before:-0040") == {"-0043-03-15", "-0043", "-9999", "Y-17000"}
    assert dated("before:Y-15000") == {"Y-17000"}
    assert dated("after:Y16000") == {"Y170000002", "Y17000"}

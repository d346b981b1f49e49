"""Reading files: inside the roots, regular, bounded, UTF-8; anything else is refused in words and never waited for."""

from __future__ import annotations

import os
from pathlib import Path
from unicodedata import normalize

import pytest

from tests.conftest import ROOT, Write
from tui.briefing import files
from tui.briefing.check import check
from tui.briefing.files import SourceText, Unreadable, briefings_in, library_of, locate, read_source, read_text
from tui.briefing.proof import open_briefing, prove


def refusal(path: Path) -> str:
    with pytest.raises(Unreadable) as refused:
        read_text(path)
    assert refused.value.hint
    return refused.value.rule


def test_text_is_normalised_once(tmp_path: Path) -> None:
    path = tmp_path / "s.txt"
    path.write_bytes("\ufeffa\r\nb\rc\f\u00a0d".encode())
    assert read_text(path) == "a\nb\rc\f\u00a0d"


def test_what_is_no_regular_file_is_refused_and_never_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    assert refusal(tmp_path / "fifo") == "source-missing"
    assert refusal(tmp_path) == "source-missing"
    assert refusal(Path("/dev/zero")) == "source-missing"
    assert refusal(tmp_path / "gone") == "source-missing"
    assert refusal(tmp_path / "nul\0") == "source-missing"
    assert refusal(tmp_path / ("x" * 5000)) == "source-missing"
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    assert refusal(tmp_path / "loop") == "source-missing"


def test_a_file_past_the_limit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MAX_FILE", 10)
    (tmp_path / "s").write_text("x" * 11)
    assert refusal(tmp_path / "s") == "too-large"


def test_a_growing_file_is_read_to_the_limit_and_no_further(tmp_path: Path) -> None:
    sparse = tmp_path / "sparse"
    with sparse.open("wb") as file:
        file.truncate(files.MAX_FILE * 4)
    assert refusal(sparse) == "too-large"


def test_a_bad_byte_is_named_with_its_offset_and_the_text_can_still_be_looked_at(tmp_path: Path) -> None:
    path = tmp_path / "s.txt"
    path.write_bytes(b"one\ncaf\xe9\n")
    assert refusal(path) == "source-not-utf8"
    read = read_source(path)
    assert read.lossy and "0xe9 at offset 7, line 2" in read.lossy.message and "caf" in read.text.text


def test_paths_stay_within_the_roots(tmp_path: Path) -> None:
    library, outside = tmp_path / "library", tmp_path / "outside"
    (library / "a" / "b").mkdir(parents=True)
    outside.mkdir()
    (outside / "s.txt").write_text("x")
    (library / "s.txt").write_text("x")
    briefing = library / "a" / "b" / "b.md"
    for path in ("/etc/passwd", "../../../../../etc/passwd", "../../../outside/s.txt", "../../s.txt", "~/x", "//etc/passwd"):
        if path == "~/x":
            assert locate(briefing, path) == briefing.parent / "~/x"
            continue
        with pytest.raises(Unreadable) as refused:
            locate(briefing, path)
        assert refused.value.rule == "source-outside-roots"
    (library / "readout.toml").touch()
    assert library_of(briefing.parent) == library
    assert locate(briefing, "../../s.txt") == library / "s.txt"
    (library / "a" / "link").symlink_to(outside)
    with pytest.raises(Unreadable):
        locate(briefing, "../link/s.txt")
    assert locate(briefing, "../link/s.txt", [outside]) == outside / "s.txt"


def test_a_source_behind_a_link_out_of_the_roots_is_not_read(write: Write, tmp_path_factory: pytest.TempPathFactory) -> None:
    secret = tmp_path_factory.mktemp("elsewhere") / "secret.txt"
    secret.write_text("The words.\n")
    path = write('[[quote]]\nid = "q"\nspeaker = ""\ntext = "The words."')
    (path.parent / "source.txt").unlink()
    (path.parent / "source.txt").symlink_to(secret)
    reading = prove(open_briefing(path))
    assert not isinstance(reading.sources["s1"], SourceText)
    assert reading.proof() == ("0/1 quote: words found · 1 UNPROVEN", False)
    assert [problem.rule for problem in check(reading) if problem.severity == "error"] == ["source-outside-roots"]


@pytest.mark.parametrize("name", ["source-missing", "source-not-utf8"])
def test_a_briefing_without_its_source_is_readable_and_says_unproven(write: Write, name: str) -> None:
    path = write('[[quote]]\nid = "q"\nspeaker = ""\ntext = "The words."')
    source = path.parent / "source.txt"
    source.unlink() if name == "source-missing" else source.write_bytes(b"The words.\n\xff")
    reading = prove(open_briefing(path))
    assert reading.briefing.quotes and "1 UNPROVEN" in reading.proof()[0]
    assert [problem.rule for problem in check(reading) if problem.severity == "error"] == [name]


def test_a_file_without_permission_is_named(write: Write) -> None:
    path = write()
    (path.parent / "source.txt").chmod(0)
    if os.geteuid() == 0:
        pytest.skip("root may read everything")
    assert [problem.rule for problem in check(prove(open_briefing(path)))] == ["source-missing"]


def test_a_folder_gives_its_briefings_in_order_and_nothing_else() -> None:
    found = [str(path.relative_to(ROOT)) for path in briefings_in(ROOT / "briefings")]
    assert found[0] == "briefings/colombia-intelligence.md"
    assert len(found) == 6 and found[1:] == sorted(found[1:])
    assert briefings_in(ROOT / "seeds") == []


FRONT = 'format = "briefing/1"\ntitle = "T"\n'
BRIEFINGS_ALL = [
    f"+++\n{FRONT}+++\n",
    f"\ufeff+++\n{FRONT}+++\n",
    f"+++\n{FRONT}+++\n".replace("\n", "\r\n"),
    '+++\n"format" = "briefing/1"\n+++\n',
    "+++\n'format' = 'briefing/1'\n+++\n",
    '+++\n"f\\u006frmat" = "briefing/1"\n+++\n',
    f"+++\n{FRONT}",
    f"+++\nx = '''\n+++\n'''\n{FRONT}+++\n",
    f"+++\nx = '''\n+++\n'''\n{FRONT}",
    "+++\n# " + "x" * 100_000 + f"\n{FRONT}+++\n",
    "+++\ntags = [\n" + '"x",\n' * 50_000 + f"]\n{FRONT}+++\n",
]
OTHERS = [
    "# Words\n", "+++\ntitle = 'T'\n+++\nformat = 1\n", "+++\nx = '''\nformat = 1\n'''\n+++\n", "+++\n# format = 1\n+++\n",
    "+++\n[page]\nformat = 1\n+++\n", "+++", "", " +++\nformat = 1\n+++\n", "++++\nformat = 1\n+++\n",
]  # fmt: skip


@pytest.mark.parametrize("text", BRIEFINGS_ALL, ids=range(len(BRIEFINGS_ALL)))
def test_a_briefing_is_known_by_its_key_wherever_and_however_it_is_written(tmp_path: Path, text: str) -> None:
    assert files.is_briefing(text) and files.means_briefing(text)
    for name in ("b.md", "B.MD"):
        (tmp_path / name).write_text(text, encoding="utf-8", newline="")
    assert len(briefings_in(tmp_path)) == 2


@pytest.mark.parametrize("text", OTHERS)
def test_other_texts_are_no_briefings(tmp_path: Path, text: str) -> None:
    assert not files.is_briefing(text) and not files.means_briefing(text)
    (tmp_path / "b.md").write_text(text, encoding="utf-8")
    assert briefings_in(tmp_path) == []


BROKEN = [
    "+++\ntitle = 'T'\n[[quote]]\nid = 'q'\n+++\n", '+++\nfromat = "briefing/1"\ntitle = "T"\n+++\n', "+++\nbroken", "+++\n",
    "+++\ntitle = 'T'\n\nA summary.\n", '\\+\\+\\+\ntitle = "T"\n\\[\\[quote]]\n\\+\\+\\+\n', '+++\nfrom = """\n',
]  # fmt: skip
HUGO = '+++\ntitle = "A day"\ndate = 2020-01-01\nurl = "briefing/one"\n[params]\nx = 1\n+++\n\nAn article of a few words.\n'


@pytest.mark.parametrize("text", BROKEN)
def test_a_briefing_that_lost_its_format_is_still_meant_as_one(text: str) -> None:
    assert files.means_briefing(text) and not files.is_briefing(text)


@pytest.mark.parametrize("text", [HUGO, HUGO.replace("\n", "\r\n"), HUGO.replace("+++", "+++ "), HUGO.replace("+++", "---")])
def test_an_article_with_front_matter_is_not_meant_as_a_briefing(text: str) -> None:
    assert not files.means_briefing(text)


def test_a_folder_gives_the_briefings_that_the_shelf_lists(tmp_path: Path) -> None:
    from tui.library.index import Index
    from tui.library.update import refresh

    texts = [*BRIEFINGS_ALL, *BROKEN, *OTHERS, HUGO, "", "A text with \udcff, which is not UTF-8.\n"]
    for number, text in enumerate(texts):
        for ending in (".md", ".MD", ".txt", ".html"):
            (tmp_path / f"{number}{ending}").write_text(text, encoding="utf-8", errors="surrogateescape", newline="")
    index = Index(None, [files.real(tmp_path)])
    refresh(index, proofs=False)
    listed = [file for file in index.files(index.listed()).values() if file.kind != "text"]
    shelf = {file.path for file in listed if file.path.suffix != ".html"}  # a page may be listed, and say that it has no text
    assert set(briefings_in(files.real(tmp_path))) == shelf
    assert len(shelf) == 3 * (len(BRIEFINGS_ALL) + len(BROKEN)) + 2


def test_a_readme_that_is_not_a_briefing_is_left_alone_and_one_that_is_one_is_not(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_bytes(b"\xff")
    assert briefings_in(tmp_path) == []
    (tmp_path / "README.md").write_text(BRIEFINGS_ALL[0], encoding="utf-8", newline="")
    assert briefings_in(tmp_path) == [tmp_path / "README.md"]


@pytest.mark.parametrize("path", ["b.md", "./b.md", "other.md"])
def test_a_briefing_proves_nothing_itself(write: Write, path: str) -> None:
    quote = '[[quote]]\nid = "q"\nspeaker = ""\ntext = "words never said"'
    write(name="other.md", body="The words never said.")
    reading = prove(open_briefing(write(quote, "The words never said.", sources=f'[[source]]\nid = "s1"\npath = "{path}"\n')))
    assert reading.proof() == ("0/1 quote: words found · 1 UNPROVEN", False)
    (found,) = [problem for problem in check(reading) if problem.severity == "error"]
    assert found.rule == "source-missing" and "is a briefing, which proves nothing" in found.message


@pytest.mark.parametrize(
    "front",
    ["---\ntitle: The words\n---\n", "---\ntitle: The words\n...\n", '+++\nx = """\n+++\nThe words\n"""\n+++\n', "+++ \nx = 'The words'\n+++ \n"],
)  # fmt: skip
def test_front_matter_of_a_source_proves_nothing(write: Write, front: str) -> None:
    path = write('[[quote]]\nid = "q"\nspeaker = ""\ntext = "The words"', source=front + "Another text.\n")
    assert "1 UNPROVEN" in prove(open_briefing(path)).proof()[0]


# -- paths that lead nowhere, and names in two forms ------------------------------------------------------------------


def test_a_path_that_cannot_be_followed_raises_nothing(tmp_path: Path) -> None:
    loop = tmp_path / "loop.md"
    loop.symlink_to(loop)
    for path in (loop, tmp_path / "a\0b", tmp_path / ("x" * 5000), tmp_path / "none"):
        assert files.there(path) == ""
        files.real(path)
    assert files.there(tmp_path) == "folder"


def test_a_name_meets_the_file_whatever_the_form_of_its_accents(tmp_path: Path) -> None:
    folder = tmp_path / normalize("NFD", "Größe")
    folder.mkdir()
    source = folder / normalize("NFD", "Überblick.txt")
    source.write_text("The words.\n")
    (folder / "b.md").write_text("+++\n")
    asked = tmp_path / normalize("NFC", "Größe") / normalize("NFC", "Überblick.txt")
    assert files.spelled(asked) == source
    assert files.locate(folder / "b.md", normalize("NFC", "Überblick.txt")) == source
    (folder / normalize("NFC", "Überblick.txt")).write_text("Other words.\n")
    assert files.locate(folder / "b.md", normalize("NFC", "Überblick.txt")) != source, "the very name goes first"


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("---\n\nA letter.\n---\nEnd.\n", 0),
        ("---\nLONDON, 9 Nov: police said.\nMore was said.\n---\nEnd.\n", 0),
        ("---\nA letter\n---\nEnd.\n", 0),
        ("+++\nBREAKING\n+++\nEnd.\n", 0),
        ("---\ntitle: A\ntags:\n  - b\n- c\n# d\n\n---\nEnd.\n", 38),
        ("---\n# comment\ntitle: A\n---\nEnd.\n", 27),
        ("+++\ntitle = 'A'\n+++\nEnd.\n", 20),
    ],
)
def test_a_rule_at_the_top_is_front_matter_only_if_it_can_be(text: str, body: int) -> None:
    assert files.body_of(text) == body


def test_a_source_or_briefing_swapped_for_a_link_is_not_read(tmp_path: Path) -> None:
    inside, outside = tmp_path / "in", tmp_path / "secret.txt"
    inside.mkdir()
    outside.write_text("Secret.\n")
    path = files.real(inside / "a.txt")
    path.symlink_to(outside)
    for read in (files.read_text, files.read_source):
        with pytest.raises(Unreadable, match="outside"):
            read(path, (files.real(inside),))
    path.unlink()
    path.write_text("Here.\n")
    assert files.read_text(path, (files.real(inside),)) == "Here.\n"


def test_a_briefing_replaced_by_a_link_that_leads_out_is_not_loaded_again(tmp_path: Path) -> None:
    from tui.reader.loading import load

    inside, outside = tmp_path / "in", tmp_path / "secret.md"
    inside.mkdir()
    for path, title in ((inside / "b.md", "Mine"), (outside, "Secret")):
        path.write_text(f'+++\nformat = "briefing/1"\ntitle = "{title}"\n+++\n')
    assert load(inside / "b.md").briefing.title == "Mine"
    (inside / "b.md").unlink()
    (inside / "b.md").symlink_to(outside)
    assert load(inside / "b.md").briefing.title != "Secret"
    (inside / "b.md").unlink()
    (inside / "b.md").symlink_to("b.md")
    assert not load(inside / "b.md").parsed.readable


def test_a_linked_briefing_is_listed_if_its_target_may_be_read(tmp_path: Path) -> None:
    from tui.library import catalogue

    for name in ("library", "store", "away"):
        (tmp_path / name).mkdir()
    for name in ("store", "away"):
        (tmp_path / name / f"{name}.md").write_text('+++\nformat = "briefing/1"\ntitle = "T"\n+++\n')
    (tmp_path / "library" / "a.md").symlink_to("../store/store.md")
    left: list[str] = []
    library = files.real(tmp_path / "library")
    assert files.briefings_in(library, left=left) == [] and left == [str(library / "a.md")]
    (tmp_path / "readout.toml").touch()
    assert files.briefings_in(library) == [library / "a.md"]
    assert [each.path for each in catalogue.files([library])] == [str(files.real(tmp_path / "store" / "store.md"))]

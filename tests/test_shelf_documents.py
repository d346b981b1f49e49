"""Documents in a library: what is listed, read, found and opened, and what is not read twice."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from tests.samples import SAMPLES, lines, pdf
from tests.test_shelf import Hands, shelf_app
from tui.documents import apart
from tui.library.index import Index
from tui.library.query import parse
from tui.library.schema import File
from tui.library.search import Shelved, rows
from tui.library.update import refresh

STORY = pdf(lines("The harbour master said that no vessel had come in."), lines("Every clerk swore that the log was kept as it should be."))
TEXT = '+++\noriginal = "{}"\noriginal_sha256 = "0"\nextractor = "x"\npages = ["1"]\nunit = "page"\n+++\nEvery clerk swore.\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "library"
    made.mkdir()
    (made / "story.pdf").write_bytes(STORY)
    return made


def indexed(folder: Path, on_disk: bool = True) -> Index:
    index = Index(folder.parent / "cache" if on_disk else None, [folder])
    refresh(index)
    return index


def listed(index: Index) -> dict[str, File]:
    return {file.path.name: file for file in index.files(index.listed()).values()}


def found(index: Index, query: str) -> list[str]:
    return [f"{hit.file.path.name}#{hit.ref} {hit.page}".strip() for hit in Shelved(index).hits(rows(index, parse(query)).rows)]


@pytest.mark.parametrize("on_disk", [True, False])
def test_every_kind_of_document_is_listed_as_an_article_and_its_words_are_found(folder: Path, on_disk: bool) -> None:
    documents = {name: data for name, data in SAMPLES.items() if name != "a.txt"}
    for name, data in documents.items():
        (folder / name).write_bytes(data)
    index = indexed(folder, on_disk)
    assert {*listed(index)} == {"story.pdf", *documents} and {file.kind for file in listed(index).values()} == {"text"}
    assert found(index, "clerk") == ["story.pdf#s1:2 p. 2"]
    assert {*documents} <= {each.partition("#")[0] for each in found(index, "a* OR f*")}


def test_a_document_without_a_text_is_listed_with_the_reason_and_is_not_broken(folder: Path) -> None:
    (folder / "scan.pdf").write_bytes(pdf([], picture=True))
    (folder / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0" + bytes(500) + "WordDocument".encode("utf-16-le") + bytes(900))
    (folder / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(20))
    index = indexed(folder)
    files = listed(index)
    assert {*files} == {"story.pdf", "scan.pdf", "old.doc"}, "a picture is not a document"
    assert files["scan.pdf"].why == "there is no text in it: a scan of 1 page; run ocrmypdf IN.pdf OUT.pdf and read that"
    assert files["old.doc"].why.startswith("it is a Word 97-2003 file; save it as .docx")
    assert not found(index, "is:broken")


def test_a_document_is_read_once_until_it_changes(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    run = apart._run

    def counting(command: list[str], data: bytes, name: str) -> bytes:
        read.append(name)
        return run(command, data, name)

    monkeypatch.setattr(apart, "_run", counting)
    index = indexed(folder)
    refresh(index)
    (folder / "copy.pdf").write_bytes(STORY)
    (folder.parent / "cache" / index.path.name).unlink()
    assert {*listed(indexed(folder))} == {"story.pdf", "copy.pdf"}
    assert len(read) == 1, "the text is saved by the hash of the document"
    (folder / "story.pdf").write_bytes(pdf(lines("Another story altogether.")))
    assert found(indexed(folder), "another") == ["story.pdf#s1:1 p. 1"] and len(read) == 2


def test_a_document_that_a_text_was_taken_from_is_neither_listed_nor_found_twice(folder: Path) -> None:
    index = indexed(folder)
    (folder / "story.pdf.txt").write_text(TEXT.format("story.pdf"))
    refresh(index)
    assert {*listed(index)} == {"story.pdf.txt"} and found(index, "clerk") == ["story.pdf.txt#s1:1 p. 1"]
    (folder / "story.pdf.txt").unlink()
    refresh(index)
    assert {*listed(index)} == {"story.pdf"} and found(index, "clerk") == ["story.pdf#s1:2 p. 2"]


def test_documents_taken_out_leave_nothing_in_the_index(folder: Path) -> None:
    (folder / "story.pdf.txt").write_text(TEXT.format("story.pdf"))
    index = indexed(folder)
    for path in folder.iterdir():
        path.unlink()
    refresh(index)
    with index.reading() as base:
        for table in ("file", "body", "taken"):
            assert base.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,), table


def test_a_document_is_read_again_once_the_package_for_it_is_installed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = time.time_ns() - 10**11
    os.utime(folder / "story.pdf", ns=(old, old))
    with monkeypatch.context() as without:
        without.setattr(apart, "_run", lambda *words: b'{"refused": "reading a PDF needs pypdfium2: python -m pip install pypdfium2"}')
        index = indexed(folder)
        assert listed(index)["story.pdf"].why == "reading a PDF needs pypdfium2; python -m pip install pypdfium2"
    refresh(index)
    assert listed(index)["story.pdf"].kind == "text"


async def test_a_document_opens_from_the_shelf_at_the_passage_that_was_found(folder: Path) -> None:
    app = shelf_app([folder])
    async with app.run_test(size=(80, 24)) as pilot:
        hands = Hands(app, pilot)
        assert "a raw document (PDF)" in await hands.seen()
        assert "p. 2" in await hands.press("slash", *"clerk", "enter")
        await hands.press("enter")
        assert app.reader.room.at.ref == "s1:2" and "p. 2" in await hands.seen()


@pytest.mark.parametrize("size", [(80, 24), (40, 12)])
async def test_the_shelf_shows_the_whole_reason_why_a_document_has_no_text(folder: Path, size: tuple[int, int]) -> None:
    (folder / "story.pdf").write_bytes(pdf([], picture=True))
    app = shelf_app([folder])
    async with app.run_test(size=size) as pilot:
        hands = Hands(app, pilot)
        assert "cannot be read: there is no text in it: a scan of 1 page; run ocrmypdf" in " ".join((await hands.seen()).replace("▌", " ").split())
        assert "there is no text in it" in " ".join((await hands.press("enter")).split())

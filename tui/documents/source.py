"""The text of a document as a file: written beside the briefing, it is the source from then on. Its front matter, which is
never matched, says which document it was taken from, and how."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from unicodedata import normalize

from tui import __version__
from tui.briefing import dates, files
from tui.briefing.case import compare_hash
from tui.briefing.document import Source
from tui.briefing.original import PAGE_END, original_of
from tui.briefing.problem import Refused, counted
from tui.briefing.record import NamedTuple
from tui.briefing.write import toml
from tui.documents.apart import document
from tui.documents.base.document import Document
from tui.documents.kinds import is_text

FACTS = ("title", "author", "published", "publisher", "url", "lang")


class Taken(NamedTuple):
    """A source taken from a document, or a text that is its own source."""

    path: Path
    facts: Mapping[str, str] = {}
    left_out: tuple[str, ...] = ()
    pages: int = 0
    unit: str = ""

    def source(self, id: str, name: str, sha256: str) -> Source:
        """Return what a briefing says about it."""
        told = dict.fromkeys(FACTS, "") | dict(self.facts)
        return Source(
            id=id, path=name, sha256=sha256, title=told["title"], author=told["author"], published=_edtf(told["published"]),
            publisher=told["publisher"], url=told["url"], lang=told["lang"],
        )  # fmt: skip

    def words(self) -> str:
        """Say for a person what was written, and what is not in it."""
        pages = f", {self.pages:,} {self.unit}{'' if self.pages == 1 else 's'}" if self.pages else ""
        left = f"; {len(self.left_out)} left out, listed in it" if self.left_out else ""
        return f"{self.path}: the text{pages}{left}"


def _edtf(date: str) -> str:
    return date if dates.read(date) else date[:10] if dates.read(date[:10]) else ""


def take(path: Path, beside: Path | None, charset: str = "") -> Taken:
    """Return the source for a file. If that is not a text, its text is written as NAME.txt into the folder of `beside`,
    the briefing. Raises Refused: also if another text is there already, or `beside` is None."""
    try:
        data = files.read_bytes(path)
    except files.Unreadable as refusal:
        raise Refused(f"{path}: {refusal.message}; {refusal.hint}") from None
    if not charset and is_text(path.name, data):
        return Taken(path)
    found = read(path, data, charset)
    if beside is None:
        raise Refused(f"{path}: its text becomes the source and is written beside the briefing; say where with -o FILE")
    target = beside.parent / f"{path.name}.txt"
    text = as_text(found, os.path.relpath(files.real(path), files.real(beside).parent), data)
    _write(target, text)
    facts = {name: found.fact(name) for name in FACTS if found.fact(name)}
    return Taken(target, facts, found.left_out, len(found.pages), found.unit)


def read(path: Path, data: bytes, charset: str = "", tell: bool = True) -> Document:
    """Read a document. Raises Refused, with the path. `tell`: say on a terminal what takes more than a second."""
    try:
        return document(path.name, data, charset, tell)
    except Refused as refusal:
        refusal.args = (f"{path}: {refusal}",)
        raise


def text_of(path: Path, within: Sequence[Path], cache: Path | None) -> str | None:
    """Return the text of a document, as `cached` does; None if the file is a text, or one whose charset is not known.
    Raises Unreadable. `within`: real paths, inside one of which the file must be."""
    data = files.read_bytes(path, within)
    if is_text(path.name, data):
        return None
    try:
        return cached(path, data, cache)
    except Refused as refusal:
        if "--charset" in str(refusal):
            return None
        why = str(refusal).removeprefix(f"{path}: ")
        message, _, hint = why.rpartition("; ") if "; " in why else why.rpartition(": ")
        raise files.Unreadable("source-missing", f"{path.name}: {message or hint}", hint) from None


def cached(path: Path, data: bytes, folder: Path | None) -> str:
    """Return the text of a document, with its front matter: from the folder if it was read before, by the hash of its
    bytes. Nothing is written beside it, and nothing to the terminal, which may be the reader's. Raises Refused."""
    name = f"{hashlib.sha256(data).hexdigest()}-{__version__}{path.suffix}.txt"
    kept = folder / "documents" / name if folder else None
    if kept and files.there(kept) == "file":
        with contextlib.suppress(files.Unreadable):
            return files.read_text(kept)
    text = as_text(read(path, data, tell=False), str(files.real(path)), data)
    if kept:
        with contextlib.suppress(OSError, files.Unwritten):  # a cache that cannot be written is only slower
            kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            files.save(kept, text, force=True, mode=0o600)
    return text


def _write(target: Path, text: str) -> None:
    try:
        files.save(target, text)
    except FileExistsError:
        if files.there(target) != "file" or target.read_bytes() != text.encode("utf-8"):
            words = "is there already and is another text; move it away, or name another folder with -o"
            raise Refused(f"{target} {words}") from None
    except files.Unwritten as error:
        raise Refused(str(error)) from None


def as_text(found: Document, original: str, data: bytes) -> str:
    """Return the file: TOML front matter and the text. `original` is the path from the folder of the file."""
    head = {
        "original": original, "original_sha256": hashlib.sha256(data).hexdigest(), "extractor": found.extractor,
        **({"pages": list(found.pages), "unit": found.unit} if found.pages else {}),
        **({"left_out": list(found.left_out)} if found.left_out else {}),
    }  # fmt: skip
    lines = [f"{key} = {toml(value)}\n" for key, value in head.items()]
    for name in FACTS:
        fact = next((fact for fact in found.facts if fact.name == name), None)
        lines += [f"{name} = {toml(fact.value)}  # {toml(fact.where)[1:-1]}\n"] if fact else []
    return f"+++\n{''.join(lines)}+++\n{found.text}"


class Held(NamedTuple):
    """Whether a text is still what its original says. `status`: "same"; "letters" (another version of the extractor reads
    it otherwise, and each page has no letters but those of that page of the original) or "differs"."""

    status: str
    detail: str = ""


def compare(path: Path, text: str) -> Held:
    """Read the original of a text again and compare them. The letters of a page say nothing about their order: they are
    never proof. Raises Refused if the text has no original, or it cannot be read."""
    said = original_of(text)
    if not said:
        raise Refused(f"{path}: it does not name the document that it was taken from")
    original = path.parent / said.path
    try:
        data = files.read_bytes(original)
    except files.Unreadable as refusal:
        raise Refused(f"{path}: {refusal.message}; {refusal.hint}") from None
    again = read(original, data)
    body = text[files.body_of(text) :]
    if again.text == body:
        return Held("same")
    if again.extractor == said.extractor:
        return Held("differs", first_difference(body, again))
    pages, fresh = body.split(PAGE_END), again.text.split(PAGE_END)
    if len(pages) != len(fresh):
        return Held("differs", f"the original has {counted(len(fresh), 'page')}, the text {len(pages)}")
    wrong = [label(again, at) for at, page in enumerate(pages) if _letters(page) - _letters(fresh[at])]
    more = f"letters that the original does not have there: {', '.join(wrong[:5])}"
    return Held("differs", more) if wrong else Held("letters", f"read by {said.extractor}, now {again.extractor}")


def compare_fresh(path: Path, text: str, within: tuple[Path, ...]) -> tuple[str, str]:
    """Compare a text with its original by hash, and if that holds by reading the original again (`case.Compare`)."""
    status, why = compare_hash(path, text, within)
    if status != "same":
        return status, why
    try:
        found = compare(path, text)
    except Refused as refusal:
        return "differs", str(refusal)
    return ("differs", found.detail) if found.status == "differs" else (found.status, found.detail)


def first_difference(body: str, again: Document) -> str:
    """Say where a text first differs from a fresh reading: the page, and the words of both."""
    at = next((at for at, (one, two) in enumerate(zip(body, again.text)) if one != two), min(len(body), len(again.text)))
    start = max(0, at - 10)
    one, two = (" ".join(text[start : at + 30].split()) for text in (body, again.text))
    return f"{label(again, body.count(PAGE_END, 0, at))}: “{one}” where the original has “{two}”"


def label(found: Document, at: int) -> str:
    return f"{found.unit} {found.pages[min(at, len(found.pages) - 1)]}" if found.pages else "its text"


def _letters(text: str) -> Counter[str]:
    return Counter(each for each in normalize("NFKC", text) if each.isalnum())


def restamped(text: str, sha256: str) -> str:
    """Return the text with another hash of its original in its front matter."""
    start = files.body_of(text)
    head = re.sub(r'(?m)^original_sha256 = .*$', f'original_sha256 = "{sha256}"', text[:start], count=1)
    return head + text[start:]

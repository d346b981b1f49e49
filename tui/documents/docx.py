"""Read a DOCX as a reader of the finished page sees it: as if all changes were accepted. Notes follow their paragraph."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.briefing.problem import Refused, counted
from tui.documents.base.archive import Archive, tag
from tui.documents.base.document import Document, joined, shortened
from tui.documents.base.raised import raised

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SKIPPED = frozenset({"Fallback", "pPr", "rPr", "instrText", "delInstrText", "rt", "tblPr", "tcPr", "trPr", "sectPr"})
"""Elements whose text no page shows: properties, codes of fields, second forms of drawings."""
_TEXT = frozenset({"t", "delText"})
_CHARACTERS = {
    "tab": " ", "ptab": " ", "br": " ", "cr": " ", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad",
}  # fmt: skip
_SEPARATORS = frozenset({"separator", "continuationSeparator", "continuationNotice"})
_KEYS = {"title": "title", "creator": "author"}


def read(data: bytes, charset: str = "") -> Document:
    """Raises Refused."""
    archive = Archive(data)
    root = archive.xml(_main_part(archive))
    body = root.find(f"{_W}body") if root is not None else None
    if body is None:
        raise Refused("there is no document in it; open it in its own program and save it again")
    body_reader = _Body(archive)
    body_reader.walk(body)
    left = [*body_reader.left, *_margins(archive)]
    if body_reader.items:
        left.append(f"numbers and bullets of {counted(body_reader.items, 'list item')}")
    facts = archive.facts("docProps/core.xml", _KEYS)
    return Document("docx", joined(body_reader.found), "readout-docx 1", facts=facts, left_out=tuple(left))


def _main_part(archive: Archive) -> str:
    """Return the name of the part that holds the body: Office 365 may call it word/document2.xml."""
    relations = archive.xml("_rels/.rels")
    for each in relations if relations is not None else ():
        if each.get("Type", "").endswith("/officeDocument"):
            return each.get("Target", "").lstrip("/")
    return "word/document.xml"


class _Body:
    """The paragraphs of the body, in order, and what was left out of them."""

    def __init__(self, archive: Archive) -> None:
        self.found: list[str] = []
        self.left: list[str] = []
        self.items = 0
        self._joins = False
        self._notes: dict[tuple[str, str], Element] = {}
        for kind in ("footnote", "endnote"):
            part = archive.xml(next((name for name in archive.names if name.startswith(f"word/{kind}s")), ""))
            for note in part.iter(f"{_W}{kind}") if part is not None else ():
                if note.get(f"{_W}type") not in _SEPARATORS:
                    self._notes[kind, note.get(f"{_W}id", "")] = note
        self._cited: list[tuple[str, str]] = []

    def walk(self, element: Element) -> None:
        """Add the paragraphs below an element."""
        stack = [element]
        while stack:
            each = stack.pop()
            if each.tag == f"{_W}p":
                self._paragraph(each, stack)
            elif tag(each) not in _SKIPPED:
                stack += reversed(each)

    def _paragraph(self, paragraph: Element, stack: list[Element]) -> None:
        """Add a paragraph; what follows it, its notes and text boxes, goes on the stack."""
        words = _Words(paragraph)
        self.left += [f"deleted or hidden: “{shortened(words.deleted)}”"] if words.deleted.strip() else []
        self.items += paragraph.find(f"{_W}pPr/{_W}numPr") is not None
        if self._joins and self.found:
            self.found[-1] += words.text
        else:
            self.found.append(words.text)
        self._cited += words.notes
        self._joins = paragraph.find(f"{_W}pPr/{_W}rPr/{_W}del") is not None  # its end was deleted
        stack += reversed(words.boxes)
        if not self._joins:
            notes = [self._notes.pop(each, None) for each in self._cited]
            stack += reversed([note for note in notes if note is not None])
            self._cited = []


class _Words:
    """The words of one paragraph: those shown, those deleted or hidden, its notes and its text boxes."""

    def __init__(self, paragraph: Element) -> None:
        self.text = self.deleted = ""
        self.notes: list[tuple[str, str]] = []
        self.boxes: list[Element] = []
        stack = [(each, False, False) for each in reversed(paragraph)]
        while stack:
            element, gone, high = stack.pop()
            name = tag(element)
            if name in _SKIPPED:
                continue
            if name == "txbxContent":
                self.boxes.append(element)
                continue
            gone = gone or name in ("del", "moveFrom") or (name == "r" and _on(element, "vanish"))
            high = high or (name == "r" and _property(element, "vertAlign") == "superscript")
            if name in ("footnoteReference", "endnoteReference") and not gone:
                self.notes.append((name.removesuffix("Reference"), element.get(f"{_W}id", "")))
            self._add((element.text or "") if name in _TEXT else _CHARACTERS.get(name, ""), gone, high)
            stack += [(each, gone, high) for each in reversed(element)]

    def _add(self, words: str, gone: bool, high: bool) -> None:
        if gone:
            self.deleted += words
        else:
            self.text += raised(words) if high else words


def _property(run: Element, name: str) -> str | None:
    """Return the value of a property of a run: "" if it has none, None if the run does not have the property."""
    found = run.find(f"{_W}rPr/{_W}{name}")
    return None if found is None else found.get(f"{_W}val", "")


def _on(run: Element, name: str) -> bool:
    return _property(run, name) not in (None, "0", "false", "off")


def _margins(archive: Archive) -> list[str]:
    """Return the lines that say which heads, feet and comments are left out."""
    left: dict[str, None] = {}
    for name in sorted(archive.names):
        if name.startswith(("word/header", "word/footer")) and name.endswith(".xml"):
            part = archive.xml(name)
            words = "".join(each.text or "" for each in part.iter(f"{_W}t")) if part is not None else ""
            if words.strip():
                left[f"{name[5:11]}: “{shortened(words)}”"] = None
    comments = archive.xml("word/comments.xml")
    count = len(comments.findall(f"{_W}comment")) if comments is not None else 0
    return [*left, *([counted(count, "comment")] if count else [])]

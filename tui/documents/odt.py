"""Read an ODT as a reader of the finished page sees it. Notes and text boxes follow their paragraph."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.briefing.problem import Refused
from tui.documents.base.archive import Archive, tag
from tui.documents.base.document import Document, joined, shortened
from tui.documents.base.raised import raised

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_T = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_O = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_S = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_BLANKS = frozenset({"s", "tab", "line-break"})
_HIDDEN = frozenset({"hidden-text", "ruby-text", "desc", "title", "note-citation"})
_BOXES = frozenset({"frame", "text-box", "custom-shape", "rect", "ellipse", "line"})
_DEEPEST = 200
"""Elements within elements."""
_KEYS = {"title": "title", "initial-creator": "author", "creator": "author"}


def read(data: bytes, charset: str = "") -> Document:
    """Raises Refused."""
    archive = Archive(data)
    manifest = archive.xml("META-INF/manifest.xml")
    if manifest is not None and any(tag(each) == "encryption-data" for each in manifest.iter()):
        raise Refused("it is encrypted; save it without a password")
    root = archive.xml("content.xml")
    body = root.find(f"{_O}body/{_O}text") if root is not None else None
    if root is None or body is None:
        raise Refused("there is no text document in it; open it in its own program and save it again")
    styles = archive.xml("styles.xml")
    reader = _Body([each for each in (root, styles) if each is not None])
    reader.walk(body)
    left = [*reader.left, *_margins(styles)]
    facts = archive.facts("meta.xml", _KEYS)
    return Document("odt", joined(reader.found), "readout-odt 1", facts=facts, left_out=tuple(left))


class _Body:
    """The paragraphs of the body, in order, and what was left out of them."""

    def __init__(self, roots: list[Element]) -> None:
        self.found: list[str] = []
        self.left: list[str] = []
        self._waiting: list[Element] = []
        self._raised: set[str] = set()
        self._hidden: set[str] = set()
        for style in (style for root in roots for style in root.iter(f"{_S}style")):
            for each in style.findall(f"{_S}text-properties"):
                name = style.get(f"{_S}name", "")
                if each.get(f"{_S}text-position", "").startswith("super"):
                    self._raised.add(name)
                if each.get(f"{_T}display") == "none":
                    self._hidden.add(name)

    def walk(self, element: Element, depth: int = 0) -> None:
        """Add the paragraphs below an element. Raises Refused if it is nested too deep."""
        if depth > _DEEPEST:
            raise Refused(f"its elements are nested more than {_DEEPEST} deep; save it again in its own program")
        for each in element:
            name = tag(each)
            if name == "tracked-changes":
                gone = (shortened("".join(deleted.itertext())) for deleted in _deletions(each))
                self.left += [f"deleted: “{words}”" for words in gone if words]
            elif name in ("p", "h"):
                self.found.append(self._words(each, depth))
                while self._waiting:
                    self.walk(self._waiting.pop(0), depth + 1)
            elif name not in ("sequence-decls", "forms", "variable-decls", "user-field-decls"):
                self.walk(each, depth + 1)

    def _words(self, element: Element, depth: int) -> str:
        if depth > _DEEPEST:
            raise Refused(f"its elements are nested more than {_DEEPEST} deep; save it again in its own program")
        text = element.text or ""
        for each in element:
            text += self._within(each, depth) + (each.tail or "")
        return text

    def _within(self, each: Element, depth: int) -> str:
        """Return the words of an element inside a paragraph. Notes and text boxes wait for its end."""
        name = tag(each)
        if name in _BLANKS:
            return " "
        if name == "note":
            self._waiting += each.findall(f"{_T}note-body")
        elif name == "annotation":
            self.left.append("a comment")
        elif name in _BOXES:
            self._waiting.append(each)
        elif name not in _HIDDEN:
            words = self._words(each, depth + 1)
            style = each.get(f"{_T}style-name", "")
            if style not in self._hidden:
                return raised(words) if style in self._raised else words
            self.left += [f"hidden: “{shortened(words)}”"] if words.strip() else []
        return ""


def _deletions(changes: Element) -> list[Element]:
    """Return the paragraphs that were deleted, without who deleted them and when."""
    return [each for gone in changes.iter(f"{_T}deletion") for each in gone if tag(each) != "change-info"]


def _margins(styles: Element | None) -> list[str]:
    if styles is None:
        return []
    left: dict[str, None] = {}
    for name in ("header", "footer"):
        for each in styles.iter(f"{_S}{name}"):
            if words := shortened("".join(each.itertext())):
                left[f"{name}: “{words}”"] = None
    return [*left]

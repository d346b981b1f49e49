"""Write a tree of HTML as blocks: paragraphs, headings, items and cells as a reader of the page sees them."""

from __future__ import annotations

import re

from tui.briefing.record import NamedTuple
from tui.documents.base.document import names, shortened
from tui.documents.base.raised import raised
from tui.documents.web.tree import Hidden, Node

_BLOCKS = names(
    "address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol option p "
    "pre section summary table tbody td tfoot th thead tr ul"
)
_STRUCK = frozenset({"del", "s", "strike"})
_QUOTES = {
    "de": "„“‚‘", "cs": "„“‚‘", "fr": "«»‹›", "it": "«»“”", "es": "«»“”", "ru": "«»„“", "pl": "„”«»",
    "ja": "「」『』",
}  # fmt: skip
"""What browsers write around <q> by the page's language; elsewhere “ ” and ‘ ’."""
_TWICE = re.compile(r"\n[ \t\r\f]*\n")


class Block(NamedTuple):
    """What stands on its own between the beginnings and ends of paragraphs."""

    text: str
    node: Node
    """The innermost element that holds all of it and is a block."""
    linked: int
    """How many of its characters are links."""


class Rendered(NamedTuple):
    blocks: tuple[Block, ...]
    struck: tuple[str, ...]
    hidden: tuple[str, ...]


def render(root: Node, lang: str = "") -> Rendered:
    """Return what a page shows, in its order; and words that are struck through or hidden."""
    writer = _Writer(Hidden(root), _QUOTES.get(lang[:2].lower(), "“”‘’"))
    writer.write(root)
    return Rendered(tuple(writer.found), tuple(writer.struck), tuple(writer.hidden))


class _Writer:
    def __init__(self, hidden: Hidden, quotes: str) -> None:
        self.found: list[Block] = []
        self.struck: list[str] = []
        self.hidden: list[str] = []
        self._hidden = hidden
        self._quotes = quotes
        self._text: list[str] = []
        self._linked = 0
        self._depth = 0
        """How deep in <q>."""

    def write(self, root: Node) -> None:
        """Walk the tree without recursion: pages nest deeper than Python does."""
        stack: list[tuple[Node | str, Node, bool, bool]] = [(root, root, False, False)]
        while stack:
            each, block, linked, kept = stack.pop()
            if isinstance(each, str):
                self._add(each, linked, kept)
            elif each.tag.startswith("/"):
                self._leave(each, block)
            elif not self._skips(each):
                inner = each if each.tag in _BLOCKS else block
                self._enter(each, block)
                stack.append((Node(f"/{each.tag}", each.attributes, None), inner, linked, kept))
                linked = linked or (each.tag == "a" and "href" in each.attributes)
                stack += [(child, inner, linked, kept or each.tag == "pre") for child in reversed(each.children)]
        self._end(root)

    def _skips(self, node: Node) -> bool:
        """Leave out an element that is not shown, and say which words go with it."""
        if self._hidden.by_kind(node):
            return True
        words = shortened(node.raw()) if node.tag in _STRUCK else ""
        if words:
            self.struck.append(words)
        elif self._hidden.hides(node):
            if words := shortened(node.raw()):
                self.hidden.append(words)
            return True
        if node.tag == "sup":
            return self._note_mark(node)
        if node.tag == "a" and node.get("href").startswith("#"):
            return not any(each.isalpha() for each in node.raw())  # the mark of a note, or the way back from it
        return bool(words)

    def _note_mark(self, node: Node) -> bool:
        """Write what is raised. A link to a note of the page is left out: it is none of the words."""
        if any(each.tag == "a" and "#" in each.get("href") for each in node.elements()):
            return True
        node.children = [raised(node.raw())]
        return False

    def _enter(self, node: Node, block: Node) -> None:
        if node.tag in _BLOCKS:
            self._end(block)
        elif node.tag == "br":
            self._text.append("\n")
        elif node.tag == "q":
            self._text.append(self._quotes[2 * (self._depth % 2)])
            self._depth += 1

    def _leave(self, end: Node, block: Node) -> None:
        if end.tag[1:] in _BLOCKS:
            self._end(block)
        elif end.tag == "/q":
            self._depth -= 1
            self._text.append(self._quotes[2 * (self._depth % 2) + 1])

    def _add(self, text: str, linked: bool, kept: bool) -> None:
        text = text.replace("\u00ad", "")  # a page shows one only where it breaks the word
        self._text.append(text if kept else re.sub(r"[ \t\r\n\f]+", " ", text))
        self._linked += len("".join(text.split())) if linked else 0

    def _end(self, block: Node) -> None:
        """End a block. Two line breaks in a row end one too."""
        text = "".join(self._text)
        for part in _TWICE.split(text) if "\n" in text else (text,):
            if words := " ".join(part.replace("\u00a0", "\ue000").split()).replace("\ue000", "\u00a0").strip("\u00a0\u200b "):
                self.found.append(Block(words, block, self._linked))
        self._text, self._linked = [], 0

"""The summary's Markdown as plain blocks of styled pieces: for the checker, the exports and the pane alike.

Only text comes out: raw HTML and images stay text, and an address is never followed by anything here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from tui.briefing.quotation import ALWAYS_CLOSE, CLOSES, DOUBLE, OFTEN_ALONE, SINGLE
from tui.briefing.record import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_FILE = r"[^#:?]+\.(?i:md|txt)"
_TARGET = re.compile(rf"(?P<file>{_FILE})?#(?P<id>[a-z0-9][a-z0-9-]*)")
# Prose with no other Markdown in it than links to items. Anything else, though it may turn out to be prose, is markdown-it's.
_LINK = r"\[([^][*_`<&\\]+)\]\(((?:[A-Za-z0-9./-]+\.(?:md|txt))?#[a-z0-9-]+)\)"
_STRONG = r"(?<!\S)\*\*(\w(?:[^][*_`<&\\\n]*[\w.!?:])?)\*\*(?!\S)"
# (The separators left out are blank to \s and not to Markdown, so what stands beside them may be emphasis or not.)
_PROSE = re.compile(rf"(?:[^][*_`<&\\\t\r\0\x1c-\x1f\x85\u2028\u2029]|{_LINK}|{_STRONG})*")
_NO_PROSE = re.compile(r"^(?:[^\S\n]|[#>+=~|:-]|\d{1,9}[.)])|[^\S\n]$|!\[", re.M)
_STRAY = rf"(?P<file>{_FILE})?(?:#(?P<id>.*))?"
_MEASURES = ('"', "''", "”", "’’")
"""Behind a digit these may be a measure, as in 6" or 5' 10''."""
_DEEPEST = 8
"""So many marks within marks are told apart."""


class Piece(NamedTuple):
    text: str
    href: str = ""
    strong: bool = False
    emphasis: bool = False
    code: bool = False
    address: str = ""
    """Of a link that leads to no item; the text shows it."""


CELL = Piece(" | ")
"""Parts two cells of a row of a table."""


class Block(NamedTuple):
    """What Markdown calls a leaf block: its `kind` is paragraph, heading, code, rule, table or item (an empty list item). A
    line feed in its text begins a new line. `lead` begins its first line, `indent` its others."""

    kind: str
    pieces: tuple[Piece, ...]
    line: int
    """The line of the summary, from 0, on which it begins."""
    lead: str = ""
    indent: str = ""
    level: int = 0
    """Of a heading, from 1."""

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


class Link(NamedTuple):
    """A link to an item: `file` is "" for one within the briefing. `start` and `end` are offsets in its block's text."""

    block: int
    start: int
    end: int
    file: str
    id: str
    href: str = ""
    """The address as Markdown gives it, percent signs and all: what `target_of` reads."""

    @property
    def target(self) -> str:
        return self.href if self.file else self.id


def target_of(href: str) -> tuple[str, str] | None:
    """Return (file, id) of a link to an item, or None for any other address."""
    found = _TARGET.fullmatch(href)
    return (_decoded(found["file"] or ""), found["id"]) if found else None


def _decoded(file: str) -> str:
    if "%" not in file:
        return file
    from urllib.parse import unquote

    return unquote(file)


@lru_cache(1)
def _markdown() -> MarkdownIt:
    from markdown_it import MarkdownIt  # 15-25 ms, which most summaries do not need

    return MarkdownIt("commonmark", {"html": False, "maxNesting": 3 * MAX_NESTING}).enable("table")


MAX_NESTING = 100
"""Lists and quotations in one another; markdown-it leaves out, without a word, what is deeper than it may go."""


def too_deep(summary: str) -> bool:
    """Test whether a summary is nested deeper than can be read. It is then shown as it is typed."""
    return not _is_prose(summary) and _tokens(summary) is None


@lru_cache(4)  # the checker asks for them, and for the blocks made of them
def _tokens(summary: str) -> Sequence[Token] | None:
    """Return the tokens of a summary; None if it is nested too deep."""
    try:
        tokens = _markdown().parse(summary)
    except RecursionError:
        return None
    return tokens if all(token.level < 2 * MAX_NESTING for token in tokens) else None


@lru_cache(16)
def blocks(summary: str) -> tuple[Block, ...]:
    return _of_prose(summary) if _is_prose(summary) else _of_markdown(summary)


def _is_prose(summary: str) -> bool:
    return _PROSE.fullmatch(summary) is not None and not _NO_PROSE.search(summary)


def _of_prose(summary: str) -> tuple[Block, ...]:
    """Read a text that is prose with links to items, as `_of_markdown` does."""
    found, line = [], 0
    for paragraph in re.split(r"(\n\n+)", summary):
        if paragraph.strip("\n"):
            pieces: list[Piece] = []
            at, text = 0, paragraph.strip("\n")
            for found_ in re.finditer(f"{_LINK}|{_STRONG}", text):
                words, address, strong = found_.groups()
                pieces += _in_lines(text[at : found_.start()], Piece(""))
                href = address if address and target_of(address) else ""
                pieces += _in_lines(words or strong, Piece("", href, strong is not None))
                if address and not href:
                    pieces.append(Piece(f" <{address}>", address=address))
                at = found_.end()
            pieces += _in_lines(text[at:], Piece(""))
            found.append(Block("paragraph", tuple(pieces), line + len(paragraph) - len(paragraph.lstrip("\n"))))
        line += paragraph.count("\n")
    return tuple(found)


def _in_lines(text: str, like: Piece) -> Iterator[Piece]:
    for number, line in enumerate(text.split("\n")):
        if number:
            yield like._replace(text=" ")
        if line:
            yield like._replace(text=line)


class _Container:
    """A quotation or list item that is open: what it writes before the first line in it, and before every other one."""

    def __init__(self, first: str, rest: str) -> None:
        self.first, self.rest = first, rest
        self.begun = False


def _of_markdown(summary: str) -> tuple[Block, ...]:
    found: list[Block] = []
    containers: list[_Container] = []
    numbers: list[int | None] = []
    cells: list[Piece] | None = None
    level = line_of_table = 0
    first = True

    def add(kind: str, pieces: Iterable[Piece], line: int, inside: str = "") -> None:
        lead = "".join(each.rest if each.begun else each.first for each in containers) + inside
        indent = "".join(each.rest for each in containers) + inside
        for each in containers:
            each.begun = True
        found.append(Block(kind, tuple(pieces), line, lead, indent, level))

    tokens = _tokens(summary)
    if tokens is None:
        return _of_prose(summary)
    for token in tokens:
        line = token.map[0] if token.map else 0
        if token.type == "bullet_list_open":
            numbers.append(None)
        elif token.type == "ordered_list_open":
            start = token.attrGet("start")
            numbers.append(1 if start is None else int(start))
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            numbers.pop()
        elif token.type == "list_item_open":
            number = numbers[-1]
            mark = "• " if number is None else f"{number}{token.markup} "
            numbers[-1] = None if number is None else number + 1
            containers.append(_Container(mark, " " * len(mark)))
        elif token.type == "blockquote_open":
            containers.append(_Container("▏ ", "▏ "))
        elif token.type in ("list_item_close", "blockquote_close"):
            if token.type == "list_item_close" and not containers[-1].begun:
                add("item", (), found[-1].line if found else 0)
            containers.pop()
        elif token.type == "heading_open":
            level = int(token.tag[1:])
        elif token.type == "table_open":
            cells = []
        elif token.type == "table_close" and cells is not None:
            add("table", cells, line_of_table)
            cells = None
        elif token.type == "tr_open" and cells is not None:
            if cells:
                cells.append(Piece("\n"))
            else:
                line_of_table = line
            first = True
        elif token.type == "inline" and cells is not None:
            cells += _pieces(token) if first else (CELL, *_pieces(token))
            first = False
        elif token.type == "inline":
            add("heading" if level else "paragraph", _pieces(token), line)
            level = 0
        elif token.type in ("fence", "code_block"):
            add("code", (Piece(token.content.removesuffix("\n"), code=True),), line, "  ")
        elif token.type == "hr":
            add("rule", (), line)
    return tuple(found)


def _pieces(inline: Token) -> Iterator[Piece]:
    href, strong, emphasis = "", 0, 0
    for token in inline.children or ():
        if token.type == "link_open":
            href = str(token.attrGet("href") or "")
        elif token.type == "link_close":
            if target_of(href) is None:
                yield Piece(f" <{href}>", address=href)
            href = ""
        elif token.type in ("strong_open", "strong_close"):
            strong += token.nesting
        elif token.type in ("em_open", "em_close"):
            emphasis += token.nesting
        else:
            text = token.content
            if token.type in ("softbreak", "hardbreak"):
                text = " " if token.type == "softbreak" else "\n"
            elif token.type == "image":
                text = f"![{token.content}]({token.attrGet('src')})"
            shown = href if target_of(href) else ""
            if text:
                yield Piece(text, shown, strong > 0, emphasis > 0, token.type == "code_inline")


@lru_cache(16)
def links(summary: str) -> tuple[Link, ...]:
    """Return the links to items, in reading order."""
    found: list[Link] = []
    for number, block in enumerate(blocks(summary)):
        at = 0
        for piece in block.pieces:
            target = target_of(piece.href) if piece.href else None
            if target:
                last = found[-1] if found else None
                if last and last.block == number and last.end == at and last.href == piece.href:
                    found[-1] = last._replace(end=at + len(piece.text))
                else:
                    found.append(Link(number, at, at + len(piece.text), *target, piece.href))
            at += len(piece.text)
    return tuple(found)


def strays(summary: str) -> Iterator[Link]:
    """Yield the links that mean something here but lead to no item: to a whole file (`id` is ""), to `#` or to what
    is no id. They are shown as text."""
    for number, block in enumerate(blocks(summary)):
        for piece in block.pieces:
            found = re.fullmatch(_STRAY, piece.address)
            if found and piece.address:
                yield Link(number, 0, 0, _decoded(found["file"] or ""), found["id"] or "", piece.address)


class Quoted(NamedTuple):
    """Words that the summary puts in double quotation marks, and the links to items that they are in or hold."""

    block: int
    words: str
    links: tuple[Link, ...]
    paired: bool = True
    """False for a mark whose partner is not in its block; `words` is then what begins or ends with it."""
    single: bool = False
    """The marks are single ones."""


@lru_cache(16)
def quoted(summary: str, single: bool = False) -> tuple[Quoted, ...]:
    """Return what is in quotation marks, in reading order; of marks within marks the outer ones. Words in single
    marks only if `single` is set."""
    return tuple(_quoted(summary, single))


def unquoted(summary: str, single: bool = False) -> Iterator[tuple[int, str]]:
    """Yield what is not in quotation marks, single ones only if `single` is set: (number of the block, words)."""
    for number, block in enumerate(blocks(summary)):
        at = 0
        for start, end, _, _, _ in _marked(block.text, single) if block.kind != "code" else ():
            yield number, block.text[at:start]
            at = end
        if block.kind != "code":
            yield number, block.text[at:]


def _quoted(summary: str, single: bool) -> Iterator[Quoted]:
    every = links(summary)
    first = 0
    for number, block in enumerate(blocks(summary)):
        while first < len(every) and every[first].block < number:
            first += 1
        if block.kind == "code":
            continue
        text = block.text
        for start, end, words, paired, double in _marked(text, single):
            while first < len(every) and every[first].block == number and every[first].end <= start:
                first += 1
            last = first
            while last < len(every) and every[last].block == number and every[last].start < end:
                last += 1
            yield Quoted(number, words.replace("\n", " "), every[first:last], paired, not double)


def _marked(text: str, single: bool) -> Iterator[tuple[int, int, str, bool, bool]]:
    """Yield (start, end, words, whether the mark has a partner, whether it is a double one), in order and apart from
    one another."""
    found = []
    for opening, closing in _pairs(text):
        if closing:
            found.append((opening.start(), closing.end(), text[opening.end() : closing.start()], True, True))
        elif opening.group() not in OFTEN_ALONE:
            start, end = opening.span()
            found.append((start, end, text[start : start + 40], False, True))
    ends = 0
    for each in sorted((*found, *_in_single_marks(text, single))):
        if each[0] >= ends:
            yield each
            ends = each[1]


def _in_single_marks(text: str, single: bool) -> Iterator[tuple[int, int, str, bool, bool]]:
    return ((*found.span(), found[1], True, False) for found in re.finditer(SINGLE, text)) if single else iter(())


def _pairs(text: str) -> list[tuple[re.Match[str], re.Match[str] | None]]:
    """Return every outermost pair of marks, and (with None) every mark that has no partner."""
    opened: list[re.Match[str]] = []
    found: list[tuple[re.Match[str], re.Match[str] | None]] = []
    alone: list[re.Match[str]] = []
    for mark in re.finditer(DOUBLE, text):
        kind = mark.group()
        inches = text[mark.start() - 1 : mark.start()].isnumeric() and kind in _MEASURES
        partner = next((i for i in range(1, len(opened[-_DEEPEST:]) + 1) if kind in CLOSES[opened[-i].group()]), 0)
        same = bool(partner) and opened[-partner].group() == kind
        always = kind in ALWAYS_CLOSE and not same
        if partner and (always or (not _begins(text, mark, opened[-1]) and (same or not inches))):
            alone += opened[len(opened) - partner + 1 :]
            opening = opened[-partner]
            del opened[-partner:]
            while found and found[-1][0].start() > opening.start():
                found.pop()
            found.append((opening, mark))
        elif not inches:
            opened.append(mark)
    return sorted((*found, *((mark, None) for mark in (*alone, *opened))), key=lambda pair: pair[0].start())


def _begins(text: str, mark: re.Match[str], before: re.Match[str]) -> bool:
    """Test whether the mark is where one that opens is: after a blank, a bracket, a dash or a mark just opened,
    before a word."""
    follows = mark.start() == 0 or text[mark.start() - 1] in "([{—–-/" or text[mark.start() - 1].isspace()
    return (follows or before.end() == mark.start()) and mark.end() < len(text) and not text[mark.end()].isspace()

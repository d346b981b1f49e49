"""The summary's Markdown as plain blocks of styled pieces: for the checker, the exports and the pane alike.

Only text comes out: raw HTML and images stay text, and an address is never followed by anything here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

_TARGET = re.compile(r"(?P<file>[^#:]+\.(?:md|txt))?#(?P<id>[a-z0-9][a-z0-9-]*)")
_QUOTED = re.compile(r"“([^“”]*)”|\"([^\"]*)\"")


class Piece(NamedTuple):
    text: str
    href: str = ""
    strong: bool = False
    emphasis: bool = False
    code: bool = False


class Block(NamedTuple):
    """A paragraph, heading, list item, quotation or code block. `lead` begins its first line, `indent` its others."""

    kind: str
    pieces: tuple[Piece, ...]
    line: int
    """The line of the summary, from 0, on which it begins."""
    lead: str = ""
    indent: str = ""

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

    @property
    def target(self) -> str:
        return f"{self.file}#{self.id}" if self.file else self.id


def target_of(href: str) -> tuple[str, str] | None:
    """(file, id) of a link to an item, or None for any other address."""
    found = _TARGET.fullmatch(href)
    return (found["file"] or "", found["id"]) if found else None


@lru_cache(16)
def blocks(summary: str) -> tuple[Block, ...]:
    markdown = MarkdownIt("commonmark", {"html": False})
    found: list[Block] = []
    lists: list[str] = []
    lead = ""
    kind = "paragraph"
    for token in markdown.parse(summary):
        line = token.map[0] if token.map else 0
        if token.type == "bullet_list_open":
            lists.append("•")
        elif token.type == "ordered_list_open":
            lists.append(str(token.attrGet("start") or 1))
        elif token.type == "blockquote_open":
            lists.append(">")
        elif token.type in ("bullet_list_close", "ordered_list_close", "blockquote_close"):
            lists.pop()
        elif token.type == "list_item_open":
            lead = f"{lists[-1]}. " if lists[-1].isdigit() else "• "
        elif token.type == "list_item_close" and lists[-1].isdigit():
            lists[-1] = str(int(lists[-1]) + 1)
        elif token.type == "heading_open":
            kind = "heading"
        elif token.type == "inline":
            indent = "".join("▏ " if each == ">" else "  " for each in lists[:-1])
            if lists and lists[-1] == ">":
                indent += "▏ "
                found.append(Block(kind, tuple(_pieces(token)), line, indent, indent))
            else:
                rest = indent + (" " * max(2, len(lead)) if lists else "")
                found.append(Block(kind, tuple(_pieces(token)), line, indent + lead if lead else rest, rest))
            lead, kind = "", "paragraph"
        elif token.type in ("fence", "code_block"):
            for number, row in enumerate(token.content.rstrip("\n").split("\n")):
                found.append(Block("code", (Piece(row, code=True),), line + number, "  ", "  "))
        elif token.type == "hr":
            found.append(Block("rule", (), line))
    return tuple(found)


def _pieces(inline: Token) -> Iterator[Piece]:
    href, strong, emphasis = "", 0, 0
    for token in inline.children or ():
        if token.type == "link_open":
            href = str(token.attrGet("href") or "")
        elif token.type == "link_close":
            if target_of(href) is None:
                yield Piece(f" <{href}>")
            href = ""
        elif token.type in ("strong_open", "strong_close"):
            strong += token.nesting
        elif token.type in ("em_open", "em_close"):
            emphasis += token.nesting
        else:
            text = token.content
            if token.type in ("softbreak", "hardbreak"):
                text = " "
            elif token.type == "image":
                text = f"![{token.content}]({token.attrGet('src')})"
            shown = href if target_of(href) else ""
            if text:
                yield Piece(text, shown, strong > 0, emphasis > 0, token.type == "code_inline")


@lru_cache(16)
def links(summary: str) -> tuple[Link, ...]:
    """The links to items, in reading order."""
    found: list[Link] = []
    for number, block in enumerate(blocks(summary)):
        at = 0
        for piece in block.pieces:
            target = target_of(piece.href) if piece.href else None
            if target:
                last = found[-1] if found else None
                if last and last.block == number and last.end == at and (last.file, last.id) == target:
                    found[-1] = last._replace(end=at + len(piece.text))
                else:
                    found.append(Link(number, at, at + len(piece.text), *target))
            at += len(piece.text)
    return tuple(found)


class Quoted(NamedTuple):
    """Words that the summary puts in double quotation marks, and the ids that they are linked to."""

    block: int
    words: str
    targets: tuple[str, ...]


def quoted(summary: str) -> Iterator[Quoted]:
    every = links(summary)
    for number, block in enumerate(blocks(summary)):
        if block.kind == "code":
            continue
        for found in _QUOTED.finditer(block.text):
            words = found[1] if found[1] is not None else found[2]
            targets = tuple(
                link.target for link in every if link.block == number and link.start < found.end() and found.start() < link.end
            )
            yield Quoted(number, words, targets)

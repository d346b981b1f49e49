"""The summary's Markdown: prose is read without markdown-it, and just as markdown-it reads it."""

from __future__ import annotations

import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.conftest import BRIEFINGS, ROOT, many
from tui.briefing import markup
from tui.briefing.proof import open_briefing
from tui.briefing.summary import _NO_PROSE, _PROSE, _markdown, _of_markdown, _of_prose, blocks, too_deep

PARTS = [
    "|---|", "a | b", ":-: | -", "words", "Words.", " ", "  ", "\n", "\n\n", "\n\n\n", "[a link](#petro)", "[two\nlines](#q-1)", "[other](a/b.md#x)", "[bad](#Petro)",
    "[x](#)", "[y]", "![z](#a)", "!", "#", "# h", "-", "- l", "1. o", "12) o", "1.", "2025", "> q", "+", "=", "===", "---", "~~~", "*e*", "**s**", "**S t.**", "**", "**a", "b**",
    "_", "`c`", "<b>", "&amp;", "\\", "\t", "“quoted”", "’s", "—", "\u00a0", "(", ")", "](", "[", "http://x.example", "%", "$5", ":", "|", "^",
    "\r\n", "\x0b", "\u2028", "\u2029", "\x1f", "\x85",
]  # fmt: skip


@pytest.mark.fuzz
@example(parts=["**S t.**", "\u2028", "words"])
@given(parts=st.lists(st.sampled_from(PARTS), max_size=10))
@settings(max_examples=many(150, 2500))
def test_prose_is_read_as_markdown_it_reads_it(parts: list[str]) -> None:
    summary = "".join(parts)
    if _PROSE.fullmatch(summary) and not _NO_PROSE.search(summary):
        assert _of_prose(summary) == _of_markdown(summary)


@pytest.mark.parametrize("path", BRIEFINGS, ids=lambda path: path.stem)
def test_every_bundled_summary_is_read_the_same(path: Path) -> None:
    summary = open_briefing(path).briefing.summary
    assert blocks(summary) == _of_markdown(summary)


def test_prose_never_loads_markdown_it() -> None:
    code = "import sys; from tui.briefing.summary import links; links('A [b](#c) d.'); sys.exit('markdown_it' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT).returncode == 0


class Lines(HTMLParser):
    """The lines that a page of HTML shows, each with the bars, bullets and numbers that its elements give it."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self.open: list[list[str]] = []  # of each quotation and list item: its mark, and what takes the mark's place
        self.numbers: list[int | None] = []
        self.inside = ""
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("ul", "ol", "li", "blockquote", "p", "pre", "table") and self.text.strip() and not self.inside:
            self.end()
        if tag == "ul":
            self.numbers.append(None)
        elif tag == "ol":
            self.numbers.append(int(dict(attrs).get("start") or 1))
        elif tag == "li":
            number = self.numbers[-1]
            mark = "• " if number is None else f"{number}. "
            self.numbers[-1] = None if number is None else number + 1
            self.open.append([mark, " " * len(mark), "new"])
        elif tag == "blockquote":
            self.open.append(["▏ ", "▏ ", ""])
        elif tag in ("p", "h1", "h2", "pre", "tr"):
            self.inside, self.text = tag, ""
        elif tag == "br":
            self.text += "\0"
        elif tag == "td" or (tag == "th" and self.text):
            self.text += " | " if self.text else ""
        elif tag == "hr":
            self.text = "* * *"
            self.end()

    def handle_endtag(self, tag: str) -> None:
        if tag in ("p", "h1", "h2", "pre", "tr"):
            self.end(tag == "pre")
            self.inside = ""
        elif tag == "li":
            if self.text.strip() or self.open[-1][2]:
                self.end()
            self.open.pop()
        elif tag == "blockquote":
            self.open.pop()
        elif tag in ("ul", "ol"):
            self.numbers.pop()

    def handle_data(self, data: str) -> None:
        if self.inside != "tr" or data.strip():
            self.text += data

    def end(self, code: bool = False) -> None:
        text = self.text.removesuffix("\n") if code else self.text.strip().replace("\0\n", "\0").replace("\n", " ")
        for line in re.split("\n" if code else "\0", text):
            self.lines.append("".join(each[0] for each in self.open) + ("  " if code else "") + line)
            for each in self.open:
                each[0], each[2] = each[1], ""
        self.text = ""


STRUCTURES = [
    "words\n\nwords", "a\\\nb  \nc\nd", "# h\n\nSet\next\n===\n\nw", "---", "- a\n- b\n\nc", "0. a\n1. b", "7. a\n7. b\n\n   c\n\nd", "1. a\n1. b\n1. c", "10. a\n\n    b",
    "1. ```\n   x\n   ```\n\nafter", "- a\n-\n\nafter", "-\n\nafter", "- \n  a", "1.\n2. b", "- > q\n- a", "> - a\n>\n>   b\n>\n> c", "- - a\n  - b\n- c", "1. - a\n   - b\n2. c", "- # h\n  w",
    "- ---\n- a", "> ```\n> x\n>\n> y\n> ```", "    x\n      y\n\n    z", "~~~\n\n\n~~~\n\na", "> a\nb", "> > a\n>\n> b", "| a | b |\n|---|---|\n| c | d |\n| e |  |\n\nx", "> | a |\n> |---|\n> | c |",
    "- | a | b |\n  |---|---|\n  | c | d |\n- x", "a\n- b\n\n  c\\\n  d\n  1. e\n\n     f\ng", "[r]: #x\n\n- [r]: #x\n- a", "* a\n+ b\n- c", "<b>\n\n- <i>x</i>", "\\- a\n\n1\\. b", "- a\n\n\n- b\n\n      code\n- c",
]  # fmt: skip


@pytest.mark.parametrize("summary", STRUCTURES)
def test_blocks_have_the_lines_bullets_and_numbers_that_html_has(summary: str) -> None:
    shown = []
    for block in blocks(summary):
        text = "* * *" if block.kind == "rule" else block.text
        shown += [(block.indent if number else block.lead) + line for number, line in enumerate(text.split("\n"))]
    wanted = Lines(_markdown().render(summary)).lines
    assert [line.rstrip() for line in shown] == [line.rstrip() for line in wanted]


def test_every_block_of_markdown_is_in_the_table_above() -> None:
    made = {token.type for summary in STRUCTURES for token in _markdown().parse(summary)}
    known = ["bullet_list", "list_item", "ordered_list", "blockquote", "heading", "paragraph", "table", "thead", "tbody", "tr", "th", "td"]
    assert made == {"inline", "fence", "code_block", "hr", *(f"{name}_{end}" for name in known for end in ("open", "close"))}


@pytest.mark.parametrize("summary", STRUCTURES)
def test_a_summary_written_as_markdown_is_read_as_the_same_blocks(summary: str) -> None:
    again = blocks(markup.summary(summary, ()))
    assert [(block.kind, block.text, block.lead, block.indent) for block in again] == [
        (block.kind, block.text, block.lead, block.indent) for block in blocks(summary)
    ]


@pytest.mark.parametrize("depth", [9, 10, 30, 90])
def test_nested_lists_and_quotations_keep_every_word(depth: int) -> None:
    for mark in ("- ", "> "):
        found = " ".join(block.text for block in blocks(f"{mark * depth}deep\n\nafter [x](#nope)\n"))
        assert "deep" in found and "after x" in found, mark


def test_what_is_nested_too_deep_is_shown_as_typed() -> None:
    for depth in (150, 3000):
        summary = f"{'- ' * depth}deep\n\nafter [x](#nope)\n"
        assert too_deep(summary) and any("after x" in block.text for block in blocks(summary))
    assert not too_deep("- a\n  - b\n")

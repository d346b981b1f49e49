"""The summary's Markdown: prose is read without markdown-it, and just as markdown-it reads it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.conftest import BRIEFINGS, ROOT
from tui.briefing.proof import open_briefing
from tui.briefing.summary import _NO_PROSE, _PROSE, _of_markdown, _of_prose, blocks

PARTS = [
    "words", "Words.", " ", "  ", "\n", "\n\n", "\n\n\n", "[a link](#petro)", "[two\nlines](#q-1)", "[other](a/b.md#x)", "[bad](#Petro)",
    "[x](#)", "[y]", "![z](#a)", "!", "#", "# h", "-", "- l", "1. o", "12) o", "1.", "2025", "> q", "+", "=", "===", "---", "~~~", "*e*", "**s**", "**S t.**", "**", "**a", "b**",
    "_", "`c`", "<b>", "&amp;", "\\", "\t", "“quoted”", "’s", "—", "\u00a0", "(", ")", "](", "[", "http://x.example", "%", "$5", ":", "|", "^",
    "\r\n", "\x0b", "\u2028", "\u2029", "\x1f", "\x85",
]  # fmt: skip


@example(parts=["**S t.**", "\u2028", "words"])
@given(parts=st.lists(st.sampled_from(PARTS), max_size=10))
@settings(max_examples=2500)
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

"""Text as Markdown that every common reader shows as the same text: CommonMark's, GitHub's, Obsidian's and pandoc's.

Nothing in a text becomes live: no HTML, no image, and no link except to an item of the same document or an https address.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import groupby, takewhile
from urllib.parse import quote

from tui.briefing.problem import printable
from tui.briefing.summary import CELL, Block, Piece, blocks

_MARKUP = re.compile(
    r"[\\`*_{}\[\]<>#|~^&$@\"']"  # also math, citations, and straight marks, which pandoc curls
    r"|([=+%])(?=\1)"
    r"|-(?=-)|(?<=-)-|\.(?=\.)|(?<=\.)\."  # pandoc makes dashes and ellipses of these
    r"|:(?=//|[\w+-]+:)|(?<=\bwww)\."  # addresses, and names of emoji
    r"|!(?=\[|\Z)",  # an image, if a link follows
    re.I,
)
_LIST = re.compile(r"(\(?(?:\d+|[a-z]|[ivxlcdm]+))(?=[.)])|(?=[-+=:])", re.I)
_SHORT = (
    "aet aetat al Apr Aug bk Bros c Capt cf ch chap chs Co col Corp cp d Dec Dr e.g ed eds esp f fasc Feb ff fig fl fol fols "
    "Fr Gen Gov Hon i.e ill Inc incl Jan Jr Jul Jun Ltd M.A M.D Mar Mr Mrs Ms n n.b nn No Nov Oct p Ph.D pp Pres Prof pt q.v "
    "Rep Rev s.v s.vv saec sec Sen Sep Sept Sgt Sr St univ viz vol vs"
)
"""The abbreviations after which pandoc writes a no-break space."""
_ABBREVIATION = re.compile(rf"(?<!\w)({'|'.join(map(re.escape, _SHORT.split()))})\.(?=\s|\Z)")
UNPROVEN = " **UNPROVEN**"


def escaped(text: str) -> str:
    """Escape one line of text, with a backslash before whatever could be read as markup."""
    text = _ABBREVIATION.sub(r"\1\\.", _MARKUP.sub(r"\\\g<0>", text))
    return _LIST.sub(r"\1\\", text, count=1) if _LIST.match(text) else text


def title_block(title: str, end: str) -> str:
    """Write a title as YAML metadata. No character of it means anything to a reader of Markdown that knows no
    metadata."""
    value = re.sub(r"[^\w ,.;()\u0080-\U0010ffff]", lambda found: f"\\u{ord(found[0]):04x}", escaped(title))
    return f'---\ntitle: "{value}"\n{end}\n'


def summary(text: str, unproven: Collection[str]) -> str:
    """Write a summary again from what was read of it, with UNPROVEN after every link to one of these."""
    lines: list[str] = []
    before = ""
    for block in blocks(text):
        lead, indent = (each.replace("▏", ">").replace("•", "-") for each in (block.lead, block.indent))
        if lines:
            same = takewhile(lambda pair: pair[0] == pair[1], zip(before, lead))
            lines.append("".join(each for each, _ in same).rstrip())  # the quotation that both are in goes on
        if block.kind == "code":
            lead, indent = lead[:-2], indent[:-2]  # the space that sets code off on a screen
        lines += (((indent if number else lead) + line).rstrip() for number, line in enumerate(_inside(block, unproven)))
        before = indent
    return "\n".join(lines)


def _inside(block: Block, unproven: Collection[str]) -> list[str]:
    """Return the lines of a block, without what begins them."""
    if block.kind == "code":
        code = [printable(line.expandtabs(4)) for line in block.text.split("\n")]
        fence = "`" * max(3, 1 + max((len(ticks) for ticks in re.findall("`+", block.text)), default=0))
        return [fence, *code, fence]
    if block.kind == "rule":
        return ["* * *"]
    if block.kind == "table":
        rows = [[_styled(cell, unproven, in_table=True) for cell in _split(row, CELL)] for row in _split(block.pieces, "\n")]
        lines = ["| " + " | ".join(row) + " |" for row in rows]
        return [lines[0], "|" + "---|" * len(rows[0]), *lines[1:]]
    lines = [_styled(line, unproven) for line in _split(block.pieces, "\n")]
    if block.kind == "heading":
        return ["#" * min(6, block.level + 1) + " " + " ".join(lines)]
    return [line + "\\" if number < len(lines) else line for number, line in enumerate(lines, 1)]


def _split(pieces: Sequence[Piece], at: Piece | str) -> list[list[Piece]]:
    """Split pieces at those that are `at`, or have this text."""
    parts: list[list[Piece]] = [[]]
    for piece in pieces:
        if piece is at or piece.text == at:
            parts.append([])
        else:
            parts[-1].append(piece)
    return parts


def _styled(pieces: Sequence[Piece], unproven: Collection[str], in_table: bool = False) -> str:
    """Write pieces on one line, with their emphasis if it is read as such, else without."""
    runs = (list(run) for _, run in groupby(pieces, key=lambda piece: piece._replace(text="")))
    joined = [run[0]._replace(text="".join(piece.text for piece in run)) for run in runs]
    if not in_table and any(piece.strong or piece.emphasis or piece.code for piece in joined):
        read = blocks(_inline(joined, (), styles=True))
        wanted = "".join(piece.text + (f" ({piece.href})" if piece.href[:1] not in ("", "#") else "") for piece in joined)
        if len(read) == 1 and read[0].kind == "paragraph" and read[0].text == printable(wanted).strip():
            return _inline(joined, unproven, styles=True)
    return _inline(joined, unproven, styles=False)


def _inline(pieces: Sequence[Piece], unproven: Collection[str], styles: bool) -> str:
    out = ""
    for href, run in groupby(pieces, key=lambda piece: piece.href):
        words = "".join(_words(piece, styles) for piece in run)
        if href.startswith("#"):
            words = f"[{words}]({href})" + UNPROVEN * (href in unproven)
        elif href:
            words += escaped(f" ({printable(href)})")
        out += words
    return out.strip()


def _words(piece: Piece, styles: bool) -> str:
    if piece.address.lower().startswith("https://"):
        return f" <{quote(piece.address, safe='/:?#&=%+,.~-_!@')}>"
    text = printable(piece.text)
    words = text.strip()
    if not styles or not words or not (piece.strong or piece.emphasis or piece.code):
        return escaped(text)
    ticks = "`" * (1 + max((len(each) for each in re.findall("`+", words)), default=0))
    space = " " * ("`" in words)
    inner = f"{ticks}{space}{words}{space}{ticks}" if piece.code else escaped(words)
    mark = "**" * piece.strong + "*" * piece.emphasis
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{before}{mark}{inner}{mark[::-1]}{after}"

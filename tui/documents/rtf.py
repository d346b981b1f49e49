"""Read RTF as a reader of the finished page sees it. Footnotes follow their paragraph; deleted and hidden words, heads
and pictures are left out and listed."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from tui.briefing.record import NamedTuple
from tui.documents.base.document import Document, Fact, joined, names, shortened
from tui.documents.base.raised import raised

_TOKEN = re.compile(rb"\\([a-zA-Z]+)(-?\d+)? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|([^\\{}\r\n]+)|[\r\n]+")
_CHARSETS = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 134: "gb18030", 136: "big5", 161: "cp1253", 162: "cp1254", 163: "cp1258",
    177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250", 254: "cp437",
}  # fmt: skip
"""Code pages by \\fcharset."""
_PAGES = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}
_CHARACTERS = {
    "tab": " ", "line": " ", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”",
    "bullet": "•", "emspace": " ", "enspace": " ", "qmspace": " ", "zwj": "\u200d", "zwnj": "\u200c", "ltrmark": "\u200e",
    "rtlmark": "\u200f",
}  # fmt: skip
_SYMBOLS = {
    b"~": "\u00a0",
    b"-": "\u00ad",
    b"_": "\u2011",
    b"\\": "\\",
    b"{": "{",
    b"}": "}",
    b"\n": "\f",
    b"\r": "\f",
    b"\t": " ",
}
_ENDS = frozenset({"par", "sect", "page", "cell", "row", "nestcell", "nestrow", "column"})
_SKIPPED = names(
    "fonttbl colortbl stylesheet listtable listoverridetable revtbl rsidtbl generator pict objdata fldinst "
    "nonshppict sp filetbl themedata colorschememapping datastore latentstyles xmlnstbl xe tc bkmkstart bkmkend "
    "pntext listtext private passwordhash userprops mmathPr wgrffmtfilter"
)
_LISTED = {
    "header": "header", "headerl": "header", "headerr": "header", "headerf": "header", "footer": "footer",
    "footerl": "footer", "footerr": "footer", "footerf": "footer", "annotation": "comment",
}  # fmt: skip
"""Groups whose words are listed and not read."""
_STARRED = frozenset({"shpinst", "shppict", "ud", "footnote", "annotation", "fldinst", "pict"})
"""Groups marked as optional that are known here."""
_FACTS = {"title": "title", "author": "author"}
_DEEPEST = 1000
"""Groups within groups."""


class _State(NamedTuple):
    """What holds up to the end of a group."""

    out: str
    """Where words go: "text", "note", "", or what lists them."""
    page: str
    skip: int = 1
    """Characters to skip after a Unicode escape."""
    high: bool = False
    hidden: bool = False
    deleted: bool = False


def read(data: bytes, charset: str = "") -> Document:
    reader = _Reader(data, charset)
    reader.run()
    facts = tuple(
        Fact(name, " ".join(words.split()), f"\\info: \\{name}") for name, words in reader.facts.items() if words.strip()
    )
    return Document("rtf", joined(reader.paragraphs), "readout-rtf 1", facts=facts, left_out=tuple(dict.fromkeys(reader.left)))


class _Reader:
    def __init__(self, data: bytes, charset: str) -> None:
        self.data = data
        self.paragraphs: list[str] = []
        self.left: list[str] = []
        self.facts: dict[str, str] = {}
        self._fonts = _fonts(data)
        self._asked = charset
        self._state = _State("text", charset or _ansi(data))
        self._stack: list[_State] = []
        self._bytes = b""
        self._words: dict[str, str] = {}
        self._notes: list[str] = []
        self._skip = 0

    def run(self) -> None:
        at, starred = 0, False
        while token := _TOKEN.match(self.data, at):
            at = token.end()
            word, number, code, symbol, brace, plain = token.groups()
            if code and not self._skip:
                self._bytes += bytes.fromhex(code.decode())
            elif code:
                self._skip -= 1
            elif brace or word or symbol:
                self._flush()
            if brace:
                self._open() if brace == b"{" else self._close()
            elif word == b"bin":
                at += max(0, int(number or 0))
            elif word:
                self._control(word.decode("ascii"), int(number[:9]) if number else None, starred)
            elif symbol and symbol != b"*":
                self._symbol(symbol)
            elif plain:
                self._plain(plain)
            starred = symbol == b"*" or (starred and not token[0].strip(b"\r\n"))
        self._flush()
        self._end()

    def _open(self) -> None:
        self._skip = 0
        if len(self._stack) < _DEEPEST:
            self._stack.append(self._state)

    def _close(self) -> None:
        self._skip = 0
        before = self._state
        if self._stack:
            self._state = self._stack.pop()
        if before.out == self._state.out or before.out == "text":
            return
        words = " ".join(self._words.pop(before.out, "").split())
        if before.out == "note":
            self._notes += [words] if words else []
        elif before.out in _FACTS:
            self.facts.setdefault(before.out, words)
        elif before.out and words:
            self.left.append(f"{before.out}: “{shortened(words)}”")

    def _control(self, word: str, number: int | None, starred: bool) -> None:
        state = self._state
        if word == "pict" and state.out:
            self.left.append("a picture")
        if (starred and word not in _STARRED) or word in _SKIPPED:
            self._state = state._replace(out="")
        elif word == "upr":
            self._state = state._replace(out="")  # followed by the same words in Unicode
        elif word == "ud" and self._stack:
            self._state = state._replace(out=next((each.out for each in reversed(self._stack) if each.out), "text"))
        elif word == "footnote" and state.out == "text":
            self._state = _State("note", state.page)
        elif word in _LISTED and (state.out or word == "annotation"):
            self._state = _State(_LISTED[word], state.page)
        elif word == "info":
            self._state = state._replace(out="")
        elif word in _FACTS and self._stack and not state.out:
            self._state = state._replace(out=word)
        elif word == "shpinst":
            self._state = state._replace(out="")
        elif word == "shptxt":
            self._state = state._replace(out="text")
        elif word in _ENDS:
            self._end()
        elif word in _CHARACTERS:
            self._add(_CHARACTERS[word])
        else:
            self._format(word, number)

    def _format(self, word: str, number: int | None) -> None:
        """Handle a control word that changes how characters are read or shown."""
        state, on = self._state, number != 0
        if word == "u" and number is not None:
            self._add(chr(number % 0x10000))
            self._skip = state.skip
        elif word == "uc":
            self._state = state._replace(skip=max(0, number or 0))
        elif word == "f":
            self._state = state._replace(page=self._asked or self._fonts.get(number or 0, "") or _ansi(self.data))
        elif word in ("super", "nosupersub", "sub", "up"):
            self._state = state._replace(high=word == "super" or (word == "up" and bool(number or number is None)))
        elif word == "v":
            self._state = state._replace(hidden=on)
        elif word == "deleted":
            self._state = state._replace(deleted=on)
        elif word == "plain":
            self._state = state._replace(high=False, hidden=False, deleted=False)

    def _symbol(self, symbol: bytes) -> None:
        character = _SYMBOLS.get(symbol, "")
        if character == "\f":
            self._end()
        elif character and not self._skip:
            self._add(character)
        self._skip = max(0, self._skip - 1)

    def _plain(self, plain: bytes) -> None:
        plain, self._skip = plain[self._skip :], max(0, self._skip - len(plain))
        self._bytes += plain
        self._flush()

    def _flush(self) -> None:
        """Decode the bytes read so far, in the code page of their font."""
        if self._bytes:
            data, self._bytes = self._bytes, b""
            try:
                self._add(data.decode(self._state.page, "replace"))
            except LookupError:
                self._add(data.decode("cp1252", "replace"))

    def _add(self, words: str) -> None:
        state = self._state
        if not state.out:
            return
        out = "deleted or hidden" if state.hidden or state.deleted else state.out
        self._words[out] = self._words.get(out, "") + (raised(words) if state.high else words)

    def _end(self) -> None:
        """End a paragraph; its notes follow it."""
        out = self._state.out
        if out != "text":
            self._words[out] = self._words.get(out, "") + " "
            return
        self.paragraphs += [_whole(self._words.pop("text", "")), *map(_whole, self._notes)]
        self._notes = []
        if gone := self._words.pop("deleted or hidden", "").strip():
            self.left.append(f"deleted or hidden: “{shortened(_whole(gone))}”")


def _whole(words: str) -> str:
    """Return the text with halves of surrogate pairs, as RTF writes characters beyond U+FFFF, put together."""
    return words if words.isascii() else words.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _ansi(data: bytes) -> str:
    """Return the code page of the whole file."""
    head = data[:2000]
    found = re.search(rb"\\ansicpg(\d+)", head)
    if found and int(found[1]) not in (0, 1252):
        try:
            return codecs.lookup(f"cp{int(found[1])}" if int(found[1]) != 65001 else "utf-8").name
        except LookupError:
            return "cp1252"
    return next((page for name, page in _PAGES.items() if re.search(rb"\\%s\b" % name.encode(), head)), "cp1252")


def _fonts(data: bytes) -> dict[int, str]:
    return dict(_font_pages(data))


def _font_pages(data: bytes) -> Iterator[tuple[int, str]]:
    """Yield (number of a font, its code page) for fonts that have one of their own."""
    start = data.find(b"\\fonttbl")
    for found in re.finditer(
        rb"\\f(\d{1,6})\b[^;{}]*?\\fcharset(\d{1,3})\b", data[start : start + 200_000] if start >= 0 else b""
    ):
        if int(found[2]) in _CHARSETS:
            yield int(found[1]), _CHARSETS[int(found[2])]

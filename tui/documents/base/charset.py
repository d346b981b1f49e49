"""Turn bytes into text: by the byte order mark, then as UTF-8 if it is valid, then as the file declares. A charset is
never guessed."""

from __future__ import annotations

import codecs
import re

from tui.briefing.problem import Refused, printable

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip
"""UTF-32 before UTF-16, whose mark it begins with."""
_MEANT = {
    "iso-8859-1": "cp1252", "latin1": "cp1252", "latin-1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252",
    "iso-8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "shift_jis": "cp932",
    "shift-jis": "cp932", "x-sjis": "cp932", "ks_c_5601-1987": "cp949", "euc-kr": "cp949", "big5": "big5hkscs",
    "windows-874": "cp874", "tis-620": "cp874", "x-user-defined": "cp1252", "unicode": "utf-16",
}  # fmt: skip
"""The charset that browsers use for a declared name (WHATWG Encoding), if Python's codec of that name is narrower."""
_DECLARED = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([\w.:-]+)|<\?xml[^>]+encoding\s*=\s*["']([\w.:-]+)""", re.I)
_LIKELY = ("cp1252", "cp1251", "cp1250", "cp932", "gb18030")
_WIDE = ("utf-16-le", "utf-16-be")
"""Charsets to show a sample in, for a person to choose from."""


def decoded(data: bytes, charset: str = "", declared: bool = False) -> str:
    """Return the text. `charset` is the one that the person named; `declared`: a web page, which may name its own.
    Raises Refused if the bytes are not in that charset, or none is known."""
    if charset:
        return _strict(data, charset, "--charset")
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], name, "its byte order mark")
    bad = 0
    if b"\0" not in data[:2]:  # as UTF-16 without a mark has it
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError as error:
            bad = error.start
    if declared and (found := _DECLARED.search(data, 0, 4096)):
        name = (found[1] or found[2]).decode("ascii").lower()
        return _strict(data, _MEANT.get(name, name), "the page")
    raise Refused(
        f"it is not UTF-8 and does not name its charset (byte 0x{data[bad]:02x} at offset {bad}); {_samples(data, bad)}"
    )


def named(name: str) -> str:
    """Return the codec for a charset's name in a mail or a page, or "utf-8" if nobody knows it."""
    name = _MEANT.get(name.lower(), name)
    try:
        "a".encode(name)  # also raises for codecs that are none of text
    except (LookupError, ValueError):
        return "utf-8"
    return name


def _strict(data: bytes, name: str, why: str) -> str:
    try:
        return data.decode(name).removeprefix("\ufeff")
    except (LookupError, ValueError) as error:
        if isinstance(error, UnicodeDecodeError):
            byte = f"byte 0x{data[error.start]:02x} at offset {error.start}"
            raise Refused(f"it is not {name}, which {why} names: {byte}; name its charset with --charset") from None
        raise Refused(f"{why} names a charset that is not known: {name[:40]!r}; name another with --charset") from None


def _samples(data: bytes, bad: int) -> str:
    """Show the words around the first byte that is not UTF-8 in the charsets that it may be in."""
    around = data[max(0, bad - 16) : bad + 16]
    shown = []
    for name in (_WIDE if b"\0" in data[:2] else _LIKELY):
        try:
            shown.append(f"--charset {name} reads “{printable(' '.join(around.decode(name).split()))}”")
        except UnicodeDecodeError:
            continue
    return f"name it with --charset: {', '.join(shown[:3])}" if shown else "name it with --charset"

"""What a terminal sends, taken apart: keys, pastes and mouse reports are passed on; answers, and what no key sends, are not.

An answer to somebody's question (device attributes, colours, the terminal's name) may arrive late, cut, or unasked, and is
never a key. Grammar: ECMA-48 5.4 (control sequences) and 5.6 (control strings); the kitty keyboard protocol; xterm's "SGR"
mouse reports (1006) and bracketed pastes (2004). No Textual, and no clock: the caller says what time it is, in seconds.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from tui.briefing.record import NamedTuple

ESCAPE = "\x1b[27u"
"""The Esc key in the kitty keyboard protocol, which nothing else begins with."""
REST = 2.0
"""Seconds that the rest of an answer is waited for; what comes later is keys again, unless it is that rest, whole."""
REST_OF_PASTE = 10.0
"""Seconds that the rest of a paste is waited for."""
LARGEST = 9999
"""No terminal has more columns or rows."""
LONGEST = 256
"""Characters of a control sequence; a longer one is left out."""

_PASTE, _PASTE_END = "\x1b[200~", "\x1b[201~"
_CONTROL = re.compile("\x1b\\[(?:\\[[A-E]|[0-9]{1,2}\\$|(<[-0-9;]*|[0-?]*)([ -/]*)([@-~]))", re.A)
"""A whole control sequence: a key of the Linux console, one of rxvt with Shift, or (parameters, intermediates, final byte)."""
_CUT = re.compile("\x1b\\[(?:\\[|<[-0-9;]*|[0-?]*[ -/]*)\\Z", re.A)
_KEY = re.compile("[0-9:;]*", re.A)
_MOUSE = re.compile("<([0-9]{1,4});([0-9]{1,5});([0-9]{1,5})", re.A)
_STRING = re.compile("\x1b[P\\]_^X]")
_STRING_END = re.compile("\x07|\x9c|\x1b\\\\|(?=\x1b)|(?=[\r\n])|[\x18\x1a]")
_REST_OF_CONTROL = re.compile("(?=..)[0-?]*[ -/]*[@-~]", re.A)
_REST_OF_STRING = re.compile("[^\x1b\r\n]*(?:\x07|\x9c|\x1b\\\\)")
_CSI, _STRINGS = "\x9b", "\x90\x98\x9d\x9e\x9f"
"""What begins a control sequence, or a control string, in eight bits (ECMA-48 5.3)."""
_PLAIN = re.compile(f"[^\x1b{_CSI}{_STRINGS}]+")
_LETTERS = "ABCDEFHPQRS~u"
"""Final bytes of keys that may have parameters in the kitty protocol's form."""
_BARE = "ABCDEFGHILMNOPQRSTUVWXYZ^@abcd"
"""Final bytes of keys, and of reports on the focus, with no parameter or a number alone."""


class Paste(NamedTuple):
    text: str


class Arriving:
    """Feed it what was read; it gives back whole sequences and characters that can be taken for keys as they are."""

    def __init__(self, patience: float, alt_keys: Collection[str] = ()) -> None:
        """Begin with nothing held. `patience`: seconds until an Esc that nothing followed is the key itself.
        `alt_keys`: characters that are bound together with Alt; Esc and any other character, at once, are two
        keys."""
        self._patience, self._alt_keys = patience, alt_keys
        self._held = ""
        self._until = 0.0
        self._inside = False
        """Whether a control string has begun whose end has not come."""
        self._pasted: list[str] | None = None
        self._line_ends = "\r"
        """What a line end is: in what was typed before the terminal was raw it stands for Enter, later for itself."""
        self._cut = ""
        """What had come of an answer whose rest was waited for too long: its first two characters, or one."""

    @property
    def due(self) -> float | None:
        """Return when to call `tick`; None for not at all."""
        return self._until if self._held or self._inside or self._pasted is not None else None

    def feed(self, text: str, now: float) -> list[str | Paste]:
        found: list[str | Paste] = []
        at = self._rest(text)
        text, self._held = self._held + text, ""
        while at < len(text):
            following = self._step(text, at, found)
            if following < 0:  # the rest has not come yet
                self._held = text[at:]
                break
            at = following
        self._line_ends = "\n" if text else self._line_ends
        if self.due is not None:
            cut = self._inside or len(self._held) > 2 or self._held[:1] == _CSI
            self._until = now + (REST_OF_PASTE if self._pasted is not None else REST if cut else self._patience)
        return found

    def tick(self, now: float) -> list[str | Paste]:
        """Give up waiting: return what was held as what it is then taken for."""
        if self.due is None or now < self._until:
            return []
        held, inside = self._held, self._inside
        self._held, self._inside = "", False
        self._cut = "" if self._pasted is not None else "\x1bP" if inside else held.replace(_CSI, "\x1b[")[:2]
        if self._pasted is not None:
            pasted, self._pasted = self._pasted, None
            return [Paste("".join(pasted))]
        if inside or len(held) > 2 or held[:1] == _CSI:
            return []  # an answer that was cut
        return [_with_alt(held[1])] if held[1:] and held[1] in self._alt_keys else [ESCAPE, *held[1:]]

    def _rest(self, text: str) -> int:
        """Return how many characters of `text` are the rest of an answer that was given up. Nobody types that at once: the
        parameters and the end of a control sequence, alone in what was read, or a control string up to its end."""
        began, self._cut = self._cut, ""
        if not began:
            return 0
        before = len(began)
        began = (began + text)[:2]
        skipped = len(began) - before
        text = text[skipped:]
        if began == "\x1b[" and _REST_OF_CONTROL.fullmatch(text):
            return skipped + len(text)
        rest = _REST_OF_STRING.match(text) if _STRING.fullmatch(began) else None
        return skipped + rest.end() if rest else 0

    def _step(self, text: str, at: int, found: list[str | Paste]) -> int:
        """Take what begins at `at`; where the next thing begins, or -1 where more has to come."""
        if self._pasted is not None:
            return self._in_paste(text, at, found)
        if self._inside:
            end = _STRING_END.search(text, at)
            if not end:
                return len(text)
            if text[end.start() :] == "\x1b":  # perhaps the first half of its end
                return end.start() if end.start() > at else -1
            self._inside = False
            return end.end()
        if plain := _PLAIN.match(text, at):
            typed = plain[0].replace("\n", self._line_ends)
            found.extend(each for each in typed if each != "\ufffd" and not "\x80" <= each <= "\x9f")
            return plain.end()
        if text[at] in _STRINGS:
            self._inside = True
            return at + 1
        if text[at] == _CSI:
            following = self._control(f"\x1b[{text[at + 1 :]}", 0, found)
            return following if following < 0 else at + following - 1
        if at + 1 == len(text):
            return -1
        begins = text[at : at + 2]
        if begins == "\x1b[":
            return self._control(text, at, found)
        if begins == "\x1bO":
            if at + 2 == len(text):
                return -1
            if text[at + 2].isascii() and text[at + 2].isalpha():
                found.append(text[at : at + 3])
                return at + 3
        if _STRING.match(begins):
            if at + 2 == len(text):
                return -1  # or a key with Alt
            if text[at + 2] >= " ":
                self._inside = True
                return at + 2
        if begins[1] in self._alt_keys:
            found.append(_with_alt(begins[1]))
            return at + 2
        found.append(ESCAPE)
        return at + 1

    def _in_paste(self, text: str, at: int, found: list[str | Paste]) -> int:
        assert self._pasted is not None
        end = text.find(_PASTE_END, at)
        if end >= 0:
            found.append(Paste("".join((*self._pasted, text[at:end]))))
            self._pasted = None
            return end + len(_PASTE_END)
        cut = next((size for size in range(len(_PASTE_END) - 1, 0, -1) if text.endswith(_PASTE_END[:size], at)), 0)
        self._pasted.append(text[at : len(text) - cut])
        if cut:
            self._held = text[len(text) - cut :]
        return len(text)

    def _control(self, text: str, at: int, found: list[str | Paste]) -> int:
        if _CUT.match(text, at) and len(text) - at < LONGEST:
            return -1
        whole = _CONTROL.match(text, at, at + LONGEST)
        if not whole:
            return at + 2 if len(text) - at < LONGEST else at + LONGEST
        if whole[0] == "\x1b[M":  # a mouse report of the old form: three bytes more
            return -1 if len(text) < at + 6 else at + 6
        if whole[0] == _PASTE:
            self._pasted = []
        elif key := _as_key(whole):
            found.append(key)
        return whole.end()


def _with_alt(character: str) -> str:
    """Return the key with Alt, in the kitty protocol's form: one more than the sum of Alt (2) and Shift (1)."""
    return f"\x1b[{ord(character.lower())};{3 + character.isupper()}u"


def _as_key(whole: re.Match[str]) -> str:
    """Return the control sequence in the form of a key or report; "" if it is neither."""
    parameters, between, final = whole.groups()
    if final is None:
        return whole[0]
    if between or final in "mM" or parameters[:1] in "<=>?":
        if between == "$" and final == "y" and re.fullmatch("\\?2026;[0-4]", parameters):
            return whole[0]  # whether synchronized output is known
        if mouse := _MOUSE.fullmatch(parameters) if final in "mM" and not between else None:
            button, x, y = map(int, mouse.groups())
            if button < 256 and not button & 32 and 0 < x <= LARGEST and 0 < y <= LARGEST:
                return whole[0]
        if parameters or between or final in "mM":
            return ""
    if not _KEY.fullmatch(parameters):
        return ""
    if final in _LETTERS and (";" in parameters or final == "u"):
        return _kitty(parameters, final)
    if (final in _BARE and len(parameters) < 3) or (final == "~" and 0 < len(parameters) < 4):
        return "" if ":" in parameters else whole[0]
    return ""


def _kitty(parameters: str, final: str) -> str:
    """Return a key of the kitty protocol without alternate keys and event types. A released key is none."""
    fields = [field.split(":") for field in parameters.split(";")]
    if len(fields) > 3 or any(len(number) > 7 for field in fields for number in field):
        return ""
    code, modifiers = fields[0][0] or "1", fields[1] if len(fields) > 1 else [""]
    if modifiers[1:2] == ["3"] or not _is_character(code) or not int(modifiers[0] or "1") <= 256:
        return ""
    text = fields[2] if len(fields) > 2 else []
    if not all(_is_character(each) for each in text if each):
        return ""
    parts = [code, modifiers[0] or "1", ":".join(filter(None, text))]
    return f"\x1b[{';'.join(parts if parts[2] else parts[:2])}{final}"


def _is_character(code: str) -> bool:
    number = int(code)
    return 0 < number < 0x110000 and not 0xD800 <= number < 0xE000

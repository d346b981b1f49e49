"""A text being typed and the cursor in it: what each key does to them. For the status line and for the note editor."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tui.reader.drawing.lines import JOINERS

LIMIT = 100_000
"""Characters of a note."""
LINE = 1_000
"""Characters of a single line."""
_LINE_END = re.compile("\r\n|[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]")
_BLANK = re.compile(r"[^\S\n]")


@dataclass
class Buffer:
    text: str = ""
    at: int = 0
    """The cursor is before the character with this number."""
    lines: bool = False
    """Whether the text may have several."""
    refused: str = ""
    """Why the last thing typed or pasted was not put in; "" where it was."""

    def press(self, key: str, character: str | None) -> bool:
        """Do what the key does; False where it does nothing here."""
        text, at = self.text, self.at
        first, last = text.rfind("\n", 0, at) + 1, text.find("\n", at) % (len(text) + 1)
        if key == "backspace" and at:
            self.text, self.at = text[: at - 1] + text[at:], at - 1
        elif key in ("delete", "ctrl+d"):
            self.text = text[:at] + text[at + 1 :]
        elif key == "ctrl+u":
            self.text, self.at = text[:first] + text[at:], first
        elif key == "ctrl+k":
            self.text = text[:at] + text[last:]
        elif key == "ctrl+w":
            kept = text[:at].rstrip(" ")
            start = max(kept.rfind(" "), kept.rfind("\n")) + 1
            self.text, self.at = text[:start] + text[at:], start
        elif key in ("left", "right"):
            self.at = min(len(text), max(0, at + (1 if key == "right" else -1)))
        elif key in ("home", "ctrl+a"):
            self.at = first
        elif key in ("end", "ctrl+e"):
            self.at = last
        elif key == "enter" and self.lines:
            self.insert("\n")
        elif character and (character.isprintable() or character in JOINERS) and not key.startswith(("ctrl+", "alt+")):
            self.insert(character)
        else:
            return False
        self.refused = self.refused if self.text == text else ""
        return True

    def paste(self, text: str) -> None:
        """Put a pasted text in. In a single line a line end becomes a space, and is left out at the end of the paste."""
        text = _LINE_END.sub("\n", text).replace("\t", "    ")
        self.insert(text if self.lines else " ".join(filter(None, text.rstrip("\n").split("\n"))))

    def insert(self, typed: str) -> None:
        """Put a text in at the cursor, without characters that no key could have typed. Past the limit nothing is put in,
        and `refused` says so."""
        typed = _BLANK.sub(" ", typed)
        typed = "".join(each for each in typed if each.isprintable() or each in JOINERS or (self.lines and each == "\n"))
        most = LIMIT if self.lines else LINE
        if len(self.text) + len(typed) > most:
            what = f", not {len(self.text) + len(typed):,}" if len(typed) > 1 else ""
            self.refused = f"at most {most:,} characters fit here{what}"
            return
        self.refused = ""
        self.text, self.at = self.text[: self.at] + typed + self.text[self.at :], self.at + len(typed)

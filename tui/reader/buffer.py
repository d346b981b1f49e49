"""A text being typed and the cursor in it: what each key does to them. For the line at the foot and for the note editor."""

from __future__ import annotations

from dataclasses import dataclass

LIMIT = 100_000
"""Characters."""


@dataclass
class Buffer:
    text: str = ""
    at: int = 0
    """The cursor stands before the character with this number."""
    lines: bool = False
    """Whether the text may have several."""

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
        elif character and character.isprintable() and not key.startswith(("ctrl+", "alt+")):
            self.insert(character)
        else:
            return False
        return True

    def insert(self, typed: str) -> None:
        """Put something in at the cursor: what no key could have typed is left out."""
        typed = "".join(each for each in typed if each.isprintable() or (self.lines and each == "\n"))
        typed = typed[: max(0, LIMIT - len(self.text))]
        self.text, self.at = self.text[: self.at] + typed + self.text[self.at :], self.at + len(typed)

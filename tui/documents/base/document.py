"""What is read from a file that is not plain text: its words, where its pages begin, and what it says about itself."""

from __future__ import annotations

from tui.briefing.problem import Refused
from tui.briefing.record import NamedTuple


class PassedOver(Refused):
    """A file of a kind that cannot be read. `what` a person calls it, and `advice` in a few words, are for lines that
    count many of them."""

    def __init__(self, message: str, what: str, advice: str) -> None:
        super().__init__(message)
        self.what, self.advice = what, advice


class Fact(NamedTuple):
    """One thing that a document says about itself: `name` is title, author, published, publisher, url or lang."""

    name: str
    value: str
    where: str
    """The field that says it, for a person: "Date:", "docProps/core.xml: creator"."""


class Document(NamedTuple):
    kind: str
    """A key of `KINDS`."""
    text: str
    """Paragraphs separated by a blank line, each on one line. A form feed is where each page but the first begins."""
    extractor: str = ""
    """The name and version of what took the text out. Another version may take it out differently."""
    pages: tuple[str, ...] = ()
    """The label of each page, as printed or else counted. Empty if the document has no pages."""
    unit: str = ""
    """What a page is: "page", "message" or "time". "" if there are none."""
    facts: tuple[Fact, ...] = ()
    left_out: tuple[str, ...] = ()
    """What the original holds and the text does not, each in a line for a person."""

    def fact(self, name: str) -> str:
        """Return the value of the first fact of this name, or ""."""
        return next((fact.value for fact in self.facts if fact.name == name), "")


def joined(paragraphs: list[str]) -> str:
    """Return the paragraphs as a text: runs of blanks become one, no-break spaces stay, empty paragraphs go."""
    lines = (" ".join(each.replace("\u00a0", "\ue000").split()).replace("\ue000", "\u00a0") for each in paragraphs)
    return "\n\n".join(line for line in lines if line) + "\n"


def shortened(words: str, most: int = 200) -> str:
    """Return words on one line, the end cut off if there are more than `most` characters."""
    words = " ".join(words.split())
    return words if len(words) <= most else f"{words[: most - 1]}…"


def names(words: str) -> frozenset[str]:
    """Return the names that a text lists, separated by blanks."""
    return frozenset(words.split())

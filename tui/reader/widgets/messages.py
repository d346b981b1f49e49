"""What a pane says to its screen: one message a class. A screen answers them in `answer`, with one `match`."""

from __future__ import annotations

from tui.briefing.record import NamedTuple
from tui.reader.path.plan import PaneName

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias


class Choose(NamedTuple):
    """The cursor was moved to this: make it the subject."""

    target: str


class Go(NamedTuple):
    """Enter was pressed on this."""

    target: str


class Show(NamedTuple):
    """Go to the own row of this."""

    target: str


class Pin(NamedTuple):
    """Pin the actors of this, or remove their pins."""

    target: str


class Turn(NamedTuple):
    """Turn to a pane."""

    pane: PaneName


class Say(NamedTuple):
    """Tell the reader this."""

    words: str


class ListQuotes(NamedTuple):
    """List what one actor says about another, by their ids."""

    speaker: str
    subject: str


class FindAgain:
    """The pane shows other rows than before: search them again."""


Message: TypeAlias = "Choose | Go | Show | Pin | Turn | Say | ListQuotes | FindAgain"

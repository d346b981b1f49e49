"""What the reading screen and the shelf have in common: single lines above and below, something said or typed at the foot, and
the names of their keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property

from textual import events
from textual.reactive import Reactive
from textual.widget import Widget

from tui.reader.drawing.lines import Line
from tui.reader.host import Host
from tui.reader.keys.action import Action, Key, bound_by
from tui.reader.terminal.display import DisplayedScreen
from tui.reader.widgets.bars import KeyHint
from tui.reader.widgets.messages import Message
from tui.reader.widgets.pane import Pane
from tui.reader.widgets.prompt import Asking, Prompt
from tui.reader.widgets.rows import COMPONENTS
from tui.reader.widgets.sheet import Entry, Sheet

COMMON = (
    Action("T", "theme", "next theme", id="theme", kiosk=True),
    Action("ctrl+p", "commands", "command palette", id="commands", kiosk=True),
    Action("ctrl+l", "repaint", "repaint", id="repaint", kiosk=True),
    Action("ctrl+z", "app.suspend_process", "suspend to the shell; fg returns", id="suspend"),
    Action("question_mark", "keys", "help: all keys", id="keys", kiosk=True),
    Action("Q", "app.quit", "quit; while typing, ^q", id="quit", kiosk=True),
)
"""The last of each screen's own."""


class LinesScreen(DisplayedScreen):
    COMPONENT_CLASSES = COMPONENTS
    AUTO_FOCUS = ""

    focused: Reactive[Widget | None] = Reactive(None, repaint=False)  # as Screen's, but focus is no reason to paint all

    app: Host

    def __init__(self) -> None:
        super().__init__()
        self.prompt = Prompt(self._foot, "foot")
        self.sheet = Sheet(self._close_sheet)
        self.sheet.answer, self.sheet.called = self.answer, self.called
        self.said = ""
        self._styled = False

    def _foot(self, cells: int) -> Line:
        raise NotImplementedError

    def answer(self, message: Message) -> None:
        """Answer a message of a pane."""
        raise NotImplementedError

    def lay_out(self) -> None:
        """Give each pane its room, or none."""
        raise NotImplementedError

    @classmethod
    def key_places(cls) -> list[tuple[str, type]]:
        """Return the places of this screen in which keys work, each with the class that has them."""
        raise NotImplementedError

    def key_table(self) -> Iterator[Key]:
        """Yield every key that works on this screen."""
        from tui.reader.keys.keymap import named

        return named((row for where, owner in self.key_places() for row in bound_by(owner, where)), self.app.keys)

    @property
    def at(self) -> Pane:
        """Return the pane that keys go to."""
        raise NotImplementedError

    def focus_here(self) -> None:
        """Have keys go to `at`."""
        raise NotImplementedError

    def keep_all(self) -> str:
        """Save what is not saved yet: the program ends. The text of a note that could not be saved."""
        return ""

    def present(
        self,
        title: str,
        make: Callable[[], Sequence[Entry]],
        empty: str = "",
        chosen: Callable[[str], None] = lambda target: None,
        does: str = "goes there",
        about: str = "",
    ) -> None:
        """Open the sheet; what is chosen on it is given to `chosen`. `make` is asked again when what it is made of has changed;
        `does`: what Enter does; `about`: the item that the whole sheet is about."""
        self.sheet.display = True
        self.sheet.present(title, make, chosen, empty, does, about)
        self.turn_over()

    def turn_over(self) -> None:
        """Lay out again, after a list or the editor was opened or closed."""
        self.lay_out()
        self.focus_here()
        self.bar("foot")

    def _close_sheet(self) -> None:
        self.sheet.display = False
        self.sheet.like = ""
        self.turn_over()

    def update_node_styles(self, animate: bool = True) -> None:
        """Skip the first update, as the screen comes up: it has only just got its styles."""
        if self._styled:
            super().update_node_styles(animate)
        self._styled = True

    def bar(self, *names: str) -> None:
        for name in names if self.is_mounted else ():
            self.query_one(f"#{name}").refresh()

    def say(self, words: str) -> None:
        """Show words in the status line until the next key."""
        self.said = words
        self.bar("foot")

    def ask(self, asking: Asking) -> None:
        """Have something typed at the foot of the screen."""
        ended = asking.ended

        def end(text: str | None) -> None:
            self.focus_here()
            ended(text)
            self.bar("foot")

        asking.ended = end
        self.said = ""
        self.prompt.asking = asking
        self.prompt.refresh()

    def take(self, event: events.Key) -> bool:
        """Give a key to what is being typed, if anything is."""
        return self.prompt.take(event)

    def paste(self, text: str) -> None:
        if self.prompt.asking:
            self.prompt.paste(text)

    def unbound(self, key: str) -> None:
        """Say why a key does nothing here."""
        from tui.reader.keys.keymap import why_not

        self.say(why_not(key, self.app.every_key(), self.called("keys")))

    def called(self, id: str) -> str:
        """Return the name of the key that does an action; "" for none."""
        return self._names.get(id, "")

    @cached_property
    def _names(self) -> dict[str, str]:
        """Map each id to the key that the status line names for it."""
        from tui.reader.keys.keymap import first_keys

        return first_keys(self.key_table())

    def _hints(self, hints: Sequence[tuple[str, str]]) -> list[KeyHint]:
        """List the keys that matter here, with what they do."""
        found: list[KeyHint] = []
        for ids, words in hints:
            names = " ".join(name for id in ids.split(" ") if (name := self._names.get(id, "")))
            if names:
                found.append((_in_short(names), words))
        return found

    def action_theme(self) -> None:
        theme = self.app.next_theme()
        self.say(f"theme: {theme}" if self.app.kiosk else f'theme: {theme}; theme = "{theme}" in settings.toml keeps it')

    def action_repaint(self) -> None:
        self.app.repaint()

    def cursor_cell(self) -> tuple[int, int] | None:
        """Return the cell of the cursor: in the prompt while something is typed, else at the row that keys are on."""
        if self.prompt.asking:
            return (1, self.size.height - 1)
        pane = self.at
        if not pane.rows or not pane.display:
            return None
        return (pane.region.x + pane.GUTTER, min(pane.region.y + pane.head + pane.lines_above(), self.size.height - 1))


def _in_short(keys: str) -> str:
    """Write keys that are digits in a row as first and last: 1-5."""
    each = keys.split(" ")
    in_a_row = len(each) > 2 and keys.replace(" ", "").isdecimal() and "".join(each) in "123456789"
    return f"{each[0]}-{each[-1]}" if in_a_row else keys

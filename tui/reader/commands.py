"""The palette: every action that works here, found by typing, done by Enter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.widget import Widget

from tui.reader import cards
from tui.reader.widgets.pane import Pane
from tui.reader.widgets.prompt import Asking

if TYPE_CHECKING:
    from tui.reader.screen import LinesScreen


def ask(screen: LinesScreen) -> None:
    here = screen.at
    actions: dict[str | None, tuple[str, Widget]]
    actions = {each.id: (each.action, screen) for each in screen.BINDINGS if isinstance(each, Binding)}
    for owner in (Pane, type(here)):
        actions |= {each.id: (each.action, here) for each in owner.BINDINGS if isinstance(each, Binding)}
    table = [
        key for key in screen.key_table() if key.id in actions and key.id != "commands" and screen.app.has(actions[key.id][0])
    ]

    def chosen(id: str) -> None:
        action, namespace = actions[id]
        screen.call_later(screen.app.run_action, action, namespace)

    def typed(words: str) -> None:
        screen.sheet.like = words

    def ended(words: str | None) -> None:
        if words is None:
            screen.sheet.action_close()
        elif screen.sheet.rows:
            screen.sheet.action_follow()
        else:
            screen.sheet.action_close()
            screen.say(f"no command has {words!r}")

    screen.present("Commands", lambda: cards.commands(table), chosen=chosen, does="does it")
    screen.ask(Asking("do: ", typed, ended, moved=screen.sheet.action_move))

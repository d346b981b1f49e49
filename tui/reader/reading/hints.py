"""Hints (`f`, `F`): everything in sight that can be followed gets a label of one or two letters, and typing it follows.

A label never stands on the text that it names: a row's stands in the gutter, a link's or a name's on the cells before it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tui.briefing.record import NamedTuple
from tui.reader.reading import way
from tui.reader.reading.following import Following
from tui.reader.widgets.pane import Hint, Pane
from tui.reader.widgets.prompt import Asking

if TYPE_CHECKING:
    from tui.reader.reading.desk import Desk

LETTERS = "asdfghjklqwertyuiopzxcvbnm"
"""The home row first."""


class Target(NamedTuple):
    pane: Pane
    hint: Hint


def labels(count: int) -> list[str]:
    """Make so many labels, none the beginning of another, the short ones first; at most 676."""
    size = len(LETTERS)
    double = next(double for double in range(size + 1) if size - double + double * size >= min(count, size * size))
    singles = LETTERS[: size - double]
    return [*singles, *(first + second for first in LETTERS[size - double :] for second in LETTERS)][:count]


def ask(screen: Desk, lead: str, chosen: Callable[[Target], None]) -> None:
    """Label what is in sight, and call `chosen` with what is typed."""
    targets = [Target(pane, hint) for pane in screen.room.every_pane if pane.display for hint in pane.hints()]
    targets.sort(key=lambda target: not target.hint.inline)  # a short label hides least of what stands before
    named = dict(zip(labels(len(targets)), targets))
    if not named:
        screen.say("no links on this screen")
        return

    def show(typed: str) -> None:
        for pane in screen.room.every_pane:
            mine = [(name, each.hint) for name, each in named.items() if each.pane is pane and name.startswith(typed)]
            pane.show_labels([(hint.y, hint.x - len(name) * hint.inline, name) for name, hint in mine])

    def ended(typed: str | None) -> None:
        for pane in screen.room.every_pane:
            pane.show_labels(())
        if typed in named:
            chosen(named[typed])
        elif typed:
            screen.say(f"no label {typed}")

    def complete(typed: str) -> bool:
        return typed in named or not any(name.startswith(typed) for name in named)

    screen.ask(Asking(lead, show, ended, letter=complete))
    show("")


def follow(screen: Desk, following: Following, target: Target) -> None:
    """Do what Enter would do there; back leads to where the hands were."""
    pane, hint = target
    if pane is screen.room.sheet:
        pane.put(hint.row)
        pane.action_follow()
        return
    here = way.place(screen)
    if not hint.target:
        following.to_pane(pane.name_of_pane)
        return
    screen.go(pane.name_of_pane)
    pane.put(hint.row, hint.part)
    steps = len(screen.trail.behind)
    following.follow(hint.target, hint.how)
    if len(screen.trail.behind) > steps:
        screen.trail.behind[-1] = here

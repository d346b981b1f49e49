"""What a person's settings make of the keys: which actions get which, what clashes, and why a key does nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from tui.briefing.problem import Place, Problem
from tui.reader.keys.action import EVERY_PANE, EVERYWHERE, NOTE, SHEET, SHELF, Bound, Key
from tui.reader.keys.names import key, name
from tui.settings import Settings

UNBOUND = "<none>"
"""For Textual, a key that nobody can press: it takes an empty list of keys for the defaults."""


def named(rows: Iterable[Bound], keymap: Mapping[str, str] | None) -> Iterator[Key]:
    for row in rows:
        keys = (keymap or {}).get(row.id)
        names = row.keys if keys is None else tuple(each for each in keys.split(",") if each != UNBOUND)
        yield Key(row.where, " ".join(map(name, names)), row.words, row.id)


def first_keys(table: Iterable[Key]) -> dict[str, str]:
    """Map each id to the first of its keys, as printed; to "" if it has none."""
    return {key.id: key.keys.partition(" ")[0] for key in table}


def why_not(key: str, table: Iterable[Key], help_key: str) -> str:
    """Say why a key does nothing in the place where it was pressed. `key`: by Textual's name; `table`: every key that works
    somewhere; `help_key`: the key that lists them all, "" for none."""
    pressed = name(key)
    elsewhere = [each for each in table if pressed in each.keys.split(" ")]
    if not elsewhere:
        return f"{pressed} does nothing" + (f"; {help_key} lists the keys" if help_key else "")
    places = {EVERYWHERE: "in a briefing", EVERY_PANE: "in a list"}
    where = dict.fromkeys(places.get(each.where, each.where) for each in elsewhere)
    return f"{pressed} does nothing here; it works {', '.join(where)}: {elsewhere[0].words}"


def keymap(chosen: Settings, rows: Sequence[Bound]) -> tuple[dict[str, str], list[Problem]]:
    """Return the keys that a person has set, by id, for `App.set_keymap`, and what is wrong with them. `rows`: every action. An
    id whose keys are unknown, or clash with another's, keeps its defaults."""
    problems: list[Problem] = []

    def wrong(id: str, message: str, hint: str) -> None:
        problems.append(Problem("settings", "error", message, hint, chosen.path, chosen.places.get(id, Place())))

    wanted: dict[str, tuple[str, ...]] = {}
    for id, written in chosen.keys.items():
        if not any(row.id == id for row in rows):
            wrong(id, f"there is no key id {id!r}", "readout keys lists the ids")
            continue
        try:
            wanted[id] = tuple(dict.fromkeys(map(key, written)))
        except ValueError as error:
            wrong(id, f"{id}: {error}", "the default is used; readout keys shows how keys are written")
    meant = {(one.id, other.id) for one, other, _ in _clashes(rows)}
    while True:
        now = [row._replace(keys=wanted.get(row.id, row.keys)) for row in rows]
        clashes = [clash for clash in _clashes(now) if (clash[0].id, clash[1].id) not in meant]
        refused: dict[str, None] = {}
        for one, other, pressed in clashes:
            for row, against in ((one, other), (other, one)):
                if row.id in wanted and row.id not in refused:
                    refused[row.id] = None
                    where = row.where if against.where == EVERYWHERE else against.where
                    message = f"{row.id}: {name(pressed)} is {against.id} ({against.words}) {where} too"
                    wrong(row.id, message, "the default is used; name another key, or give that one another")
        if not refused:
            break
        for id in refused:
            del wanted[id]
    problems.sort(key=lambda problem: problem.place)
    return {id: ",".join(keys) or UNBOUND for id, keys in wanted.items()}, problems


def _clashes(rows: Sequence[Bound]) -> list[tuple[Bound, Bound, str]]:
    """Find pairs of actions that one key does in one place."""
    return [
        (one, other, next(pressed for pressed in one.keys if pressed in other.keys))
        for one, other in combinations(rows, 2)
        if not {*one.keys}.isdisjoint(other.keys) and _meet(one.where, other.where)
    ]


def _meet(one: str, other: str) -> bool:
    both = {one, other}
    if SHELF in both and one != other:  # of the panes, it has none that reading has
        return bool(both & {EVERY_PANE, SHEET})
    return one == other or EVERYWHERE in both or (EVERY_PANE in both and NOTE not in both)

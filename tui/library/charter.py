"""What people say of a whole library in its `readout.toml`: searches to come back to, and actors that are the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from tui.briefing.files import LIBRARY_MARK, Unreadable, library_of, read_text, there
from tui.briefing.problem import Problem
from tui.briefing.record import NamedTuple


class Charter(NamedTuple):
    searches: Mapping[str, str] = {}
    """Name → query."""
    same_as: tuple[frozenset[str], ...] = ()
    """Ids of actors, each set of one and the same."""


def charter(roots: Iterable[Path]) -> tuple[Charter, list[Problem]]:
    """Read the charters of the libraries that the roots are in, and what is wrong with their files: the rest of them
    is used."""
    searches: dict[str, str] = {}
    same: list[frozenset[str]] = []
    problems: list[Problem] = []
    for folder in dict.fromkeys(library_of(root if there(root) == "folder" else root.parent) for root in roots):
        if folder is None:
            continue
        path = folder / LIBRARY_MARK
        try:
            values = _values(read_text(path))
        except (Unreadable, ValueError) as error:
            hint = "correct it; what it says is left out"
            problems.append(Problem("settings", "error", str(error) or "cannot be read", hint, str(path)))
            continue
        for key, value in values.items():
            if key == "searches" and isinstance(value, dict) and all(isinstance(each, str) for each in value.values()):
                searches.update(value)
            elif key == "same_as" and isinstance(value, list) and all(map(_ids, value)):
                same += [frozenset(each) for each in value]
            elif not key.startswith("x-"):
                wanted = {"searches": 'a table of name = "query"', "same_as": "a list of lists of ids"}.get(key, "known here")
                problems.append(Problem("settings", "warning", f"{key} is not {wanted}", "it is left out", str(path)))
    return Charter(searches, _joined(same)), problems


def _values(text: str) -> dict[str, Any]:
    if not text.strip():
        return {}
    import tomli

    try:
        return tomli.loads(text)
    except RecursionError:
        raise ValueError("values are nested too deep") from None


def _ids(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def _joined(sets: Iterable[frozenset[str]]) -> tuple[frozenset[str], ...]:
    """Join the sets that share an id."""
    found: list[frozenset[str]] = []
    for each in sets:
        apart = [other for other in found if not other & each]
        found = [*apart, each.union(*(other for other in found if other & each))]
    return tuple(found)

"""Where things live, and what a person has set. `settings.toml` is written by people only; nothing here ever writes it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from tui.briefing import toml_places
from tui.briefing.files import Unreadable, read_text, real, spelled, there
from tui.briefing.problem import Place, Problem, Refused
from tui.briefing.record import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def bundled() -> Path:
    """Return the folder that holds the bundled briefings/, seeds/ and themes/: inside the package when installed,
    else the checkout around it. The same relative layout in both."""
    inside = Path(__file__).parent / "bundled"
    return inside if there(inside) == "folder" else Path(__file__).parent.parent


def config_folder() -> Path:
    return _folder("config", ".config")


def state_folder() -> Path:
    """Return where notes, bookmarks and places are saved, in `state.db`."""
    return _folder("state", ".local/state")


def cache_folder() -> Path:
    """Return where the index of the library is: all of it can be made again."""
    return _folder("cache", ".cache")


def _folder(kind: str, usual: str) -> Path:
    """Return a folder by the XDG Base Directory specification on Linux, where every start waits for it (platformdirs
    takes 5-8 ms, most of it for `tempfile`); by platformdirs elsewhere."""
    named, home = os.environ.get(f"XDG_{kind.upper()}_HOME", ""), os.environ.get("HOME", "")
    if sys.platform == "linux" and (named.startswith("/") or home.startswith("/")):
        return Path(named if named.startswith("/") else f"{home}/{usual}", "readout")
    import platformdirs

    known = {"config": platformdirs.user_config_path, "state": platformdirs.user_state_path}
    return known.get(kind, platformdirs.user_cache_path)("readout")


class Settings(NamedTuple):
    folders: tuple[Path, ...] = ()
    """What `readout` opens when no path is named; none: the bundled library."""
    theme: str = ""
    mouse: bool = True
    keys: Mapping[str, tuple[str, ...]] = {}
    """Ids of actions and the keys they are to have, as written; `tui.reader.keys.keymap` knows which there are."""
    searches: Mapping[str, str] = {}
    """Name → query: lists of their own on the shelf."""
    places: Mapping[str, Place] = {}
    """Where in the file at `path` each of `keys` is set."""
    path: str = ""


def _folders(value: Any) -> tuple[Path, ...]:
    if not isinstance(value, list) or not all(isinstance(each, str) and each for each in value):
        raise ValueError("a list of strings, none of them empty")
    try:
        return tuple(Path(each).expanduser() for each in value)
    except RuntimeError:  # there is no user of that name
        raise ValueError("a list of folders whose ~ can be resolved") from None


def _string(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("a string")
    return value


def _switch(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError("true or false")
    return value


def _keys(value: Any) -> dict[str, tuple[str, ...]]:
    """Read the keys. Tables within the table are ids with points in them, written without quotation marks."""
    found: dict[str, tuple[str, ...]] = {}
    if not isinstance(value, dict):
        raise ValueError("a table: [keys]")
    for id, keys in value.items():
        if isinstance(keys, dict):
            found.update({f"{id}.{rest}": inner for rest, inner in _keys(keys).items()})
        elif isinstance(keys, str):
            found[id] = (keys,)
        elif isinstance(keys, list) and all(isinstance(each, str) for each in keys):
            found[id] = tuple(keys)
        else:
            raise ValueError(f'a table of keys: {id} is not "key" or ["key", …]')
    return found


def _searches(value: Any) -> dict[str, str]:
    if not isinstance(value, dict) or not all(isinstance(each, str) for each in value.values()):
        raise ValueError('a table: [searches], of name = "query"')
    return value


KEYS: dict[str, Callable[[Any], Any]] = {
    "folders": _folders,
    "theme": _string,
    "mouse": _switch,
    "keys": _keys,
    "searches": _searches,
}


def load(path: Path | None = None) -> tuple[Settings, list[Problem]]:
    """Read the settings, and what is wrong with the file: a bad value is named with its line and the default is
    used."""
    path = path or config_folder() / "settings.toml"
    try:
        text = read_text(path)
    except Unreadable as refusal:
        if not os.path.lexists(path) and not _shut(path.parent):
            return Settings(), []
        return Settings(), [Problem("settings", "error", refusal.message, refusal.hint, str(path))]
    values, problems = read_toml(text, str(path), "settings")
    settings: dict[str, Any] = {}
    for key, value in values.items():
        place = place_of(text, key)
        if key not in KEYS:
            hint = "the keys are " + ", ".join(KEYS)
            problems.append(Problem("settings", "warning", f"there is no setting {key!r}", hint, str(path), place))
            continue
        try:
            settings[key] = KEYS[key](value)
        except ValueError as wanted:
            problems.append(Problem("settings", "error", f"{key} is not {wanted}", "the default is used", str(path), place))
    if "keys" in settings:
        settings.update(places={id: place_of(text, "keys", id) for id in settings["keys"]}, path=str(path))
    return Settings(**settings), problems


def _shut(folder: Path) -> bool:
    """Test whether it cannot be told what is in a folder."""
    try:
        os.stat(folder)  # noqa: PTH116
    except FileNotFoundError:
        return False
    except (OSError, ValueError):
        return True
    return False


def named(paths: Sequence[str], chosen: Settings) -> list[str]:
    """Return the paths that are meant: those named, else the folders of settings.toml, else the bundled library."""
    return [*paths] or [str(folder) for folder in chosen.folders] or [str(bundled() / "briefings")]


def library(paths: Sequence[str], hint: str = "") -> list[Path]:
    """Return the folders and files that a library is, as real paths. Raises Refused, with the hint, if one does not exist."""
    found = []
    for name in paths:
        path = spelled(name)
        if there(path):
            found.append(real(path))
        else:
            raise Refused(f"{name}: there is no such file or folder{hint and '; '}{hint}")
    return list(dict.fromkeys(found))


def read_toml(text: str, path: str, rule: str) -> tuple[dict[str, Any], list[Problem]]:
    import tomli

    try:
        return toml_places.values(text), []
    except tomli.TOMLDecodeError as error:
        place = Place(error.lineno, error.colno, error.lineno, error.colno)
        return {}, [Problem(rule, "error", error.msg, "correct it; the defaults are used", path, place)]
    except RecursionError:
        return {}, [Problem(rule, "error", "values are nested too deep", "correct it; the defaults are used", path)]


def place_of(text: str, *key: str) -> Place:
    """Return where the value of `key` (after its table's name, if it is in one) is in a TOML text; else where its
    table is."""
    table: tuple[str, ...] = ()
    place = Place()
    for each in toml_places.statements(text):
        if each.header:
            table = each.key
        if ".".join((*table, *each.key) if not each.header else table) == ".".join(key):
            return _place(text, *each.value)
        if (*table, *each.key)[:1] == key[:1] and place == Place():
            place = _place(text, *each.value)
    return place


def _place(text: str, start: int, end: int) -> Place:
    line = text.count("\n", 0, start) + 1
    first = text.rfind("\n", 0, start)
    return Place(line, start - first, line + text.count("\n", start, end), end - text.rfind("\n", 0, end))

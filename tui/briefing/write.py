"""Briefings written: a new file from values, and an old one changed without losing a comment."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from tui.briefing.document import Briefing
from tui.briefing.parse import FENCE, HEAD, NEEDED, SEGMENTS, TABLES, parse


def write(briefing: Briefing) -> str:
    """A new file; `parse(write(b))` gives `b` back. For a file that exists already there is `rewrite`."""
    blocks = ["\n".join(_lines({key: getattr(briefing, key) for key in HEAD}, keep=("format", "title")))]
    loose = {key: value for key, value in briefing.extra.items() if not isinstance(value, dict)}
    blocks[0] += "".join(f"\n{_key(key)} = {_toml(value)}" for key, value in loose.items())
    for table, (into, _, shapes) in TABLES.items():
        for item in getattr(briefing, into):
            values = {key: getattr(item, key) for key in shapes}
            lines = _lines(values, keep=NEEDED[table]) + [f"{_key(key)} = {_toml(value)}" for key, value in item.extra.items()]
            blocks.append("\n".join((f"[[{table}]]", *lines)))
    for key, value in briefing.extra.items():
        if isinstance(value, dict):
            blocks.append("\n".join((f"[{_key(key)}]", *(f"{_key(k)} = {_toml(v)}" for k, v in value.items()))))
    body = f"\n{briefing.summary}\n" if briefing.summary else ""
    return FENCE + "\n" + "\n\n".join(blocks) + "\n" + FENCE + "\n" + body


def _lines(values: Mapping[str, Any], keep: tuple[str, ...]) -> list[str]:
    return [f"{key} = {_toml(_file_value(key, value))}" for key, value in values.items() if _said(key, value) or key in keep]


def _said(key: str, value: object) -> bool:
    return bool(value) and not (key == "speech" and value == "direct")


def _file_value(key: str, value: Any) -> Any:
    """As the file has it: one segment is a string."""
    if isinstance(value, tuple):
        return value[0] if key in SEGMENTS and len(value) == 1 else list(value)
    return value


def _key(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else _toml(key)


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return '"' + re.sub(r'[\x00-\x1f\x7f-\x9f"\\\u2028\u2029\u202a-\u202e\u2066-\u2069]', _escape, value) + '"'
    if isinstance(value, (date, datetime, time)):
        return value.isoformat()
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_key(key)} = {_toml(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return str(value)


def _escape(found: re.Match[str]) -> str:
    return {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}.get(found.group(), f"\\u{ord(found.group()):04x}")


def rewrite(text: str, briefing: Briefing) -> str:
    """`text` changed so that it says what `briefing` says, its order, comments and unknown keys kept (tomlkit).

    Items are matched by id: one that is gone is taken out, a new one goes to the end of its kind. Raises ValueError
    where `text` is no briefing without syntax errors.
    """
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    parsed = parse(text)
    if not parsed.readable or any(problem.rule == "syntax" for problem in parsed.problems):
        raise ValueError("the file has syntax errors; correct them first")
    start, end = len(FENCE) + 1, parsed.places.summary_start
    fence = text.rfind(FENCE, 0, end)
    try:
        toml: Any = tomlkit.parse(text[start:fence])
    except TOMLKitError as error:
        raise ValueError(str(error)) from None
    old = parsed.briefing
    _update(toml, HEAD, old, briefing, ("format", "title"))
    for table, (into, kind, shapes) in TABLES.items():
        tables = toml.setdefault(table, tomlkit.aot()) if getattr(briefing, into) else toml.get(table, [])
        wanted = {item.id: item for item in getattr(briefing, into)}
        known = {item.id: item for item in reversed(getattr(old, into))}
        for number in reversed(range(len(tables))):
            if str(tables[number].get("id", "")) not in wanted:
                del tables[number]
        present = set()
        for each in tables:
            name = str(each.get("id", ""))
            present.add(name)
            _update(each, tuple(shapes), known.get(name, kind()), wanted[name], NEEDED[table])
        for name, item in wanted.items():
            if name not in present:
                new = tomlkit.table()
                _update(new, tuple(shapes), kind(), item, NEEDED[table])
                tables.append(new)
    body = text[end:] if old.summary == briefing.summary else f"\n{briefing.summary}\n"
    return f"{FENCE}\n{tomlkit.dumps(toml)}{FENCE}\n{body}"


def _update(table: Any, keys: tuple[str, ...], old: object, new: object, keep: tuple[str, ...]) -> None:
    for key in keys:
        value = getattr(new, key)
        if value == getattr(old, key) and (key in table or key not in keep):
            continue
        if _said(key, value) or key in keep:
            table[key] = _file_value(key, value)
        else:
            table.pop(key, None)


def stamped(text: str, hashes: Mapping[str, str]) -> str:
    """`text` with these sha256 (by source id) written into its sources."""
    briefing = parse(text).briefing
    sources = tuple(replace(source, sha256=hashes.get(source.id, source.sha256)) for source in briefing.sources)
    return rewrite(text, replace(briefing, sources=sources))

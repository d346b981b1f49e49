"""Briefings written: a new file from values, and an old one changed without losing a comment."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from tui.briefing.document import Briefing
from tui.briefing.parse import FENCE, HEAD, NEEDED, SEGMENTS, TABLES, parse
from tui.briefing.problem import UNSAFE
from tui.briefing.record import replace


def write(briefing: Briefing) -> str:
    """Write a new file; `parse(write(b))` gives `b` back. For a file that exists already there is `rewrite`."""
    blocks = ["\n".join(_lines({key: getattr(briefing, key) for key in HEAD}, keep=("format", "title")))]
    loose = {key: value for key, value in briefing.extra.items() if not isinstance(value, dict)}
    blocks[0] += "".join(f"\n{_key(key)} = {toml(value)}" for key, value in loose.items())
    for table, (into, _, shapes) in TABLES.items():
        for item in getattr(briefing, into):
            values = {key: getattr(item, key) for key in shapes}
            lines = _lines(values, keep=NEEDED[table]) + [f"{_key(key)} = {toml(value)}" for key, value in item.extra.items()]
            blocks.append("\n".join((f"[[{table}]]", *lines)))
    for key, value in briefing.extra.items():
        if isinstance(value, dict):
            blocks.append("\n".join((f"[{_key(key)}]", *(f"{_key(k)} = {toml(v)}" for k, v in value.items()))))
    body = f"\n{briefing.summary}\n" if briefing.summary else ""
    return FENCE + "\n" + "\n\n".join(blocks) + "\n" + FENCE + "\n" + body


def _lines(values: Mapping[str, Any], keep: tuple[str, ...]) -> list[str]:
    return [f"{key} = {toml(_file_value(key, value))}" for key, value in values.items() if _said(key, value) or key in keep]


def _said(key: str, value: object) -> bool:
    return bool(value) and not (key == "speech" and value == "direct")


def _file_value(key: str, value: Any) -> Any:
    """Return a value as the file has it: one segment is a string."""
    if isinstance(value, tuple):
        return value[0] if key in SEGMENTS and len(value) == 1 else list(value)
    return value


def _key(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else toml(key)


def toml(value: Any) -> str:
    """Write a value as TOML on one line."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return '"' + _ESCAPED.sub(_escape, value) + '"'
    if isinstance(value, (date, datetime, time)):
        return value.isoformat()
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_key(key)} = {toml(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(toml, value)) + "]"
    return str(value)


def _escape(found: re.Match[str]) -> str:
    code = ord(found.group())
    plain = f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
    return {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}.get(found.group(), plain)


_ESCAPED = re.compile(f'["\\\\{UNSAFE}]')


def rewrite(text: str, briefing: Briefing) -> str:
    """Change `text` so that it says what `briefing` says, its order, comments and unknown keys kept (tomlkit). Items
    are matched by id: one that is gone is removed, a new one goes to the end of its kind. Raises ValueError if `text`
    is not a briefing without syntax errors."""
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
        tables = toml.get(table, [])
        wanted = {item.id: item for item in getattr(briefing, into)}
        known = {item.id: item for item in reversed(getattr(old, into))}
        for number in reversed(range(len(tables))):
            name = str(tables[number].get("id", ""))
            if name in known and name not in wanted:
                del tables[number]
        present = set()
        for each in tables:
            name = str(each.get("id", ""))
            if name in wanted and name not in present:
                present.add(name)
                _update(each, tuple(shapes), known.get(name, kind()), wanted[name], NEEDED[table])
        for name, item in wanted.items():
            if name not in present:
                tables = toml.setdefault(table, tomlkit.aot())
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


def stamped(data: bytes, hashes: Mapping[str, str]) -> bytes:
    """Put these sha256 (by source id) into the sources of a file, every other byte as it was. Raises ValueError if
    that cannot be done: nothing but the hashes would have to change."""
    raw = data.decode("utf-8")
    bare = raw.removeprefix("\ufeff")
    text = bare.replace("\r\n", "\n")
    returns = [found.start() - number for number, found in enumerate(re.finditer("\r\n", bare))]

    def behind(offset: int) -> int:
        """Return where in the file the text at this offset of the normalised text is."""
        return offset + bisect_left(returns, offset) + len(raw) - len(bare)

    parsed = parse(text)
    edits: list[tuple[int, int, str]] = []
    for source in parsed.briefing.sources:
        new = hashes.get(source.id, source.sha256)
        if new == source.sha256:
            continue
        start, end = parsed.places.span(("source", source.row), "sha256")
        if text[start:end].strip("\"'") == source.sha256 and text[start:end][:1] in ("'", '"'):
            edits.append((behind(start), behind(end), f'"{new}"'))
        else:
            at = text.find("\n", parsed.places.span(("source", source.row), "path")[1])
            line = text[text.rfind("\n", 0, parsed.places.span(("source", source.row), "path")[0]) + 1 : at]
            indent = line[: len(line) - len(line.lstrip())]
            ending = "\r\n" if raw[behind(at)] == "\r" else "\n"
            edits.append((behind(at) + len(ending), behind(at) + len(ending), f'{indent}sha256 = "{new}"{ending}'))
    for first, last, words in sorted(edits, reverse=True):
        raw = raw[:first] + words + raw[last:]
    wanted = tuple(replace(source, sha256=hashes.get(source.id, source.sha256)) for source in parsed.briefing.sources)
    again = parse(raw.removeprefix("\ufeff").replace("\r\n", "\n")).briefing
    if again != replace(parsed.briefing, sources=wanted):
        raise ValueError(
            "its sources are written in a way that cannot be stamped; write each as a [[source]] with keys in lines"
        )
    return raw.encode("utf-8")

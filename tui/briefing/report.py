"""REPORTS: the forms in which problems leave the program, a pure function each: text, JSON, GitHub lines, SARIF 2.1.0."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import PurePath
from unicodedata import unidata_version

from tui import __version__
from tui.briefing import check
from tui.briefing.problem import Problem, printable


def text(problems: Sequence[Problem]) -> str:
    """Write one line a problem: file:line:column: severity rule: what is wrong; what to do."""
    return "".join(f"{problem}\n" for problem in problems)


def as_json(problems: Sequence[Problem]) -> str:
    """Write a list of objects; lines and columns count from 1, columns in code points, ends exclusive. `unicode` is
    the version of Unicode that decided what is a letter, a digit or a mark."""
    rows = [
        {
            "path": problem.path,
            "line": problem.place.line,
            "column": problem.place.column,
            "end_line": problem.place.end_line,
            "end_column": problem.place.end_column,
            "severity": problem.severity,
            "rule": problem.rule,
            "item": problem.item or None,
            "message": problem.message,
            "hint": problem.hint,
            "unicode": unidata_version,
        }
        for problem in problems
    ]
    import json

    return json.dumps(rows, indent=2) + "\n"


def github(problems: Sequence[Problem]) -> str:
    """Write workflow commands, which GitHub shows next to the lines of a change."""
    kinds = {"error": "error", "warning": "warning", "note": "notice"}
    lines = []
    for problem in problems:
        where = f"file={_property(problem.path)},line={problem.place.line},col={problem.place.column}"
        what = _data(printable(f"{problem.message}; {problem.hint}"))
        lines.append(f"::{kinds[problem.severity]} {where},title={_property(problem.rule)}::{what}\n")
    return "".join(lines)


def _data(value: str) -> str:
    return value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    return _data(printable(value)).replace(":", "%3A").replace(",", "%2C")


def sarif(problems: Sequence[Problem]) -> str:
    """Write SARIF 2.1.0 (OASIS), columns in code points, every rule with its explanation."""
    rules = [
        {"id": check.name(rule), "fullDescription": {"text": " ".join(check.explain(rule).split())}} for rule in check.RULES
    ]
    index = {rule["id"]: number for number, rule in enumerate(rules)}
    results = [
        {
            "ruleId": problem.rule,
            "ruleIndex": index[problem.rule],
            "level": problem.severity,
            "message": {"text": printable(f"{problem.message}; {problem.hint}")},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": _uri(problem.path)},
                        "region": {
                            "startLine": problem.place.line,
                            "startColumn": problem.place.column,
                            "endLine": problem.place.end_line,
                            "endColumn": problem.place.end_column,
                        },
                    }
                }
            ],
        }
        for problem in problems
    ]
    driver = {"name": "Readout", "version": __version__, "rules": rules}
    run = {
        "tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results,
        "properties": {"unicode": unidata_version},
    }  # fmt: skip
    import json

    schema = "https://json.schemastore.org/sarif-2.1.0.json"
    return json.dumps({"$schema": schema, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _uri(path: str) -> str:
    from urllib.parse import quote

    return quote(os.fsencode(PurePath(path).as_posix()))


REPORTS: Mapping[str, Callable[[Sequence[Problem]], str]] = {"text": text, "json": as_json, "github": github, "sarif": sarif}

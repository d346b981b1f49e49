"""The documents that are made from tables in the code: `make docs` writes them, test_house holds them to the code."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from tui.briefing import check
from tui.reader import all_keys
from tui.reader.drawing.glyphs import LEGEND
from tui.reader.plain import lines as plain

ROOT = Path(__file__).parent.parent


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def keys() -> str:
    lines = [
        "# Keys",
        "",
        "`?` in the reader lists the keys that work where you are. `readout keys` lists all of them as",
        "you have set them, with the ids for [settings.toml](settings.md). The mouse works too;",
        "`--no-mouse` leaves it to the terminal.",
    ]
    where = ""
    for key in all_keys.table():
        if key.where != where:
            where = key.where
            lines += ["", f"## {where[:1].upper()}{where[1:]}", "", "| keys | what they do |", "|---|---|"]
        lines.append(f"| `{_cell(key.keys)}` | {_cell(key.words)} |")
    lines += ["", "## Glyphs", "", "| glyph | meaning |", "|---|---|"]
    lines += [f"| `{_cell(glyph)}` | {_cell(words)} |" for glyph, words in LEGEND]
    return "\n".join(lines) + "\n"


def checks() -> str:
    lines = [
        "# Checks",
        "",
        "`readout check PATH…` prints `file:line:column: severity rule: what is wrong; what to do`. It ends",
        "with 0; with 1 if there is an error (with `--strict`, a warning); with 2 if a file cannot be read.",
        "`--format json`, `github` and `sarif` (2.1.0) are for programs, `text` is the default.",
        "`readout check --explain RULE` says more about a rule.",
        "",
        "In a pre-commit hook: `readout check --strict briefings/`.",
        "",
        "| rule | what it finds |",
        "|---|---|",
    ]
    for rule in check.RULES:
        first = " ".join(check.explain(rule).split()).split(". ")[0].rstrip(".")
        lines.append(f"| `{check.name(rule)}` | {_cell(first)} |")
    return "\n".join(lines) + "\n"


def plain_commands() -> str:
    """Make the table of commands in docs/plain.md."""
    rows = (f"| `{_cell(each.usage)}` | {_cell(each.words)} |" for each in plain.COMMANDS)
    return "\n".join(("| command | what it does |", "|---|---|", *rows)) + "\n"


DOCUMENTS: Mapping[str, Callable[[], str]] = {"docs/keys.md": keys, "docs/checks.md": checks}


def main() -> int:
    for name, make in DOCUMENTS.items():
        (ROOT / name).write_text(make(), "utf-8")
    path = ROOT / "docs" / "plain.md"
    text = path.read_text("utf-8")
    begin, end = text.index("| command | what it does |"), text.rindex("|\n") + 2
    path.write_text(text[:begin] + plain_commands() + text[end:], "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""What there is in the folders of a library: its files, with size and time, told apart by what they hold.

Nothing is opened here but what `kind_of` is asked of; links to folders and hidden ones are left alone.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

from tui.briefing.files import means_briefing

ENDINGS = (".md", ".txt")
ABOUT = frozenset({"readme", "license", "licence", "copying", "notice", "authors", "contributing", "changelog"})
"""Names, without their endings, of files that speak of what is in a folder, and are none of it."""

Kind = Literal["briefing", "text", ""]


class Seen(NamedTuple):
    """A file as the file system knows it."""

    path: str
    size: int
    time: int
    """Of its last change, in nanoseconds."""


def files(roots: Sequence[Path]) -> Iterator[Seen]:
    """Every file that may be a briefing or a text, in the order of the folders and of the names within each, those of a folder
    before those of the folders in it; the roots are real paths. One below two roots is met once."""
    met: set[str] = set()
    for root in roots:
        if root.is_file():
            seen = look(str(root))
            below: Iterator[Seen] = iter([seen] if seen else [])
        else:
            below = _below(str(root))
        for each in below:
            if each.path not in met:
                met.add(each.path)
                yield each


def _below(root: str) -> Iterator[Seen]:
    folders = [root]
    while folders:
        try:
            with os.scandir(folders.pop()) as entries:
                found = sorted(entries, key=lambda entry: entry.name)
        except OSError:  # gone meanwhile, or not for us to read
            continue
        inner = []
        for entry in found:
            if entry.name.startswith("."):
                continue
            try:
                if entry.is_symlink():  # what it leads to is met by its own name, or is none of the library's
                    continue
                if entry.is_dir(follow_symlinks=False):
                    inner.append(entry.path)
                elif entry.name.lower().endswith(ENDINGS) and entry.name.partition(".")[0].lower() not in ABOUT:
                    state = entry.stat()
                    if stat.S_ISREG(state.st_mode):
                        yield Seen(entry.path, state.st_size, state.st_mtime_ns)
            except OSError:
                continue
        folders += reversed(inner)


def look(path: str) -> Seen | None:
    """The file as it is now; None where there is none, or none that could be read without waiting."""
    try:
        state = os.stat(path)  # noqa: PTH116 (100,000 of them, as strings)
    except (OSError, ValueError):
        return None
    return Seen(path, state.st_size, state.st_mtime_ns) if stat.S_ISREG(state.st_mode) else None


def kind_of(text: str) -> Kind:
    """What the normalised text of a file is; "" where there is nothing in it."""
    if not text.strip():
        return ""
    return "briefing" if means_briefing(text) else "text"

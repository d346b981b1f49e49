"""What there is in the folders of a library: its files, with size and time, told apart by what they hold.

Nothing is opened here but what `kind_of` is asked of; links to folders and hidden ones are left alone.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from tui.briefing.files import below, may_be_listed, means_briefing, there
from tui.briefing.record import NamedTuple
from tui.documents.kinds import named_document

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal, TypeAlias

Kind: TypeAlias = 'Literal["briefing", "text", ""]'


class Seen(NamedTuple):
    """A file as the file system knows it."""

    path: str
    size: int
    time: int
    """Of its last change, in nanoseconds."""


def files(
    roots: Sequence[Path], ways: list[str] | None = None, linked: set[str] | None = None, shut: list[str] | None = None
) -> Iterator[Seen]:
    """Yield every file that may be a briefing, a text or a document, in the order of the folders and of the names within each,
    those of a folder before those of the folders in it; the roots are real paths. One below two roots comes once, and
    a link as the file that it leads to. `ways` and `shut` as for `below`; `linked` is given the real paths of the
    files that links lead to."""
    met: set[str] = set()
    for root in roots:
        if there(root) == "file":
            seen = look(str(root))
            found: Iterator[Seen] = iter([seen] if seen else [])
        else:
            found = _below(str(root), roots, ways, linked, shut)
        for each in found:
            if each.path not in met:
                met.add(each.path)
                yield each


def _may_be_listed(name: str) -> bool:
    """Test whether a library lists a file of this name: a briefing, a text, or a document, whose text has its name and
    an ending."""
    return may_be_listed(f"{name}.txt" if named_document(name) else name)


def _below(
    root: str, roots: Sequence[Path], ways: list[str] | None, linked: set[str] | None, shut: list[str] | None
) -> Iterator[Seen]:
    for each in below(root, _may_be_listed, roots, ways, shut=shut):
        path = each.path
        if each.linked:
            path = os.path.realpath(path)
            if linked is not None:
                linked.add(path)
        yield Seen(path, each.state.st_size, each.state.st_mtime_ns)


def holds(roots: Sequence[str], path: str) -> bool:
    """Test whether `files` yields this real path if there is a file."""
    if path in roots:
        return True
    for root in roots:
        inside = path[len(root) :] if path.startswith(root if root.endswith(os.sep) else root + os.sep) else ""
        if inside and f"{os.sep}." not in os.sep + inside and _may_be_listed(os.path.basename(inside)):  # noqa: PTH119 (a string)
            return True
    return False


def look(path: str) -> Seen | None:
    """Return the file as it is now; None if there is none, or none that could be read without waiting."""
    try:
        state = os.stat(path)  # noqa: PTH116 (100,000 of them, as strings)
    except (OSError, ValueError):
        return None
    return Seen(path, state.st_size, state.st_mtime_ns) if stat.S_ISREG(state.st_mode) else None


def kind_of(text: str) -> Kind:
    """Return what the normalised text of a file is; "" if there is nothing in it."""
    if not text.strip():
        return ""
    return "briefing" if means_briefing(text) else "text"

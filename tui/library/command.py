"""`readout search`: a query answered from the index, which is looked at again only for the files that are shown."""

from __future__ import annotations

import sqlite3
import sys
import time
from collections.abc import Callable, Collection
from pathlib import Path

from tui.briefing.files import unread
from tui.briefing.problem import Refused
from tui.library.index import Index
from tui.library.query import BadQuery, Is, Query, parse
from tui.library.results import FORMS, result
from tui.library.schema import Progress
from tui.library.scope import Kept
from tui.library.search import RANKED, Order, Shelved, rows, why_nothing
from tui.library.state import State
from tui.library.update import refresh, renew

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

SHOWN = 100
"""Results of the text form, where no number is named."""
SNIPPET = 240
"""Characters of a result in the text form."""
AGAIN = 12
"""So often, at the most, the files of what is found are looked at, twice as many each time."""


def run(options: argparse.Namespace, index: Index, store: Path, put: Callable[[str], None], say: Callable[[str], None]) -> int:
    """Run `readout search`. Raises Refused. `store`: the reader's own; `put` takes what goes to stdout, `say` a line
    for stderr."""
    try:
        query = parse(options.query)
    except BadQuery as error:
        raise Refused(f"{error} (query, character {error.at + 1})") from None
    try:
        return _answer(options, query, index, store, put, say)
    except sqlite3.DatabaseError:  # damaged, and thrown away
        return _answer(options, query, index, store, put, say)


def _answer(
    options: argparse.Namespace,
    query: Query,
    index: Index,
    store: Path,
    put: Callable[[str], None],
    say: Callable[[str], None],
) -> int:
    age = index.age()
    proofs = any(each.term == Is("broken") for terms in query.alternatives for each in terms)
    if age is None or options.refresh:
        refresh(index, _progress(say), proofs=options.refresh or proofs)
    limit = options.limit if options.limit is not None else SHOWN if options.format == "text" else 0
    order: Order = "best" if options.best else "newest"
    kept = of_store(store, say)
    for again in range(AGAIN):  # what is shown may have changed since it was indexed, and other files are shown then
        answer = rows(index, query, kept, order=order)
        found = answer.rows
        shown = Shelved(index).hits(found[: limit << again] if limit else found, query, kept)
        if not renew(index, dict.fromkeys(hit.file.path for hit in shown)):
            break
    else:
        index.unseen = "they change faster than that"
    shown = shown[:limit] if limit else shown
    most = SNIPPET if options.format == "text" else None
    put(FORMS[options.format](result(hit, query, most) for hit in shown))
    part = f"{len(shown):,} of {len(found):,} shown, --limit 0 shows all"
    said = [f"{len(found):,} found" if len(shown) == len(found) else part]
    if not options.path:
        said[0] += f" in {', '.join(map(str, index.roots))}, as no path is named"
    if not found and (why := why_nothing(index, query)):
        said.append(why)
    if answer.capped:
        said.append(f"the best of the newest {RANKED:,}")
    unproven = index.unproven() if proofs else 0
    if unproven:
        many = "" if unproven == 1 else "s"
        said.append(f"the words of {unproven:,} briefing{many} are not checked yet, --refresh checks them")
    if index.unseen:
        said.append(f"whether these files have changed could not be looked at: {index.unseen}")
    if shut := index.shut():
        said.append(unread(shut))
    then = index.age()
    if index.said and index.said != index.unseen:
        said.append(index.said)
    elif then is not None and age is not None and not options.refresh:
        said.append(f"index {since(time.time() - then)}, --refresh brings it up to date")
    say("; ".join(said))
    return 0


def of_store(path: Path, say: Callable[[str], None]) -> Kept:
    """Return what a reader's own store says, asked when a query wants to know."""
    state = State(path)

    def noted() -> Collection[Path]:
        found = {each.briefing for each in (*state.notes(), *state.marks())}
        if news := state.news():
            say(news)
        return found

    def read() -> Collection[Path]:
        found = state.read_briefings()
        if news := state.news():
            say(news)
        return found

    return Kept(read, noted)


def since(seconds: float) -> str:
    """Say how old something is."""
    for size, name in ((86_400, "day"), (3_600, "hour"), (60, "minute")):
        if seconds >= size:
            count = int(seconds // size)
            return f"{count:,} {name}{'' if count == 1 else 's'} old"
    return "less than a minute old"


def _progress(say: Callable[[str], None]) -> Callable[[Progress], None]:
    """Report progress: on a terminal in a line that is written over; else only how it ended."""
    live = sys.stderr is not None and sys.stderr.isatty()

    def tell(progress: Progress) -> None:
        if live:
            words = f"{progress.doing} {progress.done:,} of {progress.of:,}" if progress.doing else ""
            sys.stderr.write(f"\r\x1b[K{words}")
            sys.stderr.flush()
        elif not progress.doing and progress.changed:
            say(f"index brought up to date, {progress.changed:,} file{'' if progress.changed == 1 else 's'} read")

    return tell

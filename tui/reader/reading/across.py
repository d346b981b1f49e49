"""From what is read to the rest of the library (`D`, `V`, `s`): the dossier of an actor, what other briefings say of the same,
and a search for those whom a row is about.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tui.briefing.document import Actor, Event, Quote
from tui.briefing.files import real
from tui.briefing.proof import Reading
from tui.library.corroboration import Parallel, parallels
from tui.library.dossier import LOOKED_AT, dossier
from tui.library.shelves import Library
from tui.library.update import refresh, renew
from tui.reader import cards
from tui.reader.drawing.lines import one_line
from tui.reader.reading import way
from tui.reader.widgets.sheet import Entry

if TYPE_CHECKING:
    from tui.reader.reading.desk import Desk


def query(screen: Desk) -> str:
    """Make the query for the speaker, or the actor, of the row; "" for none."""
    briefing = screen.reading.briefing
    item = briefing.by_id.get(screen.subject or screen.room.ref_here())
    who = item.id if isinstance(item, Actor) else item.speaker if isinstance(item, Quote) else ""
    if not who:
        return ""
    about = item.about[0] if isinstance(item, Quote) and item.about else ""
    asked = f'speaker:"{briefing.name(who)}"'
    return f'{asked} about:"{briefing.name(about)}"' if about else asked


def _here(screen: Desk) -> object:
    items = screen.reading.briefing.by_id
    return items.get(screen.room.ref_here()) or items.get(screen.subject)


def open_dossier(screen: Desk) -> None:
    """Open the dossier of the row's actor; if it has several, let one be chosen."""
    briefing = screen.reading.briefing
    if screen.reading.made:
        screen.say("a raw article has no dossier; readout draft makes a briefing of it")
        return
    item = _here(screen)
    who: Sequence[str] = (item.id,) if isinstance(item, Actor) else (item.speaker,) if isinstance(item, Quote) else ()
    who = item.actors if isinstance(item, Event) else who
    known = [each for each in who if each in briefing.actor]
    if len(known) > 1:
        entries = [Entry(briefing.name(each), each, each) for each in known]
        screen.present("Dossier of", lambda: entries, chosen=lambda actor: _open_dossier(screen, actor), does="opens it")
    elif known:
        _open_dossier(screen, known[0])
    else:
        screen.say("no actor in this row")


def _open_dossier(screen: Desk, actor: str) -> None:
    reading = screen.reading
    origin = reading.origins.get(actor)
    path, ref = (origin.path, origin.item) if origin else (reading.path, actor)
    screen.say(f"searching the library for {one_line(reading.briefing.name(actor))}")
    screen.app.aside(lambda: _gather(screen, real(path), ref))


def _gather(screen: Desk, path: Path, ref: str) -> None:
    library = _looked_at(screen, path)
    found = dossier(library.index, library.charter, path, ref) if library else None
    if library and found:  # as they are now, and not when they were indexed
        origins = dict.fromkeys(origin.path for origin in found.origins.values())
        if renew(library.index, list(origins)[:LOOKED_AT]):
            found = dossier(library.index, library.charter, path, ref)
    screen.app.call_from_thread(_show_dossier, screen, found)


def _show_dossier(screen: Desk, found: Reading | None) -> None:
    if found is None:
        screen.say(_not_looked_at(screen) or "the library does not hold this briefing, so there is no dossier")
        return
    screen.app.dossiers[found.path] = found
    way.leave(screen)
    screen.app.open_path(found.path)
    screen.say(_not_looked_at(screen))


def corroborate(screen: Desk) -> None:
    """List what other briefings say of the quote or the event of the row."""
    reading, item = screen.reading, _here(screen)
    if isinstance(item, (Quote, Event)):
        screen.say("searching the library for the same")
        screen.app.aside(lambda: _find_parallels(screen, reading, item))
    else:
        screen.say("choose a quote or an event first")


def _find_parallels(screen: Desk, reading: Reading, item: Quote | Event) -> None:
    origin = reading.origins.get(item.id)
    path = origin.path if origin else real(reading.path)
    library = _looked_at(screen, path)
    found = parallels(library.index, path, reading, item) if library else []
    unseen = [each.hit.file.path for each in found if each.hit.file.lost is None]
    if library and unseen and renew(library.index, dict.fromkeys(unseen)):
        found = parallels(library.index, path, reading, item)
    screen.app.call_from_thread(_show_parallels, screen, item, found)


def _show_parallels(screen: Desk, item: Quote | Event, found: Sequence[Parallel]) -> None:
    def go(number: str) -> None:
        hit = found[int(number)].hit
        way.leave(screen)
        screen.app.open_origin(hit.file.path, hit.ref)

    unseen = _not_looked_at(screen)
    screen.say(unseen if found else "")  # where there is nothing, the sheet itself says it
    empty = f"No matches found; could not check the files: {unseen}." if unseen else "No other briefing here says it."
    screen.present(f"Elsewhere: {item.id}", lambda: cards.parallels(item, found), empty, go)


def _looked_at(screen: Desk, path: Path) -> Library | None:
    """Return the library, its index up to date for this file. It takes a while if the index was never made."""
    library = screen.app.library
    if library:
        if library.index.age() is None:
            refresh(library.index, proofs=False)
        renew(library.index, [path])
    return library


def _not_looked_at(screen: Desk) -> str:
    why = screen.app.library.index.unseen if screen.app.library else ""
    return f"the files could not be looked at now: {why}" if why else ""

"""Live: a briefing, source or theme that changes on disk is read again, and the head line says what became different.

A thread waits for changes (watchfiles: two wake-ups a second, polling where the file system cannot tell) and reads off the
keys' way. A file that is still being written is waited for; one that is gone stays on the screen, and that is said.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from tui.briefing.document import Event, Quote
from tui.briefing.files import SourceText, Unreadable, locate, real, there
from tui.briefing.proof import Reading, prove
from tui.briefing.record import NamedTuple
from tui.library.state import on_network

STEP = 1000
"""Milliseconds."""
OFTEN = 5.0
"""Seconds at the most between two looks at the files themselves."""
SETTLED, PATIENCE = 0.3, 3.0
"""Seconds without a change until a file counts as written, and that a broken one is waited for to become whole."""


class Watched(NamedTuple):
    """What is on the screen, and the files that it comes from."""

    reading: Reading
    themes: tuple[Path, ...] = ()
    since: float = 0.0
    """Files that changed after this time (of time.time) may have done so before they were watched."""

    @property
    def sources(self) -> tuple[Path, ...]:
        return tuple(read.path for read in self.reading.sources.values() if isinstance(read, SourceText))

    @property
    def awaited(self) -> tuple[Path, ...]:
        """List where sources would be that could not be read."""
        found = []
        for source in self.reading.briefing.sources:
            if not isinstance(self.reading.sources.get(source.id), SourceText):
                with suppress(Unreadable):
                    found.append(locate(self.reading.path, source.path, self.reading.roots))
        return tuple(found)

    @property
    def stamps(self) -> list[tuple[int, int, int] | None]:
        """Return a value that changes whenever one of the files does."""
        return [_stamp(path) for path in (self.reading.path, *self.sources, *self.awaited)]

    @property
    def folders(self) -> set[Path]:
        files = {self.reading.path.absolute().parent, *(path.parent for path in (*self.sources, *self.awaited))}
        return {folder for folder in (*files, *self.themes) if there(folder) == "folder"}


class Watching:
    """`load` reads a briefing's file again; `changed`, `gone` and `themed` are called from the thread."""

    def __init__(
        self,
        load: Callable[[Path], Reading],
        changed: Callable[[Reading, Reading, str], None],
        gone: Callable[[Reading, str], None],
        themed: Callable[[], None],
    ) -> None:
        self._load, self._changed, self._gone, self._themed = load, changed, gone, themed
        self._stop = threading.Event()
        self._doubted: Path | None = None
        """The briefing of which a file was last said to be gone or broken."""

    def watch(self, watched: Watched) -> None:
        """Watch these files, and no longer those before."""
        self.stop()
        self._stop = threading.Event()
        # A daemon: leaving the program must not wait for its step.
        threading.Thread(target=self._run, args=(watched, self._stop), daemon=True).start()

    def stop(self) -> None:
        self._stop.set()

    def _run(self, watched: Watched, stop: threading.Event) -> None:
        from watchfiles import watch

        folders = watched.folders
        files = {
            str(watched.reading.path.absolute()),
            str(real(watched.reading.path)),
            *map(str, (*watched.sources, *watched.awaited)),
        }
        themes = tuple(str(folder) for folder in watched.themes)
        looked = 0.0

        def concerns(change: object, path: str) -> bool:
            # What else is written there must not keep from looking at the files now and then.
            return path in files or is_theme(path) or time.monotonic() - looked > OFTEN

        def is_theme(path: str) -> bool:
            return bool(themes) and path.endswith(".toml") and path.startswith(themes)

        try:
            stamps = watched.stamps
            if any(stamp and stamp[1] > watched.since * 1e9 for stamp in stamps):
                watched, stamps = self._again(watched, stop)
            polling = any(map(on_network, folders)) or None
            for changes in watch(
                *folders, watch_filter=concerns, step=STEP, debounce=STEP * 2, stop_event=stop, recursive=False,
                force_polling=polling, poll_delay_ms=STEP * 2, raise_interrupt=False,
                rust_timeout=int(OFTEN * 1000), yield_on_timeout=True,
            ):  # fmt: skip
                if stop.is_set():
                    return
                paths = {path for _, path in changes}
                if paths & files or stamps != watched.stamps:  # what changed just before the watch began, it has not seen
                    watched, stamps = self._again(watched, stop)
                looked = time.monotonic()
                if any(map(is_theme, paths)):
                    self._themed()
        except (OSError, RuntimeError):
            return  # no more changes can be watched for here; what is on the screen stays true of when it was read

    def _again(self, watched: Watched, stop: threading.Event) -> tuple[Watched, list[tuple[int, int, int] | None]]:
        """Read again what changed, and say so; what is on the screen then, and the stamps that the files had when they were
        read."""
        old = watched.reading
        began = time.monotonic()
        stamps: list[tuple[int, int, int] | None] = []
        while not stop.is_set():
            stamps = watched.stamps
            time.sleep(SETTLED)
            if stamps != watched.stamps:
                continue
            late = time.monotonic() - began > PATIENCE
            missing = next((path for path in (old.path, *watched.sources) if not there(path)), None)
            if missing:
                if late:
                    self._doubted = old.path
                    why = "can no longer be read" if os.path.lexists(missing) else "moved or deleted"
                    self._gone(old, f"{why}: {missing.name}")
                    break
                continue
            new = self._load(old.path)
            if not _whole(new) and _whole(old):
                if late:
                    first = next((each for each in new.parsed.problems if each.rule == "syntax"), new.parsed.problems[0])
                    self._doubted = old.path
                    self._gone(old, f"broken at line {first.place.line}, shown as it was before")
                    break
            else:
                new = prove(new) if new.anchors is None and new.parsed.readable else new
                if not stop.is_set() and (self._doubted == old.path or not _same(old, new)):
                    self._doubted = None
                    self._changed(old, new, news(old, new))
                return watched._replace(reading=new), stamps
        return watched, stamps


def _stamp(path: Path) -> tuple[int, int, int] | None:
    """Stamp a file. If another was put in its place, the time is when that was done, however old it is itself."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return found.st_size, max(found.st_mtime_ns, found.st_ctime_ns), found.st_ino


def _whole(reading: Reading) -> bool:
    """Test whether the file is whole, as far as can be told."""
    return reading.parsed.readable and not any(problem.rule == "syntax" for problem in reading.parsed.problems)


def _same(old: Reading, new: Reading) -> bool:
    def hashes(reading: Reading) -> list[object]:
        return [read.sha256 if isinstance(read, SourceText) else str(read) for read in reading.sources.values()]

    return old.parsed.places.text == new.parsed.places.text and hashes(old) == hashes(new)


def news(old: Reading, new: Reading) -> str:
    """Say what changed: "reloaded: 1 quote new, 2 no longer in their source"."""
    said = []
    for kind, one, many in ((Quote, "quote", "quotes"), (Event, "event", "events")):
        before = {item.id: item for item in old.briefing.anchored if isinstance(item, kind)}
        after = {item.id: item for item in new.briefing.anchored if isinstance(item, kind)}
        both = before.keys() & after.keys()
        lost = [id for id in both if old.anchor(before[id]).found and not new.anchor(after[id]).found]
        again = [id for id in both if new.anchor(after[id]).found and not old.anchor(before[id]).found]
        for ids, words in (
            (after.keys() - before.keys(), "new"),
            (before.keys() - after.keys(), "gone"),
            (lost, "no longer in its source" if len(lost) == 1 else "no longer in their source"),
            (again, "proven now"),
        ):
            if ids:
                said.append(f"{len(ids)} {one if len(ids) == 1 else many} {words}")
    if not new.parsed.readable:
        return "reloaded: it cannot be read"
    return f"reloaded: {', '.join(said)}" if said else "reloaded: every quote and event stands as before"

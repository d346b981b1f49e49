"""Bring the index of a library up to date: all of it, some files, or all of it in a process of its own."""

from __future__ import annotations

import os
import sqlite3
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from tui.briefing import garbage
from tui.library.index import BUSY, Busy, Index
from tui.library.refresh import Refresh
from tui.library.schema import Progress

TYPE_CHECKING = False
if TYPE_CHECKING:
    import subprocess


def refresh(
    index: Index,
    tell: Callable[[Progress], None] = lambda progress: None,
    stop: Callable[[], bool] = lambda: False,
    proofs: bool = True,
    memory: bool = True,
) -> bool:
    """Compare the index with the files, read those that changed, and verify the briefings whose proof is not known. False if
    `stop` said so, or if another process is at it; what was done until then stays done. An index that cannot be written is
    kept in memory from then on. Raises sqlite3.OperationalError instead if not `memory`."""
    try:
        with index.writing() as base, garbage.seldom():  # digests are large, and have no circles to be found
            refreshing = Refresh(index, base, tell, stop)
            return refreshing.files() and (not proofs or refreshing.proofs())
    except Busy:
        index.said = BUSY
        return False
    except sqlite3.DatabaseError as error:
        if not isinstance(error, sqlite3.OperationalError) and "damaged" not in index.said:
            index.discard(error)
            return refresh(index, tell, stop, proofs, memory)
        if index.in_memory or not memory:
            raise
        index.fall_back(error)
        return refresh(index, tell, stop, proofs)


def renew(index: Index, paths: Iterable[Path]) -> bool:
    """Rescan these files alone, and verify those that nobody has verified. Return whether anything changed. If that cannot be
    done, `index.unseen` says why."""
    index.unseen = ""
    try:
        with index.writing() as base:
            refreshing = Refresh(index, base, lambda progress: None, lambda: False)
            return refreshing.some([os.fspath(path) for path in paths])
    except Busy:
        index.unseen = BUSY
    except sqlite3.OperationalError as error:
        index.unseen = str(error)
    except sqlite3.DatabaseError as error:
        index.discard(error)
        index.unseen = index.said
    return False


class Apart:
    """A refresh in a process of its own, so that nobody who reads waits for it. An index in memory is refreshed in this one."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self._process: subprocess.Popen[str] | None = None
        self._ended = False

    def end(self) -> None:
        """Stop it, from any thread; one that begins later stops at once."""
        self._ended = True
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()

    def refresh(self, tell: Callable[[Progress], None]) -> bool:
        """Refresh as the function `refresh` does."""
        if self.index.in_memory or not sys.executable:
            return self._here(tell)
        import subprocess  # 5 ms, and none where the index is only asked

        begin = "import sys; n = int(sys.argv[1]); sys.path[:] = sys.argv[2 : n + 2]"
        begin += "; from tui.library.update import main; main()"
        folder = str(self.index.path.parent)
        ours = [sys.executable, "-c", begin, str(len(sys.path)), *sys.path, folder, *map(str, self.index.roots)]
        try:
            self._process = subprocess.Popen(
                ours, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
            )
        except OSError:
            return self._here(tell)
        assert self._process.stdout
        if self._ended:  # while it was being started
            self._process.terminate()
        unwritten: sqlite3.OperationalError | None = None
        with self._process as process, self._process.stdout as said:
            for line in said:
                doing, *numbers = line.rstrip("\n").split("\t")
                if doing == "said":
                    self.index.said = numbers[0]
                elif doing == "unwritten":
                    unwritten = sqlite3.OperationalError(numbers[0])
                elif not self._ended:
                    done, of, changed = map(int, numbers)
                    tell(Progress(doing, done, of, changed))
        if unwritten and not self._ended:
            self.index.fall_back(unwritten)
            return self._here(tell)
        if process.returncode and not self._ended and not self.index.said:
            self.index.said = "the index could not be brought up to date; readout search --refresh says why"
        return process.returncode == 0

    def _here(self, tell: Callable[[Progress], None]) -> bool:
        return refresh(self.index, tell, lambda: self._ended)


def main() -> None:
    """Run as the process of `Apart`: the arguments are the folder of the index and the roots; progress goes to stdout."""
    folder, *roots = map(Path, sys.argv[int(sys.argv[1]) + 2 :])
    with suppress(OSError, AttributeError):
        os.nice(5)
    last = 0.0

    def tell(progress: Progress) -> None:
        nonlocal last
        if not progress.doing or time.monotonic() - last > 0.2:
            last = time.monotonic()
            print(*progress, sep="\t", flush=True)

    try:
        index = Index(folder, roots)
        try:
            done = refresh(index, tell, memory=False)
        except sqlite3.DatabaseError as error:
            done, index.said = False, ""
            print("unwritten", " ".join(str(error).split()), sep="\t", flush=True)
        if index.said:
            print("said", " ".join(index.said.split()), sep="\t", flush=True)
    except BrokenPipeError:  # whoever asked is gone
        os._exit(0)
    os._exit(0 if done else 1)

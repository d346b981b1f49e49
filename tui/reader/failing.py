"""Save what is left to save when the program has to end: the details of an unexpected error, and a note that could not be
saved where notes are. One line says where each was written.

Details name the kind of error and the places in the code that it went through; never its message or a value, which may hold
words of a note or a source.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
import traceback
from pathlib import Path

from tui import __version__

CODE = 70
"""The exit code after such an error (EX_SOFTWARE of sysexits.h)."""


def place(error: BaseException) -> str:
    """Say the kind of error and the line that raised it: "IndexError in window.py:31"."""
    frames = traceback.extract_tb(error.__traceback__)
    return type(error).__name__ + (f" in {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "")


def details(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    head = f"Readout {__version__}, Python {sys.version.split()[0]}, {sys.platform}"
    return "\n".join([head, place(error), *places, ""])


def write(error: BaseException, folder: Path) -> Path | None:
    """Write the details to a file and return it; None if the folder cannot be written."""
    return _new_file("error", details(error), folder)


def rescue(words: str, folder: Path) -> str:
    """Write a note that could not be saved into a file of its own, there or in another folder, and say where; where no folder
    takes it, what is said is the note itself."""
    for each in (folder, Path(tempfile.gettempdir()), Path()):
        if path := _new_file("note", words, each):
            return f"the note that was open could not be saved with the others; it is in {path}"
    return f"the note that was open could not be saved anywhere; this is its text:\n{words}"


def _new_file(kind: str, text: str, folder: Path) -> Path | None:
    """Write a new file that only this person can read; it is on the disk when this returns. None if it cannot be
    written whole."""
    path = folder / f"readout-{kind}-{time.strftime('%Y%m%d-%H%M%S', time.gmtime())}-{os.getpid()}.txt"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except (OSError, RuntimeError):
        return None
    try:
        with os.fdopen(file, "w", encoding="utf-8", errors="replace") as opened:
            opened.write(text)
            opened.flush()
            os.fsync(file)
    except OSError:
        path.unlink(missing_ok=True)
        return None
    return path


def line(error: BaseException, path: Path | None) -> str:
    """Say in one line what happened and where the details are."""
    where = f"details were written to {path}" if path else "its details could not be written"
    return f"stopped after an error of its own ({place(error)}); {where}"

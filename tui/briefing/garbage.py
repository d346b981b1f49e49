"""Garbage is looked for less often while much is made that is none. Of a large text, or of many files, looking for it as often
as Python does takes a quarter of the time.
"""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_SELDOM = 100_000
_lock = threading.Lock()
_inside = 0
_usual = gc.get_threshold()


@contextmanager
def seldom() -> Iterator[None]:
    """Collect garbage seldom, for as long as anybody is inside, in whatever thread: the threshold is the whole
    program's."""
    global _inside, _usual
    with _lock:
        if not _inside:
            _usual = gc.get_threshold()
            gc.set_threshold(_SELDOM, *_usual[1:])
        _inside += 1
    try:
        yield
    finally:
        with _lock:
            _inside -= 1
            if not _inside:
                gc.set_threshold(*_usual)

"""The collector's threshold is the whole program's: it is as it was once nobody wants it otherwise."""

from __future__ import annotations

import gc
from threading import Barrier, Thread

from tui.briefing.garbage import seldom


def test_threads_that_end_in_any_order_leave_it_as_it_was() -> None:
    usual = gc.get_threshold()
    both = Barrier(2)
    seen: list[int] = []

    def first() -> None:
        with seldom():
            both.wait()
            both.wait()

    def second() -> None:
        both.wait()
        with seldom():
            both.wait()
            thread.join()
            seen.append(gc.get_threshold()[0])

    thread = Thread(target=first)
    other = Thread(target=second)
    thread.start()
    other.start()
    other.join()
    assert seen == [100_000] and gc.get_threshold() == usual

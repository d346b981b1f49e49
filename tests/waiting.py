"""Wait for an app under test: until it has nothing to do, in place of Textual's waits for the processor to be idle.

Textual sleeps 20 ms at a time until the process uses less than a twentieth of a processor, two or three times for each key,
and goes on after a second in any case. Here the event loop itself is asked.
"""

from __future__ import annotations

import asyncio

import textual.app
import textual.pilot
from textual._context import active_app
from textual._wait import wait_for_idle
from textual.app import App


async def until_at_rest(min_sleep: float = 0.0, max_sleep: float = 1.0) -> None:
    """Return once nothing is left to be called, drawn or resized. What happens in the threads of workers cannot be asked:
    while there are any, this waits as Textual does."""
    app = active_app.get(None)
    while True:
        await asyncio.sleep(0)
        if not asyncio.get_running_loop()._ready and not (app and _drawn(app)):  # type: ignore[attr-defined]
            break
    if app and not all(worker.is_finished for worker in app.workers):
        await wait_for_idle(min_sleep, max_sleep)


def _drawn(app: App[object]) -> bool:
    """Whether something had to be drawn or resized; the timers that would do it within a frame are not waited for."""
    if app._resize_event:
        app._check_resize()
        return True
    screen = app.screen_stack[-1] if app.screen_stack else None
    if not screen or not screen.is_running or not screen.is_current or app._batch_count:
        return False
    pending = screen._layout_required or screen._scroll_required or screen._repaint_required or screen._recompose_required
    if pending or screen._dirty_widgets or screen._callbacks:
        screen._on_timer_update()
        return True
    return False


def instead_of_textuals() -> None:
    """Have `Pilot.press` and `Pilot.pause` wait like this."""
    for module in (textual.app, textual.pilot):
        assert module.wait_for_idle is wait_for_idle
        module.wait_for_idle = until_at_rest  # type: ignore[attr-defined]

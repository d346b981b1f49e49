"""How the screens look. Few, at fixed sizes, without the foot line; `make snapshots` writes them anew."""

from __future__ import annotations

from typing import Any

import pytest
from textual.pilot import Pilot

from tests.conftest import Write
from tests.screens import SCREENS, app_for
from tui.reader.app import ReaderApp

LOOKS = [
    ("source", (80, 24)), ("source", (120, 40)), ("source", (160, 50)), ("summary", (120, 40)), ("timeline", (80, 24)),
    ("quotes", (40, 12)), ("pinned", (120, 40)), ("several-sources", (160, 50)), ("card", (120, 40)), ("keys", (80, 24)),
    ("found", (120, 40)), ("filtered", (40, 12)), ("hints", (120, 40)), ("related", (120, 40)), ("lanes", (120, 40)),
    ("matrix", (120, 40)), ("commands", (80, 24)), ("kept", (80, 24)), ("problems", (80, 24)), ("unproven", (120, 40)), ("paper", (120, 40)), ("contrast", (120, 40)), ("terminal", (120, 40)),
]  # fmt: skip


async def without_foot(pilot: Pilot[None]) -> None:
    pilot.app.screen.query_one("#foot").display = False
    await pilot.pause()


@pytest.mark.parametrize(("name", "size"), LOOKS, ids=[f"{name}-{size[0]}x{size[1]}" for name, size in LOOKS])
def test_the_screen_looks_as_it_did(name: str, size: tuple[int, int], snap_compare: Any) -> None:
    assert snap_compare(app_for(name), press=[*SCREENS[name][1]], terminal_size=size, run_before=without_foot)


def test_an_empty_briefing_looks_as_it_did(write: Write, snap_compare: Any) -> None:
    path = write(sources="", head='format = "briefing/1"\ntitle = "Nothing yet"\n')
    assert snap_compare(ReaderApp([path]), terminal_size=(160, 50), run_before=without_foot)


@pytest.mark.parametrize(
    ("name", "size"), [("shelf", (120, 40)), ("shelf-search", (80, 24)), ("dossier", (120, 40)), ("elsewhere", (120, 40))]
)
def test_the_library_looks_as_it_did(name: str, size: tuple[int, int], snap_compare: Any) -> None:
    async def hands(pilot: Pilot[None]) -> None:
        """A key only once all that the one before asked for is there."""
        for key in ("", *SCREENS[name][1]):
            if key:
                await pilot.press(key)
            await pilot.app.workers.wait_for_complete()
            await pilot.pause()
        await without_foot(pilot)

    assert snap_compare(app_for(name), terminal_size=size, run_before=hands)

"""Pictures of every screen: `make screens` writes SVG and text into a folder, `make picture` those of the documents."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import mkdtemp

from tui.library.charter import Charter
from tui.library.index import Index
from tui.library.shelves import Library
from tui.reader.app import ReaderApp

ROOT = Path(__file__).parent.parent
ARTICLE = Path("briefings/colombia-intelligence.md")
FOLLOW_UP = Path("briefings/exercise/follow-up.md")
LIBRARY = Path("briefings")
BAD = Path("tests/bad")

SIZES = {"80x24": (80, 24), "120x40": (120, 40), "160x50": (160, 50), "40x12": (40, 12)}
SCREENS: dict[str, tuple[Sequence[Path], Sequence[str], str]] = {
    "summary": ((ARTICLE,), "w", "night"),
    "actors": ((ARTICLE,), "2jk", "night"),
    "quotes": ((ARTICLE,), "3jj", "night"),
    "timeline": ((ARTICLE,), "4jj", "night"),
    "source": ((ARTICLE,), ("3", "j", "j", "enter"), "night"),
    "pinned": ((ARTICLE,), ("2", "space", "4"), "night"),
    "zoomed": ((FOLLOW_UP,), "4z", "night"),
    "several-sources": ((FOLLOW_UP,), ("3", "enter"), "night"),
    "card": ((ARTICLE,), "2jki", "night"),
    "quote": ((ARTICLE,), "3jji", "night"),
    "keys": ((ARTICLE,), ("question_mark",), "night"),
    "problems": ((BAD / "quote-not-in-source.md",), ("exclamation_mark",), "night"),
    "unproven": ((BAD / "quote-not-in-source.md",), "3", "night"),
    "unreadable": ((BAD / "unknown-format.md",), "", "night"),
    "article": ((Path("seeds/exercise/01-collision-news.txt"),), "", "night"),
    "found": ((ARTICLE,), ("slash", *"drug", "enter"), "night"),
    "filtered": ((ARTICLE,), ("3", "ampersand", *"drug", "enter"), "night"),
    "hints": ((ARTICLE,), "3f", "night"),
    "related": ((ARTICLE,), ("3", "semicolon"), "night"),
    "lanes": ((FOLLOW_UP,), "4v", "night"),
    "zoomed-in": ((FOLLOW_UP,), ("4", *"jjj", "plus", "plus"), "night"),
    "matrix": ((FOLLOW_UP,), "2v", "night"),
    "groups": ((FOLLOW_UP,), "2L", "night"),
    "commands": ((ARTICLE,), ("ctrl+p", *"source"), "night"),
    "copy-as": ((ARTICLE,), "3Y", "night"),
    "note": ((ARTICLE,), ("3", "a", *"Ask for the transcript."), "night"),
    "kept": ((ARTICLE,), ("3", "m", "j", "a", *"Ask for it.", "ctrl+s", "apostrophe"), "night"),
    "shelf": ((LIBRARY,), "gj", "night"),
    "shelf-search": ((LIBRARY,), ("slash", *"petro drug", "enter"), "night"),
    "shelf-groups": ((LIBRARY,), "L", "night"),
    "dossier": ((FOLLOW_UP,), "2jD", "night"),
    "elsewhere": ((FOLLOW_UP,), ("3", *"jjj", "V"), "night"),
    "paper": ((FOLLOW_UP,), ("3", "j", "enter"), "paper"),
    "contrast": ((FOLLOW_UP,), ("3", "j", "enter"), "contrast"),
    "terminal": ((FOLLOW_UP,), ("3", "j", "enter"), "terminal"),
}
"""name → what is opened, the keys pressed, the theme."""


def app_for(name: str) -> ReaderApp:
    """On the bundled library, its index in memory."""
    paths, _, theme = SCREENS[name]
    library = ROOT / LIBRARY
    return ReaderApp(
        [ROOT / path for path in paths if path != LIBRARY], [library], theme=theme,
        library=lambda state: Library(Index(None, [library]), state, Charter(), {}),
    )  # fmt: skip


async def draw(name: str, size: tuple[int, int]) -> tuple[str, str]:
    """The screen as SVG and as text."""
    _, keys, _ = SCREENS[name]
    os.environ["XDG_STATE_HOME"] = mkdtemp()  # nobody's own notes, and none for anybody
    app = app_for(name)
    async with app.run_test(size=size) as pilot:
        for key in ("", *keys):
            if key:
                await pilot.press(key)
            await app.workers.wait_for_complete()
            await pilot.pause()
        text = "\n".join("".join(part.text for part in strip).rstrip() for strip in app.screen._compositor.render_strips())
        return app.export_screenshot(title="readout"), text + "\n"


PICTURES = {
    "readout.svg": ("source", (120, 36)), "shelf.svg": ("shelf", (120, 30)), "search.svg": ("shelf-search", (120, 30)),
    "narrow.svg": ("quotes", (40, 12)),
}  # fmt: skip
"""The pictures in the documents: file → screen and size."""


def main() -> None:
    if sys.argv[1] == "--picture":
        for name, (screen, size) in PICTURES.items():
            (Path(sys.argv[2]) / name).write_text(asyncio.run(draw(screen, size))[0], encoding="utf-8")
        return
    folder = Path(sys.argv[1])
    for label, size in SIZES.items():
        (folder / label).mkdir(parents=True, exist_ok=True)
        for name in SCREENS:
            svg, text = asyncio.run(draw(name, size))
            (folder / label / f"{name}.svg").write_text(svg, encoding="utf-8")
            (folder / label / f"{name}.txt").write_text(text, encoding="utf-8")
    print(f"{len(SCREENS) * len(SIZES)} screens in {folder}/")


if __name__ == "__main__":
    main()

"""Pictures of every screen: `make screens` writes SVG and text into a folder, `make picture` the README's one."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path

from tui.reader.app import ReaderApp

ROOT = Path(__file__).parent.parent
ARTICLE = Path("briefings/colombia-intelligence.md")
FOLLOW_UP = Path("briefings/exercise/follow-up.md")
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
    "paper": ((FOLLOW_UP,), ("3", "j", "enter"), "paper"),
    "contrast": ((FOLLOW_UP,), ("3", "j", "enter"), "contrast"),
    "terminal": ((FOLLOW_UP,), ("3", "j", "enter"), "terminal"),
}
"""name → what is opened, the keys pressed, the theme."""


async def draw(name: str, size: tuple[int, int]) -> tuple[str, str]:
    """The screen as SVG and as text."""
    paths, keys, theme = SCREENS[name]
    app = ReaderApp([ROOT / path for path in paths], theme=theme)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await pilot.press(*keys)
        await pilot.pause()
        text = "\n".join("".join(part.text for part in strip).rstrip() for strip in app.screen._compositor.render_strips())
        return app.export_screenshot(title="readout"), text + "\n"


def main() -> None:
    if sys.argv[1] == "--picture":
        Path(sys.argv[2]).write_text(asyncio.run(draw("source", (120, 36)))[0], encoding="utf-8")
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

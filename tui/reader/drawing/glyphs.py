"""The glyphs of the screens, and what each means: the legend in the help is made from the constants that are drawn."""

from __future__ import annotations

from tui.reader.drawing.lines import BIDI, HIDDEN, UNKNOWN

CURSOR, OTHER_CURSOR = "▌", "›"
SUBJECT = "▸"
RELATED = {"speaker": "●", "mention": "○", "event": "◆", "passage": "│"}
"""By the kind of the relation."""
MARKED, NOTED, BOTH = "*", "+", "#"
PINNED = "◉"
UNREAD = "•"
BARS = " ▁▂▃▄▅▆▇█"
POINT, DOUBTED, VAGUE, SEVERAL, BEGINS, ENDS, BEFORE, BEYOND = "•∘=●╞╡◂▸"

LEGEND: tuple[tuple[str, str], ...] = (
    (f"{CURSOR} {OTHER_CURSOR}", "the cursor: in the pane that keys go to, in the others"),
    (SUBJECT, "the subject itself, in the other panes"),
    *((glyph, f"related row: {words}") for glyph, words in (
        (RELATED["speaker"], "the speaker, or one who takes part"), (RELATED["mention"], "mentioned"),
        (RELATED["event"], "the same event"), (RELATED["passage"], "the same passage"),
    )),
    ("▲2 ▼5", "related rows above and below the screen"),
    (f"{MARKED} {NOTED} {BOTH}", "bookmark, note, both"),
    (PINNED, "pinned actor"),
    ("18q 2i 16e", "quotes, indirect quotes, events"),
    (BARS.strip(), "how much happened when"),
    (POINT, "one certain day"), (DOUBTED, "one day, uncertain"), (VAGUE, "some days, too near to draw apart"),
    (SEVERAL, "several in one place"),
    (f"{BEGINS}═{ENDS}", "some time between"), (f"{BEFORE} {BEYOND}", "begins earlier, goes on later"),
    (UNREAD, "library: not read yet"),
    ("␛ ␡ ␤", "control characters"),
    (f"{BIDI} {HIDDEN} {UNKNOWN}", "characters that reorder or hide text, or cannot be shown"),
)  # fmt: skip
"""Every glyph of the screens, and what it means."""

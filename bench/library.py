"""A library of any size, the same each time: sentences of the bundled seeds, put together anew into sources and briefings.

`python -m bench.library FOLDER COUNT` writes it.
"""

from __future__ import annotations

import random
import re
import sys
from datetime import date, timedelta
from pathlib import Path

from tui.briefing.document import Actor, Briefing, Event, Quote, Source
from tui.briefing.files import hash_of, read_source
from tui.briefing.write import write

ROOT = Path(__file__).resolve().parent.parent
QUOTES, EVENTS, A_FOLDER = 10, 3, 1000
FIRST, SPAN = date(2010, 1, 1), 5800
NAMES = tuple(
    f"{first} {last}"
    for first in ("Ana", "Bela", "Carla", "Dario", "Emil", "Frida", "Goran", "Hana", "Ivo", "Jana", "Karel", "Lena")
    for last in ("Aldana", "Brisk", "Corvin", "Dray", "Ester", "Falk", "Gorm", "Hale", "Ister", "Jorn", "Kasper", "Lund")
)


def sentences() -> list[str]:
    """Of the bundled seeds, without quotation marks of their own."""
    found: dict[str, None] = {}
    for path in sorted(path for path in (ROOT / "seeds").rglob("*") if path.is_file()):
        for paragraph in re.split(r"\n\s*\n", read_source(path).text.text):
            for each in re.split(r"(?<=[.!?])\s+(?=[A-Z])", " ".join(paragraph.split())):
                each = re.sub(r"^[A-Z. ]+: +|[“”\"‘’']|^[^A-Z]+", "", each)
                if 40 < len(each) < 300 and each[-1] in ".!?":
                    found[each] = None
    return list(found)


def make(folder: Path, count: int) -> None:
    """So many briefings with QUOTES quotes each, and their sources beside them, below the folder."""
    choose = random.Random(7)
    known = sentences()
    for number in range(count):
        where = folder / f"{number // A_FOLDER:03}"
        if number % A_FOLDER == 0:
            where.mkdir(parents=True, exist_ok=True)
        said = choose.sample(known, QUOTES + EVENTS + 2)
        who = choose.sample(NAMES, 4)
        actors = [
            Actor(id=name.lower().replace(" ", "-"), name=name, kind="person", aliases=(name.split()[1],)) for name in who
        ]
        speakers = [choose.choice(actors) for _ in range(QUOTES)]
        paragraphs = [said[-1]]
        paragraphs += [f"“{words}” {each.name} said." for words, each in zip(said, speakers)]
        paragraphs += said[QUOTES:-1]
        source = "\n\n".join(paragraphs) + "\n"
        day = FIRST + timedelta(choose.randrange(SPAN))
        quotes = [
            Quote(id=f"q-{at}", speaker=each.id, text=(words,), date=day.isoformat())
            for at, (words, each) in enumerate(zip(said, speakers), 1)
        ]
        events = [
            Event(
                id=f"e-{at}", title=words[:80].rstrip(" .,"), evidence=(words,), date=day.isoformat(), actors=(actors[at].id,)
            )
            for at, words in enumerate(said[QUOTES : QUOTES + EVENTS], 1)
        ]
        cited = Source(
            id="s1", path=f"{number:06}.txt", sha256=hash_of(source), title=f"Text {number}", published=day.isoformat()
        )
        briefing = Briefing(
            title=f"{said[-2][:70].rstrip(' .,')} ({number})", date=(day + timedelta(1)).isoformat(),
            marking="TLP:CLEAR", tags=("made",), sources=(cited,),
            actors=tuple(actors), quotes=tuple(quotes), events=tuple(events),
            summary=f"[{actors[0].name}](#{actors[0].id}): [“{said[0]}”](#q-1)",
        )  # fmt: skip
        (where / f"{number:06}.txt").write_text(source, "utf-8")
        (where / f"{number:06}.md").write_text(write(briefing), "utf-8")
    (folder / "readout.toml").write_text("", "utf-8")


if __name__ == "__main__":
    make(Path(sys.argv[1]), int(sys.argv[2]))

"""The large briefing: 10,000 quotes, 2,000 actors and 5,000 events in one source of 5 MB, the same at every run.

Its sentences are put together from those of the bundled texts, so that words are as common and as rare as in prose, with
invented names and numbers, so that there are as many of them as in a long text. Every quote and event stands once.
"""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Iterator
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

from tui.briefing.document import Actor, Briefing, Event, Quote, Source
from tui.briefing.write import write

ACTORS, QUOTES, EVENTS = 2_000, 10_000, 5_000
NAMES = 24_000
SIZE = 5_000_000
TALKATIVE = (800, 420, 260, 170, 120)
"""How many quotes the first speakers have; the rest are spread over the others, few each."""

_BEGIN = ("b", "br", "d", "dr", "f", "g", "gr", "h", "k", "kl", "l", "m", "n", "p", "r", "s", "st", "t", "tr", "v", "w", "z")
_VOWEL = ("a", "e", "i", "o", "u", "ai", "au", "ei", "ia")
_END = ("bach", "dal", "dez", "ford", "ghan", "holm", "kov", "lund", "mar", "nova", "quist", "rell", "sen", "ska", "zadeh")
_GIVEN = ("Ada", "Bram", "Chloe", "Dario", "Elif", "Farid", "Greta", "Hugo", "Ines", "Jonas", "Karin", "Luis", "Mira", "Tova")


def _names(chance: random.Random, number: int) -> list[str]:
    found: dict[str, None] = {}
    while len(found) < number:
        middle = "".join(chance.choice(_VOWEL) + chance.choice(_BEGIN) for _ in range(chance.choice((0, 1, 1, 2))))
        name = chance.choice(_BEGIN) + middle + chance.choice(_VOWEL) + chance.choice(_END)
        found[name.capitalize()] = None
    return list(found)


def _clauses(seeds: Path) -> list[str]:
    """Runs of plain words in the bundled texts, five to fourteen words long."""
    text = " ".join(path.read_text("utf-8") for path in sorted(seeds.rglob("*")) if path.suffix in (".txt", ".md"))
    runs = (run.split() for run in re.split(r"[^\w’' -]+|\s[-–]\s", text))
    return [" ".join(run[:14]) for run in runs if len(run) >= 5 and not {"“", "”"} & set("".join(run))]


def _prose(chance: random.Random, clauses: list[str], names: list[str]) -> Iterator[str]:
    """Sentences without end, each of them once: no two have both a name and a number in common."""
    for count in itertools.count(1):
        name, number = names[count % len(names)], count // len(names) * 1_000 + chance.randrange(2, 999)
        first, *others = chance.sample(clauses, chance.choice((1, 2, 2, 3)))
        yield ", ".join([f"{first} of {number:,} at {name}" if count % 2 else f"in {name} {number:,} {first}", *others])


def _date(chance: random.Random) -> str:
    day = date(2024, 1, 1) + timedelta(chance.randrange(700))
    later = day + timedelta(chance.randrange(3, 25))
    forms = (f"{day}", f"{day}?", f"{day:%Y-%m}", f"{day}/{later}?", "")
    return chance.choices(forms, weights=(65, 13, 12, 5, 5))[0]


def _items(chance: random.Random, prose: Iterator[str], actors: list[Actor]) -> Iterator[tuple[Quote | Event, str]]:
    """Every quote and event in the order of the source, with the sentence that it stands in."""
    order = [True] * QUOTES + [False] * EVENTS
    chance.shuffle(order)
    weights = [1 / (1 + actor) ** 0.6 for actor in range(ACTORS)]
    speakers = [actor for actor, quotes in zip(actors, TALKATIVE) for _ in range(quotes)]
    speakers += chance.choices(actors[len(TALKATIVE) :], weights[len(TALKATIVE) :], k=QUOTES - len(speakers))
    chance.shuffle(speakers)
    quotes = events = 0
    for is_quote in order:
        words, day = next(prose), _date(chance)
        if is_quote:
            speaker, direct = speakers[quotes], chance.random() < 0.8
            about = (chance.choice(actors).id,) if chance.random() < 0.4 else ()
            event = f"e-{events}" if events and chance.random() < 0.4 else ""
            speech, said = ("direct", f"said: “{words}.”") if direct else ("indirect", f"told reporters that {words}.")
            quotes += 1
            quote = Quote(f"q-{quotes}", speaker=speaker.id, text=(words,), date=day, about=about, event=event, speech=speech)
            yield quote, f"{speaker.aliases[0]} {said}"
        else:
            events += 1
            part = chance.choices(actors, weights, k=chance.randint(1, 3))
            ids, title = tuple(dict.fromkeys(actor.id for actor in part)), words[:60].rsplit(" ", 1)[0].rstrip(",")
            event_ = Event(f"e-{events}", title=title, date=day, evidence=(words,), actors=ids)
            yield event_, f"With {part[0].aliases[0]} present, {words}."


def _summary(chance: random.Random, clauses: list[str], actors: list[Actor]) -> str:
    """About 300 words in paragraphs, with links to items of every kind."""
    sentences = []
    for _ in range(18):
        actor, event, quote = chance.choice(actors[:50]), chance.randint(1, EVENTS), chance.randint(1, QUOTES)
        one, two = (" ".join(clause.split()[:6]) for clause in chance.sample(clauses, 2))
        sentences.append(f"[{actor.name}](#{actor.id}) says that [{one}](#e-{event}) and [{two}](#q-{quote}).")
    return "\n\n".join("\n".join(sentences[at : at + 3]) for at in range(0, len(sentences), 3))


def make(folder: Path, seeds: Path) -> Path:
    """Write large.md and large.txt into the folder; the path of the briefing."""
    chance = random.Random(20251113)
    names = _names(chance, NAMES + ACTORS)
    clauses = _clauses(seeds)
    actors = [
        Actor(id=f"a-{number}", name=f"{chance.choice(_GIVEN)} {name}", kind="person", aliases=(name,), role=f"in {place}")
        for number, (name, place) in enumerate(zip(names[:ACTORS], names[ACTORS:]), 1)
    ]
    prose = _prose(chance, clauses, names[ACTORS:])
    items = list(_items(chance, prose, actors))
    paragraphs: list[list[str]] = [[]]
    size = 0
    for number, (_, sentence) in enumerate(items, 1):
        together = [sentence]
        size += len(sentence.encode())
        while size < SIZE * number // len(items):
            words = next(prose)
            together.append(f"{words[0].upper()}{words[1:]}.")
            size += len(words.encode()) + 2
        paragraphs[-1] += chance.sample(together, len(together))
        if chance.random() < 0.5:
            paragraphs.append([])
    text = "\n\n".join(" ".join(paragraph) for paragraph in paragraphs if paragraph) + "\n"
    stamp = sha256(text.encode()).hexdigest()
    briefing = Briefing(
        title="Two years at the harbour",
        date="2025-12-31",
        marking="TLP:CLEAR",
        sources=(Source(id="s1", path="large.txt", sha256=stamp, title="Two years of reports", published="2025-12-01"),),
        actors=tuple(actors),
        quotes=tuple(item for item, _ in items if isinstance(item, Quote)),
        events=tuple(item for item, _ in items if isinstance(item, Event)),
        summary=_summary(chance, clauses, actors),
    )
    (folder / "large.txt").write_text(text, "utf-8", newline="\n")
    (folder / "large.md").write_text(write(briefing), "utf-8", newline="\n")
    return folder / "large.md"

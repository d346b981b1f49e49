"""Compare the text of PDFs with what another program shows on each page: `python -m bench.truth SEED FILE.pdf …`.

It needs pdftotext (Debian: poppler-utils), or PDFTOTEXT names it. Sentences are picked by the seed. Forward: 30 sentences of
pdftotext's pages are searched for, as quotes are, in Readout's text; each must be found, and on that page. Backward: the
letters and digits of 30 sentences of Readout's text must be on pdftotext's page, one after the other. What does not
hold is printed, to be compared with the rendered page.
"""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tui.briefing.anchor import Text, find
from tui.briefing.files import body_of
from tui.briefing.original import Pages
from tui.briefing.problem import Refused
from tui.documents import source

EACH = 30
SENTENCE = re.compile(r"(?<![\w.,;:(])[A-Z][a-z]*(?: [^\s.!?]+){7,28} [\w’']{3,}\.(?=\s|$)")


def shown(path: Path, page: int, *options: str) -> str:
    """Return what pdftotext has on a page, from 1; "" past the last."""
    command = [os.environ.get("PDFTOTEXT", "pdftotext"), *options, "-f", str(page), "-l", str(page), str(path), "-"]
    return subprocess.run(command, capture_output=True, text=True, errors="replace", check=False).stdout.replace("\f", "")


def joined(paragraph: str) -> str:
    """Join the lines of a paragraph; a hyphen between letters at the end of a line becomes a soft hyphen."""
    return " ".join(re.sub(r"(?<=[^\W\d_])-\n(?=[^\W\d_])", "\u00ad", paragraph).split())


def letters(text: str) -> str:
    return "".join(each for each in text if each.isalnum()).casefold()


def forward(path: Path, text: Text, pages: Pages, count: int, chance: random.Random) -> tuple[int, int, int, list[str]]:
    """Search for sentences of pdftotext's: (how many, found, on a wrong page, what does not hold)."""
    every = [(sentence, page) for page in range(1, count + 1) for part in re.split(r"\n\s*\n", shown(path, page))
             for sentence in SENTENCE.findall(joined(part))]  # fmt: skip
    times = [sentence for sentence, _ in every]
    once = [(sentence, page) for sentence, page in every if times.count(sentence) == 1]
    chosen = chance.sample(once, min(EACH, len(once)))
    found, wrong, said = 0, 0, []
    for sentence, page in chosen:
        spellings = (sentence.replace("\u00ad", ""), sentence.replace("\u00ad", "-"))
        anchor = next((anchor for each in spellings if (anchor := find((each,), text)).found), None)
        if anchor is None:
            said.append(f"not found, page {page}: {sentence}")
            continue
        found += 1
        if pages.sheet(anchor.spans[0].start) != page:
            wrong += 1
            said.append(f"page {page}, not {pages.sheet(anchor.spans[0].start)}: {sentence}")
    return len(chosen), found, wrong, said


def backward(path: Path, text: Text, pages: Pages, chance: random.Random) -> tuple[int, int, list[str]]:
    """Look on pdftotext's pages for sentences of Readout's text: (how many, not shown, those)."""
    whole = [text.text[start:end].replace("\f", " ") for start, end in text.paragraphs]
    starts = [span.start for span in text.paragraphs]
    spans = [(start + match.start(), match[0]) for start, words in zip(starts, whole) for match in SENTENCE.finditer(words)]
    said = []
    chosen = chance.sample(spans, min(EACH, len(spans)))
    for start, sentence in chosen:
        page = pages.sheet(start)
        orders = ((), ("-raw",), ("-layout",))
        if not any(letters(sentence) in letters(shown(path, page, *each) + shown(path, page + 1, *each)) for each in orders):
            said.append(f"not shown, page {page}: {sentence}")
    return len(chosen), len(said), said


def main(seed: str, names: Sequence[str]) -> None:
    print(f"seed {seed}\n\n| file | pages | sentences | found | wrong page | of Readout's text | not shown |")
    print("|---|---|---|---|---|---|---|")
    doubts, totals = [], [0] * 5
    for name in names:
        path, chance = Path(name), random.Random(f"{seed} {Path(name).name}")
        data = path.read_bytes()
        try:
            document = source.read(path, data)
        except Refused as refusal:
            print(f"| {path.name} | {str(refusal).removeprefix(f'{path}: ')} | | | | | |")
            continue
        words = source.as_text(document, path.name, data)
        text, pages = Text(words, body_of(words)), Pages(words)
        one = forward(path, text, pages, len(document.pages), chance)
        two = backward(path, text, pages, chance)
        numbers = (*one[:3], *two[:2])
        totals = [total + number for total, number in zip(totals, numbers)]
        print(f"| {path.name} | {len(document.pages)} | {' | '.join(map(str, numbers))} |", flush=True)
        doubts += [f"{path.name}: {each}" for each in (*one[3], *two[2])]
    print(f"| all | | {' | '.join(map(str, totals))} |\n")
    print("\n".join(doubts))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])

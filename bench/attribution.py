"""`make attribution CORPUS=DIR`: of the quotes that are found, how often each class of confidence names the right speaker.

DIR holds `gold/*.jsonl`, an article a line: `text_file` (from DIR) and `quotes`, each with `start`, `end` (code points, end
exclusive), `label` ("gold" where it is a quote), `kind` ("none" where nobody is named), `nested`, `sure`, `names` (any of
which is right) and `head` (of a source that is described: its noun). High is to be right in 95 of a hundred, moderate in 80.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from tui.briefing.anchor import Text
from tui.briefing.files import SourceText
from tui.drafting.draft import draft
from tui.drafting.drafted import reading_of

ASKED = {"high": 95, "moderate": 80}
ALIKE = 0.8
"""So much of both spans together must be in both."""


def main() -> int:
    if len(sys.argv) != 2:
        print("make attribution CORPUS=DIR: see bench/attribution.py for what DIR holds", file=sys.stderr)
        return 2
    corpus = Path(sys.argv[1])
    articles = [
        (corpus, json.loads(line))
        for path in sorted((corpus / "gold").glob("*.jsonl"))
        for line in path.read_text("utf-8").splitlines()
    ]
    total: Counter[tuple[str, bool]] = Counter()
    with ProcessPoolExecutor() as pool:
        for found in pool.map(_article, articles, chunksize=8):
            total.update(found)
    print(f"{len(articles):,} articles")
    for confidence in ("high", "moderate", "low"):
        right, wrong = total[confidence, True], total[confidence, False]
        share = 100 * right / max(1, right + wrong)
        asked = f"  >= {ASKED[confidence]} %  {'ok' if share >= ASKED[confidence] else 'MISS'}" if confidence in ASKED else ""
        print(f"  {confidence:<10}{right:>6,} of {right + wrong:>6,} right  {share:5.1f} %{asked}")
    return 0


def _article(work: tuple[Path, dict[str, Any]]) -> Counter[tuple[str, bool]]:
    corpus, article = work
    words = (corpus / article["text_file"]).read_text("utf-8")
    text = Text(words)
    made = draft(text, "source.txt")
    reading = reading_of(made, Path("draft.md"), SourceText(Path("source.txt"), text))
    gold = [
        quote
        for quote in article["quotes"]
        if quote["label"] == "gold" and quote["kind"] != "none" and not quote["nested"] and quote["sure"]
    ]
    found: Counter[tuple[str, bool]] = Counter()
    for quote in made.briefing.quotes:
        if not quote.direct:
            continue
        said = str(made.attributions[quote.id].get("exact", ""))
        for start, end in _trimmed(words, reading.anchor(quote).spans):
            for wanted in gold:
                both = min(end, wanted["end"]) - max(start, wanted["start"])
                if both > 0 and both >= ALIKE * (max(end, wanted["end"]) - min(start, wanted["start"])):
                    found[
                        quote.confidence, _right(wanted, made.briefing.name(quote.speaker) if quote.speaker else "", said)
                    ] += 1
                    break
    return found


def _trimmed(words: str, spans: tuple[Any, ...]) -> Iterator[tuple[int, int]]:
    for start, end in spans:
        while end > start and not words[end - 1].isalnum():
            end -= 1
        yield start, end


def _right(wanted: dict[str, Any], speaker: str, said: str) -> bool:
    name = _words(speaker or said)
    if not name:
        return False
    for other in map(_words, wanted["names"]):
        short, long = sorted((name, other), key=len)
        if short and ((set(short) <= set(long) and short[-1] == long[-1]) or set(name) == set(other)):
            return True
    head = wanted.get("head") or ""
    return wanted["kind"] == "nominal" and any(word.rstrip("s") == head.rstrip("s") for word in name)


def _words(name: str) -> list[str]:
    skipped = {"mr", "mrs", "ms", "dr", "sen", "rep", "gov", "the", "jr", "sr"}
    return [
        word
        for word in re.findall(r"[^\W_]+", name.lower().replace("’s", "").replace("'s", ""))
        if word not in skipped and len(word) > 1
    ]


if __name__ == "__main__":
    sys.exit(main())

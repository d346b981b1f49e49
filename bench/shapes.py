"""Briefings that grow in one way each: the time that a command takes must grow with the file, not with its square.

`python -m bench.shapes --readout PROGRAM` measures another installation of Readout.
"""

from __future__ import annotations

import argparse
import itertools
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from tempfile import TemporaryDirectory
from typing import NamedTuple

from bench.programs import READOUT, environment

SMALLER, LARGER = 3_000, 24_000
AT_MOST = 120
"""Seconds after which a command is stopped."""
ACTOR = '[[actor]]\nid = "a"\nname = "Ana Falk"\nkind = "person"\n'
DIGITS = "零一二三四五六七八九"


class Shape(NamedTuple):
    toml: str = ""
    text: str = "The words.\n"
    summary: str = "Nothing."
    sources: str = '[[source]]\nid = "s1"\npath = "shape.txt"\n'

    def write(self, folder: Path) -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "readout.toml").write_text("")
        (folder / "shape.txt").write_text(self.text, "utf-8")
        path = folder / "shape.md"
        head = 'format = "briefing/1"\ntitle = "A shape"\ndate = 2026-02-12\n'
        path.write_text(f"+++\n{head}{self.sources}{self.toml}+++\n\n{self.summary}\n", "utf-8")
        return path


def quote(number: int, text: str, more: str = "") -> str:
    return f'[[quote]]\nid = "q{number}"\nspeaker = ""\ntext = {text}\n{more}'


def parts(count: int) -> Shape:
    return Shape(quote(0, "[" + ", ".join(['"a"'] * count) + "]"), "a b " * count)


def parts_by_paragraph(count: int) -> Shape:
    return Shape(quote(0, "[" + ", ".join(['"a"'] * count) + "]"), "a b\n\n" * count)


def equal_quotes(count: int) -> Shape:
    return Shape("".join(quote(each, '"It is so."') for each in range(count)), "It is so. " * count)


def equal_quotes_in_two_parts(count: int) -> Shape:
    return Shape("".join(quote(each, '["It is", "so."]') for each in range(count)), "It is, well, so. " * count)


def equal_quotes_with_prefix(count: int) -> Shape:
    toml = "".join(quote(each, '"It is so."', f'prefix = "Number {each}: "\n') for each in range(count))
    return Shape(toml, "".join(f"Number {each}: It is so.\n\n" for each in range(count)))


def equal_quotes_with_suffix(count: int) -> Shape:
    toml = "".join(quote(each, '"It is so"', f'suffix = ", said {each}."\n') for each in range(count))
    return Shape(toml, "".join(f"It is so, said {each}.\n\n" for each in range(count)))


def quotes(count: int) -> Shape:
    lines = [f"We will act at once in case {each}." for each in range(count)]
    return Shape("".join(quote(each, f'"{line}"') for each, line in enumerate(lines)), "\n\n".join(lines))


def quotes_of_common_words(count: int) -> Shape:
    words = ["we", "will", "act", "at", "once", "in", "every", "case"]
    lines = [" ".join(each) + "." for each in itertools.islice(itertools.permutations(words), count)]
    return Shape("".join(quote(each, f'"{line}"') for each, line in enumerate(lines)), "\n\n".join(lines))


def quotes_without_spaces(count: int) -> Shape:
    lines = ["我们将在第" + "".join(DIGITS[int(digit)] for digit in f"{each:05}") + "次会议上行动。" for each in range(count)]
    return Shape("".join(quote(each, f'"{line}"') for each, line in enumerate(lines)), "\n\n".join(lines))


def lost_quotes(count: int) -> Shape:
    text = "".join(f"We will act at once in case {each}.\n\n" for each in range(count))
    return Shape("".join(quote(each, f'"We will not act in case {each}."') for each in range(count)), text)


def evidence(count: int) -> Shape:
    toml = "".join(
        f'[[event]]\nid = "e{each}"\ntitle = "T"\nevidence = "It is so"\ndate_as_written = "on Tuesday"\n'
        for each in range(count)
    )
    return Shape(toml, "It is so on Tuesday. " * count)


def one_name(count: int) -> Shape:
    toml = "".join(f'[[actor]]\nid = "a{each}"\nname = "Ana Falk"\nkind = "person"\n' for each in range(count))
    return Shape(toml, "Ana Falk spoke. " * count)


def aliases(count: int) -> Shape:
    names = ", ".join(f'"Ana {each} Falk"' for each in range(count))
    return Shape(ACTOR + f"aliases = [{names}]\n", "".join(f"Ana {each} Falk spoke. " for each in range(count)))


def part_of(count: int) -> Shape:
    rows = (
        f'[[actor]]\nid = "a{at}"\nname = "A {at}"\nkind = "group"\npart_of = "a{(at + 1) % count}"\n' for at in range(count)
    )
    return Shape("".join(rows))


def sources(count: int) -> Shape:
    rows = (f'[[source]]\nid = "s{each}"\npath = "shape.txt"\nsha256 = "00"\n' for each in range(count))
    return Shape(
        "".join(quote(each, f'"Never {each}."', f'source = "s{each}"\n') for each in range(count)), sources="".join(rows)
    )


def summary_links(count: int) -> Shape:
    return Shape(ACTOR, summary="[Ana](#a) spoke. " * count)


def summary_quotations(count: int) -> Shape:
    toml = "".join(quote(each, f'"It is so {each}"') for each in range(count))
    text = "".join(f"It is so {each}.\n\n" for each in range(count))
    return Shape(toml, text, "\n\n".join(f"She said [“It is so {each}”](#q{each})." for each in range(count)))


def summary_parts(count: int) -> Shape:
    words = " ".join(["so"] * count)
    return Shape(quote(0, f'"{words}"'), words, "[“" + " … ".join(["so"] * count) + "”](#q0)")


def summary_of_other_files(count: int) -> Shape:
    return Shape(ACTOR, summary="\n\n".join(f"[A](shape.md#a{each}) [A](shape.md#a)" for each in range(count)))


def summary_of(words: str) -> Callable[[int], Shape]:
    return lambda count: Shape(ACTOR, summary=words * count)


SHAPES: dict[str, Callable[[int], Shape]] = {
    "parts of one quote": parts,
    "parts, a paragraph each": parts_by_paragraph,
    "equal quotes": equal_quotes,
    "equal quotes in two parts": equal_quotes_in_two_parts,
    "equal quotes, told apart by prefix": equal_quotes_with_prefix,
    "equal quotes, told apart by suffix": equal_quotes_with_suffix,
    "quotes": quotes,
    "quotes of common words": quotes_of_common_words,
    "quotes without spaces": quotes_without_spaces,
    "quotes that are not in the source": lost_quotes,
    "equal evidence": evidence,
    "actors of one name": one_name,
    "aliases of one actor": aliases,
    "actors that are part of the next": part_of,
    "changed sources": sources,
    "links of a summary": summary_links,
    "quotations of a summary": summary_quotations,
    "parts of a quotation of a summary": summary_parts,
    "links to another file": summary_of_other_files,
    "list items of a summary": summary_of("- [Ana](#a) *spoke*\n"),
    "list in list": summary_of("> - 1. "),
    "opening brackets": summary_of("["),
    "opening images": summary_of("![a]("),
    "opening emphasis": summary_of("*a _b "),
    "opening code": summary_of("`a ``b "),
    "opening marks": summary_of("“a «b "),
    "opening tags": summary_of("<a <!-- "),
    "backslashes": summary_of("\\"),
    "hard breaks": summary_of("*a*\\\n"),
}
COMMANDS: dict[str, Callable[[Path], list[str]]] = {
    "check": lambda path: ["check", str(path)],
    "export": lambda path: ["export", str(path)],
    "export markdown": lambda path: ["export", str(path), "--format", "markdown"],
    "search": lambda path: ["search", "--refresh", "act", str(path.parent)],
}


def seconds(readout: Sequence[str], command: str, path: Path) -> float:
    """How much processor time the command takes; infinite if it was stopped."""
    with TemporaryDirectory() as home:
        before = getrusage(RUSAGE_CHILDREN)
        try:
            subprocess.run([*readout, *COMMANDS[command](path)], env=environment(home), capture_output=True, timeout=AT_MOST)
        except subprocess.TimeoutExpired:
            return float("inf")
        after = getrusage(RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def measured(
    readout: Sequence[str], folder: Path, names: Sequence[str] = (), larger: int = LARGER
) -> Iterator[tuple[str, str, float, float]]:
    """For each shape and command: (shape, command, seconds of the smaller one, seconds of the larger one), less those of an
    empty briefing."""
    empty = Shape().write(folder / "empty")
    least = {command: min(seconds(readout, command, empty) for _ in range(3)) for command in COMMANDS}
    for name in names or SHAPES:
        paths = [SHAPES[name](count).write(folder / f"{name}-{count}") for count in (SMALLER, larger)]
        for command in COMMANDS:
            taken = [max(0.001, seconds(readout, command, path) - least[command]) for path in paths]
            yield name, command, taken[0], taken[1]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.shapes")
    parser.add_argument("--readout", metavar="PROGRAM", help="default: the one of this checkout")
    parser.add_argument(
        "--larger", type=int, default=LARGER, metavar="N", help=f"items of the larger one (default: {LARGER:,})"
    )
    parser.add_argument("shape", nargs="*", help="default: all")
    options = parser.parse_args()
    readout = [options.readout] if options.readout else READOUT
    with TemporaryDirectory() as folder:
        for name, command, small, large in measured(readout, Path(folder), options.shape, options.larger):
            print(f"{name:<38}{command:<18}{small:8.2f} s{large:9.2f} s{large / small:8.1f} x", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())

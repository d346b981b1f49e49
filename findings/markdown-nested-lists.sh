#!/bin/sh
# Package: markdown-it-py 4.3.0 (on PyPI), with its preset "commonmark".
#
# One would guess that CommonMark, which has no limit for lists within lists, is rendered whole, or refused where it is too deep.
# What happens: ten lists within one another lose their words, and every paragraph after the list is lost too. Nothing is
# raised and nothing is logged; nine lists are rendered whole. The preset sets the option maxNesting to 20, and a list item
# takes two levels. The preset "default" has 100, and loses the same at fifty.
# What it means: a program that checks or quotes the words of a document through this parser may never see some of them. Set
# maxNesting to more than the program's own limit, and look at the levels of the tokens to refuse what is deeper.
#
# Exits 0 when this is still so, 1 when it has changed.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check markdown-it-py==4.3.0
"$folder/venv/bin/python" - <<'PY'
import sys
from importlib.metadata import version

from markdown_it import MarkdownIt


def kept(preset: str, depth: int, **options: int) -> tuple[bool, bool]:
    lines = [f"{'  ' * level}- level {level + 1}" for level in range(depth)]
    html = MarkdownIt(preset, options).render("\n".join([*lines, "", "The end."]))
    return f"level {depth}<" in html or f"level {depth}\n" in html, "The end." in html


print("markdown-it-py", version("markdown-it-py"))
expected = {("commonmark", 9): (True, True), ("commonmark", 10): (False, False), ("default", 50): (False, False)}
same = True
for (preset, depth), wanted in expected.items():
    found = kept(preset, depth)
    print(f"{preset}, {depth} lists within one another: last words kept {found[0]}, paragraph after them kept {found[1]}")
    same = same and found == wanted
whole = kept("commonmark", 10, maxNesting=300)
print("commonmark with maxNesting 300, 10 lists:", *whole)
same = same and whole == (True, True)
print("as described" if same else "changed")
sys.exit(0 if same else 1)
PY

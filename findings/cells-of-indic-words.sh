#!/bin/sh
# Packages: rich 15.0.0 and wcwidth 0.9.4 (both on PyPI), beside the C library's own wcwidth(3).
#
# One would guess that three tables made from the same Unicode data give a word the same number of terminal cells.
# What happens: they give three different numbers to ordinary Hindi, Bengali and Khmer words. Rich counts a spacing vowel
# sign (category Mc) as nothing; wcwidth's wcswidth counts it in some clusters; glibc gives each one a cell, and so do tmux
# and mosh, which ask glibc.
# What it means: a program that places text by column after such a word, and measures by any one of these, writes over the
# word's last letters on terminals that go by another. Reserve the largest count, write the word in one piece, and set the
# cursor by column after it.
#
# Exits 0 when this is still so, 1 when it has changed. The C library's counts are printed, and not judged: they are the system's.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check rich==15.0.0 wcwidth==0.9.4
"$folder/venv/bin/python" - <<'PY'
import ctypes
import ctypes.util
import sys
from importlib.metadata import version

from rich.cells import cell_len
from wcwidth import wcswidth

library = ctypes.CDLL(ctypes.util.find_library("c"))
library.setlocale(0, b"C.UTF-8")
print("rich", version("rich"), "wcwidth", version("wcwidth"))
expected = {"हिन्दी": (3, 4), "বাংলা": (2, 4), "ភាសាខ្មែរ": (5, 7)}
same = True
for word, counts in expected.items():
    found = (cell_len(word), wcswidth(word))
    system = sum(library.wcwidth(ord(each)) for each in word)
    print(f"{word}: rich {found[0]}, wcwidth {found[1]}, C library {system}")
    same = same and found == counts
print("as described" if same else "changed")
sys.exit(0 if same else 1)
PY

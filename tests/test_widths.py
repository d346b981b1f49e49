"""Cells: no terminal needs more of them than a text is given."""

from __future__ import annotations

import ctypes
import ctypes.util
import unicodedata

import pytest
import wcwidth
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tests.scripts import SCRIPTS
from tui.reader.drawing import widths

ASSIGNED = [chr(code) for code in range(0xA0, 0x110000) if unicodedata.category(chr(code)) not in ("Cn", "Cs", "Co", "Cc", "Zl", "Zp")]


@pytest.fixture(scope="module")
def glibc() -> ctypes.CDLL:
    library = ctypes.CDLL(ctypes.util.find_library("c"))
    library.setlocale.restype = ctypes.c_char_p
    if not hasattr(library, "gnu_get_libc_version") or not library.setlocale(0, b"C.UTF-8"):
        pytest.skip("needs glibc with the locale C.UTF-8")
    return library


def test_a_character_gets_the_most_cells_that_any_table_gives_it(glibc: ctypes.CDLL) -> None:
    flags = range(0x1F1E6, 0x1F200)  # letters that come in pairs, two cells a pair
    for character in (each for each in ASSIGNED if ord(each) not in flags and each != "\u00ad"):  # never written
        most = max(glibc.wcwidth(ord(character)), wcwidth.wcwidth(character), cell_len(character))
        assert widths.of_character(character) >= most, hex(ord(character))


def test_a_character_on_which_the_tables_differ_is_disputed(glibc: ctypes.CDLL) -> None:
    for character in ASSIGNED:
        counts = {glibc.wcwidth(ord(character)), wcwidth.wcwidth(character), cell_len(character)} - {-1}
        if len(counts) > 1 and unicodedata.category(character) != "Mc":
            assert widths.any_disputed(character), hex(ord(character))
        elif len(counts) > 1:
            assert not widths.one_cell_each("a" + character), hex(ord(character))


@given(st.text(st.sampled_from(ASSIGNED + list("abc ")), max_size=30))
def test_clusters_cover_a_text_without_a_gap(text: str) -> None:
    assert "".join(text[start:end] for start, end, _ in widths.clusters(text)) == text
    assert "".join(text[start:end] for start, end, _ in widths.written_whole(text)) == text
    assert sum(cluster.size for cluster in widths.written_whole(text)) == widths.width(text)


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_sentence_gets_no_less_than_glibc_rich_and_wcwidth_give_it(glibc: ctypes.CDLL, script: str) -> None:
    text = SCRIPTS[script]
    assert widths.width(text) >= max(sum(glibc.wcwidth(ord(each)) for each in text), wcwidth.wcswidth(text), cell_len(text))


def test_an_emoji_joined_of_several_takes_two_cells() -> None:
    assert widths.width("👩‍👩‍👧") == 2

"""How words are compared for finding: what is the same word, what is not, and the way back to the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.briefing.fold import Folded
from tui.briefing.loose import Loose, has_second, letters, loosely, lowered


def found(typed: str, text: str) -> list[str]:
    """The stretches of a text in which what is typed is found, in either reading."""
    words, hits = lowered(loosely(typed)), []
    for second in (False, True):
        loose = Loose(text, second=second)
        at = lowered(loose.text).find(words)
        if at >= 0:
            hits.append(text[loose.start(at) : loose.end(at + len(words))])
    return list(dict.fromkeys(hits))


@pytest.mark.parametrize(
    ("typed", "text", "hit"),
    [
        ("lodz", "in Łódź today", "Łódź"),
        ("soren", "Søren", "Søren"),
        ("djokovic", "Novak Đoković won", "Đoković"),
        ("dokovic", "Novak Đoković won", "Đoković"),
        ("istanbul", "İstanbul", "İstanbul"),
        ("isil", "Işıl", "Işıl"),
        ("strasse", "Straße", "Straße"),
        ("Thorunn", "Þórunn", "Þórunn"),
        ("financing", "the ﬁnancing of", "ﬁnancing"),
        ("ANGSTROM", "an Ångström unit", "Ångström"),
        ("l'etat", "l’État", "l’État"),
        ("abc", "ＡＢＣ", "ＡＢＣ"),
        ("οδοσ", "ΟΔΟΣ", "ΟΔΟΣ"),
        ("οδος", "ΟΔΌΣ", "ΟΔΌΣ"),
        ("76", "killed 76¹² people", "76"),
        ("12", "killed 76¹² people", "¹²"),
        ("3 1⁄2", "3½", "3½"),
        ("co2", "CO₂", "CO₂"),
        ("international", "the inter-\n national court", "inter-\n national"),
        ("inter-national", "the inter-\n national court", "inter-\n national"),
        ("international", "the inter\u00ad\nnational court", "inter\u00ad\nnational"),
        ("हिन्दू", "एक हिन्दू", "हिन्दू"),
        ("क़लम", "कलम", "कलम"),
        ("שלום", "שָׁלוֹם", "שָׁלוֹם"),
        ("محمد", "مُحَمَّد", "مُحَمَّد"),
        ("احمد", "أحمد", "أحمد"),
        ("かく", "かく", "かく"),
        ("バ", "ﾊﾞ", "ﾊﾞ"),
    ],
)
def test_a_word_is_found_as_people_type_it(typed: str, text: str, hit: str) -> None:
    assert hit in found(typed, text)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("हिन्दू", "हिन्दी"),
        ("7612", "76¹²"),
        ("31", "3½"),
        ("ハ", "バ"),
        ("하", "한"),
        ("กิน", "กาน"),
        ("তাকা", "টাকা"),
    ],
)
def test_another_word_is_not_found(typed: str, text: str) -> None:
    assert not found(typed, text)


def test_only_a_text_with_a_broken_word_or_a_barred_d_has_a_second_reading() -> None:
    assert has_second("inter-\nnational") and has_second("Đoković")
    assert not any(map(has_second, ("inter-national", "a -\nb", "1-\n2", "²-\na", "a\u00ad\n²", "Łódź", "a\n\nb")))


odd = st.text(
    st.one_of(
        st.sampled_from("aAeЕй đĐłıßΣς¹²½Ⅳﾊﾞﾟばกิน้ำहिन्दू़\u0301\u0327\u05b8\u0650ﬁ™①…—-’“\u00ad\u200b \n\u00a0ى한\u1112\u1161\u0f73\u0f71"),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=12,
)


@given(odd)
def test_a_text_folds_to_the_same_with_and_without_the_way_back(text: str) -> None:
    text = text.replace("-", "")
    assert Loose(text).text == letters(Folded(text).text) or has_second(text)


@given(odd, st.booleans())
def test_every_folded_character_leads_back_to_a_stretch_of_the_text(text: str, second: bool) -> None:
    loose = Loose(text, second=second)
    spans = [(loose.start(at), loose.end(at + 1)) for at in range(len(loose.text))]
    assert all(0 <= start <= end <= len(text) for start, end in spans)
    assert spans == sorted(spans)


@given(odd)
def test_what_is_folded_stays_as_it_is(text: str) -> None:
    assert letters(letters(text)) == letters(text)


@given(odd)
def test_lowercase_keeps_every_place(text: str) -> None:
    loose = Loose(text).text
    assert len(lowered(loose)) == len(loose)

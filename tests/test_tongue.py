"""The language of a text is told from its script and its short words; without rules for it, only its marks are read."""

from __future__ import annotations

import pytest

from tui.briefing.anchor import Text
from tui.drafting.draft import draft
from tui.drafting.tongue import language_of

TEXTS = {
    "en": "The mayor said that the tower would be closed on Monday, and that nobody had been in it for a year.",
    "es": "El alcalde cerró la torre el lunes. «No es segura», dijo Marta Quiroga, que vive al lado de la plaza con su hija.",
    "fr": "Le maire a fermé la tour lundi. « Elle n’est pas sûre », dit Marthe Quirin, qui habite près de la place avec sa fille.",
    "de": "Der Bürgermeister hat den Turm am Montag geschlossen. „Er ist nicht sicher“, sagte Martha Quirin, die mit der Tochter dort wohnt.",
    "ru": "Мэр закрыл башню в понедельник. «Она не безопасна», — сказала Марта Квирина.",
    "uk": "Мер зачинив вежу в понеділок. «Вона небезпечна», — сказала Марта Квіріна, її сусідка.",
    "ar": "أغلق العمدة البرج يوم الاثنين. قالت مرتا: «إنه ليس آمنا».",
    "zh": "市长星期一关闭了塔楼。“这里不安全。”邻居马尔塔说。",
    "ja": "市長は月曜日に塔を閉鎖した。「安全ではありません」と隣人は話した。",
}  # fmt: skip


@pytest.mark.parametrize("code", TEXTS)
def test_a_text_is_known_by_its_script_and_its_short_words(code: str) -> None:
    assert language_of(TEXTS[code]) == code


def test_nothing_is_said_of_numbers_and_names() -> None:
    assert language_of("1,200 3,400 5,600") == language_of("") == language_of("Ulf Berg Tor Dal Ida Voss") == ""


@pytest.mark.parametrize("code", [code for code in TEXTS if code != "en"])
def test_without_rules_for_it_nobody_is_said_to_speak(code: str) -> None:
    briefing = draft(Text(TEXTS[code]), "t.txt").briefing
    assert len(briefing.quotes) == 1 and briefing.quotes[0].speaker == "" and briefing.quotes[0].confidence == "low"
    assert not briefing.actors and not briefing.events and briefing.sources[0].lang == code
    assert f"({code})" in briefing.summary


def test_what_is_given_goes_before_what_is_told() -> None:
    assert draft(Text(TEXTS["en"]), "t.txt", lang="sv").briefing.sources[0].lang == "sv"

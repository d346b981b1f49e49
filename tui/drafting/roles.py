"""What a name is the name of, and what the text calls its bearer."""

from __future__ import annotations

from collections.abc import Sequence, Set

from tui.drafting.names import PARTIES, Name
from tui.drafting.sentences import Sentence
from tui.drafting.states import DEMONYMS, HOUSES, NATIONS, PROVINCES, SEATS
from tui.drafting.words import (
    BODIES,
    BODY_HEADS,
    FIRMS,
    GIVEN,
    NO_NAMES,
    OPENERS,
    PARTICLES,
    PEOPLE,
    PREPOSITIONS,
    PUBLIC,
    SAY,
    SEVERAL,
    TITLES,
)  # fmt: skip

_OF = frozenset(("of", "for", "&"))
_COURTESY = frozenset("mr mrs ms miss dr sir lord lady dame".split())
_NO_ROLE = _COURTESY | {"vice"}
"""Alone before a name; the last is Latin there: “to be a judge, vice Jane Roe, retired”."""
_KIN = frozenset(
    "admirer ally associate backer boss brother campaign colleague confidant counterpart critic daughter enemy family father fan follower foe friend friends husband mother "
    "neighbor opponent parent parents partner rival sister son supporter supporters victim widow widower wife".split()
)
"""Of somebody, whose name is behind: it is not they who are called that."""
_ROLE_ENDS = frozenset("who which whose said says told added . ; : ( ) — – -- -".split())
_NO_GIVEN = frozenset(
    "New Los San Las North South West East Via World Middle Great Social Federal Strategic Disease Rescue Upper Lower Central National American European Build Inflation "
    "Student Health Climate Clean Child Medicare Small Homeland Foreign Civil Human Public Private Rose Oval Situation Roosevelt Press Cold Civil Gulf Black Supreme "
    "El La Fort Cape Puerto Hong Latin Northern Southern Eastern Western Northeast Northwest Southeast Southwest Northeastern Northwestern Southeastern Southwestern".split()
)
"""No given names, though two capital words begin with them: New York, Rescue Plan."""
_WITHIN = frozenset(("in", "at", "near", "outside", "across", "around"))
_PLACES = frozenset(
    "City County River Island Islands Beach Bay Lake Mount Mountain Valley Heights Hills Park Avenue Boulevard Square Airport Sea Ocean Coast Gulf".split()
)


def kind_of(words: Sequence[str], title: str, behind: set[str], written: Set[str], somebody: bool = False) -> str:
    """What sort of actor these words name; "" where they do not tell. `behind`: the words that stand before the name;
    `written`: all of the text; `somebody`: whether the text says that the bearer speaks, or what they do."""
    full = " ".join(words)
    if full in NATIONS or (len(words) == 1 and words[0] in SEATS):
        return "state"
    if full in HOUSES:
        return (
            "organization"
            if full in ("NATO", "European Union", "EU", "E.U.", "UN", "U.N.", "United Nations", "African Union", "Arab League")
            else "public-body"
        )
    if full in PROVINCES:
        return "place"
    last = words[-1]
    if full in _NO_ACTORS:
        return ""
    if len(words) > 1 and last in _LAWS and _OF.isdisjoint(words):
        return "person" if len(words) == 2 and words[0].lower() in GIVEN else "document"  # Jude Law, or a law
    if last in FIRMS:
        return "company"
    if words[0] in TITLES and not _OF.isdisjoint(words):
        return ""  # the Assistant Secretary for Policy
    if title and len(words) <= 3 and last not in BODY_HEADS:
        goes_on = any(word.endswith("ing") and (len(words) > 2 or word.lower() in written) for word in words[1:])
        goes_on = goes_on or (
            len(words) > 1 and words[0].lower() not in GIVEN and is_term(words[0], written) and is_term(last, written)
        )
        return "" if title.lower() not in _COURTESY and (goes_on or last.lower() in _POSTS) else "person"
    if not _OF.isdisjoint(words) or last in BODY_HEADS or (words[0] in ("USS", "HMS")):
        return "organization" if PUBLIC.isdisjoint(words) else "public-body"
    if words[0].startswith("@"):
        return "person"
    first = words[0].rstrip(".").lower()
    initial = len(words) == 3 and len(words[1].rstrip(".")) == 1
    if words[0] in _NO_GIVEN:
        return ""
    if len(words) == 1 and first in GIVEN and behind and behind <= _WITHIN:
        return "place"
    if last.rstrip("s") in PARTIES:
        return "group"
    if last in _PLACES:
        return "place"
    if len(words) == 3 and words[1].lower() in GIVEN and first not in GIVEN and len(first) > 1:
        return ""
    if len(words) == 2 and words[0].isupper() and len(words[0]) == 2:
        return ""
    if ("-" in full and any("-" in word and word.rpartition("-")[2].islower() for word in words)) or words[0] in (
        "Team",
        "Camp",
    ):
        return ""
    if (first in GIVEN or (len(words) > 1 and len(first) == 1)) and not (len(words) > 1 and last in SEATS):
        return "person" if len(words) < 3 or initial or not is_term(last) else ""  # Peggy Browning Fellowship
    if len(words) == 1:
        return "organization" if (last.isupper() and len(last) > 1) or "." in last[:-1] else ""
    if behind & {"the", "in", "at", "a", "an"} or any(word.isupper() and len(word) > 2 for word in words):
        return ""
    if len(words) not in (2, 3) or not DEMONYMS.keys().isdisjoint(words):
        return ""
    if initial:
        return "person"
    first_is_term = words[0].endswith("ing") or is_term(words[0], written)
    return "" if first_is_term or (not somebody and (last.lower() in _POSTS or is_term(last, written))) else "person"


def is_term(word: str, written: Set[str] = frozenset()) -> bool:
    """Whether a capitalised word is as likely a common one: the text has it small too, or it is built like one."""
    part = word.rpartition("-")[2]
    low = (word if part[:1].islower() else part).lower()  # Jae-in
    return (low in written and low not in PARTICLES) or low in _COMMON or low.endswith(_BUILT)


_LAWS = frozenset("Accord Act Agreement Amendment Bill Constitution Declaration Law Protocol Treaty".split())
_NO_ACTORS = frozenset(
    "A.B. A.M. B.A. B.S. B.Sc. J.D. LL.B. LL.M. LLM M.A. M.B.A. MBA M.D. M.P.A. M.P.H. MPH M.S. M.Sc. Ph.D. PhD P.C. a.m. p.m. AM PM EST EDT AI COVID COVID-19 DNA EV EVs "
    "FAQ FY GDP H.R. HIV ID IT PPE PTSD TV USD".split()
)
"""Letters that stand for degrees, times and things."""
_POSTS = frozenset(
    "administrator adviser advisor ambassador announcement announcements assistant attorney commissioner coordinator counsel counselor director directors general leader "
    "liaison license licenses minister ministers officer officers official officials president program programs representative scientist secretary solicitor steward".split()
)
"""What somebody or something is, and hardly a surname."""
_COMMON = NO_NAMES | OPENERS | BODIES | frozenset(
    "academy affairs ally allies award awards base bowl capital chair challenge club consultants cooperation course crisis day days deal dialogue district drive "
    "economy energy exchange express formula game games grant grants heart heritage holocaust islander islanders lab lands law list marine medicine memorial nutrition "
    "pact park partner partners peninsula plant prize ranch reform relief rescue scholarship school schools staff star stars storm strategy studios summit supply tour tower "
    "trade treaty trophy trust war watch week wing works zone".split()
)  # fmt: skip
_BUILT = tuple("tion tions sion ment ments ity ities ness ship ism ive able ible ized ology ical ional ics ances ences".split())


def is_somebody(sentence: Sentence, name: Name) -> bool:
    """Whether what stands behind the comma says that this is a person: “Guardian, the first Republican mayor, …”."""
    first, last = name.last, name.last + 8
    behind = sentence.text[first:last]
    if len(behind) < 3 or behind[0] != "," or behind[1] not in ("a", "an", "the"):
        return False
    for text, word in zip(behind[2:], sentence.word[first + 2 : last]):
        if not word or text in PREPOSITIONS or text in SAY:
            return False
        if text in PEOPLE and text not in SEVERAL:
            return True
    return False


def role_of(text: str, sentence: Sentence, name: Name) -> str:
    """What this sentence calls the person at this name, in its own words: the title before it, or what stands behind a comma."""
    size = sentence.size
    if (
        name.last < size
        and sentence.text[name.last] == "of"
        and name.title
        and name.last + 1 < size
        and sentence.text[name.last + 1] in NATIONS
    ):
        return f"{name.title} of {sentence.text[name.last + 1]}"
    if (
        name.last + 1 < size
        and sentence.text[name.last] == ","
        and (
            sentence.low[name.last + 1] in ("a", "an", "the", "former", "his", "her")
            or sentence.text[name.last + 1] in PEOPLE
            or sentence.possessive[name.last + 1]
        )
    ):
        last = name.last + 1
        while (
            last < size
            and last < name.last + 16
            and sentence.text[last] not in _ROLE_ENDS
            and sentence.text[last] != ","
            and sentence.quote[last] < 0
        ):
            last += 1
        words = sentence.low[name.last + 1 : last]
        ahead = name.whole - 1 - (name.whole > 1 and sentence.low[name.whole - 1] == "the")
        leads_in = ahead >= 0 and sentence.low[ahead] in PREPOSITIONS and last < size and sentence.text[last] in SAY
        if last < size and not PEOPLE.isdisjoint(words) and not leads_in:
            first = name.last + 1 + (words[0] in ("a", "an", "the", "his", "her"))
            return text[sentence.start[first] : sentence.end_of(last - 1)]
    first = name.first
    if first and sentence.text[first - 1] == "," and first > 1:
        first -= 1
    while first > 0 and sentence.word[first - 1] and name.first - first < 8:
        before = sentence.text[first - 1]
        if not (
            sentence.capital[first - 1]
            or before in PEOPLE
            or before
            in (
                "of",
                "human",
                "rights",
                "press",
                "prime",
                "national",
                "security",
                "former",
                "vice",
                "deputy",
                "senior",
                "chief",
                "campaign",
            )
        ):
            break
        first -= 1
    while first < name.first and (
        sentence.low[first] in ("of", "the", "human", "rights", "and")
        or sentence.low[first] in NO_NAMES
        or not sentence.word[first]
    ):
        first += 1
    kin = next(
        (at for at in range(name.first - 1, first, -1) if sentence.text[at] == "of" and sentence.low[at - 1] in _KIN), -1
    )
    places = [at for at in range(max(first, kin + 1), name.first) if sentence.word[at]]
    telling = [sentence.text[at].rstrip(".").lower() for at in places]
    if not any(word in PEOPLE or word.capitalize() in TITLES for word in telling) or _NO_ROLE.issuperset(telling):
        return ""
    return text[sentence.start[places[0]] : sentence.end_of(places[-1])]

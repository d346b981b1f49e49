"""Whom the labels of a transcript name: MS. PSAKI, THE PRESIDENT, Q."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from tui.drafting.actors import Actor, Register
from tui.drafting.language import ENGLISH


class Labels:
    """The actor of each label: one for every label of one person."""

    def __init__(self, labels: Mapping[str, str], register: Register, title: str, words: str) -> None:
        """`labels`: as the turns have them, each with the role that it says, "" for none; `words`: the text, whose way to write a
        name is taken."""
        self.register, self.title, self.words = register, title, words
        self._actors: dict[str, int] = {}
        cased = (
            {
                word.casefold(): word
                for word in dict.fromkeys(re.findall(r"[^\W\d_][\w’'-]*[a-z][\w’'-]*", f"{title} {words}"))
                if word[0].isupper()
            }
            if labels
            else {}
        )
        for label in sorted(labels, key=lambda label: label.startswith(ENGLISH.label_article + " ")):
            number = self._labelled(label, cased, list(self._actors))
            self._actors[label] = number
            actor = self.register.actors[number]
            actor.names[label] += 1
            actor.role = actor.role or labels[label]

    def __getitem__(self, label: str) -> int:
        return self._actors[label]

    def _labelled(self, label: str, cased: Mapping[str, str], before: Sequence[str]) -> int:
        if label == "Q":
            return self.register.add(ENGLISH.reporter, "person")
        if label == "A":
            return self.register.add(ENGLISH.interviewed, "person")
        words = label.rstrip(":").split()
        if words[0].upper() == ENGLISH.label_article and len(words) <= 3:
            office = " ".join(words[1:])
            same = [other for other in before if other.startswith(office + " ")]
            if len(same) == 1:
                return self._actors[same[0]]
            titled = re.search(rf"(?<!{ENGLISH.deputy_word} )\b{re.escape(office.title())} ([A-Z][\w’'-]+)", self.title)
            if titled and not same:
                return self._called([titled[1]], office, f"{office.title()} {titled[1]}")
            return self.register.add(f"{ENGLISH.label_article.title()} {office.title()}", "person")
        name = [word for word in words if word.rstrip(".").casefold() not in ENGLISH.label_offices]
        if not name or (len(name) == len(words) and len(words) < 2) or any(word in ENGLISH.label_parts for word in words):
            kind = "group" if words[-1] in ENGLISH.group_labels else "person"
            return self.register.add(label.capitalize() if label.isupper() else label, kind)
        name = [cased.get(word.casefold(), word.title() if word.isupper() else word) for word in name]
        offices = [word.title() for word in words if word.rstrip(".").casefold() in ENGLISH.label_offices]
        holds_office = {word.rstrip(".").casefold() for word in words} & ENGLISH.label_offices - ENGLISH.courtesies_in_labels
        return self._called(name, label, " ".join([*offices, *name]) if holds_office and len(name) == 1 else "")

    def _called(self, name: Sequence[str], label: str, titled: str = "") -> int:
        """The actor of a label. One whom the text names in full is meant only where the title names them so, or the text gives
        them the label's office: a president's spouse and son have the surname too. `titled`: what another one is called, "" for
        the name alone."""
        full = " ".join(name)
        known = self.register.named(full)
        if known >= 0 and len(name) == 1 and " " in self.register.actors[known].name:
            actor = self.register.actors[known]
            offices = {
                word.rstrip(".").casefold() for word in label.split()
            } & ENGLISH.label_offices - ENGLISH.courtesies_in_labels
            courtesy = label.split()[0].rstrip(".").upper() if label else ""
            if (
                (courtesy in ENGLISH.masculine_labels and actor.gender == "f")
                or (courtesy in ENGLISH.feminine_labels and actor.gender == "m")
                or (
                    actor.name not in self.title
                    and not (any(self._holds(actor, office) for office in offices) if offices else actor.role or courtesy)
                    and not (courtesy == ENGLISH.doctors_label and actor.roles[ENGLISH.doctors_role])
                )
            ):
                known = -1
        return known if known >= 0 else self.register.add(titled or full, "person")

    def _holds(self, actor: Actor, office: str) -> bool:
        """Tell whether the text gives an office to an actor where it names them in full."""
        if office in actor.role.lower():
            return True
        name, office = re.escape(actor.name), re.escape(office)
        return re.search(rf"\b{office}\b[^.\n]{{0,40}}\b{name}\b|\b{name}\b[^.\n]{{0,80}}\b{office}\b", self.words, re.I) is not None

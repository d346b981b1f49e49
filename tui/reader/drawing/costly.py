"""Refuse what a person types before it costs seconds or gigabytes: a regular expression is a program, and compiling it unfolds
its repeats."""

from __future__ import annotations

import re

LONGEST = 1_000
"""Characters of words."""
LONGEST_EXPRESSION = 300
"""Characters of a regular expression."""
MOST_REPEATS = 500
"""The largest number in braces, and what numbers of repeats within repeats may come to, each multiplied with the length of what
it repeats."""
DEEPEST = 20
"""Groups within groups."""

_PART = re.compile(r"\\[pPNgk]\{[^}]*\}|\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\{(\d*)(,?)(\d*)\}|[*+?(){}|]|.", re.S)


def refusal(typed: str) -> str:
    """Say why a pattern is refused; "" if it may be searched for."""
    if not typed.startswith("r:"):
        return f"at most {LONGEST:,} characters can be searched for" if len(typed) > LONGEST else ""
    expression = typed[2:]
    if len(expression) > LONGEST_EXPRESSION:
        return f"a regular expression has at most {LONGEST_EXPRESSION} characters"
    sizes = [0]  # of the groups that are open, the outermost first
    last = 0  # of the part that a repeat would repeat
    for part in _PART.finditer(expression):
        token = part[0]
        if token == "(":
            sizes.append(0)
            last = 0
            if len(sizes) > DEEPEST:
                return f"more than {DEEPEST} groups within groups"
        elif token == ")":
            if len(sizes) > 1:
                last = sizes.pop()
                sizes[-1] += last
        elif token[0] == "{" and len(token) > 1:
            most = max(int(number[:9] or 0) for number in (part[1] or "", part[3] or ""))
            sizes[-1] += last * max(0, most - 1)
            last *= max(1, most)
            if most > MOST_REPEATS or sizes[-1] > MOST_REPEATS + LONGEST_EXPRESSION:
                return f"its repeats come to more than {MOST_REPEATS:,}"
        elif token not in "*+?|":
            last = 1
            sizes[-1] += 1
    return ""

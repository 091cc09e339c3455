"""The words of an answer and a place among them go in; whether what stands there is denied comes out.

A negation reaches forward to the end of its clause: not over "but", not over a full stop or semicolon, not over a
comma that opens a new clause, and not further than a handful of words.
"""

import re
from collections.abc import Sequence

from coprod_cli.coding.tokens import Token

_REACH = 6
_DENIALS = frozenset((
    "not", "never", "no", "nobody", "none", "nothing", "nowhere", "neither", "nor", "without", "hardly",
    "barely", "scarcely", "rarely", "seldom", "cannot", "cant", "dont", "didnt", "wasnt", "werent", "isnt",
    "arent", "havent", "hasnt", "hadnt", "wouldnt", "couldnt", "wont", "aint", "nowt",
))  # fmt: skip
# Words after which a denial no longer holds.
_TURNS = frozenset((
    "but", "however", "although", "though", "yet", "except", "because", "so", "until", "unless", "which", "who",
    "when", "while", "whereas",
))  # fmt: skip
_SUBJECTS = frozenset((
    "i", "we", "they", "he", "she", "it", "you", "there", "this", "that", "everyone", "someone", "people",
    "parents", "staff",
))  # fmt: skip
# Denials that deny nothing, or that praise: "can't fault how we were listened to".
_HARMLESS = re.compile(
    r"\b(?:not (?:only|just|merely|simply|to mention)|(?:can'?t|cannot|couldn'?t|could not|can not) (?:really )?"
    r"(?:fault|complain|praise|thank|ask for|have asked|wait|believe|stress|speak highly|recommend|say enough)|"
    r"no (?:complaints?|doubt|problems?|issues?|wonder|matter|end of)|nothing but|not (?:a )?bad|no one but|"
    r"why (?:not|don'?t|didn'?t)|or not|if not|not sure|not long)\b",
    re.IGNORECASE,
)
_DENYING_PAIRS = (
    ("instead", "of"),
    ("rather", "than"),
    ("far", "from"),
    ("lack", "of"),
    ("anything", "but"),
    ("no", "longer"),
)
_STOPPERS = frozenset((
    "stopped", "stops", "stop", "failed", "fails", "fail", "refused", "refuses", "refuse",
))  # fmt: skip


def find_negated(words: str, tokens: Sequence[Token], place: int) -> bool:
    """Whether the token at `place` lies in the scope of an odd number of denials in its clause."""
    start = _find_scope(words, tokens, place)
    offset = tokens[start].start
    spelt = words[offset : tokens[place].end].replace("\u2019", "'").replace("\u02bc", "'")
    harmless = [(offset + found.start(), offset + found.end()) for found in _HARMLESS.finditer(spelt)]
    denials = 0
    number = start
    while number < place:
        token = tokens[number]
        pair = (token.word, tokens[number + 1].word)
        if pair in _DENYING_PAIRS:
            denials += 1
            number += 1
        elif any(begin <= token.start < end for begin, end in harmless):
            pass
        elif is_denial(token.word) or (token.word in _STOPPERS and number >= place - 2):
            denials += 1
        number += 1
    return denials % 2 == 1


def is_denial(word: str) -> bool:
    """Whether a word in small letters denies what follows it: "not", "never", "didn't"."""
    return word in _DENIALS or word.endswith("n't")


def _find_scope(words: str, tokens: Sequence[Token], place: int) -> int:
    """The first token from which a denial reaches the one at `place`."""
    start = place
    while start > 0 and place - start < _REACH:
        between = words[tokens[start - 1].end : tokens[start].start]
        before = tokens[start - 1].word
        opens = "," in between and (tokens[start].word in _SUBJECTS or tokens[start].word in {"and", "or"})
        if before in _TURNS or opens or re.search(r"[.;:!?\n\r\u2026()\u2013\u2014]|\s-\s", between):
            break
        if not before[0].isalnum():
            break
        start -= 1
    return start

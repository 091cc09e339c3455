"""An answer goes in; what its capitals, its verbs and the lists of names give away as a name comes out.

No cue stands beside these names. A word on the lists is masked with a capital, and in lower case where no dictionary
knows it; a word that is on no list and that nobody writes in lower case is masked for its capital in mid-sentence, or
for the verb behind it at the start. So a name need not be on a list to be found.
"""

import re
from collections.abc import Callable, Iterator

from coprod_cli.protecting.line import SPACE, Line, Span
from coprod_cli.protecting.name_runs import is_listed, is_unknown, run_from
from coprod_cli.protecting.word_lists import BODIES, GIVEN, LOWER, NEVER, ORDINARY, RELATIONS, WORD_NAMES, list_words

_WIDE_VERBS, _VERBS, _ADVERBS = list_words("wide_verbs"), list_words("verbs"), list_words("adverbs")
_DOING = _VERBS | _WIDE_VERBS | {"from"}
_PRONOUNS = frozenset({"i", "me", "my", "his", "her", "our"})
_LONG_ENOUGH = 4
_INITIALS = re.compile(r"(?<![\w.])[A-Z]\. ?(?:[A-Z]\. ?)?[A-Z]\.(?!\w)|(?<![\w.])[A-Z]\.[A-Z](?:\.[A-Z])?(?![\w.])")
_NOT_INITIALS = list_words("not_initials")


def find_initials(text: str) -> list[Span]:
    """J.B., K. M.: two or three letters with dots that stand for nothing else."""
    return [
        (match.start(), match.start() + len(match[0].rstrip()), "name")
        for match in _INITIALS.finditer(text)
        if re.sub(r"[^A-Z]", "", match[0]).lower() not in _NOT_INITIALS
    ]


def _find_given(line: Line) -> Iterator[range]:
    """Names on the list with a capital; those that are words too only in mid-sentence, where the capital tells."""
    shouting = line.text.upper() == line.text
    for place, word in enumerate(line.words):
        if not word.text[0].isupper():
            continue
        listed = is_listed(word.low, GIVEN)
        if not listed and word.low not in WORD_NAMES:
            listed = _drops_apostrophe(line, place)
            if not listed:
                continue
        if word.text.isupper() and (not shouting or len(word.text) < _LONG_ENOUGH):
            continue
        before = line.words[place - 1] if place and SPACE.match(word.gap) else None
        if before and ((before.capital and before.low in BODIES) or before.low == "real"):
            continue
        alone = not line.starts_sentence(place) and not (before and before.capital and before.low not in GIVEN)
        if listed or (alone and word.capital):
            yield run_from(line, place)


def _drops_apostrophe(line: Line, place: int) -> bool:
    """Gurdeeps mum: a name with an s, and a relation or a thing behind it."""
    low = line.low(place)
    return low.endswith("s") and low[:-1] in LOWER and low not in ORDINARY and line.follows(place + 1) in RELATIONS


def _find_lower(line: Line) -> Iterator[range]:
    """Then olumide rang: names on the list that are in no dictionary, in lower case; kayden-lee too."""
    for place, word in enumerate(line.words):
        double = "-" in word.low and all(part in GIVEN for part in word.low.split("-"))
        if word.text.islower() and (double or is_listed(word.low, LOWER) or _drops_apostrophe(line, place)):
            yield range(place, place + 1)


def _find_capital(line: Line) -> Iterator[range]:
    """A capital in mid-sentence on a word that nobody writes in lower case, and that is no part of a longer title."""
    for place, word in enumerate(line.words):
        if not word.capital or line.starts_sentence(place) or not is_unknown(word.low):
            continue
        before, after = line.words[place - 1], place + 1
        beside = SPACE.match(word.gap) is not None
        if beside and (
            before.low == "the" or (before.text[0].isupper() and before.text != "I" and not _opens(line, place - 1))
        ):
            continue
        if line.is_capital(after) and SPACE.match(line.gap(after)) and not is_unknown(line.low(after)):
            continue
        if line.follows(after) in BODIES:
            continue
        yield run_from(line, place)


def _opens(line: Line, place: int) -> bool:
    """Whether the capital before means nothing: at the start of a sentence, on an ordinary word."""
    return line.starts_sentence(place) and (line.low(place) in ORDINARY or line.low(place) in NEVER)


def _find_doing(line: Line) -> Iterator[range]:
    """Threlfall never answered, Yitta from the forum: a word that is none opens the sentence, then a person's verb."""
    for place, word in enumerate(line.words[:-1]):
        if not word.capital or not line.starts_sentence(place) or not is_unknown(word.low):
            continue
        run = run_from(line, place)
        after = run.stop
        if run and line.words[after - 1].owned:
            yield run
        if run and line.follows(after) in _ADVERBS and line.follows(after + 1):
            after += 1
        joined = line.follows(after) == "and" and line.follows(after + 1) in _PRONOUNS
        if run and (joined or line.follows(after) in _DOING):
            yield run


GUESSES: tuple[Callable[[Line], Iterator[range]], ...] = (_find_given, _find_lower, _find_capital, _find_doing)

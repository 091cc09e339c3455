"""Words go in; where a person's name stands in them comes out, as (start, end, "name").

A name is betrayed by a title ("Mrs Dunnock"), by a cue ("my son Jareth", "spoke to Halina", "her name is ..."), by
standing at the foot of a letter, or by what name_guesses.py knows; once betrayed it is found wherever it stands in the
same answer. The word lists are in names.toml.
"""

import re
from collections.abc import Callable, Iterator

from coprod_cli.protecting.line import SPACE, Line, Span
from coprod_cli.protecting.name_guesses import GUESSES, find_initials
from coprod_cli.protecting.name_runs import AFTER_INITIAL, could_be, is_listed, is_unknown, run_from
from coprod_cli.protecting.word_lists import (
    ALSO_WORDS,
    GIVEN,
    LOWER,
    NAMES,
    NEVER,
    ORDINARY,
    OWNERS,
    PARTICLES,
    RELATIONS,
    ROLES,
    SHORT_TITLES,
    STRONG_TITLES,
    TITLES,
    list_words,
)

_BETWEEN, _PEOPLE, _SIGN_OFFS = list_words("between"), list_words("people"), list_words("sign_offs")
_PERSONS = _PEOPLE | ROLES | RELATIONS
_AFTER_CHILD = list_words("wide_verbs")
_LOWER_CUES = list_words("lower_cues")
_LETTERED = list_words("lettered")
_LOOK_BACK = 4
_LONG_ENOUGH = 4
_CUES = re.compile(
    r"\b(?:"
    + "|".join(sorted(map(re.escape, list_words("cues") | list_words("name_cues")), key=len, reverse=True))
    + r")[ \u00a0]{1,2}(?:(?:our|the|lovely|wonderful|amazing|a|both|is|was)[ \u00a0]{1,2}){0,2}",
    re.IGNORECASE,
)


def find_names(line: Line, *, guess: bool = True) -> list[Span]:
    """Names, each run of words that belong together as one stretch; initials may overlap what is taken.

    Args:
        line: the words of the answer that are not taken yet.
        guess: whether names are to be looked for where nothing but the lists or a capital betrays them.

    Returns:
        Stretches, those of the words in their order.
    """
    found: set[int] = set()
    for rule in (*RULES, _find_own, *GUESSES) if guess else RULES:
        for place in rule(line):
            found.update(place)
    if found:
        found |= _find_initials_before(line, found)
        found |= _find_joined(line, found)
        found |= _find_again(line, found)
    return [*_join_spans(line, found), *find_initials(line.text)]


def _find_titled(line: Line) -> Iterator[range]:
    """Mrs Dunnock, Dr J. Smith, mrs dunnock, Mr P."""
    for place, title in enumerate(line.words[:-1]):
        if title.low not in TITLES or title.owned:
            continue
        after = line.words[place + 1]
        dot = r"\.?" if title.low in SHORT_TITLES else ""
        if not re.match(dot + r"[ \u00a0]{1,2}\Z", after.gap):
            continue
        fit = after.low not in NEVER or (after.low in ALSO_WORDS and after.capital)
        if fit and after.text != "I" and (after.capital or (after.text.isupper() and title.text.isupper())):
            yield range(place + 1, max(run_from(line, place + 1).stop, place + 2))
        elif after.low in PARTICLES and len(run_from(line, place + 1)) > 1:
            yield run_from(line, place + 1)
        elif not after.text.islower() or len(after.text) == 1:
            continue
        elif (fit and title.low in STRONG_TITLES and (after.low not in ORDINARY or after.low in ALSO_WORDS)) or (
            title.low == "dr" and is_unknown(after.low)
        ):
            yield range(place + 1, place + 2)


def _find_related(line: Line) -> Iterator[range]:
    """My son Jareth, our lovely caseworker Trish, the chair (Rosemary), our SENCO, Anwen, came; my lad jareth was."""
    for place, word in enumerate(line.words[:-1]):
        role = word.low in ROLES
        if word.owned or not (role or (word.low in RELATIONS and _is_owned(line, place))):
            continue
        start = place + 1
        if line.low(start) in {"is", "was"} and line.low(start + 1) in {"called", "named"}:
            start += 2
        elif line.low(start) in {"called", "named", "little"}:
            start += 1
        if not could_be(line, start):
            if not role and _is_child(line, start):
                yield range(start, start + 1)
            continue
        run = run_from(line, start)
        beside = SPACE.match(line.gap(start))
        apart = re.match(r"(?:, ?| ?[(\u2013\u2014-] ?)\Z", line.gap(start))
        closed = re.match(r" ?[,).!\u2013\u2014\n-]", line.gap(run.stop)) or line.low(start) in GIVEN
        if beside or (apart and closed):
            yield run


def _is_child(line: Line, place: int) -> bool:
    """My daughter S has, my lad jareth was: an initial, or a word that is none and what a person does behind it."""
    low = line.follows(place)
    if len(low) <= 1:
        return bool(low) and re.fullmatch("[A-HJ-Z]", line.words[place].text) is not None
    return line.words[place].text.islower() and is_unknown(low) and line.follows(place + 1) in _AFTER_CHILD


def _is_owned(line: Line, place: int) -> bool:
    """Whether my, our, his ... stands before, with only describing words between."""
    for back in range(place - 1, max(place - 1 - _LOOK_BACK, -1), -1):
        if not re.match(r"[ \u00a0\d-]{1,6}\Z", line.gap(back + 1)):
            return False
        if line.low(back) in OWNERS:
            return True
        if line.low(back) not in _BETWEEN and line.low(back) not in ROLES | RELATIONS:
            return False
    return False


def _find_own(line: Line) -> Iterator[range]:
    """Our Dexter, my Noor was: a name right after the owner, and no body or thing behind it."""
    for place in range(1, len(line.words)):
        if line.low(place - 1) not in {"my", "our"} or not SPACE.match(line.gap(place)) or not could_be(line, place):
            continue
        run = run_from(line, place)
        after = line.follows(run.stop)
        alone = not after or after in _AFTER_CHILD or after in {"and", "who", "at", "in", "with", "to"}
        if run and alone and (line.low(place) in NAMES or is_unknown(line.low(place))):
            yield run


def _find_called(line: Line) -> Iterator[range]:
    """A lady called Yvonne, someone named Craig."""
    for place, word in enumerate(line.words):
        if word.low in {"called", "named"} and could_be(line, place + 1) and SPACE.match(line.gap(place + 1)):
            before = {line.low(back) for back in range(max(0, place - _LOOK_BACK), place)}
            if before & _PEOPLE or line.low(place + 1) in GIVEN:
                yield run_from(line, place + 1)


def _find_cued(line: Line) -> Iterator[range]:
    """Spoke to Halina, thanks to Sunita, her name is Philippa."""
    at = {word.start: place for place, word in enumerate(line.words)}
    for match in _CUES.finditer(line.text):
        place = at.get(match.end(), -1)
        if could_be(line, place):
            yield run_from(line, place)
        elif _is_lower_name(line, place) and match[0].lower().rstrip("\u00a0 ") in _LOWER_CUES:
            yield range(place, place + 1)


def _is_lower_name(line: Line, place: int) -> bool:
    """Whether a word in lower case after a cue is no ordinary one, and a small word or nothing stands behind it."""
    low, behind = line.low(place), line.follows(place + 1)
    long = len(low) >= _LONG_ENOUGH
    return long and line.words[place].text.islower() and is_unknown(low) and (not behind or behind in NEVER)


def _find_explained(line: Line) -> Iterator[range]:
    """Kel's mum, Jareth (my son), Errol (manager), Fearghal the OT."""
    for place, word in enumerate(line.words[:-1]):
        if not (word.capital or word.low in GIVEN):
            continue
        family = line.low(place + 1) in RELATIONS and SPACE.match(line.gap(place + 1))
        if word.owned and family and could_be(line, place):
            yield range(place, place + 1)
        bracketed = re.match(r" ?\(\Z", line.gap(place + 1)) and could_be(line, place)
        mine = line.low(place + 1) in {"my", "our"} and line.low(place + 2) in RELATIONS
        role = line.low(place + 1) in ROLES | {"staff"} and line.gap(place + 2).startswith(")")
        if bracketed and (mine or role):
            yield range(place, place + 1)
        role_behind = line.follows(place + 1) == "the" and {line.follows(place + step) for step in (2, 3, 4)} & ROLES
        if role_behind and could_be(line, place) and is_unknown(word.low):
            yield range(place, place + 1)


def _find_bracketed(line: Line) -> Iterator[range]:
    """A named person (Dawn); the new lady (Merle)."""
    for place, word in enumerate(line.words):
        if "(" not in word.gap:
            continue
        alone = re.match(r" ?\(\Z", line.gap(place)) and line.gap(place + 1).startswith(")")
        known = word.low in NAMES or line.low(place - 1) in _PERSONS
        if alone and known and could_be(line, place):
            yield range(place, place + 1)


def _find_singled_out(line: Line) -> Iterator[range]:
    """It was Graham who stood up."""
    for place in range(1, len(line.words) - 1):
        if line.low(place - 1) in {"was", "is"} and line.low(place + 1) == "who" and could_be(line, place):
            yield range(place, place + 1)


def _find_signed(line: Line) -> Iterator[range]:
    """Regards, Sue; thanks again - Bernadette; and at the very end, after a full stop, - Karen."""
    count = len(line.words)
    for start in range(max(1, count - 2), count):
        if not all(could_be(line, place) for place in range(start, count)) or run_from(line, start).stop != count:
            continue
        gap = line.gap(start)
        before = {line.low(back) for back in range(max(0, start - 2), start)}
        signed = (
            before & _SIGN_OFFS
            and re.match(r"\s?[,.!\u2013\u2014-]?\s*[\u2013\u2014-]?\s*\Z", gap)
            and not SPACE.match(gap)
        )
        dashed = re.match(r"[.!?)]\s*[\u2013\u2014-]\s?\Z", gap) or re.match(r"\s[\u2013\u2014]\s?\Z", gap)
        if signed or (dashed and line.text.count("\n-") == 0):
            yield range(start, count)


def _find_initials_before(line: Line, found: set[int]) -> set[int]:
    """D. Abara: the initial belongs to the name, unless it numbers something (Group B. Dave said)."""
    before = {place - 1 for place in found if place and re.fullmatch("[A-HJ-Z]", line.words[place - 1].text)}
    return {at for at in before if line.gap(at + 1) in {". ", "."} and line.low(at - 1) not in _LETTERED}


def _find_joined(line: Line, found: set[int]) -> set[int]:
    """Dave and Lorraine, Trish & Bev: a capital joined to a name is a name as well."""
    names = set(found)
    for before in range(len(line.words) - 1):
        after = before + 1
        if line.low(after) in {"and", "n", "or"} and SPACE.match(line.gap(after)) and SPACE.match(line.gap(after + 1)):
            after += 1
        elif line.gap(after) not in {" & ", " + "}:
            continue
        if before in names and not line.words[before].owned and could_be(line, after):
            names.update(run_from(line, after))
        elif before in names and line.words[after].text.islower() and is_unknown(line.low(after)):
            names.add(after)
        elif after in names and could_be(line, before) and not line.starts_sentence(before):
            names.add(before)
        elif after in names and line.starts_sentence(before) and could_be(line, before):
            low = line.low(before)
            names.update([before] if is_unknown(low) or low in NAMES else [])
    return names - found


def _find_again(line: Line, found: set[int]) -> set[int]:
    """Everywhere else the same names stand: with a capital, or in lower case where they are no ordinary words."""
    names = {line.low(place) for place in found if len(line.words[place].text) > 1} - PARTICLES
    again: set[int] = set()
    for place, word in enumerate(line.words):
        if word.low not in names:
            continue
        ordinary = (word.low in ALSO_WORDS or word.low in NEVER or word.low in ORDINARY) and word.low not in LOWER
        if word.text[0].isupper():
            if not ordinary or word.owned or not line.starts_sentence(place):
                again.add(place)
        elif not ordinary:
            again.add(place)
    return again


def _join_spans(line: Line, places: set[int]) -> list[Span]:
    """Neighbouring words of a name as one stretch."""
    spans: list[Span] = []
    for place in sorted(places):
        word = line.words[place]
        joined = AFTER_INITIAL if place and len(line.words[place - 1].text) == 1 else SPACE
        if spans and place - 1 in places and spans[-1][1] == line.words[place - 1].end and joined.match(word.gap):
            spans[-1] = (spans[-1][0], word.end, "name")
        else:
            spans.append((word.start, word.end, "name"))
    return spans


def _find_pairs(line: Line) -> Iterator[range]:
    """Halina Nowak: two names of the lists side by side, both with a capital."""
    for place in range(len(line.words) - 1):
        if line.is_capital(place) and line.is_capital(place + 1) and SPACE.match(line.gap(place + 1)):
            one, two = is_listed(line.low(place), GIVEN), is_listed(line.low(place + 1), NAMES)
            if one and two and not line.words[place].owned:
                yield run_from(line, place)


RULES: tuple[Callable[[Line], Iterator[range]], ...] = (
    _find_titled,
    _find_related,
    _find_called,
    _find_cued,
    _find_explained,
    _find_bracketed,
    _find_singled_out,
    _find_signed,
    _find_pairs,
)

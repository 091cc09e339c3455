"""Words go in; where a person's name stands in them comes out, as (start, end, "name").

A name is betrayed by a title ("Mrs Dunnock"), by a cue ("my son Jareth", "spoke to Halina", "her name is ..."), by
standing at the foot of a letter, or by being on the list of given names; once betrayed it is found wherever it stands
in the same answer. The word lists are in names.toml.
"""

import re
import tomllib
from collections.abc import Callable, Iterator
from importlib.resources import files
from typing import NamedTuple

Span = tuple[int, int, str]

_KNOWN = tomllib.loads((files("coprod_cli.protecting") / "names.toml").read_text(encoding="utf-8"))


def _list_words(name: str) -> frozenset[str]:
    return frozenset(_KNOWN[name].split())


_TITLES, _STRONG_TITLES, _SHORT_TITLES = map(_list_words, ("titles", "strong_titles", "short_titles"))
_RELATIONS, _OWNERS, _ROLES = _list_words("relations"), _list_words("owners"), _list_words("roles")
_BETWEEN, _PEOPLE, _SIGN_OFFS = _list_words("between"), _list_words("people"), _list_words("sign_offs")
_BODIES, _GIVEN = _list_words("bodies"), _list_words("given")
_WORD_NAMES, _PLACE_NAMES = _list_words("word_names"), _list_words("place_names")
_ALSO_WORDS = _WORD_NAMES | _PLACE_NAMES | _list_words("word_surnames")
_NEVER = (_list_words("never") | _TITLES | _RELATIONS | _ROLES | _BODIES) - _WORD_NAMES - _PLACE_NAMES - _GIVEN
_NAMES, _PERSONS = _WORD_NAMES | _GIVEN, _PEOPLE | _ROLES | _RELATIONS
_PARTICLES = _list_words("particles")

_LONGEST_NAME = 3
_LOOK_BACK = 4
_LONG_ENOUGH = 4
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019\u2010-][^\W\d_]+)*")
_ENDING = re.compile(r"['\u2019](?:s|d|ll|re|ve)\Z", re.IGNORECASE)
_SPACE = re.compile(r"[ \u00a0]{1,2}\Z")
_AFTER_INITIAL = re.compile(r"\.?[ \u00a0]{1,2}\Z")
_SENTENCE_ENDS = re.compile(r"[.!?:;\n\r\"\u201c\u201d\u2018(\[•*|/]|^ ?[-\u2013\u2014]")
_CUES = re.compile(
    r"\b(?:" + "|".join(sorted(map(re.escape, [*_KNOWN["cues"], *_KNOWN["name_cues"]]), key=len, reverse=True)) + r")"
    r"[ \u00a0]{1,2}(?:(?:our|the|lovely|wonderful|amazing|a|both|is)[ \u00a0]{1,2}){0,2}",
    re.IGNORECASE,
)


class _Word(NamedTuple):
    """One word as written; `gap` is what stands between it and the word before."""

    start: int
    end: int
    text: str
    gap: str
    owned: bool

    @property
    def low(self) -> str:
        return self.text.lower()

    @property
    def capital(self) -> bool:
        """Begins with one capital, as Mary, O'Brien or the initial J do and SENCO and OTs do not."""
        return self.text[0].isupper() and (len(self.text) == 1 or not self.text[1].isupper())


class _Line(NamedTuple):
    """The words of one answer."""

    text: str
    words: list[_Word]

    def gap(self, place: int) -> str:
        """What stands before the word at that place; before the first and after the last, a line end."""
        return self.words[place].gap if 0 < place < len(self.words) else "\n"

    def low(self, place: int) -> str:
        """The word at that place in lower case; empty outside the answer."""
        return self.words[place].low if 0 <= place < len(self.words) else ""

    def starts_sentence(self, place: int) -> bool:
        """Whether a capital at that place means nothing."""
        return place == 0 or _SENTENCE_ENDS.search(self.gap(place)) is not None


def find_names(text: str, taken: list[tuple[int, int]]) -> list[Span]:
    """Names outside what is taken, each run of words that belong together as one stretch.

    Args:
        text: the words.
        taken: sorted, separate stretches that must be left as they are.

    Returns:
        Separate stretches in the order of the words.
    """
    line = _Line(text, _split_words(text, taken))
    found: set[int] = set()
    for rule in RULES:
        for place in rule(line):
            found.update(place)
    found |= _find_joined(line, found)
    found |= _find_again(line, found)
    return _join_spans(line, found)


def _split_words(text: str, taken: list[tuple[int, int]]) -> list[_Word]:
    words: list[_Word] = []
    closed = iter([*taken, (len(text), len(text))])
    first, last = next(closed)
    end = 0
    for match in _WORD.finditer(text):
        while last <= match.start() and last < len(text):
            first, last = next(closed)
        if first < match.end() and match.start() < last:
            continue
        bare = _ENDING.sub("", match[0])
        words.append(_Word(match.start(), match.start() + len(bare), bare, text[end : match.start()], bare != match[0]))
        end = match.end()
    return words


def _could_be(line: _Line, place: int) -> bool:
    """Whether a word after a cue may be a name: a capital and not a word that is never one."""
    if not 0 <= place < len(line.words):
        return False
    word = line.words[place]
    return word.low in _GIVEN or (word.capital and len(word.text) > 1 and word.low not in _NEVER)


def _run_from(line: _Line, place: int) -> range:
    """The words of the name that begins at that place, at most three; empty when they name a place or a body."""
    end = place + 1
    while end < len(line.words) and end - place < _LONGEST_NAME:
        initial = len(line.words[end - 1].text) == 1
        if not (_AFTER_INITIAL if initial else _SPACE).match(line.gap(end)) or line.words[end - 1].owned:
            break
        after_particle = line.low(end) in _PARTICLES and _continues(line, end + 1) and _SPACE.match(line.gap(end + 1))
        if not (after_particle or _continues(line, end)):
            break
        end += 1
    given = line.low(place) in _GIVEN
    follows = line.low(end) if _SPACE.match(line.gap(end)) else ""
    if follows in _BODIES and (not given or line.words[end].capital):
        return range(0)
    return range(place, end)


def _continues(line: _Line, place: int) -> bool:
    """Whether a word after a name may be more of it."""
    if not 0 <= place < len(line.words):
        return False
    word = line.words[place]
    return word.capital and word.low not in _NEVER and word.text != "I"


def _find_titled(line: _Line) -> Iterator[range]:
    """Mrs Dunnock, Dr J. Smith, mrs dunnock, Mr P."""
    for place, title in enumerate(line.words[:-1]):
        after = line.words[place + 1]
        dot = r"\.?" if title.low in _SHORT_TITLES else ""
        if title.low not in _TITLES or title.owned or not re.match(dot + r"[ \u00a0]{1,2}\Z", after.gap):
            continue
        fit = after.low not in _NEVER or (after.low in _ALSO_WORDS and after.capital)
        if fit and after.text != "I" and (after.capital or (after.text.isupper() and title.text.isupper())):
            yield range(place + 1, max(_run_from(line, place + 1).stop, place + 2))
        elif after.low in _PARTICLES and len(_run_from(line, place + 1)) > 1:
            yield _run_from(line, place + 1)
        elif fit and title.text in _STRONG_TITLES and after.text.islower() and len(after.text) > 1:
            yield range(place + 1, place + 2)


def _find_related(line: _Line) -> Iterator[range]:
    """My son Jareth, our lovely caseworker Trish, the chair (Rosemary), our SENCO, Anwen, came."""
    for place, word in enumerate(line.words[:-1]):
        role = word.low in _ROLES
        if word.owned or not (role or (word.low in _RELATIONS and _is_owned(line, place))):
            continue
        start = place + 1
        if line.low(start) in {"is", "was"} and line.low(start + 1) in {"called", "named"}:
            start += 2
        elif line.low(start) in {"called", "named", "little"}:
            start += 1
        if not _could_be(line, start):
            continue
        run = _run_from(line, start)
        beside = _SPACE.match(line.gap(start))
        apart = re.match(r"(?:, ?| ?[(\u2013\u2014-] ?)\Z", line.gap(start))
        closed = re.match(r" ?[,).!\u2013\u2014\n-]", line.gap(run.stop)) or line.low(start) in _GIVEN
        if beside or (apart and closed):
            yield run


def _is_owned(line: _Line, place: int) -> bool:
    """Whether my, our, his ... stands before, with only describing words between."""
    for back in range(place - 1, max(place - 1 - _LOOK_BACK, -1), -1):
        if not re.match(r"[ \u00a0\d-]{1,6}\Z", line.gap(back + 1)):
            return False
        if line.low(back) in _OWNERS:
            return True
        if line.low(back) not in _BETWEEN and line.low(back) not in _ROLES | _RELATIONS:
            return False
    return False


def _find_called(line: _Line) -> Iterator[range]:
    """A lady called Yvonne, someone named Craig."""
    for place, word in enumerate(line.words):
        if word.low in {"called", "named"} and _could_be(line, place + 1) and _SPACE.match(line.gap(place + 1)):
            before = {line.low(back) for back in range(max(0, place - _LOOK_BACK), place)}
            if before & _PEOPLE or line.low(place + 1) in _GIVEN:
                yield _run_from(line, place + 1)


def _find_cued(line: _Line) -> Iterator[range]:
    """Spoke to Halina, thanks to Sunita, her name is Philippa."""
    at = {word.start: place for place, word in enumerate(line.words)}
    for match in _CUES.finditer(line.text):
        place = at.get(match.end(), -1)
        if _could_be(line, place):
            yield _run_from(line, place)


def _find_explained(line: _Line) -> Iterator[range]:
    """Kel's mum, Jareth (my son), Errol (manager)."""
    for place, word in enumerate(line.words[:-1]):
        family = line.low(place + 1) in _RELATIONS and _SPACE.match(line.gap(place + 1))
        if word.owned and family and _could_be(line, place):
            yield range(place, place + 1)
        bracketed = re.match(r" ?\(\Z", line.gap(place + 1)) and _could_be(line, place)
        mine = line.low(place + 1) in {"my", "our"} and line.low(place + 2) in _RELATIONS
        role = line.low(place + 1) in _ROLES | {"staff"} and line.gap(place + 2).startswith(")")
        if bracketed and (mine or role):
            yield range(place, place + 1)


def _find_bracketed(line: _Line) -> Iterator[range]:
    """A named person (Dawn); the new lady (Merle)."""
    for place, word in enumerate(line.words):
        alone = re.match(r" ?\(\Z", line.gap(place)) and line.gap(place + 1).startswith(")")
        known = word.low in _NAMES or line.low(place - 1) in _PERSONS
        if alone and known and _could_be(line, place):
            yield range(place, place + 1)


def _find_singled_out(line: _Line) -> Iterator[range]:
    """It was Graham who stood up."""
    for place in range(1, len(line.words) - 1):
        if line.low(place - 1) in {"was", "is"} and line.low(place + 1) == "who" and _could_be(line, place):
            yield range(place, place + 1)


def _find_signed(line: _Line) -> Iterator[range]:
    """Regards, Sue; thanks again - Bernadette; and at the very end, after a full stop, - Karen."""
    count = len(line.words)
    for start in range(max(1, count - 2), count):
        if not all(_could_be(line, place) for place in range(start, count)) or _run_from(line, start).stop != count:
            continue
        gap = line.gap(start)
        before = {line.low(back) for back in range(max(0, start - 2), start)}
        signed = (
            before & _SIGN_OFFS
            and re.match(r"\s?[,.!\u2013\u2014-]?\s*[\u2013\u2014-]?\s*\Z", gap)
            and not _SPACE.match(gap)
        )
        dashed = re.match(r"[.!?)]\s*[\u2013\u2014-]\s?\Z", gap) or re.match(r"\s[\u2013\u2014]\s?\Z", gap)
        if signed or (dashed and line.text.count("\n-") == 0):
            yield range(start, count)


def _find_given(line: _Line) -> Iterator[range]:
    """Names on the list with a capital; those that are words too only in mid-sentence, where the capital tells."""
    shouting = line.text.upper() == line.text
    for place, word in enumerate(line.words):
        if not word.text[0].isupper() or (word.text.isupper() and (not shouting or len(word.text) < _LONG_ENOUGH)):
            continue
        before = line.words[place - 1] if place and _SPACE.match(word.gap) else None
        if before and before.capital and before.low in _BODIES:
            continue
        alone = not line.starts_sentence(place) and not (before and before.capital and before.low not in _GIVEN)
        if word.low in _GIVEN or (word.low in _WORD_NAMES and alone and word.capital):
            yield _run_from(line, place)


def _find_joined(line: _Line, found: set[int]) -> set[int]:
    """Dave and Lorraine, Trish & Bev: a capital joined to a name is a name as well."""
    names = set(found)
    for before in range(len(line.words) - 1):
        after = before + 1
        if line.low(after) in {"and", "n"} and _SPACE.match(line.gap(after)) and _SPACE.match(line.gap(after + 1)):
            after += 1
        elif line.gap(after) not in {" & ", " + "}:
            continue
        if before in names and not line.words[before].owned and _could_be(line, after):
            names.update(_run_from(line, after))
        elif after in names and _could_be(line, before) and not line.starts_sentence(before):
            names.add(before)
    return names - found


def _find_again(line: _Line, found: set[int]) -> set[int]:
    """Everywhere else the same names stand: with a capital, or in lower case where they are no ordinary words."""
    names = {line.low(place) for place in found if len(line.words[place].text) > 1} - _PARTICLES
    again: set[int] = set()
    for place, word in enumerate(line.words):
        if word.low not in names:
            continue
        ordinary = word.low in _ALSO_WORDS or word.low in _NEVER
        if word.text[0].isupper():
            if not ordinary or word.owned or not line.starts_sentence(place):
                again.add(place)
        elif not ordinary:
            again.add(place)
    return again


def _join_spans(line: _Line, places: set[int]) -> list[Span]:
    """Neighbouring words of a name as one stretch."""
    spans: list[Span] = []
    for place in sorted(places):
        word = line.words[place]
        joined = _AFTER_INITIAL if place and len(line.words[place - 1].text) == 1 else _SPACE
        if spans and place - 1 in places and spans[-1][1] == line.words[place - 1].end and joined.match(word.gap):
            spans[-1] = (spans[-1][0], word.end, "name")
        else:
            spans.append((word.start, word.end, "name"))
    return spans


RULES: tuple[Callable[[_Line], Iterator[range]], ...] = (
    _find_titled,
    _find_related,
    _find_called,
    _find_cued,
    _find_explained,
    _find_bracketed,
    _find_singled_out,
    _find_signed,
    _find_given,
)

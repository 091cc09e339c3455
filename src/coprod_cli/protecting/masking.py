"""An answer's words go in; the words with people, contacts, numbers and places masked, and the way back, come out.

What is looked for: ways to reach a person, numbers and dates that stand for one, addresses, schools, councils, places,
names that the survey itself gives away, and names that a title, a cue, a list or a capital betrays. docs/privacy.md
says how often each is found and what is missed. Masking what is masked already changes nothing.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from coprod_cli.protecting.bodies import find_councils, find_schools
from coprod_cli.protecting.contacts import find_contacts
from coprod_cli.protecting.known import find_known
from coprod_cli.protecting.line import Line, Span, read_line
from coprod_cli.protecting.names import find_names
from coprod_cli.protecting.places import find_addresses, find_places

PERSON_KINDS = frozenset(
    {"name", "email", "phone", "postcode", "nhs number", "pupil number", "date of birth", "link", "handle"}
)
KINDS = PERSON_KINDS | {"address", "school", "council", "place"}
_MASKS = re.compile(r"\[(?:" + "|".join(sorted(KINDS)) + r")\]")
_WORTH_A_LOOK = re.compile(r"[^\W_]")


class Cut(NamedTuple):
    """A stretch of the original words, from `start` to just before `end`, that a mask such as "[name]" stands for."""

    start: int
    end: int
    kind: str

    @property
    def mask(self) -> str:
        """What stands in the masked words."""
        return f"[{self.kind}]"


class Masked(NamedTuple):
    """Masked words. `cuts` are in the order of the words, do not overlap, and count characters of the original."""

    text: str
    cuts: tuple[Cut, ...]

    def original(self, position: int) -> int:
        """The place in the original of a place in the masked words; inside a mask, the start of what it stands for.

        Args:
            position: 0 to len(text), both included.

        Raises:
            ValueError: the position lies outside the masked words.
        """
        return self._trace(position)[0]

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the original that a stretch of the masked words stands for; a mask touched counts in full.

        Args:
            start: first character, 0 to len(text).
            end: one past the last character, start to len(text).

        Raises:
            ValueError: the stretch lies outside the masked words, or ends before it starts.
        """
        if end < start:
            message = f"a stretch cannot end at {end} when it starts at {start}"
            raise ValueError(message)
        first, inside = self._trace(start)
        if start == end:
            return first, first
        last, inside = self._trace(end)
        return first, inside.end if inside else last

    def _trace(self, position: int) -> tuple[int, Cut | None]:
        """The place in the original, and the cut whose mask the position is inside of (not before, not after)."""
        if not 0 <= position <= len(self.text):
            message = f"position {position} lies outside the {len(self.text)} characters of the masked words"
            raise ValueError(message)
        longer = 0
        for cut in self.cuts:
            start = cut.start + longer
            if position <= start:
                break
            if position < start + len(cut.mask):
                return cut.start, cut
            longer += len(cut.mask) - (cut.end - cut.start)
        return position - longer, None


def mask(words: str, known: frozenset[str] = frozenset(), kinds: frozenset[str] = KINDS) -> Masked:
    """The words with everything of these kinds masked that gives a person away.

    Repeated until nothing more is found, since a mask can bring words together that give something away.

    Args:
        words: an answer, or one cell of a survey.
        known: names and e-mail user names that the survey holds elsewhere; masked wherever they stand as whole words,
            in capitals or not, unless they are ordinary words outside a name's place.
        kinds: which kinds to mask, of KINDS. Without "place", as for the names of projects, names are looked for only
            beside a cue, since a title's capitals mean nothing.
    """
    masked = Masked(words, ())
    while found := list(_find_spans(masked.text, known, kinds)):
        cuts = [Cut(*masked.original_span(start, end), kind) for start, end, kind in found]
        masked = cut_out(words, tuple(sorted([*masked.cuts, *cuts])))
    return masked


def cut_out(words: str, cuts: tuple[Cut, ...]) -> Masked:
    """The words with a mask in the place of each cut."""
    parts: list[str] = []
    place = 0
    for cut in cuts:
        parts += [words[place : cut.start], cut.mask]
        place = cut.end
    return Masked("".join([*parts, words[place:]]), cuts)


def _find_spans(text: str, known: frozenset[str], kinds: frozenset[str]) -> Iterator[Span]:
    """What is to be masked in words that may hold masks already: never a part of a mask, never two that overlap."""
    if not _WORTH_A_LOOK.search(text):
        return
    taken = [match.span() for match in _MASKS.finditer(text)] if "[" in text else []
    line = Line(text, [])
    fresh = False
    for find in FINDERS:
        if find is not _find_plain and not fresh:
            line, fresh = read_line(text, taken), True
        kept = [each for each in _keep_free(find(line, known, kinds), taken) if each[2] in kinds]
        if kept:
            yield from kept
            taken = sorted([*taken, *((start, end) for start, end, _ in kept)])
            fresh = False


def _find_plain(line: Line, _known: frozenset[str], kinds: frozenset[str]) -> Iterator[Span]:
    """What patterns of signs find, without knowing words."""
    contacts = find_contacts(line.text)
    yield from contacts
    if "address" in kinds:
        yield from _keep_free(find_addresses(line.text), [(start, end) for start, end, _ in contacts])


def _find_known(line: Line, known: frozenset[str], _kinds: frozenset[str]) -> Iterator[Span]:
    return find_known(line, known) if known else iter(())


def _find_bodies(line: Line, _known: frozenset[str], kinds: frozenset[str]) -> Iterator[Span]:
    if "school" in kinds:
        yield from find_schools(line)
    if "council" in kinds:
        yield from find_councils(line)


def _find_places(line: Line, _known: frozenset[str], kinds: frozenset[str]) -> Iterator[Span]:
    return find_places(line) if "place" in kinds else iter(())


def _find_names(line: Line, _known: frozenset[str], kinds: frozenset[str]) -> Iterator[Span]:
    return iter(find_names(line, guess="place" in kinds))


# In this order: what an earlier one has taken, a later one leaves alone.
FINDERS: tuple[Callable[[Line, frozenset[str], frozenset[str]], Iterator[Span]], ...] = (
    _find_plain,
    _find_known,
    _find_bodies,
    _find_places,
    _find_names,
)


def _keep_free(found: Iterable[Span], taken: list[tuple[int, int]]) -> list[Span]:
    """Those that overlap neither what is taken nor an earlier or longer one of their own."""
    kept: list[Span] = []
    held = iter(taken)
    first, last = next(held, (-1, -1))
    end = 0
    for each in sorted(set(found), key=lambda span: (span[0], -span[1])):
        while 0 <= last <= each[0]:
            first, last = next(held, (-1, -1))
        if each[0] >= end and not (0 <= first < each[1] and each[0] < last):
            kept.append(each)
            end = each[1]
    return kept

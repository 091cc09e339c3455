"""An answer's words go in; the words with names and contacts masked, and the way back to the original, come out.

What is looked for: e-mail addresses, links and handles, dates of birth, NHS numbers, telephone numbers, postcodes, and
names that a title, a cue or a list of given names betrays. docs/privacy.md says how often each is found and what is
missed. Masking what is masked already changes nothing.
"""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from coprod_cli.protecting.contacts import find_contacts
from coprod_cli.protecting.names import find_names

_MASKS = re.compile(r"\[(?:email|phone|postcode|nhs number|link|date of birth|name)\]")


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


def mask(words: str) -> Masked:
    """The words with e-mail addresses, numbers, postcodes, links, dates of birth and betrayed names masked.

    Repeated until nothing more is found, since a mask can bring words together that give something away.
    """
    masked = Masked(words, ())
    while found := list(_find_spans(masked.text)):
        cuts = [Cut(*masked.original_span(start, end), kind) for start, end, kind in found]
        masked = _cut_out(words, tuple(sorted([*masked.cuts, *cuts])))
    return masked


def _cut_out(words: str, cuts: tuple[Cut, ...]) -> Masked:
    """The words with a mask in the place of each cut."""
    parts: list[str] = []
    place = 0
    for cut in cuts:
        parts += [words[place : cut.start], cut.mask]
        place = cut.end
    return Masked("".join([*parts, words[place:]]), cuts)


def _find_spans(text: str) -> Iterator[Cut]:
    """What is to be masked in words that may hold masks already: never a part of a mask, never two that overlap."""
    taken = [match.span() for match in _MASKS.finditer(text)]
    finders: tuple[Callable[[str, list[tuple[int, int]]], list[tuple[int, int, str]]], ...] = (
        find_contacts,
        find_names,
    )
    for find in finders:
        found = find(text, taken)
        yield from (Cut(*each) for each in found)
        taken = sorted([*taken, *((start, end) for start, end, _ in found)])

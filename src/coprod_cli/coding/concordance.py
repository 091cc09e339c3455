"""Answers and a phrase go in; every place where the phrase stands, with the words around it, comes out.

Keyword in context (Luhn 1960, American Documentation 11:288-295): capitals, curly or straight marks and line ends do
not count; a star stands for the rest of a word.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

import pandas as pd

from coprod_cli.model.errors import UsageError
from coprod_cli.model.tables import Answer, rows

_ALIKE = str.maketrans({"\u2019": "'", "\u2018": "'", "\u201c": '"', "\u201d": '"', "\u2013": "-", "\u2014": "-"})
_STAR, _GAP = r"\w*", r"\s+"


class Hit(NamedTuple):
    """The phrase as it stands in one answer: start and end are characters of the masked words."""

    response: str
    question: str
    start: int
    end: int
    before: str
    words: str
    after: str


def find_phrase(answers: pd.DataFrame, phrase: str, around: int) -> Iterator[Hit]:
    """Every place of the phrase, answer by answer.

    Args:
        answers: Answer rows; only masked words are looked at.
        phrase: one or more words; `*` at the end of a word stands for any ending ("listen*").
        around: how many characters to show before and behind, cut at whole words.

    Raises:
        UsageError: the phrase holds no word.
    """
    pattern = _make_pattern(phrase)
    for answer in rows(answers, Answer):
        for found in pattern.finditer(answer.masked.translate(_ALIKE)):
            start, end = found.span()
            yield Hit(
                answer.response,
                answer.question,
                start,
                end,
                _cut_before(answer.masked[:start], around),
                _on_one_line(answer.masked[start:end]),
                _cut_behind(answer.masked[end:], around),
            )


def _make_pattern(phrase: str) -> re.Pattern[str]:
    words = phrase.translate(_ALIKE).split()
    if not any(letter.isalnum() for letter in phrase):
        raise UsageError("There is no word to find.", 'Give a word or a phrase: coprod find "black hole" SURVEY')
    parts = (re.escape(word).replace(r"\*", _STAR) for word in words)
    return re.compile(rf"(?<!\w){_GAP.join(parts)}(?!\w)", re.IGNORECASE)


def _cut_before(words: str, around: int) -> str:
    kept = _on_one_line(words)
    if len(kept) <= around:
        return kept
    return "… " + kept[len(kept) - around :].partition(" ")[2]


def _cut_behind(words: str, around: int) -> str:
    kept = _on_one_line(words)
    return kept if len(kept) <= around else kept[:around].rpartition(" ")[0] + " …"


def _on_one_line(words: str) -> str:
    return " ".join(words.split())

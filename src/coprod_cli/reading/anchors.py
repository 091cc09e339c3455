"""The columns of an export go in; those of the framework's own unscored questions come out with a scale.

The ladder's places are numbers of rungs; the mark's run from 0 to 100. Both are reported and compared with the scores;
neither is ever part of one.
"""

import dataclasses
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from coprod_cli.model.framework import Anchor, Framework
from coprod_cli.model.survey import ColumnKind, Scale, SurveyColumn
from coprod_cli.reading.scale_ends import find_ends
from coprod_cli.reading.scale_numbers import find_out_of, split_number
from coprod_cli.reading.scales import is_missing, list_scales
from coprod_cli.reading.wording import make_cell_key, make_key, strip_numbering

LADDER, MARK = "ordinal", "0-10"
_MARKS = (0, 10)
_CODE = re.compile(r"(?P<letter>a?)(?P<number>\d{1,2})")
_BEFORE_EXPLANATION = re.compile(r"\s*(?::|\s-\s|\()")


def scale_anchors(
    columns: Sequence[SurveyColumn], counts: Sequence[Counter[str]], framework: Framework
) -> tuple[SurveyColumn, ...]:
    """The same columns, where those named as an anchor with steps know the place of every answer given.

    Args:
        columns: as they are settled, after the mapping file.
        counts: the filled cells of each, counted.
        framework: whose anchors and ladder they are held against.
    """
    asked = {anchor.id: anchor for anchor in framework.anchors if anchor.kind in (LADDER, MARK)}
    scaled = []
    for column, counted in zip(columns, counts, strict=True):
        anchor = asked.get(column.name) if column.kind is ColumnKind.ANCHOR else None
        keys = [key for key in sorted({make_cell_key(cell) for cell in counted}) if key and not is_missing(key)]
        scale = anchor and (
            _climb(anchor, keys, framework) if anchor.kind == LADDER else _mark(column.question, keys, framework)
        )
        scaled.append(dataclasses.replace(column, scale=scale) if scale else column)
    return tuple(scaled)


def _climb(anchor: Anchor, keys: Sequence[str], framework: Framework) -> Scale:
    """The rung that each answer names: by its label, its plain words, the other ladder's label, or a code."""
    rungs = dict(_list_steps(anchor, framework))
    height = len(anchor.options) or len(framework.ladder.rungs)
    places = {}
    coded = _read_codes(keys, height)
    for key in keys:
        named = next((rungs[way] for way in _list_ways(key) if way in rungs), coded.get(key))
        if named is not None:
            places[key] = float(named)
    return Scale("rungs of the ladder", places)


def _list_steps(anchor: Anchor, framework: Framework) -> Iterator[tuple[str, int]]:
    """Words that name a rung, and its number; of words that name two, the last pair counts: the framework's labels."""
    known = {rung.label: rung.number for rung in framework.ladder.rungs}
    for rung in framework.ladder.rungs:
        for words in (rung.tlap, *rung.tlap.split("/")):
            yield _squash(words), rung.number
    for place, option in enumerate(anchor.options):
        for words in (option.text, option.label):
            yield _squash(words), known.get(option.label, place)
    for rung in framework.ladder.rungs:
        yield _squash(rung.label), rung.number


def _list_ways(key: str) -> Iterator[str]:
    """An answer whole, without its number, and without what explains it: '3. Consultation: parents were asked'."""
    for words in (key, split_number(key)[1], strip_numbering(key)):
        yield _squash(words)
        yield _squash(_BEFORE_EXPLANATION.split(words, maxsplit=1)[0])


def _squash(words: str) -> str:
    """Words as they are compared here: 'Co-design' is 'codesign'."""
    return make_key(words).replace(" ", "")


def _read_codes(keys: Sequence[str], height: int) -> Mapping[str, int]:
    """The rungs of bare codes, where it is plain whether they begin with 0 or 1; 'A1' is the first, as coprod asks."""
    codes = {key: found for key in keys if (found := _CODE.fullmatch(key))}
    numbers = {key: int(found["number"]) for key, found in codes.items()}
    if not numbers:
        return {}
    lettered = all(found["letter"] for found in codes.values())
    if (lettered or max(numbers.values()) == height) and min(numbers.values()) > 0:
        return {key: number - 1 for key, number in numbers.items() if number <= height}
    if min(numbers.values()) == 0 and max(numbers.values()) < height:
        return numbers
    return {}


def _mark(question: str, keys: Sequence[str], framework: Framework) -> Scale:
    """Marks from 0 to 10 as asked, or whatever range the header or the answers themselves name, as 0 to 100."""
    ends = find_ends(question, list_scales(framework).values())
    worst, best = ends[:2] if ends else find_out_of(dict.fromkeys(keys, 1)) or _MARKS
    first, last = min(worst, best), max(worst, best)
    numbers = {key: number for key in keys if (number := split_number(key)[0]) is not None and first <= number <= last}
    places = {key: 100 * (number - worst) / (best - worst) + 0.0 for key, number in numbers.items()}
    return Scale(f"numbers {worst} to {best}", places)

"""Guessed columns and a mapping file go in; the columns as the mapping file wants them come out."""

import dataclasses
from collections import Counter
from collections.abc import Mapping, Sequence

from coprod_cli.model.framework import Framework
from coprod_cli.model.survey import ColumnKind, Scale, SurveyColumn
from coprod_cli.reading.columns import ONE_OF_EACH, Guess, name_columns, tell_unknown_roles
from coprod_cli.reading.grid import Heading
from coprod_cli.reading.items import Match, match_item, sounds_reversed
from coprod_cli.reading.key_phrases import Spoken, find_dimension
from coprod_cli.reading.mapping import MappedColumn, SurveyMapping
from coprod_cli.reading.scales import fit_scales, list_scales, make_range_scale, make_word_scale
from coprod_cli.reading.wording import make_cell_key

MISSING = "missing"
_WHY = "the mapping file says so"


def apply_mapping(  # noqa: PLR0913, PLR0917  # a column is its heading, its cells and its guess
    mapping: SurveyMapping,
    entries: Mapping[int, MappedColumn],
    headings: Sequence[Heading],
    counts: Sequence[Counter[str]],
    guessed: Sequence[SurveyColumn],
    framework: Framework,
) -> tuple[SurveyColumn, ...]:
    """The columns with every entry of the mapping in place of the guess; `entries` by place in `headings`.

    Where the mapping names a person, role, project ... column, guesses for the same kind are set aside.

    Raises:
        SettingsFileError: an entry names an item or dimension the framework does not have, or a closed question
            whose answers fit no known scale.
    """
    claimed = {entry.kind for entry in entries.values() if entry.kind in ONE_OF_EACH}
    guesses = []
    given: dict[int, str] = {}
    dimensions: dict[int, str] = {}
    for place, (heading, counted, column) in enumerate(zip(headings, counts, guessed, strict=True)):
        entry = entries.get(place)
        if entry is None:
            given[heading.position] = column.name
            dimensions[place] = column.dimension
            guesses.append(_keep(column, framework, set_aside=column.kind in claimed))
            continue
        guess = _make_guess(mapping, entry, heading, counted, framework)
        guesses.append(guess)
        if entry.name or entry.item:
            given[heading.position] = entry.name or entry.item
        dimensions[place] = entry.dimension or (guess.match.item.dimension if guess.match else guess.dimension)
    columns = name_columns(headings, guesses, {place: name for place, name in given.items() if name})
    settled = [_set_dimension(column, dimensions[place]) for place, column in enumerate(columns)]
    return tell_unknown_roles(settled, headings, counts)


def _keep(column: SurveyColumn, framework: Framework, *, set_aside: bool) -> Guess:
    if set_aside:
        return Guess(ColumnKind.UNUSED, column.certainty, f"the mapping file names another {column.kind.value} column")
    items = {item.id: item for item in framework.items}
    match = Match(items[column.item], column.certainty, column.why) if column.item else None
    turned = bool(column.scale and column.scale.direction < 0)
    anchor = column.name if column.kind in (ColumnKind.OPEN, ColumnKind.ANCHOR) else ""
    return Guess(column.kind, column.certainty, column.why, match, column.scale, anchor, turned, near=column.near)


def _make_guess(
    mapping: SurveyMapping, entry: MappedColumn, heading: Heading, counted: Counter[str], framework: Framework
) -> Guess:
    if entry.kind is not ColumnKind.ITEM:
        return Guess(entry.kind, 1.0, _WHY, anchor=entry.name, words=entry.words)
    match = _find_item(mapping, entry, heading, framework)
    guessed = not (match or entry.dimension or entry.name)
    spoken = find_dimension(heading, framework) if guessed else Spoken()
    direction = entry.direction
    if direction is None:
        direction = match.item.direction if match else spoken.direction
        if not match and not spoken.dimension and sounds_reversed(heading):
            direction = -1
    why = f"{_WHY}; a high answer is bad news, so it is turned round" if direction < 0 else _WHY
    scale = _find_scale(mapping, entry, heading, counted, framework)
    missing = tuple((word, MISSING) for word in entry.missing)
    return Guess(entry.kind, 1.0, why, match, scale, "", direction < 0, missing, spoken.dimension)


def _find_item(mapping: SurveyMapping, entry: MappedColumn, heading: Heading, framework: Framework) -> Match | None:
    items = {item.id: item for item in framework.items}
    if entry.item and entry.item not in items:
        raise mapping.settings.blame(
            f"the framework has no item '{entry.item}'.",
            f"Its items are: {', '.join(sorted(items))}.",
            "columns",
            entry.index,
            "item",
        )
    known = [dimension.id for dimension in framework.dimensions]
    if entry.dimension and entry.dimension not in known:
        raise mapping.settings.blame(
            f"the framework has no dimension '{entry.dimension}'.",
            f"Its dimensions are: {', '.join(known)}.",
            "columns",
            entry.index,
            "dimension",
        )
    if entry.item:
        return Match(items[entry.item], 1.0, _WHY)
    if entry.dimension or entry.name:
        return None
    return match_item(heading, framework)


def _find_scale(
    mapping: SurveyMapping, entry: MappedColumn, heading: Heading, counted: Counter[str], framework: Framework
) -> Scale:
    keys: Counter[str] = Counter()
    for cell, count in counted.items():
        keys[make_cell_key(cell)] += count
    for word in entry.missing:
        keys.pop(word, None)
    if entry.range:
        scale = make_range_scale(*entry.range, keys)
    elif isinstance(entry.scale, tuple):
        scale = make_word_scale("own words", dict(entry.scale), keys)
    elif entry.scale:
        scale = make_word_scale(entry.scale, list_scales(framework)[entry.scale], keys)
    else:
        fit = fit_scales({0: keys}, framework, {0: heading.text or heading.header}).get(0)
        if fit is None and keys:
            raise mapping.settings.blame(
                "the answers in this column fit no scale that coprod knows.",
                'Say what they mean: scale = { "Poor" = 0, "Fair" = 50, "Good" = 100 }, or range = [1, 5] for numbers.',
                "columns", entry.index, "kind",
            )  # fmt: skip
        scale = fit.scale if fit else Scale("no answers", {})
    return Scale(scale.name, {word: place for word, place in scale.places.items() if word not in entry.missing})


def _set_dimension(column: SurveyColumn, dimension: str) -> SurveyColumn:
    if column.kind is not ColumnKind.ITEM or column.dimension == dimension:
        return column
    return dataclasses.replace(column, dimension=dimension)

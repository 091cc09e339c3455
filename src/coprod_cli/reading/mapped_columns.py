"""Guessed columns and a mapping file go in; the columns as the mapping file wants them come out."""

import dataclasses
from collections import Counter
from collections.abc import Mapping, Sequence

from coprod_cli.model.framework import Framework
from coprod_cli.model.survey import ColumnKind, Scale, SurveyColumn
from coprod_cli.reading.columns import ONE_OF_EACH, Guess, name_columns, tell_unknown_roles
from coprod_cli.reading.dimensions import guess_dimension
from coprod_cli.reading.grid import Heading
from coprod_cli.reading.items import Match
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

    Where the mapping names a person, role, project ... column, guesses for the same kind are set aside, if they are
    about the same project and round. What an entry does not say of project and round stays as it was found.

    Raises:
        SettingsFileError: an entry names an item or dimension the framework does not have, or a closed question
            whose answers fit no known scale.
    """
    about = [_find_about(entries.get(place), column) for place, column in enumerate(guessed)]
    claimed = {(entry.kind, about[place]) for place, entry in entries.items() if entry.kind in ONE_OF_EACH}
    guesses = []
    given: dict[int, str] = {}
    dimensions: dict[int, str] = {}
    for place, (heading, counted, column) in enumerate(zip(headings, counts, guessed, strict=True)):
        entry = entries.get(place)
        if entry is None:
            given[heading.position] = column.name
            dimensions[place] = column.dimension
            guesses.append(_keep(column, framework, set_aside=(column.kind, about[place]) in claimed))
            continue
        guess = _make_guess(mapping, entry, heading, counted, framework)
        guesses.append(guess)
        if entry.name or entry.item:
            given[heading.position] = entry.name or entry.item
        dimensions[place] = entry.dimension or (guess.match.item.dimension if guess.match else guess.dimension)
    columns = name_columns(headings, guesses, {place: name for place, name in given.items() if name})
    settled = [
        dataclasses.replace(
            _set_dimension(column, dimensions[place]), project=project, wave=wave, several=guess.several
        )
        for place, (column, guess, (project, wave)) in enumerate(zip(columns, guessed, about, strict=True))
    ]
    return tell_unknown_roles(settled, headings, counts)


def _find_about(entry: MappedColumn | None, column: SurveyColumn) -> tuple[str, str]:
    """The project and the round that a column is about: what its entry says, else what was found."""
    project = column.project if entry is None or entry.project is None else entry.project
    wave = column.wave if entry is None or entry.wave is None else entry.wave
    return project, wave


def _keep(column: SurveyColumn, framework: Framework, *, set_aside: bool) -> Guess:
    if set_aside:
        return Guess(ColumnKind.UNUSED, column.certainty, f"the mapping file names another {column.kind.value} column")
    items = {item.id: item for item in framework.items}
    match = Match(items[column.item], column.certainty, column.why) if column.item else None
    turned = bool(column.scale and column.scale.direction < 0)
    anchor = column.name if column.kind in (ColumnKind.OPEN, ColumnKind.ANCHOR) else ""
    return Guess(
        column.kind, column.certainty, column.why, match, column.scale, anchor, turned, column.words, near=column.near
    )


def _make_guess(
    mapping: SurveyMapping, entry: MappedColumn, heading: Heading, counted: Counter[str], framework: Framework
) -> Guess:
    if entry.kind is not ColumnKind.ITEM:
        return Guess(entry.kind, 1.0, _WHY, anchor=entry.name, words=entry.words)
    match, dimension = _find_item(mapping, entry, framework), ""
    about = guess_dimension(heading, framework)
    if about.is_scored(framework) and not (match or entry.dimension or entry.name):
        match, dimension = about.match, about.dimension
    direction = entry.direction or (match.item.direction if match else about.direction)
    told = _WHY if match or dimension or entry.dimension else f"{_WHY}; no dimension is named"
    why = f"{told}; a high answer is bad news, so it is turned round" if direction < 0 else told
    scale, missing = _find_scale(mapping, entry, heading, counted, framework)
    words = tuple((word, MISSING) for word in missing)
    near = () if match or dimension or entry.dimension else about.near
    return Guess(entry.kind, 1.0, why, match, scale, "", direction < 0, words, dimension, near)


def _find_item(mapping: SurveyMapping, entry: MappedColumn, framework: Framework) -> Match | None:
    """The item that an entry names; its dimension is held to the framework, too."""
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
    return Match(items[entry.item], 1.0, _WHY) if entry.item else None


def _find_scale(
    mapping: SurveyMapping, entry: MappedColumn, heading: Heading, counted: Counter[str], framework: Framework
) -> tuple[Scale, tuple[str, ...]]:
    """The scale of a closed question, and the answers that say that there is none."""
    keys: Counter[str] = Counter()
    for cell, count in counted.items():
        keys[make_cell_key(cell)] += count
    for word in entry.missing:
        keys.pop(word, None)
    missing = entry.missing
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
        missing = (*missing, *(fit.missing if fit else ()))
    return Scale(scale.name, {word: place for word, place in scale.places.items() if word not in missing}), missing


def _set_dimension(column: SurveyColumn, dimension: str) -> SurveyColumn:
    if column.kind is not ColumnKind.ITEM or column.dimension == dimension:
        return column
    return dataclasses.replace(column, dimension=dimension)

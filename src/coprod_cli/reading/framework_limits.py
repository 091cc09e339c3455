"""The ladder and the governance facts of a framework file go in; checked values of the model come out."""

import math
from collections.abc import Collection
from typing import Any

from coprod_cli.model.framework import SEATS, FactKind, Ladder, Rung
from coprod_cli.reading.settings_text import (
    SettingsText,
    check_keys,
    refuse_twice,
    require_known,
    take_number,
    take_table,
    take_tables,
    take_text,
)

_WHOLE = 0.001
_HIGHEST = 101.0


def take_ladder(settings: SettingsText, dimensions: Collection[str]) -> Ladder:
    """The ladder; an empty one where the file has none, so that no rung is told."""
    if "ladder" not in settings.values:
        return Ladder()
    values = take_table(settings, settings.values, "ladder")
    check_keys(settings, values, ("axis", "basis", "rungs"), "ladder")
    axis = tuple(_take_pairs(settings, values, "axis", "weight", dimensions))
    if abs(math.fsum(weight for _, weight in axis) - 1) > _WHOLE:
        raise settings.blame(
            "the weights of the ladder's axis do not add up to 1.", "Change them until they do.", "ladder", 0, "axis"
        )
    rungs = tuple(
        _take_rung(settings, each, number, dimensions)
        for number, each in enumerate(take_tables(settings, values, "rungs"))
    )
    ends = [each.below for each in rungs]
    if not ends or ends != sorted(set(ends)) or ends[-1] <= _HIGHEST - 1:
        hint = "List rungs from the lowest up; the last one ends above 100: below = 100.01."
        raise settings.blame("the rungs do not cover 0 to 100 in rising order.", hint, "ladder.rungs", 0, "below")
    for number, each in enumerate(rungs):
        if not 0 <= each.otherwise < max(number, 1):
            hint = "Name the number of a lower rung; the lowest is 0."
            raise settings.blame("'otherwise' names no lower rung.", hint, "ladder.rungs", number, "otherwise")
    return Ladder(axis, rungs, take_text(settings, values, "basis", "ladder", 0, ""))


def take_fact_kinds(settings: SettingsText) -> tuple[FactKind, ...]:
    """The governance facts that may be known of a project."""
    found = []
    for index, values in enumerate(take_tables(settings, settings.values, "facts")):
        check_keys(settings, values, ("id", "text", "seats"), "facts", index)
        seats = take_text(settings, values, "seats", "facts", index, "")
        if seats:
            require_known(settings, seats, SEATS, ("facts", index, "seats"))
        name, text = (take_text(settings, values, key, "facts", index) for key in ("id", "text"))
        found.append(FactKind(name, text, seats))
    refuse_twice(settings, "facts", [each.id for each in found])
    return tuple(found)


def _take_rung(settings: SettingsText, values: dict[str, Any], number: int, dimensions: Collection[str]) -> Rung:
    where = "ladder.rungs"
    check_keys(settings, values, ("below", "label", "tlap", "needs", "otherwise"), where, number)
    label = take_text(settings, values, "label", where, number)
    return Rung(
        number,
        take_number(settings, values, "below", where, number, (0, _HIGHEST)),
        label,
        take_text(settings, values, "tlap", where, number, label),
        tuple(_take_pairs(settings, values, "needs", "least", dimensions, where, number)),
        int(take_number(settings, {"otherwise": 0, **values}, "otherwise", where, number, (0, 100))),
    )


def _take_pairs(  # noqa: PLR0913, PLR0917  # as take_text
    settings: SettingsText,
    values: dict[str, Any],
    key: str,
    number: str,
    dimensions: Collection[str],
    table: str = "ladder",
    index: int = 0,
) -> list[tuple[str, float]]:
    given = values.get(key, [])
    if not isinstance(given, list) or not all(isinstance(each, dict) for each in given):
        hint = f'Write {key} = [{{ dimension = "...", {number} = ... }}].'
        raise settings.blame(f"'{key}' must be a list of dimensions with numbers.", hint, table, index, key)
    pairs = []
    for each in given:
        check_keys(settings, each, ("dimension", number), table, index)
        dimension = take_text(settings, each, "dimension", table, index)
        require_known(settings, dimension, dimensions, (table, index, key))
        pairs.append((dimension, take_number(settings, each, number, table, index, (0, 100))))
    return pairs

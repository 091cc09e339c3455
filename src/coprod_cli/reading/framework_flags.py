"""The red flags of a framework file go in; checked rules of the model come out."""

from collections.abc import Collection, Mapping
from typing import Any

from coprod_cli.model.framework import FlagRule
from coprod_cli.model.governance import FACT_ANSWERS
from coprod_cli.model.tables import ROLES
from coprod_cli.reading.settings_text import (
    SettingsText,
    check_keys,
    refuse_twice,
    require_known,
    take_number,
    take_tables,
    take_text,
    take_words,
)

_TABLE = "flags"
_DATES = ("started", "first_contact", "decided", "ended")
_KEYS = (
    "id", "name", "evidence", "because", "score_max", "rung_max", "withholds", "escalate", "facts", "disputed",
    "before", "themes", "says", "roles", "checked_only", "uncounted", "items", "anchor", "called", "missing_role",
    "values",
)  # fmt: skip
_VALUES = ("below", "months", "people", "points", "probability", "producers", "rung", "share")
# What else a rule must have that has the first.
_NEEDS = {
    "themes": ("people", "share"),
    "items": ("below",),
    "anchor": ("rung", "share"),
    "points": ("probability",),
    "probability": ("points",),
}
_TWO = 2


def take_flags(settings: SettingsText, known: Mapping[str, Collection[str]], rungs: int) -> tuple[FlagRule, ...]:
    """The red flags; every fact, theme, item and anchor that they name must be in the framework.

    Args:
        settings: the file.
        known: by key of a rule, the ids that it may name.
        rungs: how many the ladder has.
    """
    found = [
        _take_rule(settings, values, index, known, rungs)
        for index, values in enumerate(take_tables(settings, settings.values, _TABLE))
    ]
    refuse_twice(settings, _TABLE, [each.id for each in found])
    return tuple(found)


def _take_rule(
    settings: SettingsText, values: dict[str, Any], index: int, known: Mapping[str, Collection[str]], rungs: int
) -> FlagRule:
    check_keys(settings, values, _KEYS, _TABLE, index)
    facts = tuple(_take_fact_answers(settings, values, index, known["facts"]))
    words = {
        key: take_words(settings, values, key, _TABLE, index)
        for key in ("themes", "items", "roles", "before", "called")
    }
    for key, allowed in (("themes", known["themes"]), ("items", known["items"]), ("roles", ROLES), ("before", _DATES)):
        for word in words[key]:
            require_known(settings, word, allowed, (_TABLE, index, key))
    if len(words["before"]) not in (0, _TWO):
        hint = 'Write before = ["decided", "first_contact"].'
        raise settings.blame("'before' must be two dates.", hint, _TABLE, index, "before")
    texts = {
        key: take_text(settings, values, key, _TABLE, index, "")
        for key in ("because", "says", "anchor", "missing_role")
    }
    for key, allowed in (("anchor", known["anchor"]), ("missing_role", ROLES)):
        if texts[key]:
            require_known(settings, texts[key], allowed, (_TABLE, index, key))
    ways = {
        key: _take_true(settings, values, key, index)
        for key in ("withholds", "escalate", "disputed", "checked_only", "uncounted")
    }
    rung = _take_limit(settings, values, "rung_max", index, max(rungs - 1, 0))
    parts: dict[str, Any] = {**ways, **texts, **words}
    rule = FlagRule(
        take_text(settings, values, "id", _TABLE, index),
        take_text(settings, values, "name", _TABLE, index),
        take_text(settings, values, "evidence", _TABLE, index),
        score_max=_take_limit(settings, values, "score_max", index, 100),
        rung_max=None if rung is None else int(rung),
        facts=facts,
        values=tuple(_take_values(settings, values, index)),
        **parts,
    )
    _check_whole(settings, rule, index)
    return rule


def _check_whole(settings: SettingsText, rule: FlagRule, index: int) -> None:
    """A rule that has one part of a condition must have the others, or nothing could be told of it."""
    for key, numbers in _NEEDS.items():
        if (getattr(rule, key, ()) or rule.has(key)) and not rule.has(*numbers):
            needed = " and ".join(numbers)
            hint = f"Add {needed} to its values, such as values = {{ {', '.join(f'{name} = 1' for name in numbers)} }}."
            raise settings.blame(f"a flag with '{key}' needs the number {needed}.", hint, _TABLE, index, "values")
    on_paper = bool(rule.facts or rule.before or rule.has("producers"))
    for needed_key, there, what in (
        ("because", on_paper, "that rests on what is on paper"),
        ("says", bool(rule.themes), "with 'themes'"),
    ):
        if there and not getattr(rule, needed_key):
            hint = f'Add {needed_key} = "...", a clause in small letters that a sentence can end with.'
            raise settings.blame(f"a flag {what} needs '{needed_key}'.", hint, _TABLE, index)


def _take_limit(settings: SettingsText, values: dict[str, Any], key: str, index: int, most: float) -> float | None:
    return take_number(settings, values, key, _TABLE, index, (0, most)) if key in values else None


def _take_fact_answers(
    settings: SettingsText, values: dict[str, Any], index: int, facts: Collection[str]
) -> list[tuple[str, tuple[str, ...]]]:
    given = values.get("facts", [])
    if not isinstance(given, list) or not all(isinstance(each, dict) for each in given):
        hint = 'Write facts = [{ fact = "G03", answers = ["no"] }].'
        raise settings.blame("'facts' must be a list of facts with answers.", hint, _TABLE, index, "facts")
    found = []
    for each in given:
        check_keys(settings, each, ("fact", "answers"), _TABLE, index)
        fact = take_text(settings, each, "fact", _TABLE, index)
        require_known(settings, fact, facts, (_TABLE, index, "facts"))
        answers = take_words(settings, each, "answers", _TABLE, index)
        for answer in answers:
            require_known(settings, answer, FACT_ANSWERS, (_TABLE, index, "facts"))
        found.append((fact, answers))
    return found


def _take_values(settings: SettingsText, values: dict[str, Any], index: int) -> list[tuple[str, float]]:
    given = values.get("values", {})
    if not isinstance(given, dict):
        hint = "Write values = { people = 3, share = 0.2 }."
        raise settings.blame("'values' must be a table of numbers.", hint, _TABLE, index, "values")
    for key in given:
        require_known(settings, key, _VALUES, (_TABLE, index, "values"))
    return [(key, take_number(settings, given, key, _TABLE, index, (0, 1000))) for key in sorted(given)]


def _take_true(settings: SettingsText, values: dict[str, Any], key: str, index: int) -> bool:
    value = values.get(key, False)
    if not isinstance(value, bool):
        hint = f"Write {key} = true or {key} = false."
        raise settings.blame(f"'{key}' must be true or false.", hint, _TABLE, index, key)
    return value

"""The settings of a framework and its themes go in; its border rules, checked, come out."""

from collections.abc import Iterator
from typing import Any

from coprod_cli.model.framework import Border, BorderExample
from coprod_cli.model.tables import LEVELS, STANCES
from coprod_cli.reading.settings_text import SettingsText, check_keys, take_tables, take_text, take_words

_TABLE = "borders"
_PARTS = 3


def take_borders(settings: SettingsText, themes: set[str]) -> tuple[Border, ...]:
    """The tables [[borders]], in the order of the file.

    Raises:
        SettingsFileError: an id stands twice, a theme, stance or level is unknown, or a rule is missing.
    """
    found: list[Border] = []
    for index, values in enumerate(take_tables(settings, settings.values, _TABLE)):
        check_keys(settings, values, ("id", "name", "themes", "rules", "examples"), _TABLE, index)
        border = Border(
            id=take_text(settings, values, "id", _TABLE, index),
            name=take_text(settings, values, "name", _TABLE, index),
            themes=take_words(settings, values, "themes", _TABLE, index),
            rules=take_words(settings, values, "rules", _TABLE, index),
            examples=tuple(_take_examples(settings, values.get("examples", []), index, themes)),
        )
        unknown = [theme for theme in border.themes if theme not in themes]
        if unknown:
            what = f"there is no '{unknown[0]}' to name under 'themes'."
            raise settings.blame(what, f"Known are: {', '.join(sorted(themes))}.", _TABLE, index, "themes")
        if not border.rules:
            raise settings.blame("a border has no rule.", 'Write rules = ["..."].', _TABLE, index, "rules")
        if border.id in {each.id for each in found}:
            what = f"the id '{border.id}' is given twice."
            raise settings.blame(what, "Give every table an id of its own.", _TABLE, index, "id")
        found.append(border)
    return tuple(found)


def _take_examples(settings: SettingsText, examples: object, index: int, themes: set[str]) -> Iterator[BorderExample]:
    if not isinstance(examples, list) or not all(isinstance(each, dict) for each in examples):
        hint = 'Write examples = [{ text = "...", codes = ["trust positive project"] }].'
        raise settings.blame("'examples' must be a list of tables.", hint, _TABLE, index, "examples")
    for each in examples:
        check_keys(settings, each, ("text", "codes"), _TABLE, index)
        yield BorderExample(
            take_text(settings, each, "text", _TABLE, index), tuple(_take_codes(settings, each, index, themes))
        )


def _take_codes(
    settings: SettingsText, values: dict[str, Any], index: int, themes: set[str]
) -> Iterator[tuple[str, str, str]]:
    for words in take_words(settings, values, "codes", _TABLE, index):
        code = tuple(words.split())
        if len(code) != _PARTS or code[0] not in themes or code[1] not in STANCES or code[2] not in LEVELS:
            what = f"'{words}' is no code."
            hint = f"Write a theme, a stance ({', '.join(STANCES)}) and a level ({', '.join(LEVELS)})."
            raise settings.blame(what, hint, _TABLE, index, "examples")
        theme, stance, level = code
        yield theme, stance, level

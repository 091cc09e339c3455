"""A targets file in TOML goes in; the shares of a population that answers are weighted to come out, checked.

A margin is one question about people ("Which of these are you?") with the share of the population that each answer
has. docs/targets.md explains every key.
"""

import hashlib
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from coprod_cli.model.population import MISSING, MOST_MARGINS, Margin, Targets
from coprod_cli.model.tables import ROLES
from coprod_cli.reading.mapping import write_header_key
from coprod_cli.reading.settings_text import (
    SettingsText,
    check_keys,
    read_settings_file,
    require_known,
    take_table,
    take_tables,
    take_text,
)
from coprod_cli.reading.wording import make_cell_key

MARGINS = "margins"
_KEYS = ("role", MARGINS)
_MARGIN_KEYS = ("header", "shares", "words", "others")
_LEADING = "parent"
_FEWEST = 2
_WHOLE = 0.001


class TargetsFile(NamedTuple):
    """A targets file: what it says, its text, and for each margin what its answers mean, by what cells are compared by.

    A meaning is one of the margin's answers, or MISSING. others: for each margin the meaning of answers that it does
    not name; "" where they may not be.
    """

    targets: Targets
    settings: SettingsText
    meanings: tuple[Mapping[str, str], ...]
    others: tuple[str, ...]


def read_targets(path: Path) -> TargetsFile:
    """A targets file, checked as far as that goes without the survey.

    Raises:
        SettingsFileError: the file is missing, a key or role is unknown, there are no margins or too many, or the
            shares of one do not add up to 1; file and line are named.
    """
    data, settings = read_settings_file(path)
    check_keys(settings, settings.values, _KEYS)
    role = take_text(settings, settings.values, "role", "", 0, _LEADING)
    require_known(settings, role, ROLES, ("", 0, "role"))
    tables = take_tables(settings, settings.values, MARGINS)
    if not 1 <= len(tables) <= MOST_MARGINS:
        raise settings.blame(
            f"there must be from 1 to {MOST_MARGINS} margins; there are {len(tables)}.",
            "Begin each margin with a line [[margins]]; keep those that matter most for what people think.",
            MARGINS,
            min(len(tables), MOST_MARGINS),
        )
    margins = tuple(_take_margin(settings, values, index) for index, values in enumerate(tables))
    names = [write_header_key(each.name) for each in margins]
    for index, name in enumerate(names):
        if name in names[:index]:
            raise settings.blame("this margin is named twice.", "Take one of the two out.", MARGINS, index, "header")
    meanings = tuple(_take_meanings(settings, values, index, margins[index]) for index, values in enumerate(tables))
    others = tuple(_take_others(settings, values, index, margins[index]) for index, values in enumerate(tables))
    return TargetsFile(Targets(role, margins, hashlib.sha256(data).hexdigest()), settings, meanings, others)


def _take_margin(settings: SettingsText, values: dict[str, Any], index: int) -> Margin:
    check_keys(settings, values, _MARGIN_KEYS, MARGINS, index)
    header = take_text(settings, values, "header", MARGINS, index)
    given = take_table(settings, values, "shares")
    shares = tuple((word, _take_share(settings, share, word, index)) for word, share in given.items())
    if len(shares) < _FEWEST:
        hint = 'Give every answer its share of the population: shares = { "Birth parent" = 0.9, "Foster carer" = 0.1 }.'
        raise settings.blame("'shares' must name two answers or more.", hint, MARGINS, index, "shares")
    if any(share == 0 for _, share in shares):
        hint = f'Take that answer out of shares, and say under words that it means "{MISSING}".'
        raise settings.blame("a share of 0 would take people's voices away.", hint, MARGINS, index, "shares")
    total = math.fsum(share for _, share in shares)
    if abs(total - 1) > _WHOLE:
        hint = "Write shares as parts of 1 (0.25 for 25 %) and change them until they add up."
        raise settings.blame(f"the shares add up to {total:.4g}, not to 1.", hint, MARGINS, index, "shares")
    return Margin(header, tuple((word, share / total) for word, share in shares))


def _take_share(settings: SettingsText, share: object, word: str, index: int) -> float:
    if isinstance(share, bool) or not isinstance(share, int | float) or not 0 <= share <= 1:
        hint = "Write a part of 1: 0.25 for 25 %."
        raise settings.blame(f"the share of '{word}' must be a number from 0 to 1.", hint, MARGINS, index, "shares")
    return float(share)


def _take_meanings(settings: SettingsText, values: dict[str, Any], index: int, margin: Margin) -> Mapping[str, str]:
    """What each answer of the survey means: itself where it has a share, else what `words` says."""
    found = {make_cell_key(word): word for word, _ in margin.shares}
    if len(found) < len(margin.shares):
        hint = "Capitals, blanks and full stops at the end do not count: join the two, and add up their shares."
        raise settings.blame("two answers under 'shares' are the same.", hint, MARGINS, index, "shares")
    words = take_table(settings, values, "words")
    for word, meaning in words.items():
        if not isinstance(meaning, str):
            hint = f'Write words = {{ "Step-parent" = "Birth parent", "Prefer not to say" = "{MISSING}" }}.'
            raise settings.blame("'words' must say for each answer what it means.", hint, MARGINS, index, "words")
        require_known(settings, meaning, _list_known(margin), (MARGINS, index, "words"))
        found.setdefault(make_cell_key(word), meaning)
    return found


def _take_others(settings: SettingsText, values: dict[str, Any], index: int, margin: Margin) -> str:
    meaning = take_text(settings, values, "others", MARGINS, index, "")
    if meaning:
        require_known(settings, meaning, _list_known(margin), (MARGINS, index, "others"))
    return meaning


def _list_known(margin: Margin) -> list[str]:
    return [*(word for word, _ in margin.shares), MISSING]

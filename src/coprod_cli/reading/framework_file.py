"""A framework file in TOML goes in; the checked Framework comes out: unique ids, weights that add up, no loose end."""

import hashlib
import math
from collections.abc import Iterable
from importlib import resources
from pathlib import Path
from typing import Any

from coprod_cli.model.errors import SettingsFileError
from coprod_cli.model.framework import (
    Anchor,
    AnchorOption,
    Dimension,
    Example,
    Framework,
    Item,
    Scoring,
    Theme,
    Thresholds,
)
from coprod_cli.reading.codebook_file import is_codebook, take_codebook
from coprod_cli.reading.framework_borders import take_borders
from coprod_cli.reading.framework_flags import take_flags
from coprod_cli.reading.framework_limits import take_fact_kinds, take_ladder
from coprod_cli.reading.framework_text import write_framework
from coprod_cli.reading.settings_text import (
    SettingsText,
    check_keys,
    open_settings,
    parse_settings,
    refuse_twice,
    require_known,
    take_number,
    take_table,
    take_tables,
    take_text,
    take_words,
)

AUDIENCES = ("public", "restricted", "raw")
_PACKAGED = "send.toml"
_READ_BACK = "Give one written with coprod codebook --to toml, qdc or csv."
_TOP = (
    "id", "version", "status", "labels", "scoring", "thresholds", "dimensions", "items", "anchors", "themes", "borders",
    "ladder", "facts", "flags",
)  # fmt: skip
# People at both ends of the scale differ by 50 points, and nobody by more; a prior of no degrees of freedom is none.
_MOST_SPREAD = 50
_SCORING_LIMITS: dict[str, tuple[float, float]] = {
    "slack": (0, 100),
    "min_other_dimensions": (0, 1000),
    "draws": (100, 1_000_000),
    "level": (0.5, 0.999),
    "prior_df": (0.01, 1000),
    "prior_sd": (0, _MOST_SPREAD),
    "comments_prior_sd": (0, _MOST_SPREAD),
    "max_comment_weight": (0, 10),
    "min_theme_alpha": (-1, 1),
    "min_theme_cases": (0, 1_000_000),
    "min_item_certainty": (0, 1),
    "gap_points": (0, 100),
    "gap_probability": (0.5, 1),
    "sure_change": (0.5, 1),
    "likely_change": (0.5, 1),
    "named_rung": (0.5, 1),
    "least_weight": (0, 1),
    "most_weight": (1, 1000),
    "alpha_people": (3, 1_000_000),
    "shrink_projects": (3, 1_000_000),
    "least_answered": (0, 1),
    "early_months": (0, 1000),
}
_WHOLE_NUMBERS = ("min_other_dimensions", "draws", "min_theme_cases", "alpha_people", "shrink_projects", "early_months")
_COUNTS = (
    "min_base", "min_composite", "min_compare", "small_cell", "percent_base", "quote_group", "round_base",
    "min_rung_label", "min_change", "min_sector",
)  # fmt: skip
_ANCHOR_KINDS = ("ordinal", "0-10", "free_text", "yes_no")
_THEME_KEYS = (
    "id", "name", "definition", "positive", "negative", "include", "exclude", "feeds", "confusable_with",
    "positive_cues", "negative_cues", "examples", "why_not_scored",
)  # fmt: skip
_EXAMPLE_STANCES = ("positive", "negative", "neutral", "mixed")
_FEWEST_LABELS = 2
_WHOLE = 0.001


def read_framework(path: Path | None = None) -> Framework:
    """The framework in a TOML file, or the one that comes with coprod when no path is given.

    A codebook of another program is read as well: see write_framework.

    Raises:
        SettingsFileError: the file is missing or does not say what a framework must; file, line and key are named.
    """
    if path is None:
        data = resources.files("coprod_cli").joinpath("frameworks", _PACKAGED).read_bytes()
        settings = parse_settings(data, _PACKAGED)
    else:
        data, settings = _open(path)
    return _take_framework(data, settings)


def take_framework(data: bytes, name: str) -> Framework:
    """The framework of TOML text that is already at hand, as a file of that name.

    Raises:
        SettingsFileError: as for read_framework.
    """
    return _take_framework(data, parse_settings(data, name))


def _take_framework(data: bytes, settings: SettingsText) -> Framework:
    values = settings.values
    check_keys(settings, values, _TOP)
    dimensions = _take_dimensions(settings)
    known = {dimension.id for dimension in dimensions}
    labels = take_words(settings, values, "labels", "")
    if len(labels) < _FEWEST_LABELS:
        raise settings.blame(
            "'labels' must be two or more words.", "List the answers from worst to best.", "", 0, "labels"
        )
    themes = _take_themes(settings, known)
    items, facts = _take_items(settings, known), take_fact_kinds(settings)
    anchors, ladder = _take_anchors(settings), take_ladder(settings, known)
    named = {
        "facts": {each.id for each in facts},
        "themes": {each.id for each in themes},
        "items": {each.id for each in items},
        "anchor": {each.id for each in anchors},
    }
    return Framework(
        id=take_text(settings, values, "id", "", 0),
        version=take_text(settings, values, "version", "", 0),
        status=take_text(settings, values, "status", "", 0, ""),
        labels=labels,
        themes=themes,
        dimensions=dimensions,
        items=items,
        anchors=anchors,
        scoring=_take_scoring(settings),
        thresholds=tuple(_take_thresholds(settings, audience) for audience in AUDIENCES),
        sha256=hashlib.sha256(data).hexdigest(),
        borders=take_borders(settings, {theme.id for theme in themes}),
        ladder=ladder,
        facts=facts,
        flags=take_flags(settings, named, len(ladder.rungs)),
        source=data.decode("utf-8"),
    )


def _open(path: Path) -> tuple[bytes, SettingsText]:
    data = open_settings(path)
    if path.suffix.casefold() == ".md":
        raise SettingsFileError(f"{path.name} is a codebook for people to read, and cannot be read back.", _READ_BACK)
    if is_codebook(path, data):
        data = write_framework(take_codebook(path, data), read_framework()).data
    return data, parse_settings(data, path.name)


def _take_dimensions(settings: SettingsText) -> tuple[Dimension, ...]:
    found = []
    for index, values in enumerate(take_tables(settings, settings.values, "dimensions")):
        check_keys(settings, values, ("id", "name", "core", "weight", "definition"), "dimensions", index)
        found.append(
            Dimension(
                id=take_text(settings, values, "id", "dimensions", index),
                name=take_text(settings, values, "name", "dimensions", index),
                core=_take_flag(settings, values, "core", "dimensions", index),
                weight=take_number(settings, values, "weight", "dimensions", index, (0, 1)),
                definition=take_text(settings, values, "definition", "dimensions", index, ""),
            )
        )
    if not found:
        raise settings.blame("there is no dimension.", "Add at least one table [[dimensions]].")
    refuse_twice(settings, "dimensions", [dimension.id for dimension in found])
    if not any(dimension.core for dimension in found):
        raise settings.blame("no dimension is a core one.", "Set core = true for at least one.", "dimensions")
    total = math.fsum(dimension.weight for dimension in found)
    if abs(total - 1) > _WHOLE:
        raise settings.blame(
            f"the weights of the dimensions add up to {total:.3f}, not to 1.",
            "Change them until they add up to 1.",
            "dimensions",
            0,
            "weight",
        )
    return tuple(found)


def _take_items(settings: SettingsText, known: set[str]) -> tuple[Item, ...]:
    found = []
    for index, values in enumerate(take_tables(settings, settings.values, "items")):
        check_keys(
            settings, values, ("id", "dimension", "direction", "quick", "parent", "practitioner"), "items", index
        )
        dimension = take_text(settings, values, "dimension", "items", index)
        require_known(settings, dimension, known, ("items", index, "dimension"))
        direction = values.get("direction", 1)
        if isinstance(direction, bool) or direction not in (1, -1):
            raise settings.blame(
                "'direction' must be 1 or -1.",
                "Write -1 when a high answer is bad news, else 1.",
                "items",
                index,
                "direction",
            )
        parent = take_text(settings, values, "parent", "items", index)
        found.append(
            Item(
                id=take_text(settings, values, "id", "items", index),
                dimension=dimension,
                direction=direction,
                quick=_take_flag(settings, values, "quick", "items", index, default=False),
                parent=parent,
                practitioner=take_text(settings, values, "practitioner", "items", index, parent),
            )
        )
    refuse_twice(settings, "items", [item.id for item in found])
    return tuple(found)


def _take_anchors(settings: SettingsText) -> tuple[Anchor, ...]:
    found = []
    for index, values in enumerate(take_tables(settings, settings.values, "anchors")):
        check_keys(settings, values, ("id", "kind", "text", "options", "help"), "anchors", index)
        kind = take_text(settings, values, "kind", "anchors", index)
        require_known(settings, kind, set(_ANCHOR_KINDS), ("anchors", index, "kind"))
        found.append(
            Anchor(
                take_text(settings, values, "id", "anchors", index),
                kind,
                take_text(settings, values, "text", "anchors", index),
                tuple(_take_options(settings, values.get("options", []), index)),
                take_text(settings, values, "help", "anchors", index, ""),
            )
        )
    refuse_twice(settings, "anchors", [anchor.id for anchor in found])
    return tuple(found)


def _take_options(settings: SettingsText, options: object, index: int) -> Iterable[AnchorOption]:
    if not isinstance(options, list) or not all(isinstance(each, dict) for each in options):
        hint = 'Write options = [{ label = "...", text = "..." }], from the worst to the best.'
        raise settings.blame("'options' must be a list of tables.", hint, "anchors", index, "options")
    for each in options:
        check_keys(settings, each, ("label", "text"), "anchors", index)
        yield AnchorOption(
            take_text(settings, each, "label", "anchors", index), take_text(settings, each, "text", "anchors", index)
        )


def _take_themes(settings: SettingsText, known: set[str]) -> tuple[Theme, ...]:
    tables = take_tables(settings, settings.values, "themes")
    if not tables:
        raise settings.blame("there is no theme.", "Add at least one table [[themes]].")
    found = [_take_theme(settings, values, index, known) for index, values in enumerate(tables)]
    refuse_twice(settings, "themes", [theme.id for theme in found])
    ids = {theme.id for theme in found}
    for index, theme in enumerate(found):
        for other in theme.confusable_with:
            require_known(settings, other, ids, ("themes", index, "confusable_with"))
    return tuple(found)


def _take_theme(settings: SettingsText, values: dict[str, Any], index: int, known: set[str]) -> Theme:
    check_keys(settings, values, _THEME_KEYS, "themes", index)
    feeds = values.get("feeds", [])
    if not isinstance(feeds, list) or not all(isinstance(feed, dict) for feed in feeds):
        hint = 'Write feeds = [{ dimension = "...", weight = 1.0 }], or [] when it is not scored.'
        raise settings.blame("'feeds' must be a list of dimensions with weights.", hint, "themes", index, "feeds")
    pairs = []
    for feed in feeds:
        check_keys(settings, feed, ("dimension", "weight"), "themes", index)
        dimension = take_text(settings, feed, "dimension", "themes", index)
        require_known(settings, dimension, known, ("themes", index, "feeds"))
        pairs.append((dimension, take_number(settings, feed, "weight", "themes", index, (0, 1))))
    words = {key: take_words(settings, values, key, "themes", index) for key in _THEME_KEYS if key.endswith("_cues")}
    return Theme(
        id=take_text(settings, values, "id", "themes", index),
        name=take_text(settings, values, "name", "themes", index),
        definition=take_text(settings, values, "definition", "themes", index, ""),
        positive=take_text(settings, values, "positive", "themes", index, ""),
        negative=take_text(settings, values, "negative", "themes", index, ""),
        include=take_words(settings, values, "include", "themes", index),
        exclude=take_words(settings, values, "exclude", "themes", index),
        feeds=tuple(pairs),
        confusable_with=take_words(settings, values, "confusable_with", "themes", index),
        positive_cues=words["positive_cues"],
        negative_cues=words["negative_cues"],
        examples=tuple(_take_examples(settings, values.get("examples", []), index)),
        why_not_scored=take_text(settings, values, "why_not_scored", "themes", index, ""),
    )


def _take_examples(settings: SettingsText, examples: object, index: int) -> Iterable[Example]:
    if not isinstance(examples, list) or not all(isinstance(each, dict) for each in examples):
        hint = 'Write examples = [{ stance = "positive", role = "parent", text = "..." }].'
        raise settings.blame("'examples' must be a list of tables.", hint, "themes", index, "examples")
    for each in examples:
        check_keys(settings, each, ("stance", "role", "text"), "themes", index)
        stance = take_text(settings, each, "stance", "themes", index)
        require_known(settings, stance, set(_EXAMPLE_STANCES), ("themes", index, "examples"))
        yield Example(
            stance,
            take_text(settings, each, "role", "themes", index, ""),
            take_text(settings, each, "text", "themes", index),
        )


def _take_scoring(settings: SettingsText) -> Scoring:
    values = take_table(settings, settings.values, "scoring")
    check_keys(settings, values, tuple(_SCORING_LIMITS), "scoring")
    numbers = {key: take_number(settings, values, key, "scoring", 0, limits) for key, limits in _SCORING_LIMITS.items()}
    whole = {key: int(numbers.pop(key)) for key in _WHOLE_NUMBERS}
    values_of: dict[str, Any] = {**numbers, **whole}
    return Scoring(**values_of)


def _take_thresholds(settings: SettingsText, audience: str) -> Thresholds:
    every = take_table(settings, settings.values, "thresholds")
    check_keys(settings, every, AUDIENCES, "thresholds")
    table = f"thresholds.{audience}"
    values = every.get(audience)
    if not isinstance(values, dict):
        raise settings.blame(f"the thresholds of the audience '{audience}' are missing.", f"Add a table [{table}].")
    check_keys(settings, values, _COUNTS, table)
    counts = {key: int(take_number(settings, values, key, table, 0, (1, 1_000_000))) for key in _COUNTS}
    return Thresholds(audience=audience, **counts)


def _take_flag(  # noqa: PLR0913  # as take_text
    settings: SettingsText, values: dict[str, Any], key: str, table: str, index: int, *, default: bool | None = None
) -> bool:
    value = values.get(key, default)
    if not isinstance(value, bool):
        raise settings.blame(
            f"'{key}' must be true or false.", f"Write {key} = true or {key} = false.", table, index, key
        )
    return value

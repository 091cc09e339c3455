"""The headings and cells of one export go in; what each column was taken for, how surely and why, comes out."""

import dataclasses
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from coprod_cli.model.framework import Anchor, Framework
from coprod_cli.model.survey import ColumnKind, Scale, SurveyColumn
from coprod_cli.reading.column_rules import (
    ASKS_FOR_WORDS,
    COMMENT,
    HEADER_RULES,
    LADDER_WORDS,
    OTHER_TEXT,
    Cells,
    are_contacts,
    are_dates,
    are_emails,
    are_ids,
    are_missing_only,
    are_numbers,
    are_surely_roles,
    are_texts,
    are_yes_or_no,
)
from coprod_cli.reading.grid import Heading, Hint
from coprod_cli.reading.items import Match, find_near, list_wordings, match_item, sounds_reversed
from coprod_cli.reading.key_phrases import CERTAINTY, Spoken, find_dimension
from coprod_cli.reading.roles import find_role
from coprod_cli.reading.scales import Fit, fit_scales
from coprod_cli.reading.wording import make_cell_key, make_key, make_slug, take_telling_words

TICKS = frozenset({"1", "yes", "y", "true", "checked", "ticked", "x", "selected"})
ONE_OF_EACH = (
    ColumnKind.PERSON, ColumnKind.ROLE, ColumnKind.PROJECT, ColumnKind.WAVE, ColumnKind.CONSENT, ColumnKind.WEIGHT,
)  # fmt: skip
_TICKABLE = (ColumnKind.ROLE, ColumnKind.PROJECT)
_COARSE = ("yes", "numbers")
FEWEST_TO_SHOW = 5
_UNKNOWN_WORDS = "; words that coprod does not know: "
UNKNOWN_CHOICES = "the answers are choices from a list that coprod knows no scale for"
UNKNOWN = "neither header nor cells say what it is"
_LEAST_ANCHOR_OVERLAP = 0.75
_LEAST_ON_LADDER = 0.8
_MOST_LADDER_STEPS = 10
_CODE = re.compile(r"^[\w#.\-]+$")
_EMAIL_WHY = "the e-mail address tells which forms are one person's; it is hashed and then dropped"


class Guess(NamedTuple):
    """What one column is taken for, before names are given.

    reversed_: much agreement is bad news; words: what the mapping file says that single answers mean; dimension: of a
    closed question without an item; near: dimensions that an unscored one may be about.
    """

    kind: ColumnKind
    certainty: float
    why: str
    match: Match | None = None
    scale: Scale | None = None
    anchor: str = ""
    reversed_: bool = False
    words: tuple[tuple[str, str], ...] = ()
    dimension: str = ""
    near: tuple[str, ...] = ()


def recognise_columns(
    headings: Sequence[Heading], counts: Sequence[Counter[str]], framework: Framework
) -> tuple[SurveyColumn, ...]:
    """Every column of an export as coprod takes it, in its order; `counts` holds the filled cells of each, counted."""
    cells = [Cells(counted) for counted in counts]
    keys = {heading.position: each.keys for heading, each in zip(headings, cells, strict=True)}
    fits = fit_scales(keys, framework, {heading.position: heading.text or heading.header for heading in headings})
    guesses = [
        guess_column(heading, each, fits.get(heading.position), framework)
        for heading, each in zip(headings, cells, strict=True)
    ]
    guesses = _keep_one_of_each(headings, cells, guesses)
    return tell_unknown_roles(name_columns(headings, guesses), headings, counts)


def tell_unknown_roles(
    columns: Sequence[SurveyColumn], headings: Sequence[Heading], counts: Sequence[Counter[str]]
) -> tuple[SurveyColumn, ...]:
    """The columns, where a role column says which of its words are not known.

    They are choices, not answers; but a word that fewer than FEWEST_TO_SHOW forms hold may be somebody's own, and is
    counted only.
    """
    told = []
    for column, heading, counted in zip(columns, headings, counts, strict=True):
        if column.kind is not ColumnKind.ROLE or heading.part:
            told.append(column)
            continue
        meant = {word for word, _ in column.words}
        unknown: Counter[str] = Counter()
        for cell, count in counted.items():
            if not find_role(cell) and make_cell_key(cell) not in meant:
                unknown[" ".join(cell.split())] += count
        shown = tuple(sorted(word for word, count in unknown.items() if count >= FEWEST_TO_SHOW))
        rarer = len(unknown) - len(shown)
        parts = [f"'{word}' ({unknown[word]})" for word in shown]
        if rarer:
            parts.append(f"{rarer} rarer {'one' if rarer == 1 else 'ones'}, not shown")
        plain = column.why.partition(_UNKNOWN_WORDS)[0]
        why = f"{plain}{_UNKNOWN_WORDS}{', '.join(parts)}" if parts else plain
        told.append(dataclasses.replace(column, why=why, unknown=shown))
    return tuple(told)


def guess_column(heading: Heading, cells: Cells, fit: Fit | None, framework: Framework) -> Guess:
    """What one column looks like, from its header and its cells; `fit` is the scale that its cells are on, if any."""
    if not cells.filled:
        return Guess(ColumnKind.UNUSED, 1.0, "no cell is filled")
    if heading.hint:
        return _take_hint(heading.hint, cells)
    return (
        _guess_contacts(cells)
        or _guess_ticked(heading, cells)
        or _guess_anchor(heading, cells, framework)
        or _guess_other_text(heading)
        or _guess_comment(heading, cells, framework)
        or _guess_question(heading, cells, fit, framework)
    )


def _guess_contacts(cells: Cells) -> Guess | None:
    if are_emails(cells):
        return Guess(ColumnKind.METADATA, 0.98, "the cells are e-mail addresses; they are dropped")
    if are_contacts(cells):
        return Guess(ColumnKind.METADATA, 0.95, "the cells are contact details or addresses; they are dropped")
    return None


def _guess_other_text(heading: Heading) -> Guess | None:
    if OTHER_TEXT.search(make_key(heading.part or heading.text)):
        return Guess(ColumnKind.UNUSED, 0.8, "it is the text beside 'Other' of another question")
    return None


def _guess_comment(heading: Heading, cells: Cells, framework: Framework) -> Guess | None:
    """A box for comments: short words and repeats are people's own all the same; ticks and marks are not words."""
    if not any(COMMENT.search(make_key(text)) for text in (heading.text, heading.part, heading.code) if text):
        return None
    if not cells.told or are_numbers(cells) or set(cells.keys) <= TICKS | {"no", "n", "false"}:
        return None
    if match_item(heading, framework):
        return None
    return Guess(ColumnKind.OPEN, 0.9, "the header asks for comments, in words of one's own")


def _guess_question(heading: Heading, cells: Cells, fit: Fit | None, framework: Framework) -> Guess:
    match = match_item(heading, framework)
    item = guess_item(heading, fit, match, framework)
    # Steps such as 'Mostly' leave no doubt; a yes or a number can be many things, and the header has the first word.
    sure_item = item is not None and (match is not None or (fit is not None and not fit.scale.name.startswith(_COARSE)))
    if item and sure_item:
        return item
    return _guess_by_header(heading, cells) or _guess_ladder(cells) or item or _guess_by_cells(heading, cells)


def _guess_ladder(cells: Cells) -> Guess | None:
    on_ladder = cells.share(lambda cell: make_cell_key(cell) in LADDER_WORDS)
    if on_ladder >= _LEAST_ON_LADDER and len(cells.counts) <= _MOST_LADDER_STEPS:
        return Guess(
            ColumnKind.ANCHOR, 0.8, "the answers are steps of a ladder of participation; reported, never scored"
        )
    return None


def _guess_by_cells(heading: Heading, cells: Cells) -> Guess:
    if are_surely_roles(cells):
        return Guess(ColumnKind.ROLE, 0.75, "the answers say who people are")
    if are_dates(cells):
        return Guess(ColumnKind.DATE, 0.85, "the cells are dates")
    return _guess_text(heading, cells)


def _take_hint(hint: Hint, cells: Cells) -> Guess:
    if hint.kind is ColumnKind.PERSON and not are_ids(cells):
        return Guess(
            ColumnKind.METADATA, hint.certainty, "the survey tool fills it in, but it does not tell people apart"
        )
    if are_emails(cells):
        return Guess(ColumnKind.METADATA, 0.98, "the cells are e-mail addresses; they are dropped")
    return Guess(hint.kind, hint.certainty, hint.why)


def _guess_ticked(heading: Heading, cells: Cells) -> Guess | None:
    """A box to tick, one column for each choice: every filled cell repeats the choice, or is a plain tick."""
    if not heading.part or len(cells.keys) != 1:
        return None
    only = next(iter(cells.keys))
    if only not in TICKS and make_key(only) != make_key(heading.part):
        return None
    choice = Cells(Counter([heading.part]))
    stem = make_key(heading.stem)
    for rule in HEADER_RULES:
        if (
            rule.kind in _TICKABLE
            and rule.header.search(stem)
            and (rule.kind is not ColumnKind.ROLE or rule.cells(choice))
        ):
            return Guess(rule.kind, rule.certainty, f"it is one of several boxes to tick; {rule.why}")
    return Guess(ColumnKind.UNUSED, 0.8, "it is a box to tick, which coprod does not score")


def match_anchor(heading: Heading, framework: Framework) -> Anchor | None:
    """The framework's own unscored question that the heading asks, by id, by wording, or by nearly all of its words."""
    ways = list_wordings(heading)
    names = {make_key(way) for way in (heading.code, *ways) if way}
    for anchor in framework.anchors:
        if make_key(anchor.id) in names or make_key(anchor.text) in names:
            return anchor
    best: tuple[float, Anchor | None] = (0.0, None)
    for anchor in framework.anchors:
        asked = take_telling_words(anchor.text)
        for way in ways:
            words = take_telling_words(way)
            overlap = 2 * len(words & asked) / (len(words) + len(asked)) if words else 0.0
            if overlap > best[0]:
                best = (overlap, anchor)
    return best[1] if best[0] >= _LEAST_ANCHOR_OVERLAP else None


def _guess_anchor(heading: Heading, cells: Cells, framework: Framework) -> Guess | None:
    anchor = match_anchor(heading, framework)
    if anchor is None:
        return None
    if anchor.kind == "yes_no":
        if are_yes_or_no(cells):
            return Guess(ColumnKind.CONSENT, 0.98, "it asks whether the words may be quoted", anchor=anchor.id)
        return Guess(
            ColumnKind.UNUSED, 0.6, "it asks whether the words may be quoted, but the answers are not yes or no"
        )
    if anchor.kind == "free_text":
        return Guess(ColumnKind.OPEN, 0.98, f"it is worded like the open question '{anchor.id}'", anchor=anchor.id)
    return Guess(ColumnKind.ANCHOR, 0.95, f"it is worded like '{anchor.id}'; reported, never scored", anchor=anchor.id)


def _guess_by_header(heading: Heading, cells: Cells) -> Guess | None:
    names = [make_key(text) for text in dict.fromkeys((heading.text, heading.part, heading.code)) if text]
    for rule in HEADER_RULES:
        if any(rule.header.search(name) for name in names) and rule.cells(cells):
            return Guess(rule.kind, rule.certainty, rule.why)
    return None


def guess_item(heading: Heading, fit: Fit | None, match: Match | None, framework: Framework) -> Guess | None:
    """A closed question on the scale of `fit`: an item of the framework, a dimension by its key words, or unscored."""
    if fit is None:
        return None
    asked = make_key(heading.text)
    if match is None and "overall" in asked.split() and fit.scale.name in ("numbers 0 to 10", "numbers 1 to 10"):
        return Guess(
            ColumnKind.ANCHOR, 0.8, "it is an overall mark from 0 to 10; reported, never scored", scale=fit.scale
        )
    spoken = Spoken() if match else find_dimension(heading, framework)
    if fit.doubt:
        near = (match.item.dimension,) if match else spoken.near
        turned = match.item.direction < 0 if match else sounds_reversed(heading)
        why = f"{fit.why}; not scored: {fit.doubt}; name range and dimension in the mapping file"
        return Guess(ColumnKind.ITEM, fit.certainty, why, None, fit.scale, "", turned, near=near)
    if match:
        turned = match.item.direction < 0
        why = f"{match.why}; {fit.why}"
        return Guess(
            ColumnKind.ITEM, min(match.certainty, fit.certainty), _say_turned(why, turned), match, fit.scale, "", turned
        )
    if spoken.dimension:
        turned = spoken.direction < 0
        why = _say_turned(f"{spoken.why}; {fit.why}", turned)
        certainty = min(CERTAINTY, fit.certainty)
        return Guess(
            ColumnKind.ITEM, certainty, why, None, fit.scale, "", turned, dimension=spoken.dimension, near=spoken.near
        )
    turned = sounds_reversed(heading)
    near = spoken.near or find_near(heading, framework)
    why = f"{fit.why}; no dimension: it is like no item of the framework, name the dimension in the mapping file"
    return Guess(ColumnKind.ITEM, fit.certainty, _say_turned(why, turned), None, fit.scale, "", turned, near=near)


def _say_turned(why: str, turned: bool) -> str:  # noqa: FBT001  # the one thing that the sentence depends on
    return f"{why}; a high answer is bad news, so it is turned round" if turned else why


def _guess_text(heading: Heading, cells: Cells) -> Guess:
    if are_missing_only(cells):
        return Guess(ColumnKind.UNUSED, 0.8, "the cells say no more than that there is no answer")
    asks = bool(ASKS_FOR_WORDS.search(make_key(heading.text)) or ASKS_FOR_WORDS.search(make_key(heading.part)))
    if are_texts(cells):
        return Guess(ColumnKind.OPEN, 0.9 if asks else 0.8, "the answers are sentences of people's own")
    if asks and cells.distinct_share >= 0.5 and cells.mean_words >= 1.5:  # noqa: PLR2004  # short answers to an open question
        return Guess(ColumnKind.OPEN, 0.7, "the header asks for words of one's own, and the answers differ")
    if cells.distinct_share < 0.5:  # noqa: PLR2004  # choices come again and again
        return Guess(ColumnKind.UNUSED, 0.6, UNKNOWN_CHOICES)
    return Guess(ColumnKind.UNUSED, 0.5, UNKNOWN)


def _keep_one_of_each(headings: Sequence[Heading], cells: Sequence[Cells], guesses: list[Guess]) -> list[Guess]:
    """The same guesses with one person, role, project ... column: the surest, then the first; the others set aside.

    Boxes to tick of one question stay together. Without any other person column the e-mail addresses serve as one.
    """
    kept = list(guesses)
    emails = [place for place, each in enumerate(cells) if are_emails(each)]
    sure_person = any(guess.kind is ColumnKind.PERSON and guess.certainty > 0.6 for guess in guesses)  # noqa: PLR2004  # a tool's own number may be the form's
    if emails and not sure_person and len(cells[emails[0]].counts) > 1:
        kept[emails[0]] = Guess(ColumnKind.PERSON, 0.8, _EMAIL_WHY)
    for kind in ONE_OF_EACH:
        places = [place for place, guess in enumerate(kept) if guess.kind is kind]
        if len(places) > 1:
            best = max(places, key=lambda place: (kept[place].certainty, -place))
            stem = make_key(headings[best].stem)
            together = bool(headings[best].part) and kind in _TICKABLE
            for place in places:
                if place != best and not (together and make_key(headings[place].stem) == stem):
                    rest = ColumnKind.METADATA if kind is ColumnKind.PERSON else ColumnKind.UNUSED
                    kept[place] = Guess(rest, kept[place].certainty, f"another column is the surer {kind.value} column")
    return kept


def name_columns(
    headings: Sequence[Heading], guesses: Sequence[Guess], given: Mapping[int, str] | None = None
) -> tuple[SurveyColumn, ...]:
    """The columns with their ids in the tables; `given` holds ids that the mapping file fixes, by position.

    An item's id is the framework's for the surest column that asks it; a second one keeps a name of its own.
    """
    fixed = dict(given or {})
    owners: dict[str, int] = {}
    ranked = sorted(range(len(guesses)), key=lambda place: (-guesses[place].certainty, place))
    for place in ranked:
        wanted = fixed.get(headings[place].position) or _first_choice(headings[place], guesses[place])
        if wanted:
            owners.setdefault(wanted, place)
    taken = set(owners)
    columns = []
    for place, (heading, guess) in enumerate(zip(headings, guesses, strict=True)):
        wanted = fixed.get(heading.position) or _first_choice(heading, guess)
        name = wanted if not wanted or owners[wanted] == place else _find_free(_own_name(heading, guess), taken)
        taken.add(name)
        columns.append(_write_column(heading, guess, name))
    return tuple(columns)


def _first_choice(heading: Heading, guess: Guess) -> str:
    match guess.kind:
        case ColumnKind.ITEM:
            return guess.match.item.id if guess.match else _own_name(heading, guess)
        case ColumnKind.OPEN | ColumnKind.ANCHOR:
            return guess.anchor or (heading.code if _CODE.match(heading.code) else _own_name(heading, guess))
        case _:
            return ""


def _own_name(heading: Heading, guess: Guess) -> str:
    slug = make_slug(heading.part or heading.text)
    return f"x_{slug}" if guess.kind is ColumnKind.ITEM else slug


def _find_free(name: str, taken: set[str]) -> str:
    number = 2
    free = name
    while free in taken:
        free = f"{name}_{number}"
        number += 1
    return free


def _write_column(heading: Heading, guess: Guess, name: str) -> SurveyColumn:
    scale = None
    if guess.scale and guess.kind is ColumnKind.ITEM:
        scale = Scale(guess.scale.name, guess.scale.places, -1 if guess.reversed_ else 1)
    return SurveyColumn(
        position=heading.position,
        header=heading.header,
        kind=guess.kind,
        certainty=round(guess.certainty, 2),
        why=guess.why,
        name=name,
        question=heading.text,
        item=guess.match.item.id if guess.match and guess.kind is ColumnKind.ITEM else "",
        dimension=guess.match.item.dimension if guess.match and guess.kind is ColumnKind.ITEM else guess.dimension,
        scale=scale,
        words=guess.words,
        near=guess.near,
    )

"""One heading and its cells go in; what the column looks like, how surely and why, comes out."""

import re
from collections import Counter
from typing import NamedTuple

from coprod_cli.model.framework import Anchor, Framework
from coprod_cli.model.survey import ColumnKind, Scale
from coprod_cli.reading.column_rules import (
    ASKS_FOR_WORDS,
    COMMENT,
    HEADER_RULES,
    LADDER_WORDS,
    OTHER_TEXT,
    Cells,
    are_choices,
    are_dates,
    are_ids,
    are_missing_only,
    are_numbers,
    are_surely_roles,
    are_texts,
    are_yes_or_no,
)
from coprod_cli.reading.consent import judge_header, turn_consent
from coprod_cli.reading.dimensions import DimensionGuess, guess_dimension, list_names
from coprod_cli.reading.grid import Heading, Hint
from coprod_cli.reading.identifying import (
    DROPPED,
    EMAIL_WHY,
    find_personal_cells,
    find_personal_header,
    find_worker_header,
)
from coprod_cli.reading.items import Match, list_wordings, match_item
from coprod_cli.reading.office import find_office_header
from coprod_cli.reading.scales import Fit
from coprod_cli.reading.wording import make_cell_key, make_key, strip_numbering, take_telling_words

TICKS = frozenset({"1", "yes", "y", "true", "checked", "ticked", "x", "selected", "1.0", "\u2713", "\u2714", "\u2611"})
_UNTICKED = frozenset({"0", "no", "n", "false", "unchecked", "not selected", "0.0", "\u2610"})
MISSING = "missing"
_TICKABLE = (ColumnKind.ROLE, ColumnKind.SECTOR, ColumnKind.PROJECT)
_COARSE = ("yes", "numbers")
UNKNOWN_CHOICES = "the answers are choices from a list that coprod knows no scale for"
UNKNOWN = "neither header nor cells say what it is"
_LEAST_ANCHOR_OVERLAP = 0.75
_LEAST_OWN_WORDS = 2
_WAYS_TO_TALK = re.compile(r"^(?:by |the )?(?:e ?mails?|(?:tele|mobile )?phones?(?: calls?)?|whatsapp)$")
_LEAST_ON_LADDER = 0.8
_MOST_LADDER_STEPS = 10
_MOST_PERSONAL_WORDS = 12
_CODES = frozenset({"code", "codes"})
# A direction that only the wording shows is never so sure that nobody should look.
_TURNED_BY_GUESS = 0.7


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


def guess_column(heading: Heading, cells: Cells, fit: Fit | None, framework: Framework) -> Guess:
    """What one column looks like, from its header and its cells; `fit` is the scale that its cells are on, if any."""
    if not cells.filled:
        return Guess(ColumnKind.UNUSED, 1.0, "no cell is filled")
    if heading.hint:
        return _take_hint(heading.hint, cells)
    return (
        _guess_personal(heading, cells, fit)
        or _guess_office(heading, cells)
        or _guess_ticked(heading, cells)
        or _guess_anchor(heading, cells, framework)
        or _guess_other_text(heading)
        or _guess_comment(heading, cells, framework)
        or _guess_question(heading, cells, fit, framework)
    )


def _guess_personal(heading: Heading, cells: Cells, fit: Fit | None) -> Guess | None:
    """A column that says who somebody is, by its cells or, for what only a header can tell, by that."""
    if cells.mean_words > _MOST_PERSONAL_WORDS:
        return None
    holds = find_personal_cells(cells.share)
    if holds == "e-mail addresses":
        return Guess(ColumnKind.METADATA, 0.98, EMAIL_WHY)
    if holds:
        return Guess(ColumnKind.METADATA, 0.95, f"the cells are {holds}: {DROPPED}")
    # 'How useful were they? [E-mails]' asks for no address, if its answers are choices that come again.
    way = bool(heading.part and heading.stem and _WAYS_TO_TALK.match(make_key(heading.part))) and are_choices(cells)
    rule = find_personal_header(*((heading.stem, "", "") if way else (heading.text, heading.part, heading.code)))
    if rule and not are_yes_or_no(cells):
        return Guess(ColumnKind.METADATA, rule.certainty, f"it holds {rule.holds}: {DROPPED}")
    # 'Social worker' may also be a box to tick, or a row of a grid about how helpful they were.
    asks = heading.part or fit or are_yes_or_no(cells) or set(cells.keys) <= TICKS | {make_cell_key(heading.text)}
    if not asks and find_worker_header(make_key(heading.text)):
        return Guess(ColumnKind.METADATA, 0.85, f"it says who works with the family: {DROPPED}")
    return None


def _guess_office(heading: Heading, cells: Cells) -> Guess | None:
    """A column of the office's own; but short codes that tell people apart may be theirs."""
    found = find_office_header(make_key(heading.text or heading.code))
    if found is None or (found.kind is ColumnKind.UNUSED and not cells.told):
        return None
    ids = make_key(heading.text) in _CODES and are_ids(cells)
    return None if ids else Guess(found.kind, 0.85, found.why)


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
    about = guess_dimension(heading, framework) if fit else DimensionGuess()
    match = about.match
    item = guess_item(heading, fit, about, framework)
    # Steps such as 'Mostly' leave no doubt; a yes or a number can be many things, and the header has the first word.
    sure_item = item is not None and (match is not None or (fit is not None and not fit.scale.name.startswith(_COARSE)))
    if item and sure_item:
        return item
    return (
        _guess_by_header(heading, cells) or _guess_ladder(cells, framework) or item or _guess_by_cells(heading, cells)
    )


def _guess_ladder(cells: Cells, framework: Framework) -> Guess | None:
    few = len(cells.keys) <= _MOST_LADDER_STEPS
    if few and cells.share(lambda cell: make_cell_key(cell) in LADDER_WORDS) >= _LEAST_ON_LADDER:
        ladder = next((anchor.id for anchor in framework.anchors if anchor.kind == "ordinal"), "")
        why = "the answers are steps of a ladder of participation; reported, never scored"
        return Guess(ColumnKind.ANCHOR, 0.8, why, anchor=ladder)
    return None


def _guess_by_cells(heading: Heading, cells: Cells) -> Guess:
    if are_surely_roles(cells):
        return Guess(ColumnKind.ROLE, 0.75, "the answers say who people are")
    if are_dates(cells):
        return Guess(ColumnKind.DATE, 0.85, "the cells are dates")
    if heading.words and cells.mean_words >= _LEAST_OWN_WORDS and not are_numbers(cells):
        return Guess(ColumnKind.OPEN, 0.85, "the survey tool has a box for words of people's own here")
    return _guess_text(heading, cells)


def _take_hint(hint: Hint, cells: Cells) -> Guess:
    if hint.kind is ColumnKind.PERSON and not are_ids(cells):
        return Guess(
            ColumnKind.METADATA, hint.certainty, "the survey tool fills it in, but it does not tell people apart"
        )
    if hint.kind in (ColumnKind.PERSON, ColumnKind.METADATA) and find_personal_cells(cells.share) == "e-mail addresses":
        return Guess(ColumnKind.METADATA, 0.98, EMAIL_WHY)
    return Guess(hint.kind, hint.certainty, hint.why)


def _guess_ticked(heading: Heading, cells: Cells) -> Guess | None:
    """A box to tick, one column for each choice: every filled cell repeats the choice, or is a plain tick."""
    ticked = [key for key in cells.keys if key not in _UNTICKED] if heading.choice else list(cells.keys)
    if not heading.part or (len(ticked) != 1 and not (heading.choice and not ticked)):
        return None
    if ticked and ticked[0] not in TICKS and make_key(ticked[0]) != make_key(heading.part):
        return None
    choice = Cells(Counter([heading.part]))
    stem = make_key(heading.stem)
    for rule in HEADER_RULES:
        if (
            rule.kind in _TICKABLE
            and rule.header.search(stem)
            and (rule.kind is ColumnKind.PROJECT or rule.cells(choice))
        ):
            return Guess(rule.kind, rule.certainty, f"it is one of several boxes to tick; {rule.why}")
    return Guess(ColumnKind.UNUSED, 0.8, "it is a box to tick, which coprod does not score")


def match_anchor(heading: Heading, framework: Framework) -> Anchor | None:
    """The framework's own unscored question that the heading asks, by id, by wording, or by nearly all of its words."""
    ways = list_wordings(heading)
    names = {make_key(way) for way in (heading.code, *ways) if way}
    joined = {name.replace(" ", "") for name in names}
    for anchor in framework.anchors:
        if make_key(anchor.id).replace(" ", "") in joined or make_key(anchor.text) in names:
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
            own = make_key(heading.code).replace(" ", "") == make_key(anchor.id).replace(" ", "")
            if own or make_key(anchor.text) in {make_key(way) for way in list_wordings(heading)}:
                return Guess(ColumnKind.CONSENT, 0.98, "it asks whether the words may be quoted", anchor=anchor.id)
            return _guess_consent(heading, cells)
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
            consent = rule.kind is ColumnKind.CONSENT
            guess = _guess_consent(heading, cells) if consent else Guess(rule.kind, rule.certainty, rule.why)
            if guess:
                return guess
    return None


def _guess_consent(heading: Heading, cells: Cells) -> Guess | None:
    """What a question about quoting is, with the meaning of its answers where a yes means no.

    The whole header decides: a 'not' in its stem turns the row of a grid, too.
    """
    judged = judge_header(make_key(strip_numbering(heading.text or heading.part or heading.code)))
    if judged is None:
        return None
    meanings = ((key, turn_consent(key)) for key in sorted(cells.keys)) if judged.turned else ()
    words = tuple((key, meaning) for key, meaning in meanings if meaning)
    return Guess(ColumnKind.CONSENT if judged.taken else ColumnKind.UNUSED, judged.certainty, judged.why, words=words)


def guess_item(heading: Heading, fit: Fit | None, about: DimensionGuess, framework: Framework) -> Guess | None:
    """A closed question on the scale of `fit`: an item of the framework, a dimension by its key words, or unscored."""
    if fit is None:
        return None
    asked = make_key(heading.text)
    marks = fit.scale.name in ("numbers 0 to 10", "numbers 1 to 10", "numbers 0 to 100")
    if about.match is None and marks and "overall" in asked.split():
        return Guess(
            ColumnKind.ANCHOR, 0.8, "it is an overall mark from 0 to 10; reported, never scored", scale=fit.scale
        )
    turned = about.direction < 0
    certainty = min(about.certainty, fit.certainty) if about.dimension else fit.certainty
    guess = Guess(
        ColumnKind.ITEM, certainty, "", None, fit.scale, "", turned, tuple((code, MISSING) for code in fit.missing)
    )
    if fit.doubt:
        why = f"{fit.why}; not scored: {fit.doubt}; name range and dimension in the mapping file"
        return guess._replace(certainty=fit.certainty, why=why, near=about.near)
    if about.is_scored(framework):
        why = f"{about.why}; {fit.why}"
        if about.match:
            return guess._replace(why=_say_turned(why) if turned else why, match=about.match, dimension=about.dimension)
        if turned:
            why, certainty = f"{_say_turned(why)}; please check that", min(certainty, _TURNED_BY_GUESS)
        return guess._replace(certainty=certainty, why=why, dimension=about.dimension, near=about.near)
    if about.dimension:
        names = list_names(about.near, framework)
        why = f"perhaps about {names} ({about.certainty:.0%} sure): confirm it in a mapping file; {fit.why}"
    else:
        reason = about.why or "it is like no item of the framework"
        why = f"{fit.why}; no dimension: {reason}, name the dimension in the mapping file"
    return guess._replace(why=_say_turned(why) if turned else why, near=about.near)


def _say_turned(why: str) -> str:
    return f"{why}; a high answer is bad news, so it is turned round"


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

"""Headings and columns go in; the same come out, where questions asked several times over know which turn they are.

One row may ask the same questions for each of several projects, or in each of several rounds: with the project or round
written before or behind every question ("Transport: How far ...", "power_1_t2"), with equal headers one turn after the
other, or in a loop that the survey tool numbers. What looks so but is not must be left alone: two grids with the same
rows ("How important is ...", "How well did ..."), and one statement in the wordings for parents and for professionals.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from coprod_cli.model.survey import ColumnKind
from coprod_cli.reading.cells import Column
from coprod_cli.reading.column_rules import ASKS_FOR_WORDS, COMMENT, HEADER_RULES, OTHER_TEXT
from coprod_cli.reading.grid import BETWEEN_CHOICES, Heading, split_bracket
from coprod_cli.reading.roles import NAME_WORDS, find_role
from coprod_cli.reading.telling import Told
from coprod_cli.reading.wording import list_words, make_key

_LEAST_QUESTIONS, _LEAST_TURNS = 2, 2
_LEAST_OVERLAP = 0.8
_LONGEST_LABEL, _MOST_LABEL_WORDS = 60, 8
# Where a block's name may stand: a pattern that looks at the whole of a very long header would take seconds.
_LONGEST_COMPARED = 300
_LEAST_WORDS_OF_A_QUESTION = 4
_MONTHS = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t|tember)?|oct(?:ober)?|"
    "nov(?:ember)?|dec(?:ember)?"
)
_ROUND = (
    r"(?:[tw]|time|wave|round|phase|sweep|survey|time ?point)[ _-]?\d{1,2}|year[ _-]?[1-5]|"
    rf"(?:(?:spring|summer|autumn|winter|{_MONTHS})[ _-]?)?20\d\d(?:[/-]\d{{2,4}})?|"
    r"before|after|pre|post|pre[ -]test|post[ -]test|baseline|midline|endline|follow[ -]?up(?: \d)?|then|now|"
    r"(?:at )?(?:the )?(?:start|beginning|end)(?: of (?:the )?(?:project|work|year))?|(?:last|this) (?:year|time)|"
    r"(?:first|second|third|1st|2nd|3rd) (?:wave|round|survey|time)|\d{1,2} (?:weeks|months)(?: (?:on|later|after))?"
)
_WAVE = re.compile(_ROUND, re.IGNORECASE)
_WAVE_BEFORE = re.compile(rf"[\[(]?(?P<label>{_ROUND})[\s:|_/.,\])-]+(?P<rest>.+)", re.IGNORECASE)
_WAVE_BEHIND = re.compile(
    rf"(?P<rest>.+?)[\s:|_/.,-]*(?:[\[(]|(?<=[\s:|_/.,-]))(?P<label>{_ROUND})[\])]?\s*\??", re.IGNORECASE
)
_LABEL = rf"(?P<label>\S.{{0,{_LONGEST_LABEL}}}?)"
# Where the name of a block may stand: before the question or behind it.
_FORMS = {
    "wave before": _WAVE_BEFORE,
    "wave behind": _WAVE_BEHIND,
    "before a colon": re.compile(rf"{_LABEL}\s*:\s+(?P<rest>.+)"),
    "before a dash": re.compile(rf"{_LABEL}\s+[-|]\s+(?P<rest>.+)"),
    "brackets before": re.compile(rf"[\[(]{_LABEL}[\])]\s*[:-]?\s*(?P<rest>.+)"),
    "brackets behind": re.compile(rf"(?P<rest>.+?)\s*\({_LABEL}\)\s*[?.]?"),
    "behind a dash": re.compile(rf"(?P<rest>.+)\s+[-|]\s+{_LABEL}"),
    "behind a colon": re.compile(rf"(?P<rest>.+)\s*:\s+{_LABEL}"),
}
# A grid's row stands behind its question in these forms, too: there the order of columns must show that it is none.
_LIKE_A_GRID = ("behind a dash", "behind a colon", "row")
_NUMBERED = re.compile(r"(?P<rest>.*?[^\d\s._(])\s*[._ ]?\(?(?P<label>\d{1,2})\)?")
_GENERIC = re.compile(
    r"(?:project|workstream|work stream|piece of work|programme|group|service)[ _-]?(?:\d{1,2}|[a-h])", re.IGNORECASE
)
# A project's name is no question and no sentence ...
_NO_NAMES_WORDS = frozenset(
    "how what which who why when where please rate tick select choose thinking think do did does were was is are be "  # noqa: SIM905  # one string reads better than eighty
    "been has have had i we you they he she my our your their them us felt feel agree if since would should could can "
    "question section part page".split()
)
# ... and neither one of the services nor a way to look at the same thing twice.
_NO_NAMES = frozenset({
    "education", "health", "council", "the council", "school", "schools", "social care", "local authority", "nhs",
    "voluntary sector", "other", "overall", "importance", "important", "performance", "satisfaction", "agreement",
    "frequency", "quality", "actual", "ideal", "expected", "expectation", "current", "desired", "strengths",
    "weaknesses", "good", "bad", "positive", "negative", "yes", "no", "comments",
})  # fmt: skip
_PEOPLE = frozenset({"and", "or", *(word for words in NAME_WORDS.values() for word in words)})
_Turns = dict[str, dict[str, int]]


class _Split(NamedTuple):
    """A heading without the words for its block: where they stood, what they were, and the heading that is left."""

    form: str
    label: str
    rest: Heading


def find_blocks(headings: Sequence[Heading], columns: Sequence[Column]) -> tuple[tuple[Heading, ...], tuple[Told, ...]]:
    """The headings, where those of repeated questions have `block` and `about`, and one text for all turns.

    Args:
        headings: what stands over each column.
        columns: the forms' cells, one column for each heading.

    Returns:
        The headings, and what there is to tell: how many questions are asked several times over and nothing says what
        for. These headings are as they were.
    """
    if any(heading.block for heading in headings):
        return _settle_given(headings)
    named = _find_named(headings, columns)
    if named:
        return tuple(named.get(place, heading) for place, heading in enumerate(headings)), ()
    return _find_repeated(headings)


def _settle_given(headings: Sequence[Heading]) -> tuple[tuple[Heading, ...], tuple[Told, ...]]:
    """The headings of a tool that says itself which turn a column is; what the turns are about is found out."""
    open_ = [heading for heading in headings if heading.block and not heading.about]
    labels = sorted({heading.block for heading in open_})
    if all(map(_WAVE.fullmatch, labels)):
        about = "wave"
    elif any(map(_asks_for_project, open_)) or all(map(_may_be_project, labels)):
        about = "project"
    else:
        questions = {make_key(heading.text) for heading in open_}
        return tuple(headings), (Told("blocks_unclear", len(questions)),)
    return tuple(
        heading._replace(about=about) if heading.block and not heading.about else heading for heading in headings
    ), ()


def _find_named(headings: Sequence[Heading], columns: Sequence[Column]) -> dict[int, Heading]:
    """The headings that name their block, mended, by place; nothing where no set of blocks stands out."""
    splits: dict[str, dict[int, _Split]] = {}
    for place, heading in enumerate(headings):
        if heading.hint is None:
            for split in _split_heading(heading):
                splits.setdefault(split.form, {}).setdefault(place, split)
    known = _list_projects(headings, columns)
    best: dict[int, Heading] = {}
    for form, found in splits.items():
        turns = _choose_turns(found)
        about = _tell_about(form, turns, found, known) if turns else ""
        if about:
            blocks = {place: found[place] for each in turns.values() for place in each.values()}
            if len(blocks) > len(best):
                labels = {key: blocks[min(each.values())].label for key, each in turns.items()}
                best = {
                    place: split.rest._replace(block=labels[make_key(split.label)], about=about)
                    for place, split in blocks.items()
                }
                best |= _find_name_columns(headings, labels, about)
    return best


def _split_heading(heading: Heading) -> Iterator[_Split]:
    if not heading.part:
        yield from (
            _Split(form, label, heading._replace(text=rest, stem=rest)) for form, label, rest in _split(heading.text)
        )
        return
    yield _Split("question", heading.stem, heading._replace(text=heading.part, stem=heading.part, part=""))
    yield _Split("row", heading.part, heading._replace(text=heading.stem, part=""))
    if _WAVE.fullmatch(heading.part):
        yield _Split("wave behind", heading.part, heading._replace(text=heading.stem, part=""))
    for form, label, rest in _split(heading.stem):
        yield _Split(f"{form} in the question", label, _rewrite(heading, rest, heading.part))
    for form, label, rest in _split(heading.part):
        yield _Split(f"{form} in the row", label, _rewrite(heading, heading.stem, rest))


def _split(text: str) -> Iterator[tuple[str, str, str]]:
    for form, pattern in _FORMS.items():
        found = _match_start(pattern, text) if "before" in form else _match_end(pattern, text)
        if found and all(found):
            yield form, *found


def _match_start(pattern: re.Pattern[str], text: str) -> tuple[str, str] | None:
    """The label at the beginning of the text and the rest of it, None where the pattern does not fit."""
    found = pattern.fullmatch(text[:_LONGEST_COMPARED])
    return found and (found["label"].strip(), f"{found['rest']}{text[_LONGEST_COMPARED:]}".strip())


def _match_end(pattern: re.Pattern[str], text: str) -> tuple[str, str] | None:
    """The label at the end of the text and the rest of it, None where the pattern does not fit."""
    start = max(len(text) - _LONGEST_COMPARED, 0)
    found = pattern.fullmatch(text, start)
    return found and (found["label"].strip(), f"{text[:start]}{found['rest']}".strip())


def _rewrite(heading: Heading, stem: str, part: str) -> Heading:
    text = f"{stem} [{part}]" if heading.text.endswith("]") else f"{stem} - {part}"
    return heading._replace(text=text, stem=stem, part=part)


def _choose_turns(splits: Mapping[int, _Split]) -> _Turns:
    """The labels that nearly the same questions go with, each with its questions and their places; or nothing."""
    turns: _Turns = {}
    for place, split in splits.items():
        turns.setdefault(make_key(split.label), {}).setdefault(make_key(split.rest.text), place)
    large = {label: asked for label, asked in turns.items() if label and len(asked) >= _LEAST_QUESTIONS}
    best: _Turns = {}
    for asked in large.values():
        alike = {label: other for label, other in large.items() if _overlap(asked, other) >= _LEAST_OVERLAP}
        if len(alike) >= _LEAST_TURNS and len(alike) > len(best):
            best = alike
    return best


def _overlap(one: Mapping[str, int], other: Mapping[str, int]) -> float:
    return len(one.keys() & other.keys()) / len(one.keys() | other.keys())


def _tell_about(form: str, turns: _Turns, splits: Mapping[int, _Split], known: frozenset[str]) -> str:
    """What the blocks are about, "" where they are no blocks."""
    labels = [splits[min(asked.values())].label for asked in turns.values()]
    if all(map(_WAVE.fullmatch, labels)):
        return "wave"
    if form.startswith("wave"):
        return ""
    if turns.keys() <= known:
        return "project"
    asked = {question for each in turns.values() for question in each}
    long = [question for question in asked if len(question.split()) >= _LEAST_WORDS_OF_A_QUESTION]
    if 2 * len(long) < len(asked) or not all(map(_may_be_project, labels)) or _are_people(labels):
        return ""
    if form.startswith(_LIKE_A_GRID) and not _stand_one_after_the_other(turns):
        return ""
    return "project"


def _may_be_project(label: str) -> bool:
    """Whether words may be a project's name: few, and neither a number nor a question nor an instruction."""
    words = list_words(label)
    return (
        0 < len(words) <= _MOST_LABEL_WORDS
        and not all(word.isdigit() or len(word) == 1 for word in words)
        and "?" not in label
        and not _NO_NAMES_WORDS.intersection(words)
        and make_key(label) not in _NO_NAMES
    )


def _are_people(labels: Sequence[str]) -> bool:
    """Whether the labels say who is asked or spoken of: all are roles, or one is plainly no more than a role."""
    plain = _PEOPLE.issuperset
    return any(plain(list_words(label)) for label in labels) or all(
        find_role(label) or find_role(label.removesuffix("s")) for label in labels
    )


def _stand_one_after_the_other(turns: _Turns) -> bool:
    spans = sorted((min(asked.values()), max(asked.values())) for asked in turns.values())
    return all(one[1] < other[0] for one, other in pairwise(spans))


def _list_projects(headings: Sequence[Heading], columns: Sequence[Column]) -> frozenset[str]:
    """The projects that the forms name, in columns that ask for them."""
    return frozenset(
        make_key(choice)
        for heading, column in zip(headings, columns, strict=True)
        if heading.hint is None and _asks_for_project(heading)
        for cell in column.values
        for choice in cell.split(BETWEEN_CHOICES)
    ) - {""}


def _asks_for_project(heading: Heading) -> bool:
    asked = make_key(heading.text)
    return any(rule.kind is ColumnKind.PROJECT and rule.header.search(asked) for rule in HEADER_RULES)


def _find_name_columns(headings: Sequence[Heading], labels: Mapping[str, str], about: str) -> dict[int, Heading]:
    """Columns headed by no more than a block's number ('Project 1'): they hold the name of the project it is about."""
    if about != "project" or not all(map(_GENERIC.fullmatch, labels.values())):
        return {}
    return {
        place: heading._replace(text="Project", stem="Project", block=labels[key], about=about)
        for place, heading in enumerate(headings)
        if not heading.part and (key := make_key(heading.text)) in labels
    }


def _find_repeated(headings: Sequence[Heading]) -> tuple[tuple[Heading, ...], tuple[Told, ...]]:
    """The headings, where the same ones stand several times over, one turn after the other."""
    texts = {make_key(heading.text) for heading in headings}
    mended = [_cut_number(heading, texts) for heading in headings]
    places: dict[str, list[int]] = {}
    for place, heading in enumerate(mended):
        if heading.hint is None and make_key(heading.text):
            places.setdefault(make_key(heading.text), []).append(place)
    turns = Counter(len(each) for each in places.values() if len(each) >= _LEAST_TURNS)
    number = max(turns, key=lambda each: (turns[each], each), default=0)
    repeated = {key: each for key, each in places.items() if len(each) == number}
    if len(repeated) < _LEAST_QUESTIONS or not _are_turns(list(repeated.values())):
        return tuple(headings), ()
    if not any(_asks_for_project(mended[each[0]]) for each in repeated.values()):
        closed = [
            key for key in repeated if not any(rule.search(key) for rule in (ASKS_FOR_WORDS, COMMENT, OTHER_TEXT))
        ]
        return tuple(headings), (Told("blocks_unclear", len(repeated)),) if closed else ()
    found = {
        place: mended[place]._replace(block=str(turn), about="project")
        for each in repeated.values()
        for turn, place in enumerate(each, start=1)
    }
    return tuple(found.get(place, heading) for place, heading in enumerate(headings)), ()


def _cut_number(heading: Heading, texts: set[str]) -> Heading:
    """The heading without the number that pandas or Excel puts behind a repeated header ('Role.1')."""
    found = _match_end(_NUMBERED, heading.text)
    if not found or make_key(found[1]) not in texts:
        return heading
    _, rest = found
    stem, part = split_bracket(rest)
    return heading._replace(text=rest, stem=stem, part=part)


def _are_turns(repeated: Sequence[Sequence[int]]) -> bool:
    """Whether repeated questions stand in the same order in every turn, turn after turn, with little else between."""
    turns = [list(places) for places in zip(*repeated, strict=True)]
    if any(places != sorted(places) for places in turns):
        return False
    if any(one[-1] >= other[0] for one, other in pairwise(turns)):
        return False
    return all(len(places) >= _LEAST_OVERLAP * (places[-1] - places[0] + 1) for places in turns)

"""Changes between rounds go in; what became better or worse, and how sure that is, comes out as a section."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple, Protocol

from coprod_cli.drawing import Chart
from coprod_cli.model.comparison import Change
from coprod_cli.model.findings import Base
from coprod_cli.model.tables import OVERALL
from coprod_cli.reporting.document import Block, Bullets, Callout, Figures, Folded, Paragraph, Section, Table
from coprod_cli.reporting.pictures import show_chart
from coprod_cli.reporting.wording import list_names
from coprod_cli.telling import (
    COMMENTS,
    ROLE_WORDS,
    SURE,
    WITHHELD,
    Released,
    count_by_luck,
    is_withheld,
    list_tested,
    mark_why,
    name_dimension,
    name_role,
    order_rounds,
    quote_name,
    say_count,
    say_people,
    say_percent,
    say_points,
    say_rule,
    show_mark,
)

TITLE = "What changed between rounds"
NAMED_ONE_BY_ONE = 6
MOST_PICTURES = 8
LIKE_FOR_LIKE = (
    "Each group is compared with itself, on the questions that both rounds asked. A change is called better or worse "
    "only where we can be quite sure; probably better or probably worse where we are less sure; else there is no clear "
    "change. No clear change does not mean that nothing changed. A change does not show what caused it."
)


class RoundsReleased(Released, Protocol):
    """What is told of rounds: Findings, or a Comparison."""

    @property
    def changes(self) -> tuple[Change, ...]:
        """Of every project, role and dimension."""

    @property
    def bases(self) -> tuple[Base, ...]:
        """How many people answered."""


class Step(NamedTuple):
    """One round and a later one, of one project and role."""

    project: str
    role: str
    before: str
    after: str


def tell_changes(told: RoundsReleased, breaks: Sequence[str] = (), charts: Sequence[Chart] = ()) -> tuple[Section, ...]:
    """Every change of an overall score in a line, the dimensions in tables, who answered, and what luck would do.

    No section where there is one round. breaks: why the rounds are no one series, a sentence each. charts: of changes.
    """
    if not told.changes:
        return ()
    steps = group_changes(told.changes)
    blocks: list[Block] = [Paragraph(LIKE_FOR_LIKE)]
    if breaks:
        blocks.append(Callout("warning", "The series is broken", f"{' '.join(breaks)} {BROKEN}"))
    lines = [_say_step(told, step, changes) for step, changes in steps if list_tested(changes)]
    lines += _say_silent([(step, changes) for step, changes in steps if not list_tested(changes)])
    blocks.append(Bullets(tuple(lines)))
    if 0 < len(charts) <= MOST_PICTURES:
        blocks.append(Figures(tuple(map(show_chart, charts))))
    elif charts:
        blocks.append(Paragraph("Every change is drawn in a picture of its own, in the folder charts."))
    tables = tuple(_show_step(told, step, changes) for step, changes in steps if list_tested(changes))
    if tables:
        rule = Paragraph(say_rule(told.framework.scoring, "better or worse", "no clear change"))
        blocks.append(Folded("Every change, as a table", (rule, *tables)))
    blocks += _tell_people(told)
    blocks += _tell_linked(told.changes)
    blocks += _tell_luck(told)
    return (Section("changes", TITLE, tuple(blocks)),)


def tell_changes_shortly(told: RoundsReleased, breaks: Sequence[str] = ()) -> tuple[Section, ...]:
    """The same without what most readers pass over, for a screen."""
    return tuple(
        Section(each.id, each.title, tuple(block for block in each.blocks if not isinstance(block, Folded)))
        for each in tell_changes(told, breaks)
    )


BROKEN = "So a difference may come from that alone: take every change here with great care."


def group_changes(changes: Iterable[Change]) -> list[tuple[Step, list[Change]]]:
    """Changes by project (by name), role (parents first), and rounds (as they come)."""
    order = list(ROLE_WORDS)
    listed = sorted(changes, key=lambda each: (each.project.casefold(), each.project, order.index(each.role)))
    by_step = groupby(listed, key=lambda each: Step(each.project, each.role, each.before, each.after))
    return [(step, list(group)) for step, group in by_step]


def count_verdicts(changes: Iterable[Change]) -> tuple[int, int, int]:
    """Of the overall scores compared: how many are better, how many worse, of how many neither can be said."""
    verdicts = [each.verdict for each in list_tested(changes) if each.dimension == OVERALL]
    better, worse = (verdicts.count(verdict) for verdict in SURE)
    return better, worse, len(verdicts) - better - worse


def _say_step(told: RoundsReleased, step: Step, changes: Sequence[Change]) -> str:
    who = f"{quote_name(step.project)}, {name_role(step.role)}, {step.before} to {step.after}"
    overall = next(each for each in changes if each.dimension == OVERALL)
    sure = [each for each in list_tested(changes) if each.verdict in SURE and each.dimension != OVERALL]
    tested = [each for each in list_tested(changes) if each.dimension != OVERALL]
    named = {
        verdict: [quote_name(name_dimension(told, each.dimension)) for each in sure if each.verdict == verdict]
        for verdict in SURE
    }
    parts = [
        f"{verdict}: {f'all {len(tested)}' if len(names) == len(tested) > 1 else list_names(names)}"
        for verdict, names in named.items()
        if names
    ]
    dimensions = f" Dimensions that are {'; '.join(parts)}." if parts else ""
    if overall.why_not:
        return f"{who}: {_start_small(overall.why_not)}{dimensions}"
    basis = ", from comments only" if overall.basis == COMMENTS else ""
    people = f"{say_people(told, overall.people_before)}, then {say_people(told, overall.people_after)}"
    return f"{who}: {overall.verdict}{basis}. Overall {say_points(overall)}; {people}.{dimensions}"


def _say_silent(steps: Sequence[tuple[Step, list[Change]]]) -> list[str]:
    """One line a reason, with all that it holds for."""
    reasons: dict[str, list[str]] = {}
    for step, changes in steps:
        overall = next(each for each in changes if each.dimension == OVERALL)
        reasons.setdefault(overall.why_not, []).append(f"{quote_name(step.project)}, {name_role(step.role)}")
    return [
        f"{'; '.join(dict.fromkeys(names)) if len(names) <= NAMED_ONE_BY_ONE else f'{len(names)} comparisons'}: "
        f"{_start_small(why_not)}"
        for why_not, names in reasons.items()
    ]


def _start_small(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:] if sentence[:2].istitle() else sentence


def _show_step(told: RoundsReleased, step: Step, changes: Sequence[Change]) -> Table:
    places = {each.id: (not each.core, place) for place, each in enumerate(told.framework.dimensions)}
    ordered = sorted(changes, key=lambda each: places.get(each.dimension, (True, len(places))))
    body = tuple(
        (
            name_dimension(told, each.dimension),
            *(
                (show_mark(mark_why(each.why_not)), "", "", "")
                if each.why_not
                else (
                    each.verdict,
                    say_points(each),
                    say_percent(each.probability_up, told.framework.scoring),
                    f"{say_count(told, each.people_before)}, then {say_count(told, each.people_after)}",
                )
            ),
        )
        for each in ordered
    )
    caption = f"{step.project}, {name_role(step.role)}: {step.before} to {step.after}"
    header = ("Dimension", "What we may say", "Change", "Chance that it rose", "People")
    narrowed = any(each.narrowed for each in changes)
    note = "Questions that one of the rounds did not ask are left out of both." if narrowed else ""
    return Table(caption, header, body, note=note)


def _tell_people(told: RoundsReleased) -> list[Block]:
    """How the mix of people moved: a score may rise only because other people answered."""
    projects = {each.project for each in told.changes}
    rounds = order_rounds({each.wave for each in told.bases if each.wave}, _list_rounds(told.changes))
    bases = {(each.project, each.role, each.wave): each for each in told.bases}
    known = [
        (project, role)
        for project in sorted(projects, key=lambda name: (name.casefold(), name))
        for role in ROLE_WORDS
        if any((project, role, wave) in bases for wave in rounds)
    ]
    if not known:
        return []
    body = tuple(
        (f"{project}: {name_role(role)}", *(_say_base(told, bases.get((project, role, wave))) for wave in rounds))
        for project, role in known
    )
    table = Table("Who answered in each round", ("Project and role", *rounds), body)
    mix = Paragraph(
        "Did other kinds of people answer this time? Then a score can move although nobody changed their mind.",
        strong="Who answered.",
    )
    return [mix, Folded("How many people answered in each round", (table,))]


def _list_rounds(changes: Sequence[Change]) -> tuple[str, ...]:
    """The rounds as the changes have them: what is before comes first."""
    return tuple(dict.fromkeys(name for each in changes for name in (each.before, each.after)))


def _say_base(told: RoundsReleased, base: Base | None) -> str:
    if base is None:
        return "nobody"
    return WITHHELD if is_withheld(base.answered) else say_count(told, base.answered)


def _tell_linked(changes: Sequence[Change]) -> list[Block]:
    tested = list_tested(changes)
    linked = sum(each.linked for each in tested)
    if not tested:
        return []
    if linked == len(tested):
        text = "Many people who answered both times are known to be the same, by their reference. That makes us surer."
    elif linked:
        text = (
            "In some of these changes many people are known, by their reference, to be the same both times. That makes "
            "us surer of them. In the others they count as different people."
        )
    else:
        text = "People could not be followed from round to round, so those of each round count as different people."
    return [Paragraph(text, strong="The same people?")]


def _tell_luck(told: RoundsReleased) -> list[Block]:
    tested = list_tested(told.changes)
    if not tested:
        return []
    sure = sum(each.verdict in SURE for each in tested)
    luck = count_by_luck(len(tested), told.framework.scoring)
    expected = "fewer than 1" if luck < 1 else f"about {luck:.0f}"
    were = "1 was" if sure == 1 else f"{sure} were"
    looked = "1 change was" if len(tested) == 1 else f"{len(tested)} changes were"
    text = (
        f"{looked} looked at, and {were} called better or worse. If nothing at all had changed, {expected} of "
        f"{len(tested)} would be called so by luck alone."
    )
    return [Paragraph(text, strong="How much may be luck.")]

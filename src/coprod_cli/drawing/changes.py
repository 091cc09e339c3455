"""Changes between rounds go in; one picture a step from round to round, two marks and a range a score, comes out."""

import math
from collections.abc import Sequence

from coprod_cli.drawing.chart import Chart
from coprod_cli.drawing.look import (
    INK,
    LABEL,
    MARGIN,
    PARENTS,
    PRACTITIONERS,
    QUIET,
    SMALL,
    TITLE,
    UNCLEAR,
    Sheet,
    style,
)
from coprod_cli.drawing.scale import LANE, draw_axis, draw_break, draw_tracks, draw_whisker, place, put_values
from coprod_cli.model.comparison import Change
from coprod_cli.model.findings import Findings
from coprod_cli.model.tables import OVERALL, Score, rows
from coprod_cli.telling import (
    NOT_ENOUGH,
    SURE,
    Panel,
    Stepped,
    group_steps,
    is_broken,
    name_dimension,
    name_files,
    name_role,
    quote_name,
    say_people,
    say_points,
    start_sentence,
)

KIND = "changes"
BROKEN = "series broken: cannot be compared"


@style()
def draw(findings: Findings) -> tuple[Chart, ...]:
    """One chart for each project, role and step from round to round of which anything may be said."""
    return draw_steps(findings)


@style()
def draw_steps(told: Stepped, breaks: Sequence[str] = ()) -> tuple[Chart, ...]:
    """The same of whatever holds scores and changes.

    breaks: why the rounds are no one series, a sentence each; every change then bears a break mark.
    """
    found = {
        (each.project, each.role, each.wave, each.dimension): each
        for each in rows(told.scores, Score)
        if each.reportable
    }
    steps = [changes for changes in group_steps(told.changes) if any(not each.why_not for each in changes)]
    panels = tuple(Panel(f"{each.project} {each.role} {each.before}", each.after) for (each, *_) in steps)
    files = name_files(panels)
    return tuple(
        _draw_step(told, changes, found, files[panel], breaks) for panel, changes in zip(panels, steps, strict=True)
    )


def say_finding(told: Stepped, changes: Sequence[Change]) -> str:
    """What became better or worse, in the words of its verdict; probable changes are called so."""
    who, before, after = start_sentence(name_role(changes[0].role)), changes[0].before, changes[0].after
    since = f"{after} beside {before}"
    overall = next((each for each in changes if each.dimension == OVERALL and not each.why_not), None)
    if overall and overall.verdict in SURE:
        return f"{who}: the overall score is {overall.verdict}, {since}"
    sure = [each for each in changes if not each.why_not and each.verdict in SURE and each.dimension != OVERALL]
    tested = [each for each in changes if not each.why_not and each.dimension != OVERALL]
    if len(sure) == 1:
        return f"{who}: {quote_name(name_dimension(told, sure[0].dimension))} is {sure[0].verdict}, {since}"
    if sure:
        counts = [(verdict, sum(each.verdict == verdict for each in sure)) for verdict in SURE]
        said = " and ".join(f"{number} {verdict}" for verdict, number in counts if number)
        return f"{who}: of {len(tested)} dimensions {said}, {since}"
    if overall and overall.verdict.startswith("probably"):
        return f"{who}: the overall score is {overall.verdict}, {since}"
    return f"{who}: no clear change, {since}"


def _draw_step(
    told: Stepped,
    changes: Sequence[Change],
    found: dict[tuple[str, str, str, str], Score],
    file: str,
    breaks: Sequence[str],
) -> Chart:
    first = changes[0]
    title = say_finding(told, changes)
    subtitle = _say_subtitle(told, changes, breaks)
    table = tuple(_tell_row(told, each, found) for each in changes)
    alt = f"{title}. {subtitle} " + " ".join(
        f"{row[0]}: {f'{first.before} {row[1]}, {first.after} {row[2]}; ' if row[1] else ''}{row[3]}." for row in table
    )
    sheet = Sheet()
    sheet.write(title, size=TITLE, bold=True, after=4)
    sheet.write(subtitle, size=SMALL, colour=QUIET, after=6)
    _draw_key(sheet, changes, breaks)
    for each, row in zip(changes, table, strict=True):
        sheet.write(row[0], size=LABEL, bold=each.dimension == OVERALL)
        clear = not each.why_not and each.verdict in SURE
        sheet.write(start_sentence(row[3]), size=SMALL, bold=clear, colour=QUIET, after=1)
        if row[1]:
            _draw_change(sheet, each, _find_ends(each, found), broken=bool(breaks))
        elif is_broken(each):
            draw_tracks(sheet, 1)
            draw_break(sheet, place(50), sheet.y + LANE / 2)
            sheet.y += LANE
        sheet.y += 6
    draw_axis(sheet)
    png, svg = sheet.finish(alt)
    return Chart(
        name=f"changes-{file}",
        kind=KIND,
        project=first.project,
        wave=first.after,
        role=first.role,
        title=title,
        subtitle=subtitle,
        alt=alt,
        png=png,
        svg=svg,
        header=("Score", first.before, first.after, "Change"),
        rows=table,
    )


def _say_subtitle(told: Stepped, changes: Sequence[Change], breaks: Sequence[str]) -> str:
    first = changes[0]
    tested = [each for each in changes if not each.why_not]
    before, after = (
        _say_bases(told, [getattr(each, name) for each in tested]) for name in ("people_before", "people_after")
    )
    words = (
        f"{first.project}. Score out of 100 in {first.before} ({before}) and in {first.after} ({after}), on the "
        "questions that both rounds asked; the line is the likely range of the change."
    )
    if any(each.narrowed for each in tested):
        words += " Some questions were asked once only, so these scores can differ from those of the whole round."
    return " ".join([words, *(["The series is broken: take every change with great care.", *breaks] if breaks else [])])


def _say_bases(told: Stepped, people: list[int]) -> str:
    low, high = min(people), max(people)
    if low == high:
        return say_people(told, low)
    return f"{say_people(told, low).rsplit(' ', 1)[0]} to {high:,} people" if low >= 0 else say_people(told, high)


def _find_ends(change: Change, found: dict[tuple[str, str, str, str], Score]) -> tuple[float, float] | None:
    """The two scores: the later one before facts limit it, the earlier one as far from it as the change says."""
    score = found.get((change.project, change.role, change.after, change.dimension))
    if change.why_not or score is None:
        return None
    after = score.estimate if math.isnan(score.before_limits) else score.before_limits
    return min(max(after - change.change, 0.0), 100.0), after


def _tell_row(told: Stepped, each: Change, found: dict[tuple[str, str, str, str], Score]) -> tuple[str, ...]:
    name = name_dimension(told, each.dimension)
    if each.why_not:
        return (name, "", "", BROKEN if is_broken(each) else NOT_ENOUGH)
    ends = _find_ends(each, found)
    marks = tuple(f"{end:.0f}" for end in ends) if ends else ("", "")
    return (name, *marks, f"{each.verdict}: {say_points(each)}")


def _draw_change(sheet: Sheet, change: Change, ends: tuple[float, float] | None, *, broken: bool) -> None:
    if ends is None:
        return
    before, after = ends
    colour = _choose_colour(change.role) if change.verdict in SURE else UNCLEAR
    middle = sheet.y + LANE / 2
    draw_tracks(sheet, 1)
    low, high = (min(max(before + end, 0.0), 100.0) for end in (change.low, change.high))
    draw_whisker(sheet, low, high, middle, colour)
    sheet.mark(place(before), middle, "o", colour=INK, filled=False)
    sheet.mark(place(after), middle, "D", colour=colour, filled=True)
    if broken:
        draw_break(sheet, (place(before) + place(after)) / 2, middle)
    put_values(sheet, f"{after:.0f}", f"was {before:.0f}", middle)
    sheet.y += LANE


def _choose_colour(role: str) -> str:
    return PARENTS if role == "parent" else PRACTITIONERS


def _draw_key(sheet: Sheet, changes: Sequence[Change], breaks: Sequence[str]) -> None:
    clear = any(each.verdict in SURE for each in changes if not each.why_not)
    middle = sheet.y + LANE / 2
    sheet.mark(MARGIN + 7, middle, "o", colour=INK, filled=False)
    sheet.write(changes[0].before, x=MARGIN + 17, width=280, size=SMALL, after=3)
    middle = sheet.y + LANE / 2
    sheet.mark(MARGIN + 7, middle, "D", colour=_choose_colour(changes[0].role) if clear else UNCLEAR, filled=True)
    sheet.write(changes[0].after, x=MARGIN + 17, width=280, size=SMALL, after=3)
    if clear:
        sheet.write("Grey: no clear change.", size=SMALL, colour=QUIET)
    if breaks or any(map(is_broken, changes)):
        draw_break(sheet, MARGIN + 7, sheet.y + LANE / 2)
        sheet.write("The series is broken here.", x=MARGIN + 17, width=280, size=SMALL, after=3)
    sheet.y += 6

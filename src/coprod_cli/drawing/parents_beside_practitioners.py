"""Findings go in; one picture a project of parents' and practitioners' scores side by side comes out."""

from typing import NamedTuple

from coprod_cli.drawing.chart import Chart
from coprod_cli.drawing.choosing import Panel, list_panels, name_files, name_panel, pick_profile
from coprod_cli.drawing.look import (
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
from coprod_cli.drawing.scale import LANE, draw_axis, draw_score, draw_tracks
from coprod_cli.drawing.words import (
    COMMENTS,
    name_dimension,
    quote_name,
    say_bases,
    say_range,
    start_sentence,
)
from coprod_cli.model.findings import Contrast, Findings
from coprod_cli.model.tables import Score

KIND = "parents_beside_practitioners"


class Pair(NamedTuple):
    """Both views of one dimension, and the difference where there were enough people to compare."""

    parents: Score
    practitioners: Score
    contrast: Contrast | None

    @property
    def clear(self) -> bool:
        """Whether one group scored clearly higher than the other."""
        return self.contrast is not None and self.contrast.clear


@style()
def draw(findings: Findings) -> tuple[Chart, ...]:
    """One chart for each project and round in which both groups can be reported on one dimension at least."""
    panels = list_panels(findings)
    files = name_files(panels)
    paired = ((panel, pair_scores(findings, panel)) for panel in panels)
    return tuple(_draw_panel(findings, panel, pairs, files[panel]) for panel, pairs in paired if pairs)


def pair_scores(findings: Findings, panel: Panel) -> list[Pair]:
    """Dimensions both groups can be reported on: clear differences first, largest first, then the framework's order."""
    contrasts = {
        contrast.dimension: contrast
        for contrast in findings.contrasts
        if (contrast.project, contrast.wave) == (panel.project, panel.wave)
    }
    theirs = {score.dimension: score for score in pick_profile(findings, panel, "practitioner") if score.reportable}
    pairs = [
        Pair(score, theirs[score.dimension], contrasts.get(score.dimension))
        for score in pick_profile(findings, panel, "parent")
        if score.reportable and score.dimension in theirs
    ]
    clear = [pair for pair in pairs if pair.clear]
    clear.sort(key=lambda pair: -abs(pair.contrast.gap) if pair.contrast else 0.0)
    return clear + [pair for pair in pairs if not pair.clear]


def say_finding(findings: Findings, pairs: list[Pair]) -> str:
    """What the comparison shows: only differences that are clear are told as differences."""
    clear = [pair.contrast for pair in pairs if pair.contrast is not None and pair.contrast.clear]
    if all(pair.contrast is None for pair in pairs):
        return "Too few people to compare parents and carers with practitioners"
    if not clear:
        return "No clear difference between parents and carers and practitioners"
    if len(clear) == 1:
        name = quote_name(name_dimension(findings, clear[0].dimension))
        higher, lower = _order(clear[0])
        return f"{start_sentence(higher)} scored {name} higher than {lower} did"
    orders = {_order(contrast) for contrast in clear}
    if len(orders) == 1:
        higher, lower = orders.pop()
        return f"{start_sentence(higher)} scored {len(clear)} of {len(pairs)} areas higher than {lower} did"
    return f"Parents and carers and practitioners differ clearly on {len(clear)} of {len(pairs)} areas"


def say_difference(pair: Pair) -> str:
    """The difference in a few words, with its likely range where it is clear."""
    if pair.contrast is None:
        return "too few people to compare"
    if not pair.contrast.clear:
        return "difference unclear"
    higher, _ = _order(pair.contrast)
    ends = sorted((abs(pair.contrast.low), abs(pair.contrast.high)))
    if pair.contrast.low < 0 < pair.contrast.high:
        ends[0] = 0.0
    return f"{higher} {abs(pair.contrast.gap):.0f} higher ({say_range(*ends)})"


def _order(contrast: Contrast) -> tuple[str, str]:
    names = ("practitioners", "parents and carers")
    return names if contrast.gap > 0 else names[::-1]


def _draw_panel(findings: Findings, panel: Panel, pairs: list[Pair], file: str) -> Chart:
    title = say_finding(findings, pairs)
    subtitle = (
        f"{name_panel(panel)}. Score out of 100 for each area, with its likely range. "
        f"Parents and carers, {say_bases(findings, [pair.parents for pair in pairs])}; "
        f"practitioners, {say_bases(findings, [pair.practitioners for pair in pairs])}."
    )
    if any(score.basis == COMMENTS for pair in pairs for score in (pair.parents, pair.practitioners)):
        subtitle += " From comments only: reads low, because unhappy people write more."
    rows = tuple(_tell_row(findings, pair) for pair in pairs)
    alt = f"{title}. {subtitle} " + " ".join(
        f"{row[0]}: parents and carers {row[1]}, likely range {row[2]}; practitioners {row[3]}, likely range {row[4]}; "
        f"{row[5]}."
        for row in rows
    )
    sheet = Sheet()
    sheet.write(title, size=TITLE, bold=True, after=4)
    sheet.write(subtitle, size=SMALL, colour=QUIET, after=6)
    _draw_key(sheet, grey=any(not pair.clear for pair in pairs))
    for pair in pairs:
        sheet.write(name_dimension(findings, pair.parents.dimension), size=LABEL)
        sheet.write(start_sentence(say_difference(pair)), size=SMALL, bold=pair.clear, colour=QUIET, after=1)
        draw_tracks(sheet, 2)
        draw_score(sheet, pair.parents, colour=PARENTS if pair.clear else UNCLEAR, shape="o", filled=True)
        draw_score(sheet, pair.practitioners, colour=PRACTITIONERS if pair.clear else UNCLEAR, shape="s", filled=False)
        sheet.y += 7
    draw_axis(sheet)
    png, svg = sheet.finish(alt)
    return Chart(
        name=f"parents-beside-practitioners-{file}",
        kind=KIND,
        project=panel.project,
        wave=panel.wave,
        role="",
        title=title,
        subtitle=subtitle,
        alt=alt,
        png=png,
        svg=svg,
        header=("Area", "Parents and carers", "Likely range", "Practitioners", "Likely range", "Difference"),
        rows=rows,
    )


def _draw_key(sheet: Sheet, *, grey: bool) -> None:
    middle = sheet.y + LANE / 2
    sheet.mark(MARGIN + 7, middle, "o", colour=PARENTS, filled=True)
    sheet.put("Parents and carers", MARGIN + 17, middle, size=SMALL)
    sheet.mark(MARGIN + 147, middle, "s", colour=PRACTITIONERS, filled=False)
    sheet.put("Practitioners", MARGIN + 157, middle, size=SMALL)
    sheet.y += LANE
    if grey:
        sheet.write("Grey: no clear difference, or too few people to compare.", size=SMALL, colour=QUIET)
    sheet.y += 7


def _tell_row(findings: Findings, pair: Pair) -> tuple[str, ...]:
    return (
        name_dimension(findings, pair.parents.dimension),
        f"{pair.parents.estimate:.0f}",
        say_range(pair.parents.low, pair.parents.high),
        f"{pair.practitioners.estimate:.0f}",
        say_range(pair.practitioners.low, pair.practitioners.high),
        say_difference(pair),
    )

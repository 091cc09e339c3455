"""Findings go in; one picture a project of parents' and practitioners' scores side by side comes out."""

from coprod_cli.drawing.chart import Chart
from coprod_cli.drawing.look import LABEL, MARGIN, PARENTS, PRACTITIONERS, QUIET, SMALL, TITLE, UNCLEAR, Sheet, style
from coprod_cli.drawing.scale import LANE, draw_axis, draw_score, draw_tracks
from coprod_cli.model.findings import Findings
from coprod_cli.telling import (
    COMMENTS,
    READS_LOW,
    Pair,
    Panel,
    list_panels,
    name_dimension,
    name_files,
    name_panel,
    order_roles,
    pair_scores,
    quote_name,
    say_bases,
    say_difference,
    say_range,
    say_when,
    start_sentence,
)

KIND = "parents_beside_practitioners"


@style()
def draw(findings: Findings) -> tuple[Chart, ...]:
    """One chart for each project and round in which both groups can be reported on one dimension at least."""
    panels = list_panels(findings)
    files = name_files(panels)
    paired = ((panel, pair_scores(findings, panel)) for panel in panels)
    return tuple(_draw_panel(findings, panel, pairs, files[panel]) for panel, pairs in paired if pairs)


def say_finding(findings: Findings, pairs: list[Pair]) -> str:
    """What the comparison shows: only differences that are clear are told as differences."""
    clear = [pair.contrast for pair in pairs if pair.contrast is not None and pair.contrast.clear]
    if all(pair.contrast is None for pair in pairs):
        return "Too few people to compare parents and carers with practitioners"
    if not clear:
        return "No clear difference between parents and carers and practitioners"
    if len(clear) == 1:
        name = quote_name(name_dimension(findings, clear[0].dimension))
        higher, lower = order_roles(clear[0])
        return f"{start_sentence(higher)} scored {name} higher than {lower} did"
    orders = {order_roles(contrast) for contrast in clear}
    if len(orders) == 1:
        higher, lower = orders.pop()
        return f"{start_sentence(higher)} scored {len(clear)} of {len(pairs)} dimensions higher than {lower} did"
    return f"Parents and carers and practitioners differ clearly on {len(clear)} of {len(pairs)} dimensions"


def _draw_panel(findings: Findings, panel: Panel, pairs: list[Pair], file: str) -> Chart:
    title = say_finding(findings, pairs)
    subtitle = (
        f"{name_panel(panel)}. Score out of 100 for each dimension, with its likely range. Parents and carers, "
        f"{say_bases(findings, [pair.parents for pair in pairs])}; practitioners, "
        f"{say_bases(findings, [pair.practitioners for pair in pairs])}."
    )
    if any(score.basis == COMMENTS for pair in pairs for score in (pair.parents, pair.practitioners)):
        subtitle += f" From comments only: {READS_LOW}."
    subtitle += say_when(findings, panel.wave)
    rows = tuple(_tell_row(findings, pair) for pair in pairs)
    alt = f"{title}. {subtitle} " + " ".join(
        f"{row[0]}: parents and carers {row[1]}, likely range {row[2]}; practitioners {row[3]}, likely range "
        f"{row[4]}; {row[5]}."
        for row in rows
    )
    sheet = Sheet()
    sheet.write(title, size=TITLE, bold=True, after=4)
    sheet.write(subtitle, size=SMALL, colour=QUIET, after=6)
    _draw_key(sheet, pairs)
    compared = any(pair.contrast is not None for pair in pairs)
    for pair in pairs:
        sheet.write(name_dimension(findings, pair.parents.dimension), size=LABEL, after=0 if compared else 1)
        if compared:
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
        header=("Dimension", "Parents and carers", "Likely range", "Practitioners", "Likely range", "Difference"),
        rows=rows,
    )


def _draw_key(sheet: Sheet, pairs: list[Pair]) -> None:
    """Which mark is whose, in the colours that occur; what grey means, where the title has not said it."""
    middle = sheet.y + LANE / 2
    clear = any(pair.clear for pair in pairs)
    sheet.mark(MARGIN + 7, middle, "o", colour=PARENTS if clear else UNCLEAR, filled=True)
    sheet.put("Parents and carers", MARGIN + 17, middle, size=SMALL)
    sheet.mark(MARGIN + 147, middle, "s", colour=PRACTITIONERS if clear else UNCLEAR, filled=False)
    sheet.put("Practitioners", MARGIN + 157, middle, size=SMALL)
    sheet.y += LANE
    if clear and not all(pair.clear for pair in pairs):
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

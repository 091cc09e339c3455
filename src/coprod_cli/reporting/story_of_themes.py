"""Findings and charts go in; what people wrote about, and their words, come out as sections."""

from collections.abc import Collection

from coprod_cli.drawing import Chart
from coprod_cli.model.findings import Findings, Quote
from coprod_cli.model.tables import ThemeCount, rows
from coprod_cli.reporting.document import Block, Bullets, Callout, Figures, Paragraph, QuoteBlock, Section, Table
from coprod_cli.reporting.pictures import show_chart
from coprod_cli.reporting.wording import (
    explain_short_forms,
    list_names,
    say_about,
    say_theme,
    say_theme_and_parts,
    title_themes,
)
from coprod_cli.telling import (
    NO_THEME_KNOWN,
    STANCE_WORDS,
    Panel,
    choose_speaker,
    is_split,
    is_unknown,
    is_withheld,
    list_waves,
    name_role,
    name_tried,
    pick_quotes,
    pick_told_themes,
    say_cell,
    say_checked,
    say_coded,
    start_sentence,
)

STRONGEST = 5
QUOTED_THEMES = 6
QUOTES_EACH = 4
BY_PROJECT = "themes_by_project"
KINDS = ("theme_stances", BY_PROJECT)
LEAST = 2


def find_strongest(findings: Findings) -> list[ThemeCount]:
    """The themes most people of the leading role raised over all projects, in the last round; most first."""
    waves = list_waves(findings)
    role = choose_speaker(findings, waves[-1]) if waves else ""
    return pick_told_themes(findings, Panel("", waves[-1]), role)[:STRONGEST] if role else []


def tell_themes(findings: Findings, charts: tuple[Chart, ...]) -> Section:
    """The themes over all projects: strongest first, then every picture, then what was said beside the joint work."""
    strongest = find_strongest(findings)
    if is_unknown(findings) and not strongest:
        return _tell_unknown(findings)
    blocks: list[Block] = [
        Paragraph(
            "People also wrote in their own words. Each answer was sorted into themes: what it is about, and whether "
            "it reads as going well or not. One person counts once for each theme."
        ),
        Callout("note", f"Free text {_say_who(findings)}", _say_how_to_check(findings)),
    ]
    if strongest:
        blocks.append(
            Paragraph(
                "",
                strong=f"{title_themes(findings, strongest[0])}.",
            )
        )
        told = (f"{say_theme_and_parts(findings, row)}.{_define(findings, row)}" for row in strongest)
        blocks.append(Bullets(tuple(told)))
    else:
        blocks.append(Paragraph("Not enough answers to say which themes were raised most."))
    for kind in KINDS:
        pictures = tuple(show_chart(chart) for chart in charts if chart.kind == kind and _is_worth_showing(chart))
        if pictures:
            blocks.append(Figures(pictures))
    blocks += _tell_beside(findings)
    return Section("themes", "What people wrote about", tuple(blocks))


def tell_themes_shortly(findings: Findings, charts: tuple[Chart, ...], shown: Collection[str] = ()) -> Section:
    """The same in few words: the strongest themes, pictures that no other page shows, and what was said beside.

    shown: names of the pictures that another page shows.
    """
    strongest = find_strongest(findings)
    if is_unknown(findings) and not strongest:
        return _tell_unknown(findings)
    who = "People" if is_unknown(findings) else "A machine"
    blocks: list[Block] = [
        Paragraph(
            f"People also wrote in their own words. {who} sorted each answer into themes, and whether it tells of "
            f"something going well or not. {say_checked(findings)} One person counts once for each theme. How many "
            "people raised a theme does not tell how much it matters."
        ),
    ]
    if strongest:
        told = tuple(say_theme_and_parts(findings, row) for row in strongest)
        blocks += [Paragraph("", strong=f"{title_themes(findings, strongest[0])}."), Bullets(told)]
    else:
        blocks.append(Paragraph("Not enough answers to say which themes were raised most."))
    wanted = [each for kind in KINDS for each in charts if each.kind == kind and _is_worth_showing(each)]
    pictures = tuple(show_chart(each) for each in wanted if each.name not in shown)
    if len(pictures) < len(wanted):
        blocks.append(Paragraph("The picture for parents and carers is on the first page."))
    if pictures:
        blocks.append(Figures(pictures))
    beside = [row for row in rows(findings.themes_beside, ThemeCount) if row.people > 0]
    if beside:
        most = sorted(beside, key=lambda row: (-row.people, row.role, row.theme))[:STRONGEST]
        names = list_names(f"{say_theme(findings, row)} ({name_role(row.role)})" for row in most)
        blocks.append(
            Paragraph(
                f"Some wrote about one child's case, or about services at large. That counts for no score: {names}.",
                strong="Said beside the joint work.",
            )
        )
    return Section("themes", "What people wrote about", tuple(blocks))


def _tell_unknown(findings: Findings) -> Section:
    """The section where no machine knows the themes, and there are no figures of what people coded."""
    told = [each.message for each in findings.notices if each.code == NO_THEME_KNOWN]
    return Section("themes", "What people wrote about", (Callout("note", "Not coded by machine", " ".join(told)),))


def _say_who(findings: Findings) -> str:
    if findings.checked.by_hand or is_unknown(findings):
        return say_coded(findings)
    return "coded by machine, not checked by a person"


def _say_how_to_check(findings: Findings) -> str:
    accuracy = findings.coder.stance_accuracy
    tried = (
        ""
        if is_withheld(accuracy) or is_unknown(findings)
        else f"In a test on {name_tried(findings.coder)}, the machine judged well or not well rightly in about "
        f"{say_about(accuracy)}. "
    )
    if findings.settings.audience == "raw":
        return f"{tried}To check the coding, read the words in coded_answers.csv, and keep this folder private."
    return (
        f"{tried}The words stand in coded_answers.csv, but in a folder that others may see, project and words are "
        "often withheld."
    )


def _is_worth_showing(chart: Chart) -> bool:
    """A table of projects by themes says nothing new of one project, or of one theme; its first row is the bases."""
    return chart.kind != BY_PROJECT or (len(chart.header) > LEAST and len(chart.rows) > LEAST)


def tell_quotes(findings: Findings, most: int = QUOTED_THEMES, each: int = QUOTES_EACH) -> Section:
    """Balanced quotes under the themes most people raised, with their ids and the short forms they use.

    most: how many themes. each: how many quotes a theme, an even number.
    """
    if not findings.quotes:
        text = (
            "There are no words that may be quoted: too few people agreed to it, the groups were too small, or whoever "
            "read them struck them out."
        )
        return Section("words", "In people's own words", (Paragraph(text),))
    chosen = _choose_quotes(findings, most, each)
    blocks: list[Block] = [
        Paragraph(
            f"These people agreed to be quoted. {_say_sorted(findings)}; words that it was unsure of are left out. For "
            "each theme, half of the words were drawn by lot from answers coded as going well and half from answers "
            "coded as not going well, where both were written. They show what was said, not how often. Words about "
            "being blamed, or about distress, are never quoted. Hiding names can miss some: a person must read each "
            "before it is published. Under each stands its id in coded_answers.csv."
        )
    ]
    forms = explain_short_forms(quote.words for quotes in chosen.values() for quote in quotes)
    if forms:
        words = "; ".join(f"{short}: {full}" for short, full in forms)
        blocks.append(Paragraph(f"{words}.", strong="Short forms in these words."))
    for theme, quotes in chosen.items():
        name = findings.framework.theme(theme).name
        told: list[Block] = [
            QuoteBlock(
                quote.words,
                start_sentence(name_role(quote.role)),
                quote.id,
            )
            for quote in quotes
        ]
        blocks.append(Section(f"words-{theme.replace('_', '-')}", name, tuple(told)))
    return Section("words", "In people's own words", tuple(blocks))


def _say_sorted(findings: Findings) -> str:
    coders = {quote.coder for quote in findings.quotes}
    by_hand = coders.intersection(findings.checked.coders)
    if not by_hand:
        return "A machine sorted their words, and no person checked it"
    if coders == by_hand and is_unknown(findings):
        return "A person read and sorted these words"
    if coders == by_hand:
        return "A person read and sorted all these words; others were sorted by machine"
    return "A person sorted some of these words and a machine the others, which no person checked"


def rank_quoted(findings: Findings, most: int = QUOTED_THEMES, each: int = QUOTES_EACH) -> list[Quote]:
    """The quotes that tell_quotes shows, in its order."""
    return [quote for quotes in _choose_quotes(findings, most, each).values() for quote in quotes]


def _choose_quotes(findings: Findings, most: int, each: int) -> dict[str, list[Quote]]:
    """The balanced quotes of so many themes, those that most people raised first."""
    place = {row.theme: at for at, row in enumerate(_rank_themes(findings))}
    last = len(place)
    themes = sorted({quote.theme for quote in findings.quotes}, key=lambda theme: (place.get(theme, last), theme))
    return {theme: list(pick_quotes(findings, theme, each)) for theme in themes[:most]}


def _define(findings: Findings, row: ThemeCount) -> str:
    positive = findings.framework.theme(row.theme).positive
    return f" When it goes well: {_lower(positive)}" if positive else ""


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def _rank_themes(findings: Findings) -> list[ThemeCount]:
    waves = list_waves(findings)
    role = choose_speaker(findings, waves[-1]) if waves else ""
    return pick_told_themes(findings, Panel("", waves[-1]), role) if role else []


def _tell_beside(findings: Findings) -> list[Block]:
    beside = sorted(
        (row for row in rows(findings.themes_beside, ThemeCount) if row.people > 0),
        key=lambda row: (row.wave, row.role != "parent", row.role, -row.people, row.theme),
    )
    if not beside:
        return []
    stances = tuple(STANCE_WORDS) if any(map(is_split, beside)) else ()
    body = tuple(
        (
            findings.framework.theme(row.theme).name,
            start_sentence(name_role(row.role)) + (f", {row.wave}" if row.wave else ""),
            *(say_cell(getattr(row, field)) for field in ("people", *stances)),
        )
        for row in beside
    )
    header = ("Theme", "Who", "People", *(start_sentence(STANCE_WORDS[stance]) for stance in stances))
    return [
        Paragraph(
            "Some people wrote about one child's own case, or about services at large, and not about the joint work. "
            "That never counts towards a score. It is shown here so that it is not lost.",
            strong="Said beside the joint work.",
        ),
        Table(
            "Themes raised about one child's case or about services at large",
            header,
            body,
            numeric=tuple(range(2, len(header))),
        ),
    ]

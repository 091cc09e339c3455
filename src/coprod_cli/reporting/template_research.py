"""Material goes in; all that a run knows, for the methods and results of a paper, comes out as one Document."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from coprod_cli.drawing import Chart
from coprod_cli.model.details import Details
from coprod_cli.model.findings import Findings
from coprod_cli.model.survey import ColumnKind
from coprod_cli.model.tables import ThemeCount, rows
from coprod_cli.reporting.covers import bind
from coprod_cli.reporting.document import Block, Callout, Document, Figures, Folded, Paragraph, Section, Table
from coprod_cli.reporting.guidelines import TO_BE_WRITTEN, tell_guidelines
from coprod_cli.reporting.material import Material
from coprod_cli.reporting.pictures import show_chart
from coprod_cli.reporting.story_of_answers import tell_who_answered
from coprod_cli.reporting.story_of_changes import tell_changes
from coprod_cli.reporting.story_of_coding import tell_coding
from coprod_cli.reporting.story_of_emerging import tell_emerging
from coprod_cli.reporting.story_of_files import tell_files
from coprod_cli.reporting.story_of_flags import EFFECT_WORDS, NO_PROOF, NONE_UP
from coprod_cli.reporting.story_of_method import tell_left_out, tell_meaning, tell_measuring
from coprod_cli.reporting.story_of_quality import tell_quality
from coprod_cli.reporting.story_of_scores import tell_closed_answers, tell_ladder, tell_scores
from coprod_cli.reporting.story_of_sectors import tell_sectors
from coprod_cli.reporting.story_of_settings import tell_conventions, tell_settings
from coprod_cli.reporting.story_of_themes import tell_quotes, tell_themes
from coprod_cli.reporting.story_of_weights import tell_weights
from coprod_cli.telling import (
    ROLE_WORDS,
    STANCE_WORDS,
    is_unknown,
    is_withheld,
    list_panels,
    list_projects,
    name_coder,
    name_panel,
    name_role,
    say_cell,
    say_checked,
    say_count,
    say_period,
    say_sorted,
    say_total,
    start_sentence,
)

REFLEXIVITY = {
    "who_ran": "Who ran the survey",
    "who_coded": "Who coded",
    "relation": "What they have to do with the forum and the services",
    "ethics": "Ethics and consent",
    "funding": "Money",
}


def tell(material: Material) -> Document:
    """The whole document; whatever other templates fold away is open here."""
    sections = tuple(_open(each) for each in _tell_sections(material))
    document = bind(material, sections)
    return replace(document, subtitle=f"For researchers. {document.subtitle}")


def _tell_sections(material: Material) -> Iterator[Section]:
    findings, details, charts = material.findings, material.details, material.charts
    yield _tell_start(findings)
    yield tell_meaning()
    yield _tell_reflexivity(details)
    yield _tell_sample(findings, details)
    yield from tell_weights(findings)
    yield _tell_asked(findings)
    yield tell_measuring(findings)
    yield tell_scores(findings, charts)
    yield from tell_ladder(findings)
    yield from _tell_changes(findings, charts)
    yield from tell_sectors(findings)
    yield from _tell_flags(findings)
    yield from tell_closed_answers(findings, charts)
    yield from tell_quality(findings)
    yield tell_coding(findings)
    yield _tell_themes(findings, charts)
    yield tell_quotes(findings, len(findings.framework.themes))
    yield tell_emerging(findings)
    yield tell_left_out(findings)
    yield tell_settings(findings)
    yield tell_conventions(findings)
    yield replace(tell_guidelines(material), new_page=True)
    yield tell_files()


def _open(section: Section) -> Section:
    """The same with every folded part as a section of its own; what stays off paper stays folded."""
    return replace(section, blocks=tuple(_open_all(section.id, section.blocks)))


def _open_all(above: str, blocks: Iterable[Block]) -> Iterator[Block]:
    for number, block in enumerate(blocks, start=1):
        if isinstance(block, Section):
            yield _open(block)
        elif isinstance(block, Folded) and block.on_paper:
            yield Section(f"{above}-{number}", block.title, block.blocks)
        else:
            yield block


def _tell_start(findings: Findings) -> Section:
    rounds = sorted({panel.wave for panel in list_panels(findings)} - {""})
    body = (
        ("Rows read", say_total(findings, findings.rows_read, "row", "rows")),
        ("Forms used", say_total(findings, findings.forms, "form", "forms")),
        ("Responses (a form on two projects is two)", say_total(findings, findings.responses, "response", "responses")),
        ("People", say_total(findings, findings.people, "person", "people")),
        *(
            (f"Of these, {name_role(role)}", say_count(findings, people))
            for role, people in findings.people_by_role
            if not is_withheld(people)
        ),
        ("Projects", f"{len(list_projects(findings)):,}" if list_projects(findings) else "none that can be shown"),
        ("Rounds", "; ".join(rounds) or "1"),
        ("Answers from", say_period(findings.period) or "not known"),
        ("Comments coded by", _say_who(findings)),
        ("Framework", f"{findings.framework.id}, version {findings.framework.version}"),
        ("For whom", findings.settings.audience),
    )
    note = (
        "This holds what the run knows, for the methods and results of a paper. Figures are as they may be told to "
        f"this audience: small ones are withheld or rounded. Where it says {TO_BE_WRITTEN}, no program knows."
    )
    blocks = (
        Callout("note", "For a paper, and for people to finish", note),
        Table("At a glance", ("What", "Value"), body),
    )
    return Section("start", "What this is", blocks)


def _say_who(findings: Findings) -> str:
    if is_unknown(findings):
        return f"{say_sorted(findings)} {say_checked(findings)}"
    told = say_checked(findings).rstrip(".")
    who = f"{told[:1].lower()}{told[1:]}" if findings.checked.by_hand else "not checked by a person"
    return f"{name_coder(findings.coder)}, version {findings.coder.version}; {who}"


def _tell_reflexivity(details: Details) -> Section:
    told = details.reflexivity._asdict()
    body = tuple((words, told[name] or TO_BE_WRITTEN) for name, words in REFLEXIVITY.items())
    note = "In the words of those who ran the survey. They stand in the details file, under [research]."
    lead = Paragraph("Who asks, and who reads the answers, shapes what is found. Readers need to know.")
    return Section(
        "reflexivity", "Who made this", (lead, Table("Reflexivity", ("What", "In their words"), body, note=note))
    )


def _tell_sample(findings: Findings, details: Details) -> Section:
    """Who answered, with the people of every project and role in full."""
    order = list(ROLE_WORDS)
    bases = sorted(
        findings.bases, key=lambda each: (each.project.casefold(), each.project, each.wave, order.index(each.role))
    )
    panels = {(panel.project, panel.wave): name_panel(panel) for panel in list_panels(findings)}
    body = tuple(
        (
            f"{panels[each.project, each.wave]}: {name_role(each.role)}",
            *(say_count(findings, people) for people in each[3:]),
        )
        for each in bases
        if each.project
    )
    section = tell_who_answered(findings, details)
    header = ("Project and role", "Answered", "Answered closed questions", "Commented")
    kept = tuple(block for block in section.blocks if not isinstance(block, Table))
    note = "People, not forms. One person can answer for several projects."
    table = (Table("People by project and role", header, body, (1, 2, 3), note),) if body else ()
    return replace(section, blocks=(*kept, *table))


def _tell_asked(findings: Findings) -> Section:
    names = {each.id: each.name for each in findings.framework.dimensions}
    body = tuple(
        (
            each.text,
            "open" if each.kind is ColumnKind.OPEN else "closed",
            names.get(each.dimension, "by theme" if each.kind is ColumnKind.OPEN else "no dimension"),
        )
        for each in findings.questions
        if each.kind in (ColumnKind.ITEM, ColumnKind.OPEN)
    )
    if not body:
        return Section("asked", "What was asked", (Paragraph("No question could be told apart."),))
    header = ("Question", "Kind", "Counts for")
    note = "By theme: for the dimensions that its themes feed, where they may enter scores; see “Coding tree”."
    return Section("asked", "What was asked", (Table("Questions as they were asked", header, body, note=note),))


def _tell_changes(findings: Findings, charts: tuple[Chart, ...]) -> Iterator[Section]:
    pictures = tuple(show_chart(each) for each in charts if each.kind == "changes")
    for each in tell_changes(findings):
        shown = (Figures(pictures),) if pictures else ()
        yield replace(each, blocks=(*each.blocks, *shown))


def _tell_flags(findings: Findings) -> Iterator[Section]:
    """Every flag that is up with what raised it, and how far the facts on paper are known."""
    blocks: list[Block] = [Paragraph(NO_PROOF)]
    flags = tuple(
        (
            f"{each.project}{f' ({each.wave})' if each.wave else ''}",
            f"{each.name} ({each.id})",
            EFFECT_WORDS[each.effect],
            f"{each.reason} The service's reply: {each.reply}" if each.reply else each.reason,
        )
        for each in findings.flags
    )
    if flags:
        header = ("Project", "Flag", "What it does", "Why it is up")
        blocks.append(Table("Red flags", header, flags))
    else:
        blocks.append(Paragraph(NONE_UP))
    yield Section("flags", "Red flags and what is on paper", (*blocks, *_show_facts(findings)))


def _show_facts(findings: Findings) -> tuple[Block, ...]:
    projects = findings.governance.projects
    if not projects:
        return (Paragraph("No governance file was given, so nothing is known of what is on paper."),)
    found = {
        each.id: [fact for project in projects if (fact := project.fact(each.id))] for each in findings.framework.facts
    }
    body = tuple(
        (
            f"{each.id} {each.text}",
            *(f"{sum(fact.answer == answer for fact in found[each.id])}" for answer in ("yes", "partly", "no")),
            f"{sum(fact.answer != 'not known' and fact.status == 'verified' for fact in found[each.id])}",
            f"{sum(fact.status == 'disputed' for fact in found[each.id])}",
        )
        for each in findings.framework.facts
    )
    header = ("Fact", "Yes", "Partly", "No", "Of these verified", "Disputed")
    note = (
        f"Of {len(projects)} projects in the governance file; of the others it is not known. Filled in by hand. Facts "
        "earn no points; only verified ones limit a score. Those of each project, with sources, are in governance.csv."
    )
    return (Table("Facts on paper, by number of projects", header, body, (1, 2, 3, 4, 5), note),)


def _tell_themes(findings: Findings, charts: tuple[Chart, ...]) -> Section:
    """What people wrote about, with every theme and role in full."""
    section = tell_themes(findings, charts)
    place = {theme.id: at for at, theme in enumerate(findings.framework.themes)}
    tables = []
    every = [row for row in rows(findings.themes, ThemeCount) if not row.project]
    order = list(ROLE_WORDS)
    for role, wave in sorted({(row.role, row.wave) for row in every}, key=lambda key: (order.index(key[0]), key[1])):
        told = sorted((row for row in every if (row.role, row.wave) == (role, wave)), key=lambda row: place[row.theme])
        body = tuple(
            (
                findings.framework.theme(row.theme).name,
                *(say_cell(getattr(row, field)) for field in ("people", *STANCE_WORDS)),
            )
            for row in told
        )
        base = say_count(findings, told[0].commenters)
        header = ("Theme", "People", *(start_sentence(words) for words in STANCE_WORDS.values()))
        caption = f"{start_sentence(name_role(role))}{f', {wave}' if wave else ''}: people who raised each theme"
        note = f"All projects. Of {base} people who commented; each counts once for a theme. By project: themes.csv."
        tables.append(Table(caption, header, body, tuple(range(1, len(header))), note))
    part = (Section("themes-all", "Every theme", tuple(tables)),) if tables else ()
    return replace(section, blocks=(*section.blocks, *part))

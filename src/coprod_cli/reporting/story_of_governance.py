"""Findings go in; what is on paper about one project, in words and symbols and never as a score, comes out."""

from coprod_cli.model.findings import Findings
from coprod_cli.model.governance import BODY_KINDS, FACT_ANSWERS, STATUSES, ProjectFacts
from coprod_cli.reporting.document import Block, Bullets, Callout, Folded, Paragraph, Table
from coprod_cli.reporting.papers import DATE_TEXTS, DATES
from coprod_cli.reporting.wording import list_names, read_limits
from coprod_cli.telling import (
    Panel,
    find_rung_limit,
    name_unknown,
    pick_rungs,
    quote_name,
    say_chance,
    say_day,
    say_people,
    say_seats,
    start_sentence,
)

LEADING = "parent"
NOT_KNOWN = "not known"
# The sign and its word stay on one line of a narrow cell.
_SPACE = "\N{NO-BREAK SPACE}"
ANSWER_WORDS = {answer: f"{sign}{_SPACE}{answer}" for answer, sign in zip(FACT_ANSWERS, "✓◐✗?", strict=True)}
STATUS_WORDS = {status: f"{sign}{_SPACE}{status}" for status, sign in zip(STATUSES, "●○◇", strict=True)}


def say_needed(findings: Findings) -> Callout:
    """What it would take next time, where nobody in the survey spoke of a project."""
    limits = read_limits(findings)
    return Callout(
        "note",
        "No score for this project",
        "Nobody in this survey spoke of it, or too few did to show. Next time, a score takes at least "
        f"{limits.min_composite} parents and carers who answer the closed questions, on each of the dimensions at the "
        "heart of co-production. "
        f"To compare them with practitioners takes at least {limits.min_compare} of each.",
    )


def tell_paper_shortly(findings: Findings, panel: Panel) -> list[Block]:
    """What is known on paper of a project: promise, dates, seats, facts, what changed; the unknown in one sentence."""
    project = findings.governance.of(panel.project)
    if not findings.governance.projects:
        return []
    if project is None:
        return [Paragraph("The governance file says nothing about this project.", strong="What is on paper.")]
    blocks: list[Block] = [*_tell_promise(findings, panel, project)]
    days = [f"{DATE_TEXTS[key]}: {say_day(day)}." for key in DATES if (day := getattr(project, key))]
    if days:
        blocks.append(Paragraph(f"{' '.join(days)} {start_sentence(project.dates_status)}.", strong="Dates."))
    if project.producers >= 0:
        many = project.producers or "no"
        noun = "parent or young person is" if project.producers in (0, 1) else "parents or young people are"
        said = f"{start_sentence(str(many))} {noun} named. {start_sentence(project.producers_status)}."
        blocks.append(Paragraph(said, strong="Who made it."))
    blocks += _tell_seats(project)
    blocks += _show_known(findings, project)
    if not project.changed:
        return [*blocks, Paragraph("Nobody has written down what changed.", strong="What changed.")]
    told = Paragraph("As those who filled in the file tell it:", strong="What changed.")
    return [*blocks, told, Bullets(project.changed)]


def _tell_seats(project: ProjectFacts) -> list[Block]:
    """On how many boards and workstreams parents sit, and the names of those where they do not."""
    told = [f"{words}." for kind in BODY_KINDS if (words := say_seats(project.bodies, kind))]
    empty = [
        f"{each.name}{' (it decides)' if each.decides else ''}" for each in project.bodies if each.parent_seat == "no"
    ]
    if empty:
        told.append(f"No seat: {list_names(empty)}.")
    return [Paragraph(" ".join(told), strong="Who sits where.")] if told else []


def _show_known(findings: Findings, project: ProjectFacts) -> list[Block]:
    """The facts that are known, a line an answer, and which are not; who says so is left off paper."""
    texts = {each.id: each.text for each in findings.framework.facts}
    known = [each for each in project.facts if each.answer != NOT_KNOWN]
    if not known:
        return [Paragraph(f"None of the {len(texts)} facts is known yet.", strong="Facts on paper.")]
    lines = [
        f"{start_sentence(answer)}: {'; '.join(told)}."
        for answer in ANSWER_WORDS
        if (told := [f"{texts[each.id]} ({each.status})" for each in known if each.answer == answer])
    ]
    unknown = len(texts) - len(known)
    if unknown:
        lines.append(f"Not known yet: {unknown} of {len(texts)} facts ({name_unknown(project, list(texts))}).")
    body = tuple(
        (
            f"{each.id}. {texts[each.id]}",
            ANSWER_WORDS[each.answer],
            STATUS_WORDS[each.status],
            _join_source(each.who, each.evidence, each.date) or "nobody named",
        )
        for each in known
    )
    header = ("Fact", "Answer", "Status", "Who says so, and what shows it")
    sources = Table(f"{project.project}: facts on paper", header, body)
    return [
        Paragraph("", strong="Facts on paper."),
        Bullets(tuple(lines)),
        Folded("Who says so, and what shows it", (sources, *_show_bodies(project)), on_paper=False),
    ]


def _tell_promise(findings: Findings, panel: Panel, project: ProjectFacts) -> list[Block]:
    words = []
    if project.called:
        words.append(f"The service calls it {quote_name(project.called)}.")
    if project.promised:
        words.append(f"Parents and carers were promised the rung {quote_name(project.promised)}.")
        number = next(each.number for each in findings.framework.ladder.rungs if each.label == project.promised)
        told = pick_rungs(findings, panel, LEADING)
        if told:
            limit = find_rung_limit(findings, panel)
            # Then it is not what people tell alone.
            held = f" and as verified facts allow ({list_names(limit[1])})" if limit else ""
            chance = min(sum(each.chance for each in told if each.rung >= number), 1.0)
            words.append(
                f"The chance that it was so, or better, as they tell it{held}: {say_chance(chance)} "
                f"({say_people(findings, told[0].people)}; the ends of rungs are conventions)."
            )
        else:
            words.append("There are not enough answers to say whether it was so.")
    return [Paragraph(" ".join(words), strong="Said and promised.")] if words else []


def _join_source(who: str, evidence: str, date: str) -> str:
    return "; ".join(each.rstrip(".") for each in (who, evidence, say_day(date)) if each)


def _show_bodies(project: ProjectFacts) -> list[Table]:
    if not project.bodies:
        return []
    body = tuple(
        (
            each.name,
            f"{start_sentence(each.kind)}{', decides' if each.decides else ''}",
            ANSWER_WORDS[each.parent_seat],
            STATUS_WORDS[each.status],
            _join_source(each.who, each.evidence, each.date) or "nobody named",
        )
        for each in project.bodies
    )
    header = ("Workstream or board", "Kind", "Parents have a seat", "Status", "Who says so, and what shows it")
    return [Table(f"{project.project}: who sits where", header, body)]

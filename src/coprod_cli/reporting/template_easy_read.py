"""Material goes in; a draft for people with learning disabilities, short sentences beside pictures, comes out.

It is a draft: people with learning disabilities must check it before it is used.
"""

from collections.abc import Iterable, Iterator

from coprod_cli.model.details import Deed, Details
from coprod_cli.model.findings import Findings
from coprod_cli.model.tables import OVERALL
from coprod_cli.reporting.document import Block, Bullets, Callout, Definitions, Document, PictureLine, Room, Section
from coprod_cli.reporting.easy_words import (
    NO_SCORE,
    ROLES,
    VERDICTS,
    ease_dimension,
    ease_flag,
    ease_theme,
    is_long,
    read_easy_words,
    say_easy_score,
    say_months,
    say_number,
    split_sentences,
)
from coprod_cli.reporting.material import Material
from coprod_cli.reporting.story_of_themes import find_strongest
from coprod_cli.reporting.texts import list_texts
from coprod_cli.telling import (
    LEADING_ROLES,
    Panel,
    choose_lead,
    find_overall,
    is_withheld,
    list_panels,
    list_paper_panels,
    name_files,
    order_rounds,
    pick_flags,
    pick_profile,
    say_cell,
)

USUAL_TITLE = "Working together: what people told us"
DRAFT = "Draft: not checked yet"
TO_CHECK = "People with learning disabilities must check this draft before it is used. See the last page."
PRIVATE = {
    "restricted": "Keep it private: only the group that runs the survey may see it.",
    "raw": "Keep it private: people could be recognised. Do not share it with anyone.",
}
FOOTER = "These are the views of the people who answered."
# Above this many projects each gets a few sentences only, so that the whole stays short enough to read.
MOST_IN_FULL = 6
TOLD_THEMES = 4
STATUS = {
    "done": "This has been done.",
    "in progress": "This is being done now.",
    "not done": "This has not been done.",
    "waiting": "We are waiting for an answer.",
}


def tell(material: Material) -> Document:
    """The draft, about a page a project."""
    findings, details = material.findings, material.details
    private = PRIVATE.get(findings.settings.audience, "")
    sections = tuple(_tell_sections(findings, details))
    return Document(
        title=findings.settings.title or USUAL_TITLE,
        subtitle=f"Easy read. {details.name}" if details.name else "Easy read",
        banner=Callout("warning", DRAFT, f"{TO_CHECK} {private}".strip()),
        sections=(*sections, _explain(sections), _tell_to_do(findings, details)),
        footer=FOOTER,
        look="easy-read",
    )


def _tell_sections(findings: Findings, details: Details) -> Iterator[Section]:
    yield _tell_about(findings, details)
    yield _tell_people(findings, details)
    panels = _list_latest(findings)
    files = name_files(panels)
    scored = any(_list_scores(findings, panel) for panel in panels)
    yield _tell_scores() if scored else _tell_no_scores(findings)
    if len(panels) > MOST_IN_FULL:
        lines = tuple(PictureLine("the project", tuple(_say_shortly(findings, panel))) for panel in panels)
        yield Section("projects", "What did people say of each project?", lines)
    else:
        for panel in panels:
            yield Section(f"project-{files[panel]}", panel.project, tuple(_tell_project(findings, panel)))
    yield from _tell_themes(findings)
    yield _tell_asked(details)
    yield _tell_next(details)
    yield _tell_say(details)
    yield _tell_care(findings, scored=scored)


def _explain(sections: tuple[Section, ...]) -> Section:
    """The words that are used and that not everybody knows."""
    text = " ".join(list_texts(sections)).casefold()
    used = tuple(pair for pair in read_easy_words().glossary if pair[0].casefold() in text)
    return Section("words", "What words mean", (Definitions(used),))


def _tell_about(findings: Findings, details: Details) -> Section:
    whose = (f"It is made by {details.name}.",) if details.name else ()
    lines = (
        PictureLine("this report, or your logo", ("This is an easy read report.", *whose)),
        PictureLine(
            "parents and staff working together",
            (
                "Parents, carers and staff work together on projects.",
                "We asked if it was real working together.",
                "We wanted to know if parents and carers were equals.",
                "Real working together is called co-production.",
            ),
        ),
        *_tell_projects_named(findings),
    )
    return Section("about", "What is this report about?", lines)


def _tell_projects_named(findings: Findings) -> tuple[Block, ...]:
    names = tuple(dict.fromkeys(panel.project for panel in (*_list_latest(findings), *list_paper_panels(findings))))
    if not names or len(names) > MOST_IN_FULL:
        return ()
    return (PictureLine("the projects", ("We asked about:", *names)),)


def _tell_people(findings: Findings, details: Details) -> Section:
    asked = () if details.invited is None else (f"We asked {details.invited:,} people.",)
    roles = [
        say_number(findings, people, ROLES[role])
        for role, people in findings.people_by_role
        if role in LEADING_ROLES and not is_withheld(people)
    ]
    total = (
        "We cannot show how many people answered."
        if is_withheld(findings.people)
        else f"{'About ' if findings.totals_step > 1 else ''}{findings.people:,} people answered."
    )
    lines = [
        PictureLine("a survey", ("We sent out questions.", "This is called a survey.", *asked)),
        PictureLine("many people", (total, *say_months(findings))),
    ]
    if roles:
        lines.append(PictureLine("parents, carers and staff", tuple(roles)))
    missing = split_sentences(details.missing)
    lines.append(
        PictureLine(
            "people who are missing", ("Not everybody answered.", "Other people may think something else.", *missing)
        )
    )
    return Section("people", "Who answered?", tuple(lines))


def _tell_scores() -> Section:
    lines = (
        PictureLine(
            "a line of numbers", ("Each project gets a score.", "The worst score is 0.", "The best score is 100.")
        ),
        PictureLine(
            "a question mark",
            (
                "We are never quite sure of a score.",
                "So we say how low and how high it may be.",
                "When more people answer, we are more sure.",
            ),
        ),
    )
    return Section("scores", "How do scores work?", lines)


def _tell_no_scores(findings: Findings) -> Section:
    """Why there is no score, and what would bring one."""
    least = findings.framework.thresholds_for(findings.settings.audience).min_composite
    lines = (
        PictureLine(
            "a few people",
            ("We cannot give a score this time.", "Too few people answered, or too few questions were asked."),
        ),
        PictureLine("a closed door", ("We keep answers private.", "So we do not show what a few people said.")),
        PictureLine(
            "more people answering",
            ("Next time we need more answers.", f"A score needs at least {least} parents and carers for one project."),
        ),
    )
    return Section("scores", "Why are there no scores?", lines)


def _tell_project(findings: Findings, panel: Panel) -> Iterator[Block]:
    """Who answered, the scores of each group, the best and worst, what changed, and red flags."""
    bases = [each for each in findings.bases if (each.project, each.wave) == panel and each.role in LEADING_ROLES]
    if bases:
        order = list(ROLES)
        told = sorted(bases, key=lambda each: order.index(each.role))
        yield PictureLine("the project", tuple(say_number(findings, each.answered, ROLES[each.role]) for each in told))
    scores = _list_scores(findings, panel)
    for role in scores:
        score = find_overall(findings, panel, role)
        if score is not None:
            yield PictureLine("the score on a line", say_easy_score(findings, score, ROLES[role]))
    if not scores:
        yield PictureLine("a question mark", _say_why_not(findings, panel))
    ends = _say_ends(findings, panel)
    if ends:
        yield PictureLine("thumb up, thumb down", ends)
    if any(
        (each.project, each.wave, each.dimension) == (*panel, OVERALL) and each.clear for each in findings.contrasts
    ):
        yield PictureLine(
            "two people who see things differently",
            ("Parents and staff see this differently.", "That does not mean that anybody is wrong."),
        )
    yield from _tell_change(findings, panel)
    yield from _tell_flags(findings, panel)


def _say_shortly(findings: Findings, panel: Panel) -> Iterator[str]:
    """The name, and the score of those whose view leads."""
    yield panel.project
    scores = _list_scores(findings, panel)
    score = find_overall(findings, panel, scores[0]) if scores else None
    yield from _say_why_not(findings, panel) if score is None else say_easy_score(findings, score, ROLES[scores[0]])


def _list_latest(findings: Findings) -> tuple[Panel, ...]:
    """Each project in its latest round, by name."""
    panels = list_panels(findings)
    rounds = order_rounds({panel.wave for panel in panels})
    latest = {panel.project: panel for wave in rounds for panel in panels if panel.wave == wave}
    return tuple(latest[name] for name in dict.fromkeys(panel.project for panel in panels))


def _list_scores(findings: Findings, panel: Panel) -> list[str]:
    """The roles with an overall score, parents and carers first."""
    overall = {role: find_overall(findings, panel, role) for role in ROLES}
    return [role for role, score in overall.items() if score is not None and score.reportable]


def _say_why_not(findings: Findings, panel: Panel) -> tuple[str, ...]:
    told = [score for role in ROLES if (score := find_overall(findings, panel, role)) is not None]
    return say_easy_score(findings, told[0], "") if told else NO_SCORE["low"]


def _say_ends(findings: Findings, panel: Panel) -> tuple[str, ...]:
    """The best and the worst core dimension of those whose view leads, where their likely ranges lie apart."""
    lead = choose_lead(findings, panel)
    core = {each.id for each in findings.framework.dimensions if each.core}
    told = [each for each in pick_profile(findings, panel, lead) if each.reportable and each.dimension in core]
    if not told:
        return ()
    top, bottom = max(told, key=lambda each: each.estimate), min(told, key=lambda each: each.estimate)
    if bottom.high >= top.low:
        return ()
    return (
        f"The best part was {ease_dimension(findings, top.dimension)}.",
        f"The worst part was {ease_dimension(findings, bottom.dimension)}.",
    )


def _tell_change(findings: Findings, panel: Panel) -> Iterator[Block]:
    lead = choose_lead(findings, panel)
    found = [
        each
        for each in findings.changes
        if (each.project, each.after, each.dimension, each.role) == (*panel, OVERALL, lead)
    ]
    if found:
        verdict = VERDICTS.get(found[-1].verdict, VERDICTS["no clear change"]).format(who=ROLES[lead])
        yield PictureLine("before and after", ("People were asked before, too.", verdict))


def _tell_flags(findings: Findings, panel: Panel) -> Iterator[Block]:
    """Each red flag that may be named; those that must never be counted are left out."""
    uncounted = {rule.id for rule in findings.framework.flags if rule.uncounted}
    flags = [each for each in pick_flags(findings, panel) if each.id not in uncounted]
    if not flags:
        return
    yield PictureLine(
        "a red flag",
        (
            "There is a red flag here." if len(flags) == 1 else f"There are {len(flags)} red flags here.",
            "A red flag means: please look at this.",
            "It does not prove that anybody did wrong.",
        ),
    )
    for flag in flags:
        reply = ("The service has answered this.",) if flag.reply else ()
        yield PictureLine("a red flag", (*ease_flag(findings, flag), *reply))


def _tell_themes(findings: Findings) -> Iterator[Section]:
    strongest = find_strongest(findings)[:TOLD_THEMES]
    if not strongest:
        return
    who = ROLES[strongest[0].role]
    lines = (
        PictureLine(
            "somebody writing",
            (
                "People also wrote in their own words.",
                "A computer sorted their words.",
                "Nobody checked that, so there may be mistakes.",
            ),
        ),
        *(
            PictureLine(
                ease_theme(findings, each.theme),
                (f"{say_cell(each.people)} {who} wrote about {ease_theme(findings, each.theme)}.",),
            )
            for each in strongest
        ),
    )
    yield Section("themes", "What did people write about?", lines)


def _tell_asked(details: Details) -> Section:
    lines: tuple[Block, ...] = tuple(_tell_deed(each) for each in details.deeds)
    if not lines:
        lines = (Room("Write here what people asked for, and what happened."),)
    return Section("asked", "What did people ask for, and what happened?", lines)


def _tell_deed(deed: Deed) -> PictureLine:
    where = (f"This is about: {deed.project}.",) if deed.project else ()
    told = (*split_sentences(deed.did), STATUS[deed.status], *split_sentences(deed.why))
    return PictureLine(
        "what people asked for", (*where, "You said:", *split_sentences(deed.said), "What happened:", *told)
    )


def _tell_next(details: Details) -> Section:
    lines: tuple[Block, ...] = tuple(
        PictureLine("what happens next", split_sentences(each)) for each in details.next_steps
    )
    return Section("next", "What happens next?", lines or (Room("Write here what happens next."),))


def _tell_say(details: Details) -> Section:
    told = split_sentences(details.contact)
    lines: tuple[Block, ...] = (PictureLine("how to get in touch", told),) if told else ()
    return Section("say", "How can you have your say?", lines or (Room("Write here how people can get in touch."),))


def _tell_care(findings: Findings, *, scored: bool) -> Section:
    """What must not be claimed, in easy words."""
    lines = [
        PictureLine("some people, not all", ("Not everybody was asked.", "So this is not what everybody thinks.")),
        PictureLine("a cloud", ("We cannot say why things got better or worse.",)),
        PictureLine(
            "two people who disagree kindly", ("People can see the same thing differently.", "Nobody has to be wrong.")
        ),
    ]
    if scored:
        lines[1:1] = [
            PictureLine("a race, crossed out", ("The scores are not a race.", "Do not use them to say who is best.")),
            PictureLine("a ruler", ("The scores are new.", "They have not been fully tested.")),
            PictureLine("a school or clinic", ("A score does not say how good a service is.",)),
        ]
    if findings.flags:
        lines.append(
            PictureLine("a red flag", ("A red flag is not proof.", "No red flag does not mean that all is well."))
        )
    return Section("care", "Please remember", tuple(lines))


def _tell_to_do(findings: Findings, details: Details) -> Section:
    """For whoever made the draft: what to do before it is used, with the forum's own sentences that are too long."""
    items = [
        "Check this draft with people with learning disabilities, and pay them.",
        "Put a picture in each place for a picture.",
        "Ask them which words are hard, and change those words.",
        "Fill in every empty box.",
        "Take this page out.",
    ]
    long = [each for each in _list_own_sentences(details) if is_long(each)]
    blocks: list[Block] = [Bullets(tuple(items))]
    if long:
        blocks.append(
            Callout("note", "These sentences of yours are long", "Make them shorter in the report: one idea each.")
        )
        blocks.append(Bullets(tuple(dict.fromkeys(long))))
    names = [panel.project for panel in _list_latest(findings) if is_long(panel.project)]
    if names:
        blocks.append(Callout("note", "Names of projects are long", "Think of short names for them."))
    return Section("to-do", "For the people who make this report", tuple(blocks), new_page=True)


def _list_own_sentences(details: Details) -> Iterable[str]:
    for deed in details.deeds:
        for words in (deed.said, deed.did, deed.why):
            yield from split_sentences(words)
    for words in (details.missing, *details.next_steps, details.contact):
        yield from split_sentences(words)

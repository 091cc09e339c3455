"""What a run was told and found goes in; the sentences that it can give to items of reporting guidelines come out."""

from collections.abc import Callable

from coprod_cli.model.findings import Findings
from coprod_cli.model.survey import ColumnKind
from coprod_cli.model.tables import Score, ThemeCount, rows
from coprod_cli.reporting.material import Material
from coprod_cli.reporting.story_of_coders import TITLE, say_coders_agree
from coprod_cli.reporting.story_of_themes import find_strongest
from coprod_cli.reporting.wording import list_names, say_ratio, say_theme
from coprod_cli.telling import (
    ROLE_WORDS,
    is_unknown,
    is_withheld,
    list_panels,
    list_projects,
    name_coder,
    name_role,
    name_tried,
    say_checked,
    say_people,
    say_period,
    say_sorted,
    say_total,
    start_sentence,
)

AGREEMENT = "TO BE FILLED: agreement of two people on a sample."
NAMED = 4


def _end(words: str) -> str:
    """Somebody's words as a sentence."""
    plain = " ".join(words.split())
    return plain if not plain or plain.endswith((".", "!", "?")) else f"{plain}."


def _tell_who_ran(material: Material) -> str:
    return _end(material.details.reflexivity.who_ran or material.details.name)


def _tell_who_coded(material: Material) -> str:
    return _end(material.details.reflexivity.who_coded)


def _tell_relation(material: Material) -> str:
    return _end(material.details.reflexivity.relation)


def _tell_ethics(material: Material) -> str:
    return _end(material.details.reflexivity.ethics)


def _tell_funding(material: Material) -> str:
    return _end(material.details.reflexivity.funding)


def _tell_asked(material: Material) -> str:
    details = material.details
    when = (
        f"The survey was open from {details.opened} to {details.closed}." if details.opened and details.closed else ""
    )
    period = say_period(material.findings.period)
    found = f"The answers are from {period}." if period and not when else ""
    return " ".join(filter(None, (when or found, _end(details.asked))))


def _tell_missing(material: Material) -> str:
    return _end(material.details.missing)


def _tell_sampling(material: Material) -> str:
    invited = material.details.invited
    number = "" if invited is None else f"{invited:,} people were invited. "
    closed = (
        " For some groups everybody was asked (closed groups)."
        if any(each.used for each in material.findings.closed)
        else ""
    )
    chosen = "People chose for themselves whether to answer: no random sample, no known chance of being asked."
    return f"{number}{chosen}{closed}"


def _tell_sample_size(material: Material) -> str:
    findings = material.findings
    people = say_total(findings, findings.people, "person", "people")
    forms = say_total(findings, findings.forms, "form", "forms")
    projects = len(list_projects(findings))
    where = f", on {_count(projects, 'project')}" if projects else ""
    return f"{start_sentence(people)}, {forms}{where}."


def _tell_left_out(material: Material) -> str:
    findings = material.findings
    left = sum(each.rows for each in findings.notices)
    read = say_total(findings, findings.rows_read, "row was", "rows were")
    return f"{start_sentence(read)} read and {left:,} left out; why stands under “What was left out”."


def _tell_sample(material: Material) -> str:
    findings = material.findings
    told = [
        f"{name_role(role)}: {say_people(findings, people)}"
        for role, people in findings.people_by_role
        if not is_withheld(people) and people
    ]
    roles = "; ".join(told) or list_names(name_role(role) for role in ROLE_WORDS if role in _list_roles(findings))
    return f"{start_sentence(roles)}. By project: see “Who answered”." if roles else ""


def _tell_questions(material: Material) -> str:
    kinds = [each.kind for each in material.findings.questions]
    closed, open_ = kinds.count(ColumnKind.ITEM), kinds.count(ColumnKind.OPEN)
    return f"{_count(closed, 'closed question')} and {_count(open_, 'open one')}; all stand under “What was asked”."


def _tell_rounds(material: Material) -> str:
    waves = sorted({panel.wave for panel in list_panels(material.findings)} - {""})
    return f"The survey was held in {_count(len(waves), 'round')}: {list_names(waves)}." if waves else "Asked once."


def _tell_saturation(_material: Material) -> str:
    return "Every answer that an engine can read was coded; no stopping rule was used."


def _tell_coders(material: Material) -> str:
    coder = material.findings.coder
    measured = (
        "How well it codes was not measured."
        if is_withheld(coder.macro_f1)
        else f"Over all themes its F1 is {say_ratio(coder.macro_f1)} (likely range {say_ratio(coder.macro_f1_low)} to "
        f"{say_ratio(coder.macro_f1_high)}), on {coder.answers:,} {name_tried(coder)}."
    )
    if is_unknown(material.findings):
        return f"{say_sorted(material.findings)} {say_checked(material.findings)}"
    machine = f"One machine coder ({name_coder(coder)}, version {coder.version})"
    if material.findings.checked.by_hand:
        return f"{machine}. {say_checked(material.findings)} {measured}"
    return f"{machine}, not checked by a person. {measured}"


def _tell_agreement(material: Material) -> str:
    coders = material.findings.coders
    return f"{say_coders_agree(coders)} By theme: see “{TITLE}”." if coders.answers else AGREEMENT


def _tell_tree(material: Material) -> str:
    themes = material.findings.framework.themes
    fed = sum(bool(each.feeds) for each in themes)
    return f"{len(themes)} themes, of which {fed} belong to dimensions of the score; see “Coding tree”."


def _tell_derivation(material: Material) -> str:
    framework = material.findings.framework
    book = f"the codebook of {framework.id}, version {framework.version}"
    return f"Set beforehand: {book}. None was made from these answers."


def _tell_software(material: Material) -> str:
    findings = material.findings
    return (
        f"coprod {findings.provenance.version}, offline; {name_coder(findings.coder)}, version "
        f"{findings.coder.version}; framework {findings.framework.id} {findings.framework.version}; seed "
        f"{findings.settings.seed}."
    )


def _tell_replies(material: Material) -> str:
    """Who was asked to answer to the findings; services are not the people who answered."""
    replies = len(material.details.replies) + sum(bool(each.reply) for each in material.findings.flags)
    told = f"{_count(replies, 'reply', 'replies')} by services stand in the report. " if replies else ""
    return f"{told}This run knows of no check by the people who answered."


def _tell_quotations(material: Material) -> str:
    quotes = material.findings.quotes
    if not quotes:
        return "None may be quoted."
    return (
        f"{_count(len(quotes), 'quote')} that may be published, each with role and id, drawn by lot within theme and "
        "stance: some under “In people's own words”, all in quotes.csv. A person must read each first."
    )


def _tell_consistency(material: Material) -> str:
    habits = [each for each in material.findings.quality.habits if not is_withheld(each.tilt)]
    told = "Scores and comments stand beside each other, by project and role."
    if habits:
        told += " How those who commented differ from all stands under “How far these answers bear the scores”."
    return told


def _tell_main_themes(material: Material) -> str:
    findings = material.findings
    strongest = find_strongest(findings)[:NAMED]
    if not strongest:
        return "Too few people commented to name any."
    who = name_role(strongest[0].role)
    how = "by what people coded" if is_unknown(findings) else "by the machine's reading"
    return f"Raised by {who}, {how}: {list_names(say_theme(findings, each) for each in strongest)}."


def _tell_minor_themes(material: Material) -> str:
    findings = material.findings
    told = {row.theme for row in rows(findings.themes, ThemeCount) if not row.project and row.people > 0}
    return (
        f"{_count(len(told), 'theme')} can be counted over all projects; see “What people wrote about”. A theme that "
        "nobody raised can still be a problem."
    )


def _tell_approach(material: Material) -> str:
    framework = material.findings.framework
    return (
        f"A survey of closed and open questions, read with a framework of {len(framework.dimensions)} dimensions and "
        f"{len(framework.themes)} themes. {framework.status}"
    )


def _tell_context(material: Material) -> str:
    details, projects = material.details, list_projects(material.findings)
    named = f": {list_names(projects)}" if len(projects) <= NAMED else ""
    told = f"{_count(len(projects), 'piece', 'pieces')} of joint work{named}." if projects else ""
    return " ".join(filter(None, (_end(details.name), f"Year: {details.year}." if details.year else "", told)))


def _tell_privacy(material: Material) -> str:
    findings = material.findings
    limits = findings.framework.thresholds_for(findings.settings.audience)
    if findings.settings.audience == "raw":
        return "Nothing is withheld here; this must not be published."
    return (
        "Names and contacts were masked before coding. Quotes only with consent. Nothing is told about fewer than "
        f"{limits.min_base} people."
    )


def _tell_processing(_material: Material) -> str:
    return "Read, masked, coded and counted by machine on one computer, without a network; see “How it was done”."


def _tell_scoring(_material: Material) -> str:
    return "How scores and likely ranges are made stands under “How it was done”, all judgements under “Conventions”."


def _tell_trust(material: Material) -> str:
    return (
        "Settings, seed and versions are told, so that the run can be repeated byte for byte. "
        f"{_count(len(material.findings.framework.borders), 'rule')} say where themes meet. Figures under other "
        "conventions stand beside the scores."
    )


def _tell_scores(material: Material) -> str:
    told = [
        score for score in rows(material.findings.scores, Score) if score.reportable and score.dimension == "overall"
    ]
    return f"{_count(len(told), 'overall score')}, each with its likely range and people; see “Scores”."


def _tell_limits(material: Material) -> str:
    coded = "the numbers of themes are of what people coded" if is_unknown(material.findings) else "a machine coded"
    return f"People chose to answer; the scale is not validated; {coded}; see “What the scores mean”."


def _tell_framework_review(material: Material) -> str:
    framework = material.findings.framework
    return f"Of the questions and the codebook ({framework.id}, version {framework.version}): {_end(framework.status)}"


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


def _list_roles(findings: Findings) -> set[str]:
    return {base.role for base in findings.bases if base.answered > 0}


ANSWERS: dict[str, Callable[[Material], str]] = {
    "agreement": _tell_agreement,
    "approach": _tell_approach,
    "asked": _tell_asked,
    "coders": _tell_coders,
    "consistency": _tell_consistency,
    "context": _tell_context,
    "derivation": _tell_derivation,
    "ethics": _tell_ethics,
    "framework_review": _tell_framework_review,
    "funding": _tell_funding,
    "left_out": _tell_left_out,
    "limits": _tell_limits,
    "main_themes": _tell_main_themes,
    "minor_themes": _tell_minor_themes,
    "missing": _tell_missing,
    "privacy": _tell_privacy,
    "processing": _tell_processing,
    "questions": _tell_questions,
    "quotations": _tell_quotations,
    "relation": _tell_relation,
    "replies": _tell_replies,
    "rounds": _tell_rounds,
    "sample": _tell_sample,
    "sample_size": _tell_sample_size,
    "sampling": _tell_sampling,
    "saturation": _tell_saturation,
    "scores": _tell_scores,
    "scoring": _tell_scoring,
    "software": _tell_software,
    "tree": _tell_tree,
    "trust": _tell_trust,
    "who_coded": _tell_who_coded,
    "who_ran": _tell_who_ran,
}

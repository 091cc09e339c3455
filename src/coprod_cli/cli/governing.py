"""A governance file's name and a survey's files go in; a form on disk, or a summary of a filled one, comes out."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from coprod_cli.cli.saving import refuse_overwriting, save_file
from coprod_cli.cli.terminal import write_line
from coprod_cli.model.findings import Flag
from coprod_cli.model.framework import Framework
from coprod_cli.model.governance import BODY_KINDS, FACT_ANSWERS, STATUSES, Governance, ProjectFacts
from coprod_cli.model.survey import Survey
from coprod_cli.protecting import mask_governance
from coprod_cli.reading import (
    fit_as_listed,
    fit_governance,
    read_framework,
    read_governance,
    read_mapping,
    read_survey,
    write_governance,
)
from coprod_cli.scoring import judge_facts
from coprod_cli.telling import name_unknown, say_seats

_MANY = 12
_LISTED = "Names of projects were checked by the list in the file. If the survey has others now, give it, too."
_UNLISTED = "To check the names of projects by those in the survey, give it, too: coprod governance SURVEY --check FILE"
EFFECT_WORDS = {"note": "a note", "limit": "limits the score", "withheld": "no score"}


class SurveyNamed(NamedTuple):
    """What the user named beside the form: the survey's files, a mapping file, a framework."""

    survey: tuple[Path, ...]
    mapping: Path | None
    framework: Path | None


def write_form(path: Path, named: SurveyNamed, *, force: bool) -> None:
    """Write a form with every project of the survey, or with one to name, and say what to do with it.

    Raises:
        CannotWriteError: the file exists and `force` is not given, it is one that is read, or the disk refused.
        CoprodError: the survey, mapping or framework cannot be read.
    """
    refuse_overwriting([path], [*named.survey, named.mapping, named.framework])
    framework = read_framework(named.framework)
    projects = _list_projects(_read(named, framework))
    save_file(write_governance(projects, framework).encode(), path, force=force)
    many = f"{len(projects)} projects" if len(projects) > 1 else "one project"
    write_line(f"Form for {many}, {len(framework.facts)} facts each: {path}")
    for name in projects[:_MANY]:
        write_line(f"  {name}")
    if len(projects) > _MANY:
        write_line(f"  and {len(projects) - _MANY} more; take out those that you know nothing about")
    write_line("Fill in what you know, leave the rest as it is, and write roles, not names. Then:")
    write_line(f"  coprod governance --check {path}")
    write_line(f"  coprod analyse {' '.join(map(str, named.survey)) or 'SURVEY'} --governance {path}")


def check_form(path: Path, named: SurveyNamed) -> None:
    """Read a form as analyse would, and say what it holds and what to look at.

    Raises:
        SettingsFileError: something in it must be mended; the line is named.
        CoprodError: the survey, mapping or framework cannot be read.
    """
    framework = read_framework(named.framework)
    governance = read_governance(path, framework)
    survey = _read(named, framework)
    listed = governance.surveyed
    governance = fit_governance(governance, _list_projects(survey)) if survey else fit_as_listed(governance)
    governance = mask_governance(governance, survey.private_words if survey else frozenset())
    _, flags = judge_facts(governance, framework)
    for line in _sum_up(governance, framework, flags, path.name):
        write_line(line)
    if not survey:
        write_line(f"\n{_LISTED if listed else _UNLISTED}")


def _read(named: SurveyNamed, framework: Framework) -> Survey | None:
    if not named.survey:
        return None
    return read_survey(named.survey, framework, read_mapping(named.mapping) if named.mapping else None)


def _list_projects(survey: Survey | None) -> list[str]:
    return sorted({name for name in survey.responses["project"] if name}, key=str.casefold) if survey else []


def _sum_up(governance: Governance, framework: Framework, flags: Sequence[Flag], name: str) -> Iterator[str]:
    speaks = f", as of {governance.as_of}" if governance.as_of else ""
    yield f"{name} can be used{speaks}."
    for project in governance.projects:
        yield f"\n{project.project}"
        yield from (f"  {line}" for line in _sum_up_project(project, framework))
        raised = [
            f"{each.name} ({each.id}, {EFFECT_WORDS[each.effect]})" for each in flags if each.project == project.project
        ]
        if raised:
            yield f"  Red flags on paper: {'; '.join(raised)}"
    if governance.notices:
        yield "\nPlease check"
        yield from (f"  - {notice.in_full}" for notice in governance.notices)


def _sum_up_project(project: ProjectFacts, framework: Framework) -> Iterator[str]:
    known = [each for each in project.facts if each.answer != "not known"]
    if not known:
        yield f"Facts: none of {len(framework.facts)} known yet"
    else:
        answers = _count(Counter(each.answer for each in known), FACT_ANSWERS)
        statuses = _count(Counter(each.status for each in known), STATUSES)
        unknown = name_unknown(project, [each.id for each in framework.facts])
        rest = f". Not known yet: {unknown}" if unknown else ""
        yield f"Facts: {len(known)} of {len(framework.facts)} known ({answers}; {statuses}){rest}"
    for kind in BODY_KINDS:
        seats = say_seats(project.bodies, kind)
        if seats:
            yield seats
    dates = {
        "started": project.started,
        "parents first asked": project.first_contact,
        "decided": project.decided,
        "ended": project.ended,
    }
    if any(dates.values()):
        told = ", ".join(f"{label} {day}" for label, day in dates.items() if day)
        yield f"Dates ({project.dates_status}): {told}"
    if project.changed:
        yield f"What changed: {len(project.changed)} told"


def _count(counted: Counter[str], words: tuple[str, ...]) -> str:
    return ", ".join(f"{counted[word]} {word}" for word in words if counted[word])

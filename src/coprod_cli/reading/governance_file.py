"""A governance file in TOML goes in; what is on paper about each project, checked line by line, comes out.

docs/governance.md explains every key. Nothing here is judged: scoring makes flags and limits of it.
"""

import hashlib
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from coprod_cli.model.errors import SettingsFileError
from coprod_cli.model.framework import Framework
from coprod_cli.model.governance import BODY_KINDS, FACT_ANSWERS, STATUSES, Body, Fact, Governance, Origin, ProjectFacts
from coprod_cli.model.survey import Notice
from coprod_cli.model.tables import ROLES
from coprod_cli.reading.governance_place import Place
from coprod_cli.reading.governance_seats import settle_seats
from coprod_cli.reading.settings_faults import blame_all, parse_settings_on
from coprod_cli.reading.settings_text import SettingsText, open_settings, take_tables
from coprod_cli.reading.wording import make_key

_FILE_KEYS = ("as_of", "survey_projects", "projects")
_PROJECT_KEYS = (
    "project", "called", "promised", "changed", "dates", "producers", "asked", "facts", "bodies", "replies",
)  # fmt: skip
_ORIGIN_KEYS = ("status", "who", "evidence", "date")
_DATE_KEYS = ("started", "first_contact", "decided", "ended")


def read_governance(path: Path, framework: Framework) -> Governance:
    """A governance file, checked. Facts that rows of boards answer, too, are settled between the two.

    Args:
        path: the file; `coprod governance --write` makes one to fill in.
        framework: its facts, ladder and flags are those that the file may name.

    Raises:
        SettingsFileError: the file is missing, a key, fact or date is not as it should be, something is called verified
            without who, evidence and date, or a date is missing that a rule counts from; every fault is told, each with
            its line.
    """
    data = open_settings(path)
    settings, faults = parse_settings_on(data, path.name)
    broken = {each.line for each in faults}
    whole = Place(settings, settings.values, faults)
    if not broken or settings.values:
        whole.check(_FILE_KEYS)
    found = list(_take_projects(whole, framework))
    as_of = whole.take_date("as_of")
    surveyed = whole.take_list("survey_projects")
    if not as_of and not faults:
        _require_day(whole, found, framework)
    if faults:
        # What is missing on a line that cannot be read is not missing.
        told = faults[: len(broken)] + [each for each in faults[len(broken) :] if each.line not in broken]
        raise blame_all(told, path.name)
    settled = [settle_seats(each, framework) for each in found]
    return Governance(
        projects=tuple(project for project, _ in settled),
        as_of=as_of,
        sha256=hashlib.sha256(data).hexdigest(),
        notices=(
            *(notice for _, notices in settled for notice in notices),
            *_tell_undated(found, framework),
            *_tell_to_come(found, as_of),
        ),
        surveyed=surveyed,
    )


def _take_projects(whole: Place, framework: Framework) -> Iterator[ProjectFacts]:
    settings = whole.settings
    try:
        tables = take_tables(settings, settings.values, "projects")
    except SettingsFileError as fault:
        whole.faults.append(fault)
        return
    if not tables and not whole.faults:
        hint = 'Begin each with a line [[projects]] and a line project = "...", named as in the survey.'
        whole.blame("there is no project in it.", hint)
    as_of = Place(settings, settings.values, []).take_date("as_of")
    named: set[str] = set()
    for index, values in enumerate(tables):
        place = Place(_keep_lines(settings, index), values, whole.faults, "projects")
        project = _take_project(place, framework)
        key = make_key(project.project) or project.project
        if key and key in named:
            hint = "Give each project one [[projects]], with all its facts and bodies under it."
            place.blame("this project is named twice.", hint, "project")
        named.add(key)
        _refuse_later(place, as_of)
        yield project


def _keep_lines(settings: SettingsText, index: int) -> SettingsText:
    """The file with no lines but those of one project, so that a heading within it is the first of its name."""
    first, after = (settings.find_line("projects", place) for place in (index, index + 1))
    if not first:
        return settings
    before, lines = ("",) * (first - 1), settings.lines[first - 1 : (after or len(settings.lines) + 1) - 1]
    return settings._replace(lines=(*before, *lines))


def _take_project(place: Place, framework: Framework) -> ProjectFacts:
    place.check(_PROJECT_KEYS)
    name = place.take("project", None)
    if not name and isinstance(place.values.get("project"), str):
        place.blame("the project has no name.", 'Write project = "...", named as in the survey.', "project")
    promised = place.take("promised")
    if promised:
        promised = place.choose("promised", [each.label for each in framework.ladder.rungs], None)
    dates = place.enter("dates")
    dates.check((*_DATE_KEYS, *_ORIGIN_KEYS))
    started, first_contact, decided, ended = (dates.take_date(key) for key in _DATE_KEYS)
    if started and ended and ended < started:
        dates.blame("the work ended before it started.", "Correct one of the two dates.", "ended")
    dates_status, dates_origin = _take_origin(dates)
    producers = place.enter("producers")
    producers.check(("number", *_ORIGIN_KEYS))
    producers_status, producers_origin = _take_origin(producers)
    return ProjectFacts(
        project=name,
        facts=_take_facts(place, [each.id for each in framework.facts]),
        bodies=_take_bodies(place),
        started=started,
        first_contact=first_contact,
        decided=decided,
        ended=ended,
        dates_status=dates_status,
        dates_origin=dates_origin,
        called=place.take("called"),
        promised=promised,
        producers=producers.take_people("number", 0),
        producers_status=producers_status,
        producers_origin=producers_origin,
        asked=_take_asked(place),
        changed=place.take_list("changed"),
        replies=_take_replies(place, [each.id for each in framework.flags]),
    )


def _list_facts(place: Place) -> Iterator[tuple[str, Place]]:
    """Each fact that is given: lines of one table [projects.facts], or a table [[projects.facts]] each."""
    if isinstance(place.values.get("facts", {}), dict):
        for name, each in place.list_entries("facts"):
            each.check(("answer", *_ORIGIN_KEYS))
            yield name, each
    else:
        for each in place.list_tables("facts"):
            each.check(("fact", "answer", *_ORIGIN_KEYS))
            yield each.take("fact", None), each


def _take_facts(place: Place, known: Sequence[str]) -> tuple[Fact, ...]:
    found: dict[str, Fact] = {}
    for name, each in _list_facts(place):
        if name not in known:
            if name:
                each.blame(f"there is no fact '{name}'.", f"Known are: {', '.join(sorted(known))}.", "fact")
            continue
        if name in found:
            hint = (
                'Write it once. Where people do not agree, write status = "disputed" and say in who and evidence why.'
            )
            each.blame(f"the fact {name} is given twice for this project.", hint, "fact")
        status, origin = _take_origin(each)
        found[name] = Fact(name, each.choose("answer", FACT_ANSWERS, None), status, *origin)
    return tuple(found[name] for name in known if name in found)


def _take_bodies(place: Place) -> tuple[Body, ...]:
    found: list[Body] = []
    for each in place.list_tables("bodies"):
        each.check(("name", "kind", "parent_seat", "decides", *_ORIGIN_KEYS))
        name = each.take("name", None)
        if "name" in each.values and (not name or any(name == body.name for body in found)):
            each.blame("this row needs a name of its own.", 'Write name = "..." in each row.', "name")
        kind = each.choose("kind", BODY_KINDS, None)
        decides = each.values.get("decides", False)
        if not isinstance(decides, bool):
            each.blame(
                "'decides' must be true or false.", "Write decides = true where decisions are made there.", "decides"
            )
        seat = each.choose("parent_seat", FACT_ANSWERS, None)
        status, origin = _take_origin(each)
        found.append(Body(name, kind, seat, decides is True, status, *origin))
    return tuple(found)


def _take_origin(place: Place) -> tuple[str, Origin]:
    """The status, and who says so, on what evidence of what date; all three where it is called verified."""
    status = place.choose("status", STATUSES, "claimed")
    origin = Origin(place.take("who"), place.take("evidence"), place.take_date("date"))
    missing = [key for key, value in origin._asdict().items() if not (value or place.values.get(key))]
    if status == "verified" and missing:
        hint = 'Verified means: somebody has seen the document. Add what is missing, or write status = "claimed".'
        place.blame(f"this is called verified, but {_join(missing)} not given.", hint, "status")
    return status, origin


def _join(keys: list[str]) -> str:
    *most, last = keys
    return f"{', '.join(most)} and {last} are" if most else f"{last} is"


def _take_asked(place: Place) -> tuple[tuple[str, int], ...]:
    asked = place.enter("asked")
    asked.check(ROLES)
    return tuple((role, number) for role in ROLES if (number := asked.take_people(role, 1)) > 0)


def _take_replies(place: Place, flags: Collection[str]) -> tuple[tuple[str, str], ...]:
    replies = place.enter("replies")
    replies.check(tuple(flags))
    given = ((flag, replies.take(flag)) for flag in flags if flag in replies.values)
    return tuple((flag, words) for flag, words in given if words)


def _refuse_later(place: Place, as_of: str) -> None:
    """Blame the file where evidence is dated after the day that the file speaks of; dates sort as words."""
    quiet = place._replace(faults=[])
    facts = [each for _, each in _list_facts(quiet)]
    for each in (*facts, *quiet.list_tables("bodies"), quiet.enter("dates"), quiet.enter("producers")):
        if as_of and each.take_date("date") > as_of:
            each._replace(faults=place.faults).blame(
                f"this evidence is dated after {as_of}, the day the file speaks of.", "Correct date, or as_of.", "date"
            )


def _find_waiting(project: ProjectFacts, framework: Framework) -> list[str]:
    """Red flags that would limit this project's score, but count months from the day the work ended."""
    return [
        f"{rule.id} ({rule.name})"
        for rule in framework.flags
        if "months" in dict(rule.values)
        for fact, answers in rule.facts
        if (given := project.fact(fact)) and given.status == "verified" and given.answer in answers
    ]


def _require_day(whole: Place, projects: Sequence[ProjectFacts], framework: Framework) -> None:
    for project in projects:
        waiting = _find_waiting(project, framework)
        if project.ended and project.dates_status == "verified" and waiting:
            whole.blame(
                f"'as_of' is missing, and {waiting[0]} counts months from the end of the work to it.",
                'Write as_of = "2026-01-31", the day the file speaks of, as the first line of the file.',
            )


def _tell_undated(projects: Sequence[ProjectFacts], framework: Framework) -> list[Notice]:
    return [
        Notice(
            "governance-undated",
            f'The governance file does not say when "{project.project}" ended, so {waiting[0]} cannot limit its score.',
            hint="Give ended among the dates of the governance file if the work is over.",
        )
        for project in projects
        if not project.ended and (waiting := _find_waiting(project, framework))
    ]


def _tell_to_come(projects: Sequence[ProjectFacts], as_of: str) -> list[Notice]:
    """Days that had not come yet on the day that the file speaks of."""
    found = []
    for each in projects:
        later = [key for key in _DATE_KEYS if as_of and getattr(each, key) > as_of]
        if later:
            found.append(
                Notice(
                    "governance-to-come",
                    f'The governance file speaks of {as_of}, but gives later dates for "{each.project}": '
                    f"{', '.join(later)}.",
                    hint="Check these dates in the governance file; what is only planned is better left out.",
                )
            )
    return found

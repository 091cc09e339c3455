"""A governance file in TOML goes in; what is on paper about each project, checked line by line, comes out.

docs/governance.md explains every key. Nothing here is judged: scoring makes flags and limits of it.
"""

import datetime as dt
import hashlib
import re
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from coprod_cli.model.errors import SettingsFileError
from coprod_cli.model.framework import Framework
from coprod_cli.model.governance import BODY_KINDS, FACT_ANSWERS, STATUSES, Body, Fact, Governance, Origin, ProjectFacts
from coprod_cli.model.survey import Notice
from coprod_cli.model.tables import ROLES
from coprod_cli.reading.governance_seats import settle_seats
from coprod_cli.reading.settings_text import (
    SettingsText,
    check_keys,
    read_settings_file,
    require_known,
    take_number,
    take_tables,
    take_text,
    take_words,
)
from coprod_cli.reading.wording import drop_controls, make_key

_PROJECT_KEYS = (
    "project", "called", "promised", "changed", "dates", "producers", "asked", "facts", "bodies", "replies",
)  # fmt: skip
_ORIGIN_KEYS = ("status", "who", "evidence", "date")
_DATE_KEYS = ("started", "first_contact", "decided", "ended")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOST_PEOPLE = 10_000_000


class _Place(NamedTuple):
    """Where a table of values stands, to name the line of a fault: its heading, and which of that heading it is."""

    settings: SettingsText
    values: dict[str, Any]
    table: str
    nth: int = 0

    def blame(self, what: str, hint: str, key: str = "") -> SettingsFileError:
        return self.settings.blame(what, hint, self.table, self.nth, key)

    def check(self, allowed: Sequence[str]) -> None:
        check_keys(self.settings, self.values, allowed, self.table, self.nth)

    def take(self, key: str, default: str | None = "") -> str:
        """The words of a key, on one line."""
        words = take_text(self.settings, self.values, key, self.table, self.nth, default)
        return " ".join(drop_controls(words).split())

    def choose(self, key: str, known: Sequence[str], default: str | None) -> str:
        """One of the known words, however its capitals are."""
        spelt = {each.casefold(): each for each in known}
        word = self.take(key, default)
        if word.casefold() not in spelt:
            raise self.blame(f"'{key}' cannot be '{word}'.", f"Write one of: {', '.join(known)}.", key)
        return spelt[word.casefold()]


def read_governance(path: Path, framework: Framework) -> Governance:
    """A governance file, checked. Facts that rows of boards answer, too, are settled between the two.

    Args:
        path: the file; `coprod governance --write` makes one to fill in.
        framework: its facts, ladder and flags are those that the file may name.

    Raises:
        SettingsFileError: the file is missing, a key, fact or date is not as it should be, something is called verified
            without who, evidence and date, or a date is missing that a rule counts from; file and line are named.
    """
    data, settings = read_settings_file(path)
    check_keys(settings, settings.values, ("as_of", "projects"))
    tables = take_tables(settings, settings.values, "projects")
    if not tables:
        hint = 'Begin each with a line [[projects]] and a line project = "...", named as in the survey.'
        raise settings.blame("there is no project in it.", hint)
    as_of = _take_date(_Place(settings, settings.values, ""), "as_of")
    found = []
    for index, values in enumerate(tables):
        place = _Place(_keep_lines(settings, index), values, "projects")
        found.append(_take_project(place, framework))
        _refuse_later(place, as_of)
        if not as_of:
            _require_day(settings, found[-1], framework)
    _refuse_twice(settings, [each.project for each in found])
    settled = [settle_seats(each, framework) for each in found]
    return Governance(
        projects=tuple(project for project, _ in settled),
        as_of=as_of,
        sha256=hashlib.sha256(data).hexdigest(),
        notices=(*(notice for _, notices in settled for notice in notices), *_tell_undated(found, framework)),
    )


def _keep_lines(settings: SettingsText, index: int) -> SettingsText:
    """The file with no lines but those of one project, so that a heading within it is the first of its name."""
    first, after = (settings.find_line("projects", place) for place in (index, index + 1))
    if not first:
        return settings
    before, lines = ("",) * (first - 1), settings.lines[first - 1 : (after or len(settings.lines) + 1) - 1]
    return settings._replace(lines=(*before, *lines))


def _take_project(place: _Place, framework: Framework) -> ProjectFacts:
    settings, values = place.settings, place.values
    place.check(_PROJECT_KEYS)
    name = place.take("project", None)
    if not name:
        raise place.blame("the project has no name.", 'Write project = "...", named as in the survey.', "project")
    promised = place.take("promised")
    if promised:
        promised = place.choose("promised", [each.label for each in framework.ladder.rungs], None)
    changed = [" ".join(drop_controls(each).split()) for each in take_words(settings, values, "changed", "projects")]
    dates = _enter(place, "dates")
    dates.check((*_DATE_KEYS, *_ORIGIN_KEYS))
    started, first_contact, decided, ended = (_take_date(dates, key) for key in _DATE_KEYS)
    if started and ended and ended < started:
        raise dates.blame("the work ended before it started.", "Correct one of the two dates.", "ended")
    dates_status, dates_origin = _take_origin(dates)
    producers = _enter(place, "producers")
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
        producers=_take_whole(producers, "number", 0) if "number" in producers.values else -1,
        producers_status=producers_status,
        producers_origin=producers_origin,
        asked=_take_asked(place),
        changed=tuple(each for each in changed if each),
        replies=_take_replies(place, [each.id for each in framework.flags]),
    )


def _enter(place: _Place, key: str) -> _Place:
    """The table [projects.key] of a project; where it stands inside the project's own lines, those are named."""
    values = place.values.get(key, {})
    if not isinstance(values, dict):
        raise place.blame(f"'{key}' must be a table.", f"Begin it with a line [projects.{key}].", key)
    return _name_table(place, values, key, 0)


def _name_table(place: _Place, values: dict[str, Any], key: str, index: int) -> _Place:
    table = f"projects.{key}"
    if place.settings.find_line(table, index):
        return _Place(place.settings, values, table, index)
    return place._replace(values=values)


def _list_tables(place: _Place, key: str) -> list[_Place]:
    tables = place.values.get(key, [])
    if not isinstance(tables, list) or not all(isinstance(each, dict) for each in tables):
        raise place.blame(f"'{key}' must be tables.", f"Begin each with a line [[projects.{key}]].", key)
    return [_name_table(place, values, key, index) for index, values in enumerate(tables)]


def _take_facts(place: _Place, known: Collection[str]) -> tuple[Fact, ...]:
    found: dict[str, Fact] = {}
    for each in _list_tables(place, "facts"):
        each.check(("fact", "answer", *_ORIGIN_KEYS))
        name = each.take("fact", None)
        require_known(place.settings, name, known, (each.table, each.nth, "fact"))
        if name in found:
            hint = (
                'Write it once. Where people do not agree, write status = "disputed" and say in who and evidence why.'
            )
            raise each.blame(f"the fact {name} is given twice for this project.", hint, "fact")
        status, origin = _take_origin(each)
        found[name] = Fact(name, each.choose("answer", FACT_ANSWERS, None), status, *origin)
    return tuple(found[name] for name in known if name in found)


def _take_bodies(place: _Place) -> tuple[Body, ...]:
    found: list[Body] = []
    for each in _list_tables(place, "bodies"):
        each.check(("name", "kind", "parent_seat", "decides", *_ORIGIN_KEYS))
        name = each.take("name", None)
        if not name or any(name == body.name for body in found):
            raise each.blame("this row needs a name of its own.", 'Write name = "..." in each row.', "name")
        kind = each.choose("kind", BODY_KINDS, None)
        decides = each.values.get("decides", False)
        if not isinstance(decides, bool):
            raise each.blame(
                "'decides' must be true or false.", "Write decides = true where decisions are made there.", "decides"
            )
        seat = each.choose("parent_seat", FACT_ANSWERS, None)
        status, origin = _take_origin(each)
        found.append(Body(name, kind, seat, decides, status, *origin))
    return tuple(found)


def _take_origin(place: _Place) -> tuple[str, Origin]:
    """The status, and who says so, on what evidence of what date; all three where it is called verified."""
    status = place.choose("status", STATUSES, "claimed")
    origin = Origin(place.take("who"), place.take("evidence"), _take_date(place, "date"))
    missing = [key for key, value in origin._asdict().items() if not value]
    if status == "verified" and missing:
        hint = 'Verified means: somebody has seen the document. Add what is missing, or write status = "claimed".'
        raise place.blame(f"this is called verified, but {_join(missing)} not given.", hint, "status")
    return status, origin


def _join(keys: list[str]) -> str:
    *most, last = keys
    return f"{', '.join(most)} and {last} are" if most else f"{last} is"


def _take_date(place: _Place, key: str) -> str:
    """A date as YYYY-MM-DD, written as words or as a date of TOML; empty when it is not given."""
    value = place.values.get(key, "")
    if isinstance(value, dt.date):
        return value.isoformat()[: len("2026-01-31")]
    words = place.take(key)
    if not words:
        return ""
    try:
        day = dt.date.fromisoformat(words) if _ISO.fullmatch(words) else None
    except ValueError:
        raise place.blame(f"'{key}' names a day that there is not.", "Correct the day or the month.", key) from None
    if day is None:
        hint = f'Write year, month and day, such as {key} = "2026-01-31" for 31 January 2026.'
        raise place.blame(f"'{key}' must be a date.", hint, key)
    return day.isoformat()


def _take_whole(place: _Place, key: str, least: int) -> int:
    number = take_number(place.settings, place.values, key, place.table, place.nth, (least, _MOST_PEOPLE))
    if number != int(number):
        raise place.blame(f"'{key}' must be a whole number.", "Count people.", key)
    return int(number)


def _take_asked(place: _Place) -> tuple[tuple[str, int], ...]:
    asked = _enter(place, "asked")
    asked.check(ROLES)
    return tuple((role, _take_whole(asked, role, 1)) for role in ROLES if role in asked.values)


def _take_replies(place: _Place, flags: Collection[str]) -> tuple[tuple[str, str], ...]:
    replies = _enter(place, "replies")
    replies.check(tuple(flags))
    given = ((flag, replies.take(flag)) for flag in flags if flag in replies.values)
    return tuple((flag, words) for flag, words in given if words)


def _refuse_later(place: _Place, as_of: str) -> None:
    """Blame the file where evidence is dated after the day that the file speaks of; dates sort as words."""
    tables = [*_list_tables(place, "facts"), *_list_tables(place, "bodies")]
    for each in (*tables, _enter(place, "dates"), _enter(place, "producers")):
        if as_of and _take_date(each, "date") > as_of:
            raise each.blame(
                f"this evidence is dated after {as_of}, the day the file speaks of.", "Correct date, or as_of.", "date"
            )


def _refuse_twice(settings: SettingsText, names: list[str]) -> None:
    keys = [make_key(name) or name for name in names]
    for index, key in enumerate(keys):
        if key in keys[:index]:
            hint = "Give each project one [[projects]], with all its facts and bodies under it."
            raise settings.blame("this project is named twice.", hint, "projects", index, "project")


def _find_waiting(project: ProjectFacts, framework: Framework) -> list[str]:
    """Red flags that would limit this project's score, but count months from the day the work ended."""
    return [
        f"{rule.id} ({rule.name})"
        for rule in framework.flags
        if "months" in dict(rule.values)
        for fact, answers in rule.facts
        if (given := project.fact(fact)) and given.status == "verified" and given.answer in answers
    ]


def _require_day(settings: SettingsText, project: ProjectFacts, framework: Framework) -> None:
    waiting = _find_waiting(project, framework)
    if project.ended and project.dates_status == "verified" and waiting:
        raise settings.blame(
            f"'as_of' is missing, and {waiting[0]} counts months from the end of the work to it.",
            'Write as_of = "2026-01-31", the day the file speaks of, as the first line of the file.',
        )


def _tell_undated(projects: Sequence[ProjectFacts], framework: Framework) -> list[Notice]:
    return [
        Notice(
            "governance-undated",
            f'The governance file does not say when "{project.project}" ended, so {waiting[0]} cannot limit its score. '
            "Give ended under [projects.dates] if the work is over.",
        )
        for project in projects
        if not project.ended and (waiting := _find_waiting(project, framework))
    ]

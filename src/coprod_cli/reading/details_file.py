"""A details file in TOML goes in; what a forum says of itself and its year, checked line by line, comes out.

docs/details.md explains every key. Nothing is inferred: a report prints what stands here, as it stands.
"""

import difflib
import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from coprod_cli.model.details import STATUSES, Deed, Details, Practice, Reflexivity, ServiceReply, YearNumber
from coprod_cli.model.errors import SettingsFileError
from coprod_cli.reading.governance_place import Place
from coprod_cli.reading.settings_faults import blame_all, parse_settings_on
from coprod_cli.reading.settings_text import open_settings
from coprod_cli.reading.wording import drop_controls, make_key

EXPLAINED = "docs/details.md explains every key."
_KEYS = ("forum", "survey", "numbers", "you_said", "good_practice", "service", "replies", "research")
_FORUM = ("name", "year", "welcome", "about", "money", "thanks", "contact", "next_steps")
_BLANK_LINE = re.compile(r"\n\s*\n")
_SURVEY = ("asked", "invited", "opened", "closed", "missing")


def read_details(path: Path) -> Details:
    """A details file, checked; rows of which nothing is filled in are left out.

    Args:
        path: the file; `coprod details --write` makes one to fill in.

    Raises:
        SettingsFileError: the file is missing, or a key, a status, a number or a date is not as it should be; every
            fault is told, each with its line.
    """
    data = open_settings(path)
    settings, faults = parse_settings_on(data, path.name)
    broken = len(faults)
    lines = {each.line for each in faults}
    details = _take_details(Place(settings, settings.values, faults))
    if faults:
        # What is missing on a line that cannot be read is not missing.
        told = blame_all(faults[:broken] + [each for each in faults[broken:] if each.line not in lines], path.name)
        raise SettingsFileError(told.what, f"{told.hint} {EXPLAINED}", told.line)
    return replace(details, sha256=hashlib.sha256(data).hexdigest())


def fit_details(details: Details, projects: Iterable[str]) -> Details:
    """The same with projects spelt as the results spell them.

    Raises:
        SettingsFileError: it names a project that the results do not have.
    """
    spelt = {make_key(name): name for name in projects}

    def spell(name: str) -> str:
        if name and make_key(name) not in spelt:
            near = difflib.get_close_matches(name, spelt.values(), n=1)
            meant = f'Did you mean "{near[0]}"? ' if near else ""
            known = "; ".join(f'"{each}"' for each in sorted(spelt.values()))
            raise SettingsFileError(
                f'The details file names a project "{name}" that the survey does not have.', f"{meant}It has: {known}."
            )
        return spelt[make_key(name)] if name else ""

    return replace(
        details,
        deeds=tuple(each._replace(project=spell(each.project)) for each in details.deeds),
        practice=tuple(each._replace(project=spell(each.project)) for each in details.practice),
        replies=tuple(each._replace(project=spell(each.project)) for each in details.replies),
    )


def _take_details(whole: Place) -> Details:
    whole.check(_KEYS)
    forum, survey, service, research = (whole.enter(key) for key in ("forum", "survey", "service", "research"))
    forum.check(_FORUM)
    survey.check(_SURVEY)
    service.check(("reply_by",))
    research.check(Reflexivity._fields)
    invited = survey.take_people("invited", 1)
    return Details(
        name=forum.take("name"),
        year=forum.take("year"),
        welcome=_take_paragraphs(forum, "welcome"),
        about=_take_paragraphs(forum, "about"),
        money=_take_paragraphs(forum, "money"),
        thanks=_take_paragraphs(forum, "thanks"),
        contact=_take_paragraphs(forum, "contact"),
        asked=_take_paragraphs(survey, "asked"),
        invited=None if invited < 0 else invited,
        opened=survey.take("opened"),
        closed=survey.take("closed"),
        missing=_take_paragraphs(survey, "missing"),
        numbers=tuple(_take_numbers(whole)),
        deeds=tuple(_take_deeds(whole)),
        practice=tuple(_take_practice(whole)),
        next_steps=forum.take_list("next_steps"),
        reply_by=service.take("reply_by"),
        replies=tuple(_take_replies(whole)),
        reflexivity=Reflexivity(*(_take_paragraphs(research, key) for key in Reflexivity._fields)),
    )


def _take_paragraphs(place: Place, key: str) -> str:
    """The words of a key; a blank line begins a new paragraph, other ends of lines are blanks."""
    words = place.values.get(key, "")
    if not isinstance(words, str):
        return place.take(key)
    told = (" ".join(part.split()) for part in _BLANK_LINE.split(drop_controls(words)))
    return "\n\n".join(part for part in told if part)


def _take_numbers(whole: Place) -> Iterator[YearNumber]:
    for place in whole.list_tables("numbers"):
        place.check(YearNumber._fields)
        value = place.values.get("value", "")
        number = f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else place.take("value")
        label, note = place.take("label"), place.take("note")
        if number and not label:
            place.blame("this number does not say what it counts.", 'Write label = "...".', "label")
        if number:
            yield YearNumber(label, number, note)


def _take_deeds(whole: Place) -> Iterator[Deed]:
    for place in whole.list_tables("you_said"):
        place.check(("project", "you_said", "we_did", "status", "why", "date"))
        said, did = place.take("you_said"), place.take("we_did")
        project, why, date = (place.take(key) for key in ("project", "why", "date"))
        if not (said or did):
            continue
        if not said:
            place.blame("this row does not say what people asked for.", 'Write you_said = "...".', "you_said")
        status = place.choose("status", STATUSES, "")
        if status == "not done" and not why:
            place.blame("what was not done needs a reason.", 'Write why = "...".', "why")
        yield Deed(project, said, did, status, why, date)


def _take_practice(whole: Place) -> Iterator[Practice]:
    for place in whole.list_tables("good_practice"):
        place.check(Practice._fields)
        project, what = place.take("project"), place.take("what")
        if what:
            yield Practice(project, what)


def _take_replies(whole: Place) -> Iterator[ServiceReply]:
    for place in whole.list_tables("replies"):
        place.check(ServiceReply._fields)
        project, who, date = (place.take(key) for key in ("project", "who", "date"))
        text = _take_paragraphs(place, "text")
        if text and not who:
            place.blame("this reply does not say who wrote it.", 'Write who = "...", a service or a role.', "who")
        if text:
            yield ServiceReply(project, who, date, text)

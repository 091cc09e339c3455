"""What a forum says about itself and its year: typed in by people, never inferred, printed as it stands."""

from dataclasses import dataclass, field
from typing import NamedTuple

STATUSES = ("done", "in progress", "not done", "waiting")


class YearNumber(NamedTuple):
    """One line of the year in numbers, such as "Parents and carers heard from" and "412"."""

    label: str
    value: str
    note: str = ""


class Deed(NamedTuple):
    """You said, we did: what people asked for, what came of it (status is one of STATUSES), why, and when.

    project is empty where it is about all of them.
    """

    project: str
    said: str
    did: str
    status: str
    why: str = ""
    date: str = ""


class Practice(NamedTuple):
    """Something that went well and that others could copy; project is empty where it is about none of them."""

    project: str
    what: str


class ServiceReply(NamedTuple):
    """What a service wrote back; project is empty where it is about the whole report."""

    project: str
    who: str
    date: str
    text: str


class Reflexivity(NamedTuple):
    """For a paper: who ran the survey, who coded, what they have to do with forum and service, ethics, money."""

    who_ran: str = ""
    who_coded: str = ""
    relation: str = ""
    ethics: str = ""
    funding: str = ""


@dataclass(frozen=True)
class Details:
    """All of it; what was not typed in is empty, and the report leaves it out or leaves room for it.

    name: of the forum or team. year: as they say it, such as "April 2025 to March 2026". invited: how many people
    were asked, None where nobody knows. asked: how people were asked. opened, closed: of the survey, as dates
    (2026-01-31) or months. missing: who may not have been heard from. reply_by: the day by which a service was asked
    to answer. changed: what changed this year, in the forum's own words. sha256: of the file, empty without one.
    """

    name: str = ""
    year: str = ""
    welcome: str = ""
    about: str = ""
    asked: str = ""
    invited: int | None = None
    opened: str = ""
    closed: str = ""
    missing: str = ""
    numbers: tuple[YearNumber, ...] = ()
    deeds: tuple[Deed, ...] = ()
    practice: tuple[Practice, ...] = ()
    replies: tuple[ServiceReply, ...] = ()
    reply_by: str = ""
    next_steps: tuple[str, ...] = ()
    money: str = ""
    thanks: str = ""
    contact: str = ""
    reflexivity: Reflexivity = field(default_factory=Reflexivity)
    sha256: str = ""

"""The forms of the sample survey go in; the same survey as further survey tools export it comes out, dirt and all.

`make_samples.py` calls `make_tool_exports` with its forms and the words of its questions. Whatever is not of the survey
(addresses, networks, who only looked at it) is made up: IP addresses from ranges kept free for documents, e-mail
addresses at example.org.
"""

import csv
import io
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple, Protocol

Cells = list[list[Any]]
HEARD_OF = ("Forum e-mail", "Facebook", "School newsletter", "Someone told me")
WHEN = "%Y-%m-%d %H:%M:%S"
NBSP = "\u00a0"
MARK = '"'


class Asked(NamedTuple):
    """The words of the questions: items by their stem, and what comes behind them in one order."""

    reference: str
    role: str
    project: str
    grids: dict[str, tuple[str, ...]]
    ladder: str
    overall: str
    opens: tuple[str, ...]
    consent: str
    heard_of: str

    def list_items(self) -> list[tuple[str, str]]:
        """Stem and statement of every closed item."""
        return [(stem, item) for stem, items in self.grids.items() for item in items]


class Told(NamedTuple):
    """One form in the parts that tools arrange differently."""

    number: int
    person: str
    role: str
    project: str
    items: list[str]
    rung: str
    overall: str
    words: list[str]
    consent: str
    heard_of: str
    start: datetime
    end: datetime

    def list_all(self) -> list[str]:
        """The answers in the order of the questions."""
        return [self.role, self.project, *self.items, self.rung, self.overall, *self.words, self.consent]

    def tick(self, yes: str, no: str, nothing: str = "") -> list[str]:
        """One mark for each way to hear of the survey; `nothing` where the question was passed over."""
        return [yes if self.heard_of == way else no if self.heard_of else nothing for way in HEARD_OF]


class Filled(Protocol):
    """A form as make_samples.py has it."""

    @property
    def person(self) -> str:
        """The reference on the invitation."""

    @property
    def when(self) -> datetime:
        """When it was begun."""

    @property
    def minutes(self) -> int:
        """How long it took."""

    def told(self) -> list[str]:
        """All the answers in the order of the questions."""


def make_tool_exports(forms: Sequence[Filled], asked: Asked) -> dict[str, bytes]:
    """Every sample of this module by file name."""
    told = [_take_apart(number, form) for number, form in enumerate(forms, start=1)]
    return {
        "forum_survey_limesurvey.csv": make_limesurvey(told, asked),
        "forum_survey_redcap.csv": make_redcap(told, asked),
        "forum_survey_kobo.csv": make_kobo(told, asked),
        "forum_survey_typeform.csv": make_typeform(told, asked),
        "forum_survey_alchemer.csv": make_alchemer(told, asked),
        "forum_survey_jisc.csv": make_jisc(told, asked),
    }


def _take_apart(number: int, form: Filled) -> Told:
    role, project, *rest = form.told()
    items, (rung, overall, *words, consent, heard_of) = rest[:-7], rest[-7:]
    end = form.when + timedelta(minutes=form.minutes)
    return Told(number, form.person, role, project, items, rung, overall, words, consent, heard_of, form.when, end)


def _write(cells: Cells, between: str = ",", end: str = "\n", *, quoted: bool = False) -> str:
    """Rows as text; `quoted` puts every cell in quotation marks, even an empty one, but leaves out what is None."""
    if quoted:
        lines = [["" if cell is None else f'"{cell.replace(MARK, MARK + MARK)}"' for cell in row] for row in cells]
        return "".join(between.join(line) + end for line in lines)
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=between, lineterminator=end).writerows(cells)
    return out.getvalue()


def make_limesurvey(told: Sequence[Told], asked: Asked) -> bytes:
    """Codes and texts as headings, everything in quotes but what was never shown, three people who gave up."""
    own = {
        "id": "Response ID", "submitdate": "Date submitted", "lastpage": "Last page",
        "startlanguage": "Start language", "seed": "Seed", "token": "Token", "startdate": "Date started",
        "datestamp": "Date last action", "ipaddr": "IP address",
    }  # fmt: skip
    questions = {"G01Q01": asked.role, "G01Q02": asked.project}
    for number, (stem, items) in enumerate(asked.grids.items(), start=3):
        questions |= {f"G02Q0{number}[SQ{place:03}]": f"{stem} [{item}]" for place, item in enumerate(items, start=1)}
    last = [asked.ladder, asked.overall, *asked.opens, asked.consent]
    questions |= {f"G03Q{number:02}": text for number, text in enumerate(last, start=5)}
    ways = [*HEARD_OF, "Other"]
    questions |= {f"G04Q20[SQ{place:03}]": f"{asked.heard_of} [{way}]" for place, way in enumerate(ways[:-1], start=1)}
    questions["G04Q20[other]"] = f"{asked.heard_of} [Other]"
    body: Cells = []
    for form in told:
        times = [f"{when:{WHEN}}" for when in (form.end, form.start, form.end)]
        about: list[str | None] = [str(form.number + 6), times[0], "4", "en", f"{104729 * form.number % 2**31}"]
        about += [form.person, *times[1:]]
        ticked = form.tick("Yes", "No", "N/A")
        body.append([*about, f"192.0.2.{form.number % 250 + 1}", *form.list_all(), *ticked, ""])
    for number in range(1, 4):
        gave_up = told[7 * number]
        when = f"{gave_up.start:%Y-%m-%d} 21:0{number}:00"
        about = [str(len(told) + 6 + number), None, "2", "en", f"{7919 * number}", f"HM-90{number}"]
        answers = [*gave_up.list_all()[:8], *[None] * (len(questions) - 8)]
        body.append([*about, when, when, "", *answers])
    header = [f"{code}. {text}" for code, text in (own | questions).items()]
    return ("\ufeff" + _write([header, *body], end="\r\n", quoted=True) + "\r\n").encode()


def make_redcap(told: Sequence[Told], asked: Asked) -> bytes:
    """Labels: one row for who a person is, and one for every project the person told about; two never sent off."""
    boxes = [f"{asked.heard_of} (choice={way})" for way in HEARD_OF]
    header = ["Record ID", "Repeat Instrument", "Repeat Instance", "Survey Identifier"]
    header += ["Survey Timestamp", asked.role, asked.consent, "Complete?"]
    header += ["Survey Timestamp", asked.project, *(item for _, item in asked.list_items())]
    header += [asked.ladder, asked.overall, *asked.opens, *boxes, "Complete?"]
    people: dict[str, list[Told]] = {}
    for form in told:
        people.setdefault(form.person, []).append(form)
    body: Cells = []
    for person in sorted(people):
        first = people[person][0]
        about = [f"{first.start:{WHEN}}", first.role, first.consent, "Complete"]
        body.append([person, "", "", "", *about, "", *_blank(len(header) - 14), *["Unchecked"] * 4, "Incomplete"])
        for instance, form in enumerate(people[person], start=1):
            body.append([person, "Your project", str(instance), "", "", "", "", "", *_tell_project(form), "Complete"])
    for number in (1, 2):
        person, form = f"HM-90{number}", told[9 * number]
        body.append([person, "", "", "", f"{form.start:{WHEN}}", form.role, form.consent, "Complete", ""])
        body[-1] += [*_blank(len(header) - 14), *["Unchecked"] * 4, "Incomplete"]
        begun = ["[not completed]", form.project, *form.items[:5], *_blank(len(header) - 20)]
        body.append([person, "Your project", "1", "", "", "", "", "", *begun, *["Unchecked"] * 4, "Incomplete"])
    return _write([header, *body]).encode()


def _blank(number: int) -> list[str]:
    return [""] * number


def _tell_project(form: Told) -> list[str]:
    ticked = form.tick("Checked", "Unchecked", "Unchecked")
    return [f"{form.end:{WHEN}}", form.project, *form.items, form.rung, form.overall, *form.words, *ticked]


def make_kobo(told: Sequence[Told], asked: Asked) -> bytes:
    """Labels behind their groups, semicolons, every cell in quotes, Kobo's columns last, one form that was rejected."""
    ways = [f"About you/{asked.heard_of}/{way}" for way in HEARD_OF]
    header = ["start", "end", f"About you/{asked.reference}", f"About you/{asked.role}"]
    header += [f"About you/{asked.heard_of}", *ways, f"The work/{asked.project}"]
    header += [f"{stem}/{item}" for stem, item in asked.list_items()]
    header += [f"The work/{text}" for text in (asked.ladder, asked.overall)]
    header += [f"In your words/{text}" for text in (*asked.opens, asked.consent)]
    header += ["__version__", "_id", "_uuid", "_submission_time", "_validation_status", "_notes", "_status"]
    header += ["_submitted_by", "_tags", "meta/instanceID", "_index"]
    body: Cells = []
    tried = told[3]._replace(number=len(told) + 1, person="test", words=["testing testing", "", ""])
    for form in [*told, tried]:
        uuid = f"{form.number * 7919:08x}-5f3a-4c1d-9b7e-{form.number * 104729:012x}"
        sent = f"{form.end + timedelta(seconds=40):%Y-%m-%dT%H:%M:%S}"
        times = [f"{when:%Y-%m-%dT%H:%M:%S}.000+01:00" for when in (form.start, form.end)]
        heard = [form.heard_of, *form.tick("1", "0")]
        status = "Not Approved" if form is tried else ""
        last = ["vN4rZq", str(350218000 + form.number), uuid, sent, status, "", "submitted_via_web", "", ""]
        answers = [*heard, form.project, *form.items, form.rung, form.overall, *form.words, form.consent]
        body.append([*times, form.person, form.role, *answers, *last, f"uuid:{uuid}", str(form.number)])
    return _write([header, *body], between=";", quoted=True).encode()


def make_typeform(told: Sequence[Told], asked: Asked) -> bytes:
    """A token for every form, choices as columns named only by the choice, yes and no as 1 and 0, a hidden field."""
    header = ["#", asked.role, asked.project, *(item for _, item in asked.list_items()), asked.ladder, asked.overall]
    header += [*asked.opens, asked.consent, *HEARD_OF, "Other", "ref", "Response Type", "Start Date (UTC)"]
    header += ["Stage Date (UTC)", "Submit Date (UTC)", "Network ID", "Tags", "Ending"]
    body: Cells = []
    for form in told:
        consent = {"Yes": "1", "No": "0"}.get(form.consent, "")
        ticked = [way if way == form.heard_of else "" for way in HEARD_OF]
        times = [f"{form.start:{WHEN}}", "", f"{form.end:{WHEN}}"]
        network = f"{form.number * 2654435761 % 2**40:010x}"
        answers = [*form.list_all()[:-1], consent, *ticked, "", form.person]
        body.append([f"{form.number * 0x9E3779B97F4A7C15F39CC0605CEDC835 % 2**128:032x}", *answers])
        body[-1] += ["completed", *times, network, "", "Thank you"]
    for number in (2, 5, 9):
        form = told[number * 11]
        answers = [*form.list_all()[:6], *_blank(len(header) - 14), "started"]
        token = f"{(number + 500) * 0x9E3779B97F4A7C15F39CC0605CEDC835 % 2**128:032x}"
        body.append([token, *answers, f"{form.start:{WHEN}}", f"{form.start:%Y-%m-%d} 23:0{number}:00", "", "", "", ""])
    return _write([header, *body]).encode()


def make_alchemer(told: Sequence[Told], asked: Asked) -> bytes:
    """Rows of grids in front of their question, several answers with `;`, people who gave up or were screened out."""
    header = ["Response ID", "Time Started", "Date Submitted", "Status", "Contact ID", "Legacy Comments", "Comments"]
    header += ["Language", "Referer", "SessionID", "User Agent", "Tags", "IP Address", "Longitude", "Latitude"]
    header += ["Country", "City", "State/Region", "Postal", "URL Variable: ref", asked.role, asked.project]
    header += [f"{item}:{stem}" for stem, item in asked.list_items()]
    header += [asked.ladder, asked.overall + NBSP, *asked.opens, asked.consent, asked.heard_of]
    header += [f"Other - Write In:{asked.heard_of}"]
    browser = "Mozilla/5.0 (made up)"
    body: Cells = []
    for form in told:
        times = [f"{form.start:{WHEN}}", f"{form.end:{WHEN}}"]
        about = [str(form.number + 11), *times, "Complete", "", "", "", "English", "", f"1760{form.number:06}_sample"]
        place = [browser, "", f"203.0.113.{form.number % 250 + 1}", "-0.1", "51.5", "United Kingdom", "", "", ""]
        heard = form.heard_of + (";Facebook" if form.heard_of == "School newsletter" and form.number % 3 == 0 else "")
        body.append([*about, *place, form.person, *form.list_all(), heard, ""])
    for number, status in enumerate(("Partial",) * 5 + ("Disqualified",) * 2, start=1):
        form = told[number * 13]
        when = f"{form.start:%Y-%m-%d} 22:1{number}:00"
        about = [str(len(told) + 11 + number), when, when, status, "", "", "", "English", "", f"1761{number:06}_sample"]
        answers = form.list_all()[:4] if status == "Partial" and number < 4 else [form.role]  # noqa: PLR2004 -- three of five began to answer
        body.append([*about, browser, "", f"203.0.113.{250 + number % 5}", *_blank(7), *answers])
        body[-1] += _blank(len(header) - len(body[-1]))
    return _write([header, *body], end="\r\n").encode()


def make_jisc(told: Sequence[Told], asked: Asked) -> bytes:
    """Questions behind their numbers, dates as people say them, durations in words, one form that was not completed."""
    header = ["Unique Response Number", f"1. {asked.role}", f"2. {asked.reference}", f"3. {asked.project}"]
    for number, items in enumerate(asked.grids.values(), start=4):
        header += [f"{number}.{letter}. {item}" for letter, item in zip("abcdefghijkl", items, strict=False)]
    last = (asked.ladder, asked.overall, *asked.opens, asked.consent, asked.heard_of)
    header += [f"{number}. {text}" for number, text in enumerate(last, start=6)]
    header += ["Started", "Completed", "Time taken"]
    body: Cells = []
    for form in told:
        times = [_say_date(form.start), _say_date(form.end), f"{(form.end - form.start).seconds // 60} minutes"]
        role, project, *rest = form.list_all()
        urn = f"412806-412797-{33882794 + 91 * form.number}"
        body.append([urn, role, form.person, project, *rest, form.heard_of, *times])
    form = told[20]
    begun = ["412806-412797-33899999", form.role, "HM-901", form.project, *form.items[:3]]
    body.append([*begun, *_blank(len(header) - len(begun) - 3), _say_date(form.start), "", ""])
    return _write([header, *body], end="\r\n").encode()


def _say_date(when: datetime) -> str:
    """'6th Oct 2025 7:25 am'."""
    ending = {1: "st", 2: "nd", 3: "rd"}.get(when.day % 10 if when.day // 10 != 1 else 0, "th")
    return f"{when.day}{ending} {when:%b %Y} {when.hour % 12 or 12}:{when:%M} {'pm' if when.hour > 11 else 'am'}"  # noqa: PLR2004 -- from 12 on it is pm

"""What survey.toml and comments.csv say goes in; the sample surveys of this folder come out, always the same bytes.

Run `python data/samples/make_samples.py` to write them here, with the copy that `coprod demo` uses, or name a folder.
Everything is made up: the forum, its area, the people, their answers. See README.md beside this file.
"""

import csv
import io
import json
import re
import sys
import tomllib
import zipfile
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from statistics import NormalDist
from typing import Any, NamedTuple

import openpyxl
from openpyxl.worksheet.table import Table

from file_exports import make_file_exports
from rounds import make_rounds
from tool_exports import Asked, make_tool_exports
from wide_exports import make_wide_exports

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
KNOWN: dict[str, Any] = tomllib.loads((HERE / "survey.toml").read_text(encoding="utf-8"))
Cells = list[list[Any]]

PROJECTS: dict[str, str] = KNOWN["projects"]
EXTENT_ITEMS: dict[str, str] = KNOWN["extent"]
AGREE_ITEMS: dict[str, str] = KNOWN["agree"]
EXTENT = ("Not at all", "A little", "Partly", "Mostly", "Completely")
AGREE = ("Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree")
RUNGS = ("No engagement", "Information", "Consultation", "Participation", "Co-design", "Co-production")
ROLE = "I am a..."
PROJECT = "Which piece of work are you telling us about?"
EXTENT_STEM = "Thinking about this piece of work, please tell us"
AGREE_STEM = "How much do you agree or disagree?"
LADDER = "Which best describes how parents were involved in this work?"
OVERALL = "Overall, how genuine was the co-production?"
OPENS = (
    "What was good about how parents and professionals worked together?",
    "What was not good, or could have been better?",
    "What changed because parents were involved?",
)
CONSENT = "May we quote your words without your name?"
REFERENCE = "Your reference (on your invitation)"
HEARD_OF = "How did you hear about this survey?"
AFTER_GRIDS = (LADDER, OVERALL, *OPENS, CONSENT, HEARD_OF)
QUESTIONS = (ROLE, PROJECT, *EXTENT_ITEMS, *AGREE_ITEMS, *AFTER_GRIDS)

DIMENSIONS = ("start", "power", "heard", "influence", "trust", "purpose", "inclusive", "sustain")


class Comment(NamedTuple):
    """One answer to an open question, either of the corpus or written for the samples."""

    tone: str
    corpus_id: str
    text: str


class Person(NamedTuple):
    """Who fills in: the reference on the invitation, the role as we know it and as they tick it."""

    reference: str
    role: str
    role_words: str
    consent: str


class Form(NamedTuple):
    """One form filled in for one project, as the person filled it in."""

    person: str
    role: str
    role_words: str
    project: str
    when: datetime
    minutes: int
    mood: float
    extent: tuple[str, ...]
    agree: tuple[str, ...]
    ladder: str
    overall: str
    opens: tuple[Comment, ...]
    consent: str
    heard_of: str

    def told(self) -> list[str]:
        """All the answers in the order of QUESTIONS."""
        who = [self.role_words, PROJECTS[self.project]]
        words = [comment.text for comment in self.opens]
        return [*who, *self.extent, *self.agree, self.ladder, self.overall, *words, self.consent, self.heard_of]


NO_COMMENT = Comment("0", "", "")


def pick(rng: Random, chances: dict[str, float]) -> str:
    """One of the words, each with its chance; the last takes what is left."""
    left = rng.random()
    for word, chance in chances.items():
        left -= chance
        if left < 0:
            return word
    return list(chances)[-1]


def bend(rng: Random, spread: float) -> float:
    """A normal deviate, made from random() alone: the one stream that Python promises to keep."""
    return spread * NormalDist().inv_cdf(min(max(rng.random(), 1e-9), 1 - 1e-9))


def shuffled(rng: Random, things: Iterable[Any]) -> list[Any]:
    """The same things in a drawn order."""
    return [thing for _, thing in sorted([(rng.random(), thing) for thing in things], key=lambda pair: pair[0])]


def tick(rng: Random, labels: Sequence[str], level: float, missing: Sequence[str]) -> str:
    """The label nearest to a level of 0 to 100, or now and then none."""
    if rng.random() < 0.055:  # noqa: PLR2004 -- the share of blanks and don't knows, said once
        return missing[int(rng.random() * len(missing))]
    place = (level + bend(rng, 12)) / 100 * (len(labels) - 1)
    return labels[min(max(round(place), 0), len(labels) - 1)]


def fill_in(rng: Random, person: Person, project: str, when: datetime) -> Form:
    """One person's form for one project: halo within the person, a spread of 20 to 24 points on each dimension."""
    side = "practitioner" if person.role == "practitioner" else "parent"
    halo = bend(rng, 15)
    true = {
        dimension: min(max(quality + halo + bend(rng, 13), 0), 100)
        for dimension, quality in zip(DIMENSIONS, KNOWN["qualities"][side][project], strict=True)
    }

    def answers(items: dict[str, str], labels: Sequence[str], missing: Sequence[str]) -> tuple[str, ...]:
        levels = [100 - true[name[1:]] if name.startswith("-") else true[name] for name in items.values()]
        return tuple(tick(rng, labels, level, missing) for level in levels)

    axis = 0.4 * true["power"] + 0.3 * true["influence"] + 0.3 * true["start"]
    genuine = sum(true.values()) / len(true)
    return Form(
        person.reference,
        person.role,
        person.role_words,
        project,
        when,
        4 + int(rng.random() * 17),
        genuine + bend(rng, 6),
        answers(EXTENT_ITEMS, EXTENT, ("", "Don't know")),
        answers(AGREE_ITEMS, AGREE, ("",)),
        tick(rng, RUNGS, axis, ("",)),
        tick(rng, [str(number) for number in range(11)], 0.5 * (genuine + axis), ("",)),
        (NO_COMMENT,) * 3,
        person.consent,
        pick(rng, {"Forum e-mail": 0.4, "Facebook": 0.2, "School newsletter": 0.15, "Someone told me": 0.1, "": 1}),
    )


def gather_people(rng: Random, numbers: dict[str, dict[str, int]], prefix: str) -> list[Form]:
    """Everybody's forms, in the order they came in; who answered for two projects keeps one reference."""
    wanted = [(role, projects) for role, counts in numbers.items() for projects, n in counts.items() for _ in range(n)]
    forms: list[Form] = []
    for number, (role, projects) in enumerate(shuffled(rng, wanted), start=1):
        words = pick(rng, KNOWN["role_words"][role])
        person = Person(f"{prefix}-{100 + number}", role, words, pick(rng, {"Yes": 0.8, "No": 0.13, "": 1}))
        when = datetime(2025, 10, 6, 7) + timedelta(days=int(rng.random() * 40), minutes=int(rng.random() * 900))  # noqa: DTZ001 -- exports carry local time
        for project in projects:
            forms.append(fill_in(rng, person, project, when))
            when += timedelta(minutes=25 + int(rng.random() * 30))
    return sorted(forms, key=lambda form: (form.when, form.person))


def read_comments() -> dict[tuple[str, str, str, str], list[Comment]]:
    """The chosen and hand-written comments by (survey, project, role, question); corpus texts come from the corpus."""
    lines = (ROOT / "data/corpus/answers.jsonl").read_text(encoding="utf-8").splitlines()
    corpus = {answer["id"]: answer["text"] for answer in map(json.loads, lines)}
    found: dict[tuple[str, str, str, str], list[Comment]] = {}
    with (HERE / "comments.csv").open(encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table):
            text = corpus[row["corpus_id"]] if row["corpus_id"] else row["text"]
            key = (row["survey"], row["project"], row["role"], row["question"])
            found.setdefault(key, []).append(Comment(row["tone"], row["corpus_id"], text))
    return found


def hand_out(rng: Random, forms: list[Form], survey: str) -> list[Form]:
    """The same forms with their comments: unhappy people comment more, and the glad words go to the gladder people."""
    comments = read_comments()
    opens = {(form.person, form.project): [NO_COMMENT] * 3 for form in forms}
    groups = sorted({(form.project, form.role) for form in forms})
    for project, role in groups:
        members = [form for form in forms if (form.project, form.role) == (project, role)]
        members.sort(key=lambda form: form.mood + bend(rng, 30))
        lists = [comments.get((survey, project, role, f"open_{number}"), []) for number in (1, 2, 3)]
        share = round(KNOWN["share_who_comment"][survey] * len(members))
        writers = members[: max(share, *(len(each) for each in lists))]
        for place, texts in enumerate(lists):
            chosen = shuffled(rng, writers)[: len(texts)]
            chosen.sort(key=lambda form: -form.mood)
            for form, text in zip(chosen, sorted(texts, key=lambda each: "+0-".index(each.tone)), strict=True):
                opens[form.person, form.project][place] = text
    return [form._replace(opens=tuple(opens[form.person, form.project])) for form in forms]


def write_csv(cells: Cells, end: str = "\n", mark: str = "") -> bytes:
    """Rows of cells as UTF-8 CSV."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator=end).writerows(cells)
    return (mark + out.getvalue()).encode()


def make_plain(forms: list[Form]) -> bytes:
    """One header row of full question texts."""
    body = [[form.person, f"{form.when:%d/%m/%Y}", *form.told()] for form in forms]
    return write_csv([["Respondent ID", "Date", *QUESTIONS], *body])


def make_without_role(forms: list[Form], roles: Sequence[str]) -> bytes:
    """The plain shape as a forum or a council would have it that asks one side only: no role column."""
    kept = make_plain([form for form in forms if form.role in roles]).decode()
    return write_csv([row[:2] + row[3:] for row in csv.reader(io.StringIO(kept, newline=""))])


def make_google_forms(forms: list[Form]) -> bytes:
    """UK timestamps, grids as "stem [row]", a blank row under the header, CRLF."""
    header = ["Timestamp", REFERENCE, ROLE, PROJECT, *(f"{EXTENT_STEM} [{item}]" for item in EXTENT_ITEMS)]
    header += [*(f"{AGREE_STEM} [{item}]" for item in AGREE_ITEMS), *AFTER_GRIDS]
    body = [[f"{form.when:%d/%m/%Y %H:%M:%S}", form.person, *form.told()] for form in forms]
    return write_csv([header, [""] * len(header), *body], end="\r\n")


def make_microsoft_forms(forms: list[Form]) -> bytes:
    """A workbook: statement-only grid headers, no-break spaces where Microsoft Forms leaves them, real dates."""
    nbsp = "\u00a0"
    headers = [REFERENCE, *QUESTIONS]
    headers[1::4] = [text + nbsp for text in headers[1::4]]
    headers[6::7] = [text.replace("parents ", f"parents{nbsp}", 1) for text in headers[6::7]]
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Sheet1"
    sheet.append(["ID", "Start time", "Completion time", "Email", "Name", *headers])
    for number, form in enumerate(forms, start=4):
        told = [answer + nbsp if answer == "Agree" else answer or None for answer in form.told()]
        end = form.when + timedelta(minutes=form.minutes)
        sheet.append([number, form.when, end, "anonymous", None, form.person, *told])
        for place in "BC":
            sheet[f"{place}{sheet.max_row}"].number_format = "m/d/yy h:mm:ss"
    sheet.add_table(Table(displayName="Table1", ref=sheet.dimensions))
    out = io.BytesIO()
    book.save(out)
    return freeze_workbook(out.getvalue())


def freeze_workbook(saved: bytes) -> bytes:
    """The same workbook without the hour it was saved at: neither in its properties nor in the zip around it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as new:
        for name in sorted(old.namelist()):
            content = old.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"\d{4}-\d\d-\d\dT[\d:]+Z", b"2025-11-17T09:00:00Z", content)
            new.writestr(zipfile.ZipInfo(name, (2025, 11, 17, 9, 0, 0)), content)
    return out.getvalue()


def make_surveymonkey(forms: list[Form]) -> bytes:
    """Two header rows: a question over its first column, its rows or "Response" below; one form left empty."""
    known = ["Respondent ID", "Collector ID", "Start Date", "End Date", "IP Address", "Email Address", "First Name"]
    known += ["Last Name", "Custom Data 1"]
    top = [*known, ROLE, PROJECT, EXTENT_STEM, *[""] * (len(EXTENT_ITEMS) - 1)]
    top += [AGREE_STEM, *[""] * (len(AGREE_ITEMS) - 1), *AFTER_GRIDS]
    below = [""] * len(known) + ["Response", "Response", *EXTENT_ITEMS, *AGREE_ITEMS]
    below += ["Open-Ended Response" if question in OPENS else "Response" for question in AFTER_GRIDS]
    body: Cells = []
    for number, form in enumerate(forms):
        times = [f"{when:%Y-%m-%d %H:%M:%S}" for when in (form.when, form.when + timedelta(minutes=form.minutes))]
        body.append([f"{118240013500 + 37 * number}", "430017755", *times, "", "", "", "", form.person, *form.told()])
    empty = ["118240099999", "430017755", "2025-11-15 21:02:11", "2025-11-15 21:02:40"]
    return write_csv([top, below, *body, empty + [""] * (len(top) - len(empty))], end="\r\n", mark="\ufeff")


def make_qualtrics(forms: list[Form]) -> bytes:
    """Three header rows, labels as values, two rows from trying the survey out and one that was left empty."""
    tags = ["StartDate", "EndDate", "Status", "Progress", "Duration (in seconds)", "Finished", "RecordedDate"]
    tags += ["ResponseId", "ExternalReference", "DistributionChannel", "UserLanguage"]
    names = ["Start Date", "End Date", "Response Type", "Progress", "Duration (in seconds)", "Finished"]
    names += ["Recorded Date", "Response ID", "External Data Reference", "Distribution Channel", "User Language"]
    asked = {"Q1": ROLE, "Q2": PROJECT}
    asked |= {f"Q3_{number}": f"{EXTENT_STEM} - {item}" for number, item in enumerate(EXTENT_ITEMS, start=1)}
    asked |= {f"Q4_{number}": f"{AGREE_STEM} - {item}" for number, item in enumerate(AGREE_ITEMS, start=1)}
    asked |= {f"Q{number}": text for number, text in enumerate(AFTER_GRIDS, start=5)}
    imports = ["startDate", "endDate", "status", "progress", "duration", "finished", "recordedDate", "_recordId"]
    imports += ["externalDataReference", "distributionChannel", "userLanguage"]
    imports += [f"QID{tag[1:].replace('_', '-')}" + "_TEXT" * (text in OPENS) for tag, text in asked.items()]
    month, tried = timedelta(days=30), (Comment("0", "", "test"),) * 3
    trials = [form._replace(person="", opens=tried, when=form.when - month) for form in forms[:2]]
    body: Cells = []
    for number, form in enumerate([*trials, *forms], start=11):
        start, end = (f"{when:%Y-%m-%d %H:%M:%S}" for when in (form.when, form.when + timedelta(minutes=form.minutes)))
        kind, channel = ("IP Address", "anonymous") if form.person else ("Survey Preview", "preview")
        about = [start, end, kind, 100, form.minutes * 60, "True", end, f"R_{7919 * number:015d}", form.person, channel]
        body.append([*about, "EN-GB", *form.told()])
    empty = ["2025-11-15 21:02:11", "2025-11-15 21:02:40", "IP Address", 5, 29, "False", "2025-11-15 21:02:41"]
    body.append([*empty, "R_000000000999999", "", "anonymous", "EN-GB", *[""] * len(asked)])
    imported = [json.dumps({"ImportId": name}) for name in imports]
    return write_csv([[*tags, *asked], [*names, *asked.values()], imported, *body])


def make_comments_only(cards: list[Form]) -> bytes:
    """Comment cards: who, which project, three open questions, nothing to tick."""
    body: Cells = []
    for card in cards:
        words = [comment.text for comment in card.opens]
        body.append(
            [card.person, f"{card.when:%d/%m/%Y}", card.role_words, PROJECTS[card.project], *words, card.consent]
        )
    return write_csv([["Card number", "Date", ROLE, "Project", *OPENS, CONSENT], *body])


def list_sources(forms: list[Form]) -> bytes:
    """Which corpus answer stands where: whoever trains or measures a coder leaves these out."""
    places = [
        [comment.corpus_id, form.person, f"open_{number}"]
        for form in forms
        for number, comment in enumerate(form.opens, start=1)
        if comment.corpus_id
    ]
    return write_csv([["corpus_id", "response", "question"], *sorted(places)])


GRIDS = {EXTENT_STEM: tuple(EXTENT_ITEMS), AGREE_STEM: tuple(AGREE_ITEMS)}
ASKED = Asked(REFERENCE, ROLE, PROJECT, GRIDS, LADDER, OVERALL, OPENS, CONSENT, HEARD_OF)
SHAPES: dict[str, Callable[[list[Form]], bytes]] = {
    "forum_survey.csv": make_plain,
    "forum_survey_google_forms.csv": make_google_forms,
    "forum_survey_microsoft_forms.xlsx": make_microsoft_forms,
    "forum_survey_surveymonkey.csv": make_surveymonkey,
    "forum_survey_qualtrics.csv": make_qualtrics,
}


def make_samples() -> dict[str, bytes]:
    """Every sample file by name."""
    rng = Random(KNOWN["seed"])
    forms = hand_out(rng, gather_people(rng, KNOWN["people"]["main"], "HM"), "main")
    cards = hand_out(rng, gather_people(rng, KNOWN["people"]["comments"], "CARD"), "comments")
    made = {name: make(forms) for name, make in SHAPES.items()}
    made |= make_tool_exports(forms, ASKED)
    further = make_file_exports(made, ASKED, (EXTENT, AGREE, RUNGS))
    made |= {name: freeze_workbook(each) if name.endswith(".xlsx") else each for name, each in further.items()}
    made |= make_wide_exports(made["forum_survey.csv"], PROJECT)
    made |= make_rounds(KNOWN, EXTENT, (REFERENCE, ROLE, PROJECT))
    made["parents_export.csv"] = make_without_role(forms, ("parent",))
    made["practitioners_export.csv"] = make_without_role(forms, ("practitioner",))
    made["comments_only.csv"] = make_comments_only(cards)
    made["sources.csv"] = list_sources([*forms, *cards])
    return made


def main() -> None:
    """Write the samples to the folder given, or here and where `coprod demo` finds its own."""
    made = make_samples()
    folder = Path(sys.argv[1]) if sys.argv[1:] else HERE
    for name, content in made.items():
        (folder / name).write_bytes(content)
    if folder == HERE:
        (ROOT / "src/coprod_cli/samples/forum_survey.csv").write_bytes(made["forum_survey.csv"])


if __name__ == "__main__":
    main()

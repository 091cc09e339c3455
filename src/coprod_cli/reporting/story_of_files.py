"""What lies beside the report, and what each column of its CSV files means, comes out as a section."""

from coprod_cli.reporting.document import Bullets, Folded, Paragraph, Section, Table
from coprod_cli.telling import MARKS

FILES = {
    "report.html": "this report",
    "summary.md": "the one-page summary, to paste elsewhere",
    "results.json": "every result, for other programs",
    "scores.csv": "every score with its range and people, for a spreadsheet",
    "changes.csv": "every change from round to round, where there are several",
    "rungs.csv": "how likely each project stands on each rung of the ladder",
    "flags.csv": "every red flag that is up, with its reason and the service's reply",
    "sectors.csv": "the scores of practitioners of each sector, where enough of them answered",
    "sensitivity.csv": "the overall scores under other conventions, for researchers",
    "quality.csv": "how far the answers bear the scores: reliability, correlations, habits, for researchers",
    "themes.csv": "every theme with its people, for a spreadsheet",
    "governance.csv": "what is on paper about each project: facts, boards, dates, what changed, replies",
    "coded_answers.csv": "every coded stretch of every answer, to check the coding",
    "framework.toml": "themes, dimensions and thresholds as they were used, to tell the results again",
    "charts": "every picture of this report, and some more, as .svg and .png",
    "manifest.json": "versions, settings and check sums, so that others can repeat this",
}
WHOSE = {
    "project": "the piece of joint work; [c] where it is withheld",
    "role": "who spoke: parent, practitioner, young_person, volunteer, other",
    "wave": "the round of the survey; empty where there was one",
}
MARKED = f"of a figure that is missing or unsure: {'; '.join(f'{mark}, {means}' for mark, means in MARKS.items())}"
COLUMNS: dict[str, dict[str, str]] = {
    "scores.csv": {
        **WHOSE,
        "dimension": "id of the dimension, or overall",
        "dimension_name": "its name",
        "estimate": "the score, 0 (worst) to 100 (best); empty where there is none",
        "low": "lower end of the likely range",
        "high": "upper end of the likely range",
        "people": "how many people it rests on",
        "basis": (
            "items (closed questions), items+comments (comments for at most a third), or comments; comments are coded "
            "by machine, not checked"
        ),
        "reportable": "yes, or no where there is no score",
        "why_not": "why there is no score",
        "before_limits": "the overall score before a verified fact held it down; empty where none did",
        "low_before": "the lower end of its likely range",
        "high_before": "the upper end of its likely range",
        "weakest": "id of the dimension that the overall score is held near; empty where none holds it down",
        "plain_mean": "the weighted mean of the dimensions that it would be otherwise; empty where none holds it down",
        "plain_low": "the lower end of its likely range",
        "plain_high": "the upper end of its likely range",
        "effective": "how many people of equal weight would tell as much; empty where all weigh the same",
        "mark": MARKED,
    },
    "flags.csv": {
        "project": WHOSE["project"],
        "wave": "the round of the survey; empty where the flag is up for all of them",
        "id": "id of the red flag",
        "name": "its name",
        "effect": "note (beside the score), limit (holds it down) or withheld (there is no score)",
        "reason": "what raised it",
        "escalate": "yes where a named person should look",
        "reply": "what the service replied; empty where no reply came",
    },
    "sectors.csv": {
        "project": WHOSE["project"],
        "wave": WHOSE["wave"],
        "sector": "where the practitioners work: education, health, social_care, council, voluntary",
        "dimension": "id of the dimension, or overall",
        "dimension_name": "its name",
        "estimate": "the score, 0 (worst) to 100 (best); empty where there is none",
        "low": "lower end of the likely range",
        "high": "upper end of the likely range",
        "people": "how many people it rests on",
        "reportable": "yes, or no where there is no score",
        "mark": "c where the score is withheld",
    },
    "rungs.csv": {
        **WHOSE,
        "rung": "the rung, 0 for the lowest",
        "label": "its name",
        "chance": "how likely the project stands on it, 0 to 1, after limits",
        "people": "how many people the chance rests on",
        "said": "of those who were asked which rung they see and chose one, the share who chose this one, 0 to 1",
        "said_low": "lower end of the likely range of that share",
        "said_high": "upper end of it",
        "said_people": "how many people chose a rung when asked",
    },
    "sensitivity.csv": {
        **WHOSE,
        "variant": "id of the convention; as_scored is the score as it is, before limits by facts",
        "variant_name": "the convention in words",
        "estimate": "the overall score under it, 0 (worst) to 100 (best)",
        "low": "lower end of the likely range",
        "high": "upper end of the likely range",
        "people": "how many people it rests on",
    },
    "quality.csv": {
        "role": WHOSE["role"],
        "measure": (
            "alpha, item_rest, correlation, comment_tilt, acquiescence, straight_liners, not_answered, left_empty or "
            "do_not_know"
        ),
        "of": "the dimension, question or score it is of; empty where it is of all",
        "beside": "of a correlation, the other thing",
        "people": "how many people it rests on; empty where it is withheld",
        "base": "who these people are; each counts once",
        "value": "the figure; empty where it is withheld",
        "low": "lower end of the likely range; empty of straight_liners, which is a count and no estimate",
        "high": "upper end of it",
        "mark": "many where so many gave no answer that it is a finding",
    },
    "changes.csv": {
        "project": WHOSE["project"],
        "role": WHOSE["role"],
        "dimension": "id of the dimension, or overall",
        "dimension_name": "its name",
        "before": "the earlier round",
        "after": "the later round",
        "change": "points by which the score rose; below 0 where it fell; empty where nothing may be said",
        "low": "lower end of the likely range",
        "high": "upper end of the likely range",
        "probability_up": "chance that it rose, 0 to 1",
        "probability_up_5": "chance that it rose by 5 points or more",
        "people_before": "how many people the earlier score rests on",
        "people_after": "how many people the later score rests on",
        "people_both": "how many of them are known to be the same people",
        "linked": "yes where enough are known for that to count",
        "items": "how many closed questions both rounds asked",
        "narrowed": "yes where questions that one round alone asked were left out",
        "basis": "as in scores.csv",
        "verdict": "better, probably better, no clear change, probably worse or worse",
        "false_discovery_rate": "share of false finds among all changes at least as sure (Benjamini and Hochberg)",
        "why_not": "why nothing may be said",
        "mark": MARKED,
    },
    "themes.csv": {
        "scope": "joint work; or beside: one child's own case, or services at large",
        **WHOSE,
        "project": "the piece of joint work; empty for all of them together",
        "theme": "id of the theme",
        "theme_name": "its name",
        "people": "how many people raised it; empty where it is withheld",
        "positive": "of them, coded only as going well",
        "mixed": "of them, coded as both",
        "negative": "of them, coded only as not going well",
        "neutral": "of them, coded as neither",
        "commenters": "how many people wrote any comment",
        "mark": "c where a number of the row is withheld",
    },
    "governance.csv": {
        "project": "the piece of joint work",
        "kind": "fact, workstream, board, date, producers, called, promised, changed or reply",
        "id": "of the fact, the date, or the red flag replied to",
        "text": "the fact, the body's name, or the words",
        "answer": "yes, partly, no or not known: whether the fact is so, or parents have a seat; or the day or number",
        "decides": "yes where a workstream or board decides, else no",
        "status": "verified, claimed or disputed",
        "who": "who says so, as a role",
        "evidence": "the document that shows it",
        "date": "of that document, as YYYY-MM-DD",
    },
    "coded_answers.csv": {
        "answer": "id of the answer, made for this run",
        "person": "id of the person, made for this run; empty where it is withheld",
        **WHOSE,
        "question": "id of the question",
        "asked": "the question as it was asked",
        "theme": "id of the theme; empty where none was found (such answers are in raw folders only)",
        "theme_name": "its name",
        "stance": "positive (going well), negative (not going well) or neutral; [c] where it is withheld",
        "level": "what is spoken of: project (the joint work), individual (one child's case) or system (services)",
        "confidence": "how sure the machine is of the theme, 0 to 1; empty where there is no theme",
        "start": "where the evidence starts in the words, counted from 0",
        "end": "where it ends, that place not included",
        "evidence": "the words that the code rests on",
        "words": "the whole answer, names hidden; withheld where the person did not agree to be quoted",
        "coder": "who coded it",
        "unsure": "yes where the machine is not sure and a person should look first",
    },
}


def tell_files() -> Section:
    """What lies beside the report, and the columns of each table."""
    tables = tuple(
        Table(f"Columns of {name}", ("Column", "What it says"), tuple(columns.items()))
        for name, columns in COLUMNS.items()
    )
    plain = Paragraph("An empty cell is a number that is withheld, or not there. It never means 0.")
    blocks = (
        Bullets(tuple(f"{name}: {what}" for name, what in FILES.items())),
        Folded("What each column means", (plain, *tables), on_paper=False),
    )
    return Section("files", "Files beside this report", blocks)

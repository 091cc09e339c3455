"""What lies beside the report, and what each column of its CSV files means, comes out as a section."""

from coprod_cli.reporting.document import Bullets, Folded, Paragraph, Section, Table

FILES = {
    "report.html": "this report",
    "summary.md": "the one-page summary, to paste elsewhere",
    "results.json": "every result, for other programs",
    "scores.csv": "every score with its range and people, for a spreadsheet",
    "flags.csv": "every red flag that is up, with its reason and the service's reply",
    "themes.csv": "every theme with its people, for a spreadsheet",
    "coded_answers.csv": "every coded stretch of every answer, to check the coding",
    "charts": "every picture of this report, and some more, as .svg and .png",
    "manifest.json": "versions, settings and check sums, so that others can repeat this",
}
WHOSE = {
    "project": "the piece of joint work; [c] where it is withheld",
    "role": "who spoke: parent, practitioner, young_person, volunteer, other",
    "wave": "the round of the survey; empty where there was one",
}
COLUMNS: dict[str, dict[str, str]] = {
    "scores.csv": {
        **WHOSE,
        "dimension": "id of the dimension, or overall",
        "dimension_name": "its name",
        "estimate": "the score, 0 (worst) to 100 (best); empty where there is none",
        "low": "lower end of the likely range",
        "high": "upper end of the likely range",
        "people": "how many people it rests on",
        "basis": "items (closed questions), items+comments, or comments",
        "reportable": "yes, or no where there is no score",
        "why_not": "why there is no score",
        "before_limits": "the overall score before a verified fact held it down; empty where none did",
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

"""A grid of cells goes in; the survey tool it came from comes out. A new tool is one file here and one line below."""

from coprod_cli.reading.cells import Grid
from coprod_cli.reading.formats import (
    alchemer,
    google_forms,
    jisc,
    kobo,
    limesurvey,
    microsoft_forms,
    plain,
    qualtrics,
    redcap,
    statistics,
    surveymonkey,
    typeform,
)
from coprod_cli.reading.grid import Format

# Of equally sure formats the first one is taken; `plain` recognises every table, and little surely.
FORMATS: dict[str, Format] = {
    "qualtrics": Format(qualtrics.recognises, qualtrics.questions),
    "surveymonkey": Format(surveymonkey.recognises, surveymonkey.questions),
    "microsoft_forms": Format(microsoft_forms.recognises, microsoft_forms.questions),
    "google_forms": Format(google_forms.recognises, google_forms.questions),
    "limesurvey": Format(limesurvey.recognises, limesurvey.questions),
    "redcap": Format(redcap.recognises, redcap.questions),
    "kobo": Format(kobo.recognises, kobo.questions),
    "typeform": Format(typeform.recognises, typeform.questions),
    "alchemer": Format(alchemer.recognises, alchemer.questions),
    "jisc": Format(jisc.recognises, jisc.questions),
    "statistics": Format(statistics.recognises, statistics.questions),
    "plain": Format(plain.recognises, plain.questions),
}


def choose_format(grid: Grid) -> tuple[str, float]:
    """The name of the format that is surest of the grid, and how sure it is (0..1)."""
    order = list(FORMATS)
    sureness = {name: each.recognises(grid) for name, each in FORMATS.items()}
    best = max(FORMATS, key=lambda name: (sureness[name], -order.index(name)))
    return best, sureness[best]

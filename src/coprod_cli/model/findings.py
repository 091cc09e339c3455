"""All that was found, as one frozen value: the only thing charts and outputs ever see."""

from dataclasses import dataclass
from math import nan
from typing import NamedTuple

import pandas as pd

from coprod_cli.model.framework import Framework
from coprod_cli.model.survey import Notice, Question, Source

AUDIENCES = ("public", "restricted", "raw")
COMMENT_RULES = ("reliable", "all", "none")


@dataclass(frozen=True)
class Settings:
    """What the user chose. The same input, settings and version give the same bytes.

    comments: which machine-coded themes may enter a score: those whose measured reliability reaches the framework's
    floor, all, or none. title: of the report; empty for the usual one. keep_partial: whether forms count that were
    begun but never sent off. accept_guesses: whether closed questions are scored whose dimension is only guessed.
    """

    engine: str = "trained"
    audience: str = "public"
    comments: str = "reliable"
    seed: int = 20260101
    title: str = ""
    keep_partial: bool = False
    accept_guesses: bool = False


class ThemeReliability(NamedTuple):
    """How well an engine finds one theme, five writers of the corpus left out at a time. All 0..1; cases = answers.

    alpha is Krippendorff's, of whether the theme is there at all. verdict_alpha is Krippendorff's of what would enter a
    score: what the answer says of the joint work itself (nothing, for, against, both); verdict_low is the lower end of
    its likely range. NaN where it was not measured.
    """

    theme: str
    precision: float
    recall: float
    f1: float
    f1_low: float
    f1_high: float
    alpha: float
    cases: int
    verdict_alpha: float = nan
    verdict_low: float = nan


class CoderReport(NamedTuple):
    """What is known of the engine that coded: figures with their sample, and how the labels were made.

    stance_accuracy and level_accuracy are of themes rightly found. whole_code_f1 is micro-F1 of theme, stance and level
    together. plain_question_f1 is macro-F1 on answers whose question gives nothing away ("Any other comments?").
    stance_swayed is the share of themes whose stance changes when the question "What was good?" is swapped for "What
    was not good?": 0 is best. calibration_error_of_named is how far, on average, the chance given with a named theme is
    from the share that is there. unsure_share is the share of mentions left to a person, sure_precision the share of
    the others whose theme is there. NaN where it was not measured.
    """

    engine: str
    version: str
    answers: int
    writers: int
    macro_f1: float
    macro_f1_low: float
    macro_f1_high: float
    micro_f1: float
    stance_accuracy: float
    level_accuracy: float
    evidence_overlap: float
    how_measured: str
    themes: tuple[ThemeReliability, ...]
    whole_code_f1: float = nan
    whole_code_f1_low: float = nan
    whole_code_f1_high: float = nan
    plain_question_f1: float = nan
    stance_swayed: float = nan
    calibration_error_of_named: float = nan
    unsure_share: float = nan
    sure_precision: float = nan


class Base(NamedTuple):
    """How many people of one role answered, rated and commented on one project; -1 when withheld."""

    project: str
    role: str
    wave: str
    answered: int
    rated: int
    commented: int


class Contrast(NamedTuple):
    """Practitioners minus parents on one dimension of one project: points, likely range, chance that it is above 0."""

    project: str
    wave: str
    dimension: str
    gap: float
    low: float
    high: float
    probability_higher: float
    parents: int
    practitioners: int
    clear: bool


class Quote(NamedTuple):
    """Masked words that may be shown: consented, from a large enough group, chosen by the stated rule."""

    id: str
    theme: str
    stance: str
    role: str
    words: str


@dataclass(frozen=True)
class Provenance:
    """Where the results come from: for the manifest and the method note."""

    version: str
    sources: tuple[Source, ...]
    framework_sha256: str
    weights_sha256: str
    mapping_sha256: str


@dataclass(frozen=True)
class Findings:
    """The results. Tables: scores (Score rows), themes and themes_beside (ThemeCount rows), coded (CODED columns).

    themes counts what is said of the joint work itself; themes_beside what is said of one child's own case or of
    services at large, over all projects: reported beside, never mixed in. coded has one row a mention, and one row
    with an empty theme for an answer without any; consented holds the ids of the answers that may be quoted. unled
    names the (project, role, wave) of whose themes it must not be said which most people raised: a withheld one may
    have been raised by more.
    """

    settings: Settings
    framework: Framework
    provenance: Provenance
    questions: tuple[Question, ...]
    rows_read: int
    forms: int
    responses: int
    people: int
    bases: tuple[Base, ...]
    scores: pd.DataFrame
    themes: pd.DataFrame
    themes_beside: pd.DataFrame
    contrasts: tuple[Contrast, ...]
    quotes: tuple[Quote, ...]
    coded: pd.DataFrame
    consented: frozenset[str]
    coder: CoderReport
    scored_themes: tuple[str, ...]
    notices: tuple[Notice, ...]
    people_by_role: tuple[tuple[str, int], ...] = ()
    unled: frozenset[tuple[str, str, str]] = frozenset()


CODED = (
    "answer",
    "person",
    "project",
    "role",
    "wave",
    "question",
    "theme",
    "stance",
    "level",
    "confidence",
    "start",
    "end",
    "evidence",
    "words",
    "coder",
    "unsure",
)

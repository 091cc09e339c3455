"""All that was found, as one frozen value: the only thing charts and outputs ever see."""

from dataclasses import dataclass, field
from math import nan
from typing import NamedTuple

import pandas as pd

from coprod_cli.model.checked import NOTHING_CHECKED, Checked
from coprod_cli.model.closed_items import ItemSpread
from coprod_cli.model.coders import NOBODY_COMPARED, CodersAgreement
from coprod_cli.model.comparison import Beside, Change
from coprod_cli.model.emerging import Emerging
from coprod_cli.model.framework import Framework
from coprod_cli.model.gates import GateResult
from coprod_cli.model.governance import Governance
from coprod_cli.model.population import ClosedGroup, Weighting
from coprod_cli.model.survey import Notice, Question, Source
from coprod_cli.model.tables import RungChance, table

AUDIENCES = ("public", "restricted", "raw")
COMMENT_RULES = ("reliable", "all", "none")
# What a coder is called that was learnt from people's own codes, in the place of an engine's name.
LEARNT = "learnt"


@dataclass(frozen=True)
class Settings:
    """What the user chose. The same input, settings and version give the same bytes.

    comments: which machine-coded themes may enter a score: those whose measured reliability reaches the framework's
    floor, all, or none. title: of the report; empty for the usual one. keep_partial: whether forms count that were
    begun but never sent off. accept_guesses: whether closed questions are scored whose dimension is only guessed.
    gates: conditions as typed, on which the exit code depends.
    """

    engine: str = "trained"
    audience: str = "public"
    comments: str = "reliable"
    seed: int = 20260101
    title: str = ""
    keep_partial: bool = False
    accept_guesses: bool = False
    gates: tuple[str, ...] = ()


class ThemeReliability(NamedTuple):
    """How well an engine finds one theme, five writers of the corpus left out at a time. All 0..1; cases = answers.

    alpha is Krippendorff's, of whether the theme is there at all. verdict_alpha is Krippendorff's of what would enter a
    score: what the answer says of the joint work itself (nothing, for, against, both); verdict_low is the lower end of
    its likely range. NaN where it was not measured. verdicts: of the answers whose true verdict is nothing, for,
    against or both (rows), how many were given each of the four (columns); verdict_designs: how many times fewer
    unrelated answers would tell as much of each row, since answers of one writer resemble each other. Both are empty
    where they were not measured.
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
    verdicts: tuple[tuple[int, ...], ...] = ()
    verdict_designs: tuple[float, ...] = ()


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


EFFECTS = ("note", "limit", "withheld")


class Flag(NamedTuple):
    """A red flag that is up for a project: a sign that co-production may not be real, never proof of bad faith.

    effect: "note" stands beside the score, "limit" holds score and rung down, "withheld" takes the score away. reason:
    one or two plain sentences with the rule and what met it, fit for the audience. escalate: a named person must look.
    reply: the service's own words, empty when none came.
    """

    project: str
    wave: str
    id: str
    name: str
    effect: str
    reason: str
    escalate: bool
    reply: str


class Variant(NamedTuple):
    """The overall score under another convention: how much hangs on a choice. variant is its id, name says it."""

    project: str
    role: str
    wave: str
    variant: str
    name: str
    estimate: float
    low: float
    high: float
    people: int


class SectorScore(NamedTuple):
    """How practitioners of one sector (education, health ...) score one project on one dimension; no pooling."""

    project: str
    wave: str
    sector: str
    dimension: str
    estimate: float
    low: float
    high: float
    people: int
    reportable: bool


class ItemRest(NamedTuple):
    """Pearson's correlation of one item with the sum of the others of its dimension, with its likely range."""

    item: str
    r: float
    low: float = nan
    high: float = nan


class Alpha(NamedTuple):
    """Cronbach's alpha of one dimension's items over all projects, one role, and each item beside the others."""

    role: str
    dimension: str
    items: int
    people: int
    alpha: float
    low: float
    high: float
    item_rest: tuple[ItemRest, ...]


class Correlation(NamedTuple):
    """Pearson's correlation of two things people said, one role: two dimensions, or the overall score and an anchor."""

    role: str
    first: str
    second: str
    people: int
    r: float
    low: float
    high: float


class Habits(NamedTuple):
    """How one role answered. tilt: mean closed score of those who commented minus everybody's, points with range.

    Each person counts once in all of these, with the mean of what they say of several projects or rounds.
    straight_liners: how many people ticked the same box for every item, reversed ones too; -1 where there are none
    such. acquiescence: mean of forward and raw reversed items with its likely range, 50 where nobody leans to yes or
    no; NaN without reversed items. missing: share of the closed questions put to a person that were left or answered
    "don't know", mean over people, with its likely range.
    """

    role: str
    people: int
    commenters: int
    tilt: float
    tilt_low: float
    tilt_high: float
    straight_liners: int
    acquiescence: float
    acquiescence_people: int
    missing: float
    acquiescence_low: float = nan
    acquiescence_high: float = nan
    missing_low: float = nan
    missing_high: float = nan


class Unanswered(NamedTuple):
    """How many people of one role never answered one closed question that was put to them, though they did others.

    Each person counts once, also of several projects or rounds. people: those asked. left: the share of them who left
    it empty each time. unknown: the share who said, at least once, that they do not know or that it does not apply, and
    never answered it. much: whether both together are so many that it tells something of the work itself.
    """

    role: str
    item: str
    people: int
    left: float
    unknown: float
    much: bool


@dataclass(frozen=True)
class Quality:
    """How far the answers bear the scores: reliability, correlations, habits of answering, what was not answered."""

    alphas: tuple[Alpha, ...] = ()
    correlations: tuple[Correlation, ...] = ()
    habits: tuple[Habits, ...] = ()
    unanswered: tuple[Unanswered, ...] = ()


@dataclass(frozen=True)
class Scored:
    """All that scoring found: Score rows, RungChance rows, gaps between roles, changes between rounds and the rest."""

    scores: pd.DataFrame
    contrasts: tuple[Contrast, ...] = ()
    rungs: pd.DataFrame = field(default_factory=lambda: table([], RungChance))
    changes: tuple[Change, ...] = ()
    variants: tuple[Variant, ...] = ()
    sectors: tuple[SectorScore, ...] = ()
    closed: tuple[ClosedGroup, ...] = ()
    gates: tuple[GateResult, ...] = ()
    beside: Beside = field(default_factory=Beside)
    quality: Quality = field(default_factory=Quality)
    spreads: tuple[ItemSpread, ...] = ()


class Quote(NamedTuple):
    """Masked words that may be shown: consented, from a large enough group, chosen by the stated rule.

    coder: who coded the theme and the stance, an engine's name or a person's. project, wave: what they speak of; both
    empty where too few people of that role raised that theme there.
    """

    id: str
    theme: str
    stance: str
    role: str
    words: str
    coder: str = ""
    project: str = ""
    wave: str = ""


@dataclass(frozen=True)
class Provenance:
    """Where the results come from: for the manifest and the method note.

    own_framework: whether the user gave a framework file, in place of the one that coprod ships. own_weights: whether
    the survey brought weights of its own. coder_sha256: of the file of a learnt coder; empty of an engine that ships.
    """

    version: str
    sources: tuple[Source, ...]
    framework_sha256: str
    weights_sha256: str
    mapping_sha256: str
    targets_sha256: str = ""
    previous_sha256: tuple[str, ...] = ()
    own_framework: bool = False
    own_weights: bool = False
    quotes_sha256: str = ""
    codes_sha256: tuple[str, ...] = ()
    coder_sha256: str = ""


@dataclass(frozen=True)
class Findings:
    """The results. Tables: scores (Score rows), themes and themes_beside (ThemeCount rows), coded (CODED columns).

    themes counts what is said of the joint work itself; themes_beside what is said of one child's own case or of
    services at large, over all projects: reported beside, never mixed in. coded has one row a mention, and one row
    with an empty theme for an answer without any; consented holds the ids of the answers that may be quoted. unled
    names the (project, role, wave) of whose themes it must not be said which most people raised: a withheld one may
    have been raised by more. totals_step: people, forms, responses and rows read are told to the nearest this many,
    since finer ones would give a withheld group away; 0 where they are withheld altogether, and are -1. several names
    the (project, role, wave, theme) that several people raised where no count may be told.
    period: first and last month of the answers, as "2026-03"; empty where not known.
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
    rungs: pd.DataFrame = field(default_factory=lambda: table([], RungChance))
    flags: tuple[Flag, ...] = ()
    governance: Governance = field(default_factory=Governance)
    changes: tuple[Change, ...] = ()
    variants: tuple[Variant, ...] = ()
    sectors: tuple[SectorScore, ...] = ()
    quality: Quality = field(default_factory=Quality)
    weighting: tuple[Weighting, ...] = ()
    closed: tuple[ClosedGroup, ...] = ()
    gates: tuple[GateResult, ...] = ()
    beside: Beside = field(default_factory=Beside)
    totals_step: int = 1
    several: frozenset[tuple[str, str, str, str]] = frozenset()
    spreads: tuple[ItemSpread, ...] = ()
    period: tuple[str, str] = ("", "")
    emerging: tuple[Emerging, ...] = ()
    checked: Checked = NOTHING_CHECKED
    coders: CodersAgreement = NOBODY_COMPARED


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
    "left_open",
)

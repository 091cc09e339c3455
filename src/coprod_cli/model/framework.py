"""The knowledge as data: themes, dimensions, items, thresholds. Read from frameworks/*.toml, never typed in code."""

from dataclasses import dataclass, field

# Whether parents have a seat on every workstream; on what decides; whether a body decides that they have no seat on.
SEATS = ("workstreams", "deciding", "meetings")


@dataclass(frozen=True)
class Example:
    """One made-up answer that shows a theme in one stance."""

    stance: str
    role: str
    text: str


@dataclass(frozen=True)
class Theme:
    """One theme of the codebook. `feeds` pairs a dimension with the weight a mention has there; empty = not scored."""

    id: str
    name: str
    definition: str
    positive: str
    negative: str
    include: tuple[str, ...]
    exclude: tuple[str, ...]
    feeds: tuple[tuple[str, float], ...]
    confusable_with: tuple[str, ...]
    positive_cues: tuple[str, ...]
    negative_cues: tuple[str, ...]
    examples: tuple[Example, ...]
    why_not_scored: str = ""


@dataclass(frozen=True)
class BorderExample:
    """Part of one made-up answer, and its codes there: (theme, stance, level); no codes = it holds none."""

    text: str
    codes: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Border:
    """How a coder decides where themes, stances or levels meet. `themes` empty = the rule concerns every theme."""

    id: str
    name: str
    themes: tuple[str, ...]
    rules: tuple[str, ...]
    examples: tuple[BorderExample, ...]


@dataclass(frozen=True)
class Dimension:
    """One dimension of genuineness. `core` ones limit the overall score; weights over all dimensions add up to 1."""

    id: str
    name: str
    core: bool
    weight: float
    definition: str


@dataclass(frozen=True)
class Item:
    """One closed item of coprod's own questionnaire. `direction` -1 means that a high answer is bad news."""

    id: str
    dimension: str
    direction: int
    quick: bool
    parent: str
    practitioner: str


@dataclass(frozen=True)
class AnchorOption:
    """One answer to choose: `label` is its name in reports, `text` says it in plain words, as people are asked."""

    label: str
    text: str


@dataclass(frozen=True)
class Anchor:
    """A question that is asked and reported but is never part of a score.

    options: the answers to choose from, from the worst to the best; help: a sentence that stands below the question.
    """

    id: str
    kind: str
    text: str
    options: tuple[AnchorOption, ...] = ()
    help: str = ""


@dataclass(frozen=True)
class Rung:
    """One rung of the ladder: where its part of the axis ends, its label, TLAP's, and what else it needs.

    needs: (dimension, least score); where one is not met, the project stands on the rung numbered `otherwise`.
    """

    number: int
    below: float
    label: str
    tlap: str
    needs: tuple[tuple[str, float], ...] = ()
    otherwise: int = 0


@dataclass(frozen=True)
class Ladder:
    """The ladder of participation: the axis weighs dimensions, adding up to 1; rungs go from the lowest up."""

    axis: tuple[tuple[str, float], ...] = ()
    rungs: tuple[Rung, ...] = ()
    basis: str = ""


@dataclass(frozen=True)
class FactKind:
    """One governance fact that may be known of a project.

    seats: which bodies of the project answer it, too, one of SEATS; empty when none does.
    """

    id: str
    text: str
    seats: str = ""


@dataclass(frozen=True)
class FlagRule:
    """One red flag: what it is called, what shows it, and what it does.

    evidence: in plain words, what raises it. because: the same as the clause after "because". score_max, rung_max: the
    limits, None for none. withholds: takes the score away. Only verified facts limit or withhold. escalate: a named
    person must look.

    On paper: facts (fact id, answers) raise it; disputed: so does a fact that is disputed, whatever its answer. before:
    two dates of a project's facts, of which the first comes before the second. values["producers"]: so few parents or
    young people among those who made it, or else all its facts together. values["months"]: how long ago the work must
    have ended for a limit.

    What people said: themes, whose mentions against the joint work, from values["people"] people and
    values["share"] of those who commented, raise it; says: the clause after "people say that"; roles: whose mentions,
    empty for everybody's; checked_only: only mentions that a person checked; uncounted: never told how many, nor of
    which role. items: closed items with a mean from parents below values["below"]. values["points"] and
    values["probability"]: a gap between roles. anchor, called: where most (values["share"]) parents who answered that
    question choose values["rung"] or a lower one, while the work's name has one of these words. missing_role: too few
    of that role said anything.
    """

    id: str
    name: str
    evidence: str
    because: str = ""
    score_max: float | None = None
    rung_max: int | None = None
    withholds: bool = False
    escalate: bool = False
    facts: tuple[tuple[str, tuple[str, ...]], ...] = ()
    disputed: bool = False
    before: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    says: str = ""
    roles: tuple[str, ...] = ()
    checked_only: bool = False
    uncounted: bool = False
    items: tuple[str, ...] = ()
    anchor: str = ""
    called: tuple[str, ...] = ()
    missing_role: str = ""
    values: tuple[tuple[str, float], ...] = ()

    def value(self, name: str) -> float:
        """A number of the rule; KeyError when it has none of that name."""
        return dict(self.values)[name]

    def has(self, *names: str) -> bool:
        """Whether the rule has numbers of all these names."""
        return {name for name, _ in self.values} >= set(names)


@dataclass(frozen=True)
class Scoring:
    """The rules of the score that are numbers. Sources: docs/method.md and design notes of the measurement model."""

    slack: float
    min_other_dimensions: int
    draws: int
    level: float
    prior_df: float
    prior_sd: float
    comments_prior_sd: float
    max_comment_weight: float
    min_theme_alpha: float
    min_theme_cases: int
    min_item_certainty: float
    gap_points: float
    gap_probability: float
    sure_change: float
    likely_change: float
    named_rung: float
    least_weight: float
    most_weight: float
    alpha_people: int
    shrink_projects: int
    least_answered: float
    early_months: int

    def admits(self, verdict_alpha: float, cases: int) -> bool:
        """Whether a theme coded by machine this reliably, measured on this many answers, may enter a score."""
        return verdict_alpha >= self.min_theme_alpha and cases >= self.min_theme_cases


@dataclass(frozen=True)
class Thresholds:
    """What one audience may see. Counts of people unless said otherwise.

    min_base: fewest people behind any score; min_composite: behind the overall score; min_compare: behind a
    comparison of two groups; small_cell: counts from 1 to one below it are withheld; percent_base: fewest people
    behind a percentage; quote_group: fewest people in the group a quote comes from; round_base: bases under 100 are
    shown to the nearest this many; min_rung_label: behind the name of a rung; min_change: in each of two rounds behind
    a change; min_sector: behind a score of practitioners of one sector.
    """

    audience: str
    min_base: int
    min_composite: int
    min_compare: int
    small_cell: int
    percent_base: int
    quote_group: int
    round_base: int
    min_rung_label: int
    min_change: int
    min_sector: int


@dataclass(frozen=True)
class Framework:
    """All of the above, as one version. source: the text of the file that it was read from."""

    id: str
    version: str
    status: str
    labels: tuple[str, ...]
    themes: tuple[Theme, ...]
    dimensions: tuple[Dimension, ...]
    items: tuple[Item, ...]
    anchors: tuple[Anchor, ...]
    scoring: Scoring
    thresholds: tuple[Thresholds, ...]
    sha256: str = ""
    borders: tuple[Border, ...] = ()
    ladder: Ladder = field(default_factory=Ladder)
    facts: tuple[FactKind, ...] = ()
    flags: tuple[FlagRule, ...] = ()
    source: str = field(default="", repr=False, compare=False)

    def theme(self, theme: str) -> Theme:
        """The theme of that id; KeyError when there is none."""
        return {each.id: each for each in self.themes}[theme]

    def borders_of(self, theme: str) -> tuple[Border, ...]:
        """The borders that name this theme; those that concern every theme (no theme named) are not among them."""
        return tuple(each for each in self.borders if theme in each.themes)

    def neighbours_of(self, theme: str) -> tuple[str, ...]:
        """Themes easily taken for this one, said of it or of them, or that share a border with it; in framework order.

        Raises:
            KeyError: there is no theme of that id.
        """
        near = {*self.theme(theme).confusable_with, *(name for each in self.borders_of(theme) for name in each.themes)}
        near |= {each.id for each in self.themes if theme in each.confusable_with}
        return tuple(each.id for each in self.themes if each.id in near - {theme})

    def dimension(self, dimension: str) -> Dimension:
        """The dimension of that id; KeyError when there is none."""
        return {each.id: each for each in self.dimensions}[dimension]

    def thresholds_for(self, audience: str) -> Thresholds:
        """The thresholds of that audience; KeyError when there is none."""
        return {each.audience: each for each in self.thresholds}[audience]

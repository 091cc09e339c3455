"""What headers and cells look like for each kind of column, as data: patterns over headers, tests over cells."""

import re
from collections import Counter
from collections.abc import Callable
from functools import cached_property
from typing import NamedTuple

from coprod_cli.model.survey import ColumnKind
from coprod_cli.reading.choices import count_parts
from coprod_cli.reading.consent import says_yes_or_no
from coprod_cli.reading.dates import is_date
from coprod_cli.reading.roles import find_role
from coprod_cli.reading.scales import is_missing
from coprod_cli.reading.wording import make_cell_key
from coprod_cli.reading.workplaces import find_sector

EMPTY_WORDS = frozenset(
    (
        "", "n/a", "na", "n.a", "none", "nil", "see above", "as above", "same as above", "see previous answer",
        "no comment",
        "no comments", "nothing to add", "nothing further", "nothing else to add", "not applicable", "no answer",
        "no response",
        "no further comments", "no further comment", "nope", "null", "nan", "(blank)", "blank", "ditto", "x", "xx",
        "xxx",
    ),
)  # fmt: skip
_LETTER = re.compile(r"\w")
_DATE = re.compile(
    r"^(?:\d{4}[-/]\d{1,2}[-/]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}|\d{1,2}(?:st|nd|rd|th)? [A-Za-z]{3,9} \d{4})"
    r"(?:[T ,].{0,25})?$"
)
_NUMBER = re.compile(r"^\d+(?:\.\d+)?$")
_WEIGHT = re.compile(r"^\d+(?:[.,]\d+)?$")
_MOST_WEIGHT = 10
_SEVERAL = 5


class Cells:
    """The filled cells of one column, counted, and what they look like. Shares are 0..1 of the filled cells."""

    def __init__(self, counts: Counter[str]) -> None:
        self.counts = counts
        self.filled = counts.total()

    @cached_property
    def keys(self) -> Counter[str]:
        """The cells as the scales know them."""
        keys: Counter[str] = Counter()
        for cell, count in self.counts.items():
            keys[make_cell_key(cell)] += count
        return keys

    @cached_property
    def told(self) -> Counter[str]:
        """The cells that say something, as keys."""
        return Counter({key: count for key, count in self.keys.items() if not is_empty_answer(key)})

    @cached_property
    def distinct_share(self) -> float:
        """How many of the cells that say something differ from each other."""
        return len(self.told) / self.told.total() if self.told else 0.0

    @cached_property
    def mean_words(self) -> float:
        """Words a cell."""
        return (
            sum(len(key.split()) * count for key, count in self.told.items()) / self.told.total() if self.told else 0.0
        )

    def share(self, test: Callable[[str], object]) -> float:
        """Share of the cells that the test holds for."""
        return (
            sum(count for cell, count in self.counts.items() if test(cell.strip())) / self.filled
            if self.filled
            else 0.0
        )


def is_empty_answer(key: str) -> bool:
    """Whether an answer, as a cell key, says no more than that there is none."""
    return key in EMPTY_WORDS or not _LETTER.search(key)


def are_ids(cells: Cells) -> bool:
    """Short cells without blanks, most of which differ, or which at least name several people."""
    return _are_codes(cells) and (cells.filled == 1 or len(cells.counts) / max(cells.filled, 1) >= 0.3)  # noqa: PLR2004  # some people answer more than once


def are_ids_again_and_again(cells: Cells) -> bool:
    """Short cells without blanks that name several people, each as often as may be: a form for every meeting, say."""
    return _are_codes(cells) and len(cells.counts) >= _SEVERAL


def _are_codes(cells: Cells) -> bool:
    return cells.share(lambda cell: len(cell) <= 60 and len(cell.split()) <= 2) >= 0.95  # noqa: PLR2004  # ids have one word, rarely two


def are_dates(cells: Cells) -> bool:
    """Nearly all dates or times."""
    return cells.share(_DATE.match) >= 0.9  # noqa: PLR2004  # a stray remark is possible


def are_dates_in_any_form(cells: Cells) -> bool:
    """Nearly all dates, in any form, Excel's serial numbers too: enough under a header that speaks of a time."""
    return are_dates(cells) or cells.share(is_date) >= 0.9  # noqa: PLR2004  # as above


def are_numbers(cells: Cells) -> bool:
    """Every cell a number from 0 up."""
    return cells.filled > 0 and cells.share(_NUMBER.match) == 1


def are_weights(cells: Cells) -> bool:
    """Numbers around 1, perhaps with decimal commas, as survey weights are: the weight of somebody's body is none."""
    if not cells.filled or cells.share(_WEIGHT.match) < 1:
        return False
    return cells.share(lambda cell: float(cell.replace(",", ".")) <= _MOST_WEIGHT) > 0.5  # noqa: PLR2004  # a few may count for many


def are_choices(cells: Cells) -> bool:
    """Few short cells that come again and again, as when people choose from a list."""
    long = cells.share(lambda cell: len(cell) > 120) > 0.1  # noqa: PLR2004  # names of projects are short
    return not long and (cells.filled <= _SEVERAL or len(cells.keys) <= max(2, cells.filled / 2))


def are_listed_choices(cells: Cells) -> bool:
    """Choices, or lists of choices that come again and again."""
    parts = count_parts(cells.counts)
    return are_choices(cells) or (parts.total() > cells.filled and are_choices(Cells(parts)))


def are_yes_or_no(cells: Cells) -> bool:
    """Mostly yes or no, in any of the ways of saying so."""
    return cells.filled > 0 and cells.share(says_yes_or_no) >= 0.6 and len(cells.counts) <= 12  # noqa: PLR2004  # a few people write more


def are_roles(cells: Cells) -> bool:
    """Mostly words for who people are."""
    return cells.mean_words <= 12 and cells.share(find_role) >= 0.5  # noqa: PLR2004  # half known and short, see also the header


def are_workplaces(cells: Cells) -> bool:
    """Short, and mostly words for where people work; parents and blanks among them say nothing."""
    told = Cells(Counter({cell: count for cell, count in cells.counts.items() if not _says_no_work(cell)}))
    return told.filled > 0 and told.mean_words <= 12 and told.share(find_sector) >= 0.5  # noqa: PLR2004  # as are_roles


def _says_no_work(cell: str) -> bool:
    return is_missing(make_cell_key(cell)) or find_role(cell) in ("parent", "young_person")


def are_surely_roles(cells: Cells) -> bool:
    """Nearly all words for who people are, from a short list."""
    few = cells.filled > 1 and len(cells.keys) <= 15 and cells.mean_words <= 8  # noqa: PLR2004  # no header backs it up
    return few and cells.share(find_role) >= 0.8  # noqa: PLR2004  # as above


def are_filled(cells: Cells) -> bool:
    """Anything at all."""
    return cells.filled > 0


def are_short(cells: Cells) -> bool:
    """A few words each."""
    return cells.mean_words < 6  # noqa: PLR2004  # a sentence is longer


def are_texts(cells: Cells) -> bool:
    """Words of people's own: sentences that hardly ever repeat."""
    if cells.told.total() < _SEVERAL:
        return cells.mean_words >= 4  # noqa: PLR2004  # too few to see repeats
    several_words = cells.mean_words >= 5 and cells.distinct_share >= 0.5  # noqa: PLR2004  # a list of options repeats
    return several_words or (cells.mean_words >= 3 and cells.distinct_share >= 0.7)  # noqa: PLR2004  # shorter ones must differ more


def are_missing_only(cells: Cells) -> bool:
    """Nothing but 'Don't know' and the like."""
    return all(is_missing(key) for key in cells.keys)


class HeaderRule(NamedTuple):
    """A kind that a header speaks for, when the cells do not speak against it."""

    kind: ColumnKind
    header: re.Pattern[str]
    cells: Callable[[Cells], bool]
    certainty: float
    why: str


def _rule(kind: ColumnKind, header: str, cells: Callable[[Cells], bool], certainty: float, why: str) -> HeaderRule:
    return HeaderRule(kind, re.compile(header), cells, certainty, why)


_ABOUT_PEOPLE = (
    r"ethnic\w*|gender|sex|sexuality|religion|faith|sexual orientation|nationality|marital status|first language|"
    r"age|age group|age band|age range|year of birth|diagnos[ei]s|disabilit(?:y|ies)|disabled|impairments?|"
    r"(?:primary|main|additional|special) needs?|sen category|income|employment status|qualifications?|year group"
)
# Headers are compared as make_key writes them: lower case, no punctuation. The first rule that holds decides.
HEADER_RULES: tuple[HeaderRule, ...] = (
    _rule(
        ColumnKind.METADATA,
        r"^(?:response|submission|form|record|entry) ?(?:id|number|no|uuid)$|^uuid$",
        are_ids,
        0.9,
        "it numbers the forms, not the people",
    ),
    _rule(
        ColumnKind.PERSON,
        r"^(?:respondent|participant|person|people|user|member|invitation|survey|card|case|"
        r"study|unique|"
        r"parent|family|external|anonymous|linking|personal|your)?(?: \w+)? ?"
        r"(?:id|ids|ref|reference|code|pseudonym|identifier|number|no|respondent|participant|person)(?: (?:on|"
        r"from|in) .*)?$",
        are_ids,
        0.9,
        "the header speaks of a number or code for the person, and the cells look like one",
    ),
    _rule(
        ColumnKind.PERSON,
        r"^(?:your |unique |anonymous )?(?:respondent|participant|person|personal|user|member|pseudonymous) ?"
        r"(?:id|ids|ref|reference|pseudonym|identifier)(?: (?:on|from|in) .*)?$|^pseudonym$",
        are_ids_again_and_again,
        0.9,
        "the header speaks of the person, and the cells name several people who answered again and again",
    ),
    _rule(
        ColumnKind.METADATA,
        r"^(?:duration|time taken|seconds|progress|finished|status|language|locale|user ?language|collector id|"
        r"network id|start language|referrer|referer|device|total points|score|quiz feedback|last page|seed)"
        r"(?: in seconds| in minutes| code)?$|^(?:points|feedback) ",
        are_short,
        0.9,
        "the survey tool fills it in",
    ),
    _rule(
        ColumnKind.UNUSED,
        rf"^(?:what|which|how (?:would|do) you (?:describe|define|identify)|does|do|is|are|has|have|your|my|child's|"
        rf"child s|please|gender and|main|primary)\b(?!.*\b(?:why|well|better|worked)\b).*\b(?:{_ABOUT_PEOPLE})\b|"
        rf"^(?:{_ABOUT_PEOPLE})\b(?: (?:of|or|and|group|background|category|status)\b.*)?$",
        are_filled,
        0.85,
        "it is about the person, not the joint work",
    ),
    _rule(
        ColumnKind.CONSENT,
        r"\bquot(?:e|ed|ing|es|ation|ations)\b|\b(?:may|can|could|happy|agree|consent|permission|willing|allow|okay|ok|"
        r"want|wish|prefer|object|objection|opt out|please)\b.*"
        r"\b(?:us(?:e|ed|ing)|shar(?:e|ed|ing)|publish(?:ed|ing)?|print(?:ed|ing)?)\b.*"
        r"\b(?:words|comments?|answers?)\b|"
        r"\b(?:may|can|could|happy|agree|consent|permission|willing|allow|want|wish|prefer|object|"
        r"objection|opt out|please)\b.*"
        r"\b(?:words|comments?|answers?)\b.*\b(?:used|shared|published|printed)\b|^(?:consent|permission)(?: given)?$",
        are_yes_or_no,
        0.95,
        "it asks whether the words may be quoted, and the answers are yes or no",
    ),
    _rule(
        ColumnKind.UNUSED,
        r"\bconsent\b|\bpermission\b|\bi have read\b|\bhappy to (?:take part|continue|"
        r"be contacted)\b|"
        r"\bprivacy\b|\bdata protection\b|\bcontact (?:you|me)\b|\bkeep in touch\b|\bprize draw\b|\bmailing list\b",
        are_yes_or_no,
        0.8,
        "it asks for consent to something else than being quoted",
    ),
    _rule(
        ColumnKind.SECTOR,
        r"^(?!.*\b(?:pieces? of work|projects?|programmes?|together|joint|telling)\b)"
        r"(?=.*\b(?:where|which|what|who|sector|service|organisation|organization|agency|setting|team)\b)"
        r"(?=.*\b(?:work|works|working|employed|employer|employs|based)\b)|"
        r"\b(?:service|sector|organisation|organization|agency|setting)s? (?:are you from|"
        r"do you (?:represent|come from|belong to))\b|"
        r"^(?:your |my |work |working |employment |professional |main )*(?:sector|agency|employer|workplace|work place|"
        r"place of work|(?:type of )?organi[sz]ation|organi[sz]ation type|professional group|profession|service)s?$",
        are_workplaces,
        0.9,
        "the header asks where people work, and the answers say it",
    ),
    _rule(
        ColumnKind.ROLE,
        r"^(?:your |my |respondent |main )?role\b|\bi am (?:an?|the)?$|^i am\b|^are you\b|"
        r"\bdescribes you\b|"
        r"\babout you$|^who are you\b|^respondent (?:type|group)|^type of respondent|\bcapacity\b|"
        r"\b(?:completing|answering|responding|filling|taking part)\b.*\bas\b|\bwhich hat\b|^(?:who|"
        r"stakeholder)(?: group| type)?$|"
        r"\byour (?:connection|relationship|involvement|position|background)\b|^relationship\b|^i (?:work|"
        r"come)\b",
        are_roles,
        0.95,
        "the header asks who people are, and the answers say it",
    ),
    _rule(
        ColumnKind.WAVE,
        r"^(?:survey )?(?:wave|round|time ?point|phase|sweep)(?: \d+| number| no)?$|"
        r"^(?:survey )?(?:year|term|quarter)$|"
        r"^which (?:wave|round)\b|^before or after\b",
        are_choices,
        0.9,
        "the header speaks of a round of the survey",
    ),
    _rule(
        ColumnKind.WEIGHT,
        r"^(?:survey |respondent |sampling |post ?stratification )?(?:weight|weights|"
        r"weighting|wt)(?: factor)?$",
        are_weights,
        0.9,
        "the header is a survey weight, and the cells are numbers",
    ),
    _rule(
        ColumnKind.PROJECT,
        r"^(?:the |your |name of (?:the )?|co ?production |which |what )*(?:project|"
        r"workstream|work stream|programme|"
        r"piece of work|joint work|initiative|workshop|service)(?: name| title| id| code)?s?$|"
        r"^(?!what (?:went|worked|changed|helped|could|would|should)\b)"
        r"(?:which|what) (?:\w+ ){0,4}(?:projects?|pieces? of work|workstreams?|work streams?|programmes?|joint work|"
        r"initiatives?|service|"
        r"group|area of work|topic)\b|"
        r"\b(?:projects?|pieces? of work|workstreams?|programmes?) (?:are you|is this|do you|you are|you re|you're|"
        r"did you)\b",
        are_listed_choices,
        0.95,
        "the header asks which piece of work it is about, and the answers come again and again",
    ),
    _rule(
        ColumnKind.DATE,
        r"\bdate\b|\btime\b|\btimestamp\b|\bsubmitted\b|\bstarted\b|\bcompleted\b|\bwhen\b",
        are_dates_in_any_form,
        0.9,
        "the header speaks of a time, and the cells are dates",
    ),
    _rule(
        ColumnKind.UNUSED,
        r"^(?:how many|number of|how old|no of|how long|how often do you)\b|^age\b|"
        r"\bage (?:of|group|range|band)\b|"
        r"\bhow did you hear\b|\byear group\b",
        are_short,
        0.8,
        "it counts or describes something outside the joint work",
    ),
    _rule(
        ColumnKind.UNUSED,
        r"\b(?:gender|sex|ethnic\w*|religion|faith|disabled|diagnos\w+|condition|sen category|"
        r"primary need|"
        r"school|setting|town|borough|ward|district|county|local authority|area|live|job title|organisation|employer|"
        r"nationality|sexual orientation)\b",
        lambda cells: are_short(cells) and not are_numbers(cells),
        0.7,
        "it is about the person, not the joint work",
    ),
)
OTHER_TEXT = re.compile(
    r"\bplease (?:specify|state)\b|^other\b(?! (?:\w+ )?(?:comments?|remarks?|feedback|suggestions?|thoughts)\b)"
    r"|\bother text$|\bif other\b|\bother please\b"
)
ASKS_FOR_WORDS = re.compile(
    r"\b(?:comments?|explain|tell us|describe|why|anything else|please say|own words|feedback|suggestions?|"
    r"thoughts|examples?)\b"
    r"|^(?:what|how|in what way|where|who|which) .*\b(?:good|well|better|worse|changed|change|improve\w*|learn\w*|"
    r"felt|feel|worked|"
    r"difference|else|different|missing|wrong)\b"
)
# Headers that leave no doubt: what stands below is people's own words, however short.
COMMENT = re.compile(
    r"^(?:(?:any|other|further|additional|general|your|final|overall|more|optional|please|add|leave|do|you|have) )*"
    r"(?:comments?|remarks?)(?:$| (?:box|here|below|on|about|or|and|you|please|optional)\b)"
    r"|\b(?:any|other|further|additional) (?:\w+ )?comments?$|\btell us more\b|\banything else\b|\bplease explain\b"
    r"|\bin your own words\b|\bsay more\b"
)
LADDER_WORDS = frozenset(
    (
        "no engagement", "coercion", "educating", "informing", "information", "educating / informing", "consultation",
        "participation", "engagement", "co-design", "codesign", "co-production", "coproduction", "consulting",
        "involving",
        "collaborating", "empowering", "no involvement",
    ),
)  # fmt: skip

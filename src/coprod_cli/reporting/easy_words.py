"""Findings go in; short sentences with one idea and one number each, in words that most people know, come out."""

import re
import tomllib
from functools import cache
from importlib import resources
from typing import NamedTuple

from coprod_cli.model.findings import Findings, Flag
from coprod_cli.model.tables import Score
from coprod_cli.telling import COMMENTS, is_withheld, mark_score, name_dimension, say_count, say_period, start_sentence

ROLES = {
    "parent": "parents and carers",
    "practitioner": "staff",
    "young_person": "children and young people",
    "volunteer": "volunteers",
    "other": "other people",
}
VERDICTS = {
    "better": "For {who}, this is better than last time.",
    "probably better": "For {who}, this is probably better than last time.",
    "no clear change": "We cannot say if this has changed for {who}.",
    "probably worse": "For {who}, this is probably worse than last time.",
    "worse": "For {who}, this is worse than last time.",
}
NO_SCORE = {
    "c": ("We cannot show a score here.", "This keeps people's answers private."),
    "x": ("There is no score here.", "Not enough questions were asked about it."),
    "z": ("There is no score here.", "A fact that was checked takes the score away."),
    "low": ("There is no score here.", "Not enough people answered."),
}
_SENTENCE_ENDS = re.compile(r"(?<=[.!?])\s+")
_MOST_WORDS = 15


class EasyWords(NamedTuple):
    """Plain words for ids of dimensions, themes and red flags, and the words that are explained at the end."""

    dimensions: dict[str, str]
    themes: dict[str, str]
    flags: dict[str, tuple[str, ...]]
    glossary: tuple[tuple[str, str], ...]


@cache
def read_easy_words() -> EasyWords:
    """The words that ship."""
    text = resources.files("coprod_cli.reporting").joinpath("easy_words.toml").read_text(encoding="utf-8")
    given = tomllib.loads(text)
    return EasyWords(
        given["dimensions"],
        given["themes"],
        {name: tuple(sentences) for name, sentences in given["flags"].items()},
        tuple((each["word"], each["meaning"]) for each in given["glossary"]),
    )


def ease_dimension(findings: Findings, dimension: str) -> str:
    """A dimension at the end of a sentence; by its name where a framework has one of its own."""
    return read_easy_words().dimensions.get(dimension) or name_dimension(findings, dimension)


def ease_theme(findings: Findings, theme: str) -> str:
    """A theme at the end of a sentence."""
    return read_easy_words().themes.get(theme) or findings.framework.theme(theme).name


def ease_flag(findings: Findings, flag: Flag) -> tuple[str, ...]:
    """A red flag, whether it was checked, and how it holds the score."""
    said = read_easy_words().flags.get(flag.id) or (f"The red flag is called: {flag.name}.",)
    if flag.effect != "limit":
        return said
    most = {rule.id: rule.score_max for rule in findings.framework.flags}.get(flag.id)
    held = () if most is None else (f"So the score cannot be higher than {most:g}.",)
    return (*said, "Somebody checked this.", *held)


def say_number(findings: Findings, count: float, who: str) -> str:
    """How many answered: "About 25 parents and carers answered."; without the number where that is withheld."""
    if is_withheld(count):
        return f"Too few {who} answered to show a number."
    if count == 0:
        return f"No {who} answered."
    return f"{start_sentence(say_count(findings, count))} {who} answered."


def say_months(findings: Findings) -> tuple[str, ...]:
    """When people answered, one date a sentence."""
    first, last = findings.period
    if not first or not last:
        return ()
    if first == last:
        return (f"They answered in {say_period(findings.period)}.",)
    return (f"The first answer came in {say_period((first, first))}.", f"The last came in {say_period((last, last))}.")


def say_easy_score(findings: Findings, score: Score, who: str) -> tuple[str, ...]:
    """A score, how low and high it may really be, and how many people it comes from, one number a sentence."""
    if not score.reportable:
        return NO_SCORE[mark_score(score)]
    held = not is_withheld(score.before_limits)
    value, low, high = (
        (score.before_limits, score.low_before, score.high_before) if held else (score.estimate, score.low, score.high)
    )
    given = (
        (f"A computer made a score from what {who} wrote.", f"The score is {value:.0f}.", "It may be too low.")
        if score.basis == COMMENTS
        else (f"{start_sentence(who)} gave a score of {value:.0f}.",)
    )
    told = [
        *given,
        "We are not quite sure of this number.",
        f"The real score may be as low as {low:.0f}.",
        f"It may be as high as {high:.0f}.",
        f"This comes from {say_count(findings, score.people)} people.",
    ]
    if held:
        told += [
            "Something was not right, and somebody checked that.",
            f"So the score is held at {score.estimate:.0f}.",
        ]
    return tuple(told)


def split_sentences(words: str) -> tuple[str, ...]:
    """Somebody's own words, a sentence each."""
    return tuple(each for each in _SENTENCE_ENDS.split(" ".join(words.split())) if each)


def is_long(sentence: str) -> bool:
    """Whether a sentence has more words than an easy read page should have."""
    return len(sentence.split()) > _MOST_WORDS

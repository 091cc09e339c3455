"""What people who code see of an answer, what is coded of it so far, and all of that of one survey."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from coprod_cli.model.framework import Framework
from coprod_cli.model.survey import Notice


class AskedAnswer(NamedTuple):
    """One answer with what helps to code it; what is not known is empty.

    id, person: as outputs show them. words: masked. question: as it was asked. role: one of ROLES. wave: the round.
    closed: what the same form says to each closed question, in words, in the order of CodedAnswers.closed.
    """

    id: str
    words: str
    question: str = ""
    role: str = ""
    project: str = ""
    wave: str = ""
    person: str = ""
    closed: tuple[str, ...] = ()


class Marked(NamedTuple):
    """One code of one answer.

    stance, level: empty where a person who coded did not say, or could not tell. start, end: characters of the evidence
    in the masked words. confidence: the machine's, 1 where a person coded.
    unsure: whether the machine is not sure and a person should look. coder: an engine's name, or a person's.
    """

    theme: str
    stance: str
    level: str
    start: int
    end: int
    confidence: float = 1.0
    unsure: bool = False
    coder: str = ""


@dataclass(frozen=True)
class CodedAnswers:
    """Everything that there is to code, and what is coded of it.

    framework: whose themes they are. answers: by id, sorted. found: by id, of answers with any code, the codes sorted.
    by_hand: by id, who coded it, of answers that people coded. looked: the same, where everybody's codes stand side by
    side everybody who did. weights: of those, by id, how many answers of the survey each stands for where something is
    measured, 0 of one that tells nothing of the machine; empty where all count alike. levelless: people who said of no
    code what it is about; an empty level of anybody else's is one that they could not tell.
    closed: the closed questions, as they were asked.
    engine: the machine that coded, empty for none; machine_themes: ids of the themes that it looks for; unread: ids of
    answers that no machine reads, such as those in another language.
    sources: names and SHA-256 of what was read. mapping_sha256: of the mapping file, empty where there was none.
    """

    framework: Framework
    answers: Mapping[str, AskedAnswer]
    found: Mapping[str, tuple[Marked, ...]]
    by_hand: Mapping[str, str] = field(default_factory=dict)
    looked: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    weights: Mapping[str, float] = field(default_factory=dict)
    levelless: frozenset[str] = frozenset()
    closed: tuple[str, ...] = ()
    engine: str = ""
    machine_themes: tuple[str, ...] = ()
    unread: frozenset[str] = frozenset()
    sources: tuple[tuple[str, str], ...] = ()
    mapping_sha256: str = ""
    notices: tuple[Notice, ...] = ()

"""What one coder, a person or a machine, said of answers: which were looked at, and the themes found in each."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from coprod_cli.model.answers import AskedAnswer

# What coprod calls its own coders; nobody else may be called so.
MACHINE_NAMES = frozenset({"cues", "fast", "learnt", "trained"})


class Code(NamedTuple):
    """One theme found in one answer. A theme that is there both for and against is two codes.

    answer: id of the answer, as the coder's file gives it. theme: id of the theme. stance, level: one of STANCES and
    LEVELS, empty where the coder did not say. start, end: characters of the evidence, equal where none was marked.
    words: the evidence as the coder's file has it; may be empty.
    """

    answer: str
    theme: str
    stance: str = ""
    level: str = ""
    start: int = 0
    end: int = 0
    words: str = ""


@dataclass(frozen=True)
class Coding:
    """Everything one coder said: what a file of codes holds.

    who: the coder, as they are called in what is told. answers: ids of all answers looked at, sorted; one without a
    code holds no theme. codes: sorted, each once. sha256: of the file, empty where there was none. rows:
    of each answer, the first row of the file that names it; empty where there was no file. told: the answers
    themselves, in the same order, where the file carries their words; else none. weights: of answers drawn with unequal
    chances, how many answers of the survey each one stands for; 0 of one that was chosen, not drawn, and so stands for
    no other; none where the file has no such column. seen: ids of answers that were coded with suggested codes in
    sight: those cannot tell how well the machine that suggests does. left_out: how many rows of the file are of a
    machine, and so are not in it. file: its name, empty where there was none. says_level: whether the coder says of any
    code what it is about, be it that this is unclear; an empty level then means unclear, else that nobody asked.
    """

    who: str
    answers: tuple[str, ...]
    codes: tuple[Code, ...]
    sha256: str = ""
    rows: tuple[int, ...] = field(default=(), compare=False)
    told: tuple[AskedAnswer, ...] = field(default=(), compare=False, repr=False)
    weights: Mapping[str, float] = field(default_factory=dict, compare=False)
    seen: frozenset[str] = field(default=frozenset(), compare=False)
    left_out: int = field(default=0, compare=False)
    file: str = field(default="", compare=False)
    says_level: bool = field(default=False, compare=False)

    def count_empty(self) -> int:
        """How many answers stand in it without a theme; where none does, such answers may just not be listed."""
        return len(self.answers) - len({code.answer for code in self.codes})

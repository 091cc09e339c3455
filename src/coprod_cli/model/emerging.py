"""What people write of that no theme covers: groups of answers, offered as suggestions for the codebook."""

from typing import NamedTuple


class Suggestion(NamedTuple):
    """Answers that belong together: what names them, how stable the group is (0..1), and which they are.

    phrases: key phrases and words, the strongest first. answers: (response, question), the most typical first; the same
    words sent twice stand beside each other.
    """

    phrases: tuple[str, ...]
    stability: float
    answers: tuple[tuple[str, str], ...]


class RolePeople(NamedTuple):
    """How many people of one role; -1 when withheld."""

    role: str
    people: int


class Typical(NamedTuple):
    """A whole masked answer of somebody who agreed to be quoted."""

    id: str
    role: str
    words: str


class Emerging(NamedTuple):
    """A suggestion as it is told: the people behind it by role, and its most typical answers that may be quoted.

    stability: mean Jaccard likeness over resamples, 0..1; 1 where the group always came again whole.
    """

    phrases: tuple[str, ...]
    people: tuple[RolePeople, ...]
    stability: float
    typical: tuple[Typical, ...]

"""The shares of answers to each question go in; made-up people whose answers have these shares come out.

For benchmarks/simulation.py: shapes that normal spreads about a middle do not make, above all answers that pile up at
one end of the scale; people with weights; and closed groups. How a person leans is normal, with parts shared by all
dimensions (the halo), by the questions of one dimension, and by none; the shares cut it into the five answers. So the
truth is the mean of the shares, exactly, and of a closed group the mean of everybody in it.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import special

Matrix = npt.NDArray[np.float64]
PLACES = np.array([0.0, 25.0, 50.0, 75.0, 100.0])
# Parts of the variance of how a person leans: shared by dimensions, and by the questions of one. Of the rest each
# question has its own.
HALO, OWN = 0.4, 0.3
# Of so many people of a closed group, one more for every two answered.
ASKED = 1.5
UNEVEN = (0.5, 1.0, 1.0, 2.0)


class Shape(NamedTuple):
    """Shares of the five answers, questions a dimension has, weights people have in turn, and whether it is closed."""

    name: str
    shares: tuple[float, ...]
    items: int = 1
    weights: tuple[float, ...] = (1.0,)
    closed: bool = False

    def count_asked(self, people: int) -> int:
        """How many people a closed group has of which these answered; 0 where it is not closed."""
        return int(ASKED * people) if self.closed else 0


PILED, FAR, SPLIT = (60.0, 20.0, 10.0, 6.0, 4.0), (80.0, 5.0, 3.0, 2.0, 10.0), (88.0, 0.0, 0.0, 0.0, 12.0)
LEVEL = (10.0, 20.0, 40.0, 20.0, 10.0)
SHAPES = (
    Shape("60, 20, 10, 6, 4 %", PILED),
    Shape("the same, three questions", PILED, items=3),
    Shape("the same, uneven weights", PILED, weights=UNEVEN),
    Shape("the same, closed group", PILED, closed=True),
    Shape("80, 5, 3, 2, 10 %", FAR),
    Shape("the same, three questions", FAR, items=3),
    Shape("the same, uneven weights", FAR, weights=UNEVEN),
    Shape("the same, closed group", FAR, closed=True),
    Shape("70, 20, 10, 0, 0 %", (70.0, 20.0, 10.0, 0.0, 0.0)),
    Shape("88, 0, 0, 0, 12 %", SPLIT),
    Shape("95, 0, 0, 0, 5 %", (95.0, 0.0, 0.0, 0.0, 5.0)),
    Shape("close together: 2, 14, 68, 14, 2 %", (2.0, 14.0, 68.0, 14.0, 2.0)),
    Shape("far apart: 35, 10, 10, 10, 35 %", (35.0, 10.0, 10.0, 10.0, 35.0)),
    Shape("level: 10, 20, 40, 20, 10 %", LEVEL),
    Shape("the same, uneven weights", LEVEL, weights=UNEVEN),
    Shape("the same, closed group", LEVEL, closed=True),
    Shape("one in ten far off, the others short of the end: 0, 90, 0, 0, 10 %", (0.0, 90.0, 0.0, 0.0, 10.0)),
)


def draw_shape(lots: np.random.Generator, shape: Shape, sizes: tuple[int, int, int]) -> tuple[Matrix, Matrix]:
    """The mean of what each person ticks, projects x people x dimensions, and the truth, projects x dimensions.

    sizes: projects, people who answer, and dimensions.
    """
    projects, people, wide = sizes
    everybody = shape.count_asked(people) or people
    leans = np.sqrt(HALO) * lots.standard_normal((projects, everybody, 1))
    leans = leans + np.sqrt(OWN) * lots.standard_normal((projects, everybody, wide))
    alone = lots.standard_normal((projects, everybody, wide, shape.items))
    borders = special.ndtri(np.cumsum(shape.shares[:-1]) / np.sum(shape.shares))
    steps = np.searchsorted(borders, leans[..., None] + np.sqrt(1 - HALO - OWN) * alone, side="right")
    ticked = PLACES[steps].mean(axis=-1)
    if shape.closed:
        return ticked[:, :people], ticked.mean(axis=1)
    return ticked, np.full((projects, wide), float(PLACES @ shape.shares) / sum(shape.shares))

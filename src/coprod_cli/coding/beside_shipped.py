"""What learnt coders made of answers left out goes in; how they stand beside the shipped coder there comes out."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from coprod_cli.coding.learning_figures import EDGES, Array, Measure, find_f1, round_figure, widen_range
from coprod_cli.coding.leaving_out import Tested, name_shipped
from coprod_cli.model.learning import Beside


def set_beside(measure: Measure, deals: Sequence[Tested]) -> Beside | None:
    """Mean F1 of both over the themes that both know, from the same draws of people; None where there is none such.

    Of answers coded blind alone: codes made with a machine's in sight agree with that machine of course. How far the
    deals of the parts lie apart widens the range of the difference, as in Measure.make_gain.
    """
    lessons, school = measure.lessons, measure.lessons.school
    blind = lessons.blind[:, None]
    held = school.held & blind
    themes = school.known & school.learnt & held.any(axis=0)
    if not themes.any():
        return None

    def find_mean(every: NDArray[np.bool_]) -> tuple[Array, float]:
        named = every & blind
        counts = measure.add(np.stack((held & named, named, held), axis=1))[:, :, themes]
        return find_f1(measure.draw(counts)).mean(axis=1), float(find_f1(counts.sum(axis=0)[None])[0].mean())

    found = [find_mean(each.named) for each in deals]
    shipped_drawn, shipped = find_mean(name_shipped(lessons))
    drawn, means = np.mean([each for each, _ in found], axis=0), np.asarray([mean for _, mean in found])
    difference = float(means.mean()) - shipped
    low, high = np.quantile(drawn - shipped_drawn, EDGES)
    low, high = widen_range(low, difference, high, means)
    ranges = (*np.quantile(drawn, EDGES), *np.quantile(shipped_drawn, EDGES))
    own_low, own_high, shipped_low, shipped_high = map(round_figure, ranges)
    return Beside(
        themes=int(themes.sum()),
        answers=int(lessons.blind.sum()),
        f1=round_figure(means.mean()),
        low=own_low,
        high=own_high,
        shipped_f1=round_figure(shipped),
        shipped_low=shipped_low,
        shipped_high=shipped_high,
        difference=round_figure(difference),
        difference_low=round_figure(low),
        difference_high=round_figure(high),
    )

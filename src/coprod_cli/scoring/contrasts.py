"""Parents' and practitioners' plausible scores go in; the gap between them, with its likely range, comes out.

Different people see from different places: a gap says that two stories are told, never that somebody lied.
"""

from collections.abc import Mapping

import numpy as np

from coprod_cli.model.findings import Contrast
from coprod_cli.model.framework import Framework, Thresholds
from coprod_cli.scoring.measuring import Group, Measured

PARENTS, PRACTITIONERS = "parent", "practitioner"


def contrast_roles(
    measured: Mapping[Group, Mapping[str, Measured]], framework: Framework, thresholds: Thresholds
) -> tuple[Contrast, ...]:
    """Practitioners minus parents wherever both were measured and rest on the same kind of answers.

    `clear` needs a gap of the framework's size and sureness, and enough people of both roles to compare.
    """
    found: list[Contrast] = []
    for group, parents in sorted(measured.items()):
        practitioners = measured.get(group._replace(role=PRACTITIONERS), {})
        if group.role == PARENTS:
            for dimension in sorted(set(parents) & set(practitioners)):
                ours, theirs = parents[dimension], practitioners[dimension]
                if (ours.basis == "comments") == (theirs.basis == "comments"):
                    contrast = _contrast(ours, theirs, framework, thresholds)
                    found.append(contrast._replace(project=group.project, wave=group.wave, dimension=dimension))
    return tuple(found)


def _contrast(parents: Measured, practitioners: Measured, framework: Framework, thresholds: Thresholds) -> Contrast:
    rules = framework.scoring
    gaps = practitioners.widened - parents.widened
    gap = practitioners.estimate - parents.estimate
    low, high = np.quantile(gaps, [0.5 - rules.level / 2, 0.5 + rules.level / 2])
    higher = float(np.mean(gaps > 0))
    enough = min(parents.people, practitioners.people) >= thresholds.min_compare
    clear = enough and abs(gap) >= rules.gap_points and max(higher, 1 - higher) >= rules.gap_probability
    return Contrast(
        project="",
        wave="",
        dimension="",
        gap=gap,
        low=min(float(low), gap),
        high=max(float(high), gap),
        probability_higher=higher,
        parents=parents.people,
        practitioners=practitioners.people,
        clear=clear,
    )

"""Parents' and practitioners' plausible scores go in; the gap between them, with its likely range, comes out.

Different people see from different places: a gap says that two stories are told, never that somebody lied.
"""

from collections.abc import Mapping

import numpy as np

from coprod_cli.model.findings import Contrast
from coprod_cli.model.framework import Framework, Thresholds
from coprod_cli.scoring.evidence import Group
from coprod_cli.scoring.intervals import find_probability_up
from coprod_cli.scoring.measuring import Measured

PARENTS, PRACTITIONERS = "parent", "practitioner"


def contrast_roles(
    measured: Mapping[Group, Mapping[str, Measured]], framework: Framework, thresholds: Thresholds
) -> tuple[Contrast, ...]:
    """Practitioners minus parents wherever enough people of both answered, and their scores rest on the same basis.

    `clear` needs a gap of the framework's size and sureness, whose likely range leaves out 0.
    """
    found: list[Contrast] = []
    for group, parents in sorted(measured.items()):
        practitioners = measured.get(group._replace(role=PRACTITIONERS), {})
        if group.role == PARENTS:
            for dimension in sorted(set(parents) & set(practitioners)):
                ours, theirs = parents[dimension], practitioners[dimension]
                enough = min(ours.effective, theirs.effective) >= thresholds.min_compare
                if enough and (ours.basis == "comments") == (theirs.basis == "comments"):
                    contrast = _contrast(ours, theirs, framework)
                    found.append(contrast._replace(project=group.project, wave=group.wave, dimension=dimension))
    return tuple(found)


def _contrast(parents: Measured, practitioners: Measured, framework: Framework) -> Contrast:
    rules = framework.scoring
    gaps = practitioners.widened - parents.widened
    gap = practitioners.estimate - parents.estimate
    low, high = (float(end) for end in np.quantile(gaps, [0.5 - rules.level / 2, 0.5 + rules.level / 2]))
    higher = find_probability_up(gaps)
    sure = max(higher, 1 - higher) >= rules.gap_probability and not low <= 0 <= high
    clear = sure and abs(gap) >= rules.gap_points
    return Contrast(
        project="",
        wave="",
        dimension="",
        gap=gap,
        low=min(low, gap),
        high=max(high, gap),
        probability_higher=higher,
        parents=parents.people,
        practitioners=practitioners.people,
        clear=clear,
    )

"""One project goes in; which of its groups are closed, everybody in them having been asked, comes out.

The size of a closed group narrows the likely range by the finite population factor (Cochran 1977, Sampling Techniques,
section 2.6): the question is then about those people alone. It is off unless a governance file says how many were
asked, and at least half of them answered.
"""

from coprod_cli.model.population import ClosedGroup
from coprod_cli.scoring.scorer import Project, Scorer


def find_closed(project: Project, scorer: Scorer) -> list[ClosedGroup]:
    """A row for each group of the project whose size is known, by role and round."""
    return [
        ClosedGroup(
            *group,
            asked=scorer.count_asked(group),
            used=scorer.find_population(spoken) > 0,
            few=scorer.is_thin(spoken),
        )
        for group, spoken in sorted(project.spoken.items())
        if scorer.count_asked(group) > 0
    ]

"""One project's practitioners go in; how those of each sector (education, health ...) see it comes out.

Practitioners are not one side: a school's co-ordinator may be as shut out as a parent. Sectors are never pooled with
each other or with parents, and are scored from closed items only. A sector is left out, too, where the practitioners of
no told sector would be so few that their scores could be had by subtraction.
"""

from collections.abc import Iterator
from dataclasses import replace
from math import nan

import numpy as np

from coprod_cli.model.findings import SectorScore
from coprod_cli.model.tables import OVERALL, SECTORS
from coprod_cli.scoring.evidence import Said
from coprod_cli.scoring.intervals import find_range
from coprod_cli.scoring.measuring import Spoken, measure_group
from coprod_cli.scoring.scorer import Project, Scorer

_ROLE = "practitioner"
_WITHHELD = -1


def score_sectors(project: Project, scorer: Scorer) -> list[SectorScore]:
    """A row for each dimension and overall of each sector of which enough practitioners rated the project."""
    found: list[SectorScore] = []
    for group, spoken in sorted(project.spoken.items()):
        if group.role == _ROLE and spoken.rated:
            for sector in choose_sectors(spoken.said, max(scorer.thresholds.min_sector, scorer.least)):
                found.extend(_score_sector(spoken, sector, scorer))
    return found


def choose_sectors(said: Said, least: int) -> list[str]:
    """The sectors that may be told, in the order of SECTORS: `least` people rated in each, and in none or in the rest.

    Where fewer are left over than that, the smallest sector joins them, and so on.
    """
    own = np.array(said.sectors, object)[~np.isnan(said.blend).all(axis=1)]
    counts = {sector: int((own == sector).sum()) for sector in SECTORS}
    told = [sector for sector in SECTORS[1:] if counts[sector] >= least]
    while told and 0 < len(own) - sum(counts[sector] for sector in told) < least:
        told.remove(min(told, key=lambda sector: (counts[sector], sector)))
    return told


def _score_sector(spoken: Spoken, sector: str, scorer: Scorer) -> Iterator[SectorScore]:
    limits = scorer.thresholds
    least = max(limits.min_sector, scorer.least)
    strict = replace(limits, min_base=least, min_composite=max(limits.min_composite, least))
    said = spoken.said.keep(np.array(spoken.said.sectors, object) == sector)
    said = replace(said, blend=said.items, comment_weight=np.zeros_like(said.comment_weight))
    own = replace(spoken, said=said, least=least)
    # How many people of a sector were asked is not known, so that no closed group narrows these ranges.
    measured = measure_group(own, scorer.framework, strict, scorer.seed)
    group = spoken.said.group
    for dimension in (*(each.id for each in scorer.framework.dimensions), OVERALL):
        each = measured.get(dimension)
        head = (group.project, group.wave, sector, dimension)
        if each is None:
            yield SectorScore(*head, nan, nan, nan, _WITHHELD, reportable=False)
            continue
        low, high = find_range(each.widened, each.estimate, scorer.framework.scoring.level)
        yield SectorScore(*head, each.estimate, low, high, each.people, reportable=True)

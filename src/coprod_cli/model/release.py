"""What an earlier report told: as much of it as a new one could be set against."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from coprod_cli.model.closed_items import Part
from coprod_cli.model.findings import Flag

Group = tuple[str, str, str]  # project, role, wave
Counts = tuple[float, ...]


@dataclass(frozen=True)
class Release:
    """An earlier report. NaN stands for what it withheld.

    bases: people who answered, rated and commented, by group, as they were told. scores: estimate, low and high of each
    dimension and overall that was told, by group. said: by group, the shares of those who chose each rung when asked,
    from the lowest up, then how many people those are. commenters, counts: by (scope, project, role, wave), and for
    counts the theme, too; scope is "themes" or "themes_beside"; counts are people, positive, mixed, negative and
    neutral. flags: by project and round, those told. inputs: SHA-256 of the survey's files; "" alone where there is no
    manifest. spreads: by project, role, round and closed question, the parts of its answers that were told.
    """

    sha256: str
    audience: str
    bases: Mapping[Group, Counts] = field(default_factory=dict)
    scores: Mapping[Group, Mapping[str, Counts]] = field(default_factory=dict)
    said: Mapping[Group, Counts] = field(default_factory=dict)
    commenters: Mapping[tuple[str, ...], float] = field(default_factory=dict)
    counts: Mapping[tuple[str, ...], Counts] = field(default_factory=dict)
    flags: Mapping[tuple[str, str], tuple[Flag, ...]] = field(default_factory=dict)
    inputs: frozenset[str] = frozenset()
    mapping_sha256: str = ""
    keep_partial: bool = False
    spreads: Mapping[tuple[str, ...], tuple[Part, ...]] = field(default_factory=dict)

"""What a report is told from: findings, charts and what the forum says of itself go in together as one value."""

from dataclasses import dataclass, field

from coprod_cli.drawing import Chart
from coprod_cli.model.details import Details
from coprod_cli.model.findings import Findings


@dataclass(frozen=True)
class Material:
    """Everything that a template may draw on. Templates tell it; renderers never see it."""

    findings: Findings
    charts: tuple[Chart, ...] = ()
    details: Details = field(default_factory=Details)

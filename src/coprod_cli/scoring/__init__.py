"""Ratings and mentions go in; scores with their likely ranges, and all that follows from them, come out."""

from coprod_cli.scoring.checking import measure_checked
from coprod_cli.scoring.evidence import Group, Heard, Themes, gather_evidence
from coprod_cli.scoring.flag_patterns import judge_patterns
from coprod_cli.scoring.flags import judge_facts, settle_flags
from coprod_cli.scoring.gates import read_gate
from coprod_cli.scoring.projects import score_projects
from coprod_cli.scoring.published import PublishedRound, compare_published, stand_published
from coprod_cli.scoring.raking import rake_weights
from coprod_cli.scoring.scorer import Limit
from coprod_cli.scoring.standings import hold_apart

__all__ = [
    "Group",
    "Heard",
    "Limit",
    "PublishedRound",
    "Themes",
    "compare_published",
    "gather_evidence",
    "hold_apart",
    "judge_facts",
    "judge_patterns",
    "measure_checked",
    "rake_weights",
    "read_gate",
    "score_projects",
    "settle_flags",
    "stand_published",
]

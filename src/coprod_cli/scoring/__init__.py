"""Ratings and mentions go in; scores with their likely ranges, and gaps between roles, come out."""

from coprod_cli.scoring.evidence import gather_evidence
from coprod_cli.scoring.projects import Scored, score_projects

__all__ = ["Scored", "gather_evidence", "score_projects"]

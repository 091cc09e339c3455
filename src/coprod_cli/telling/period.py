"""First and last month of the answers go in; the months as people say them come out."""

from coprod_cli.model.findings import Findings
from coprod_cli.telling.papers import MONTHS


def say_period(period: tuple[str, str]) -> str:
    """The months in words: "March 2026", "March to May 2026", "November 2025 to January 2026"; empty if not known."""
    if not all(period):
        return ""
    (year, month), (last_year, last_month) = (each.split("-") for each in period)
    first, last = MONTHS[int(month) - 1], MONTHS[int(last_month) - 1]
    if period[0] == period[1]:
        return f"{first} {year}"
    return f"{first} to {last} {year}" if year == last_year else f"{first} {year} to {last} {last_year}"


def say_when(findings: Findings, wave: str) -> str:
    """When people answered, as a sentence with a space before it; empty for one of several rounds, which has a name."""
    period = "" if wave else say_period(findings.period)
    return f" Answers from {period}." if period else ""

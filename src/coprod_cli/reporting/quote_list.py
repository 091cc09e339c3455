"""Findings go in; the rows of quotes.csv, from which a person strikes out what shall not be printed, come out."""

from collections.abc import Iterator

from coprod_cli.model.findings import Findings

QUOTE_LIST = ("keep", "id", "project", "theme", "theme_name", "stance", "role", "words")


def list_quote_rows(findings: Findings) -> Iterator[tuple[str, ...]]:
    """One row a quote that a report may print, more than it does: if one is struck out, the next takes its place."""
    for each in findings.quotes:
        name = findings.framework.theme(each.theme).name
        project = f"{each.project} ({each.wave})" if each.project and each.wave else each.project
        yield ("yes", each.id, project, each.theme, name, each.stance, each.role, each.words)
    for suggestion in findings.emerging:
        for answer in suggestion.typical:
            yield ("yes", answer.id, "", "", "not in the codebook", "", answer.role, answer.words)

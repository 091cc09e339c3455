"""Findings and a pruned list of quotes go in; the findings without those struck out come out, and a word on stderr."""

from coprod_cli.cli.terminal import write_line
from coprod_cli.model.findings import Findings
from coprod_cli.model.quote_list import QuoteList
from coprod_cli.summarising import note_edited, strike_quotes


def prune_quotes(findings: Findings, listed: QuoteList, *, quiet: bool) -> Findings:
    """Only the quotes that the list keeps; says, unless quiet, where its words are no longer as they were written.

    Raises:
        SettingsFileError: the list keeps a quote that the findings do not have.
    """
    pruned = strike_quotes(findings, listed)
    for note in () if quiet else note_edited(findings, listed):
        write_line(note.in_full, stderr=True)
    return pruned

"""Findings and the list of quotes as a person left it go in; the findings without those struck out come out."""

import re
from dataclasses import replace

from coprod_cli.model.emerging import Typical
from coprod_cli.model.errors import SettingsFileError
from coprod_cli.model.findings import Findings, Quote
from coprod_cli.model.quote_list import QuoteList
from coprod_cli.model.survey import Notice

# A spreadsheet may spoil marks and accents when it saves, so only plain letters and digits count.
_PLAIN = re.compile(r"[^a-z0-9]+")
_RAW = "raw"


def strike_quotes(findings: Findings, listed: QuoteList) -> Findings:
    """Only the quotes that the list keeps; one that stands nowhere in it is struck out, too.

    Words that were struck out leave the coded answers as well, save for the data holder, who reads them all.

    Raises:
        SettingsFileError: the list keeps a quote that the findings do not have; the row is named.
    """
    have = {each.id for each in _list_words(findings)}
    for each in listed.quotes:
        if each.keep and each.id not in have:
            what = f"{listed.name}, row {each.row}: there is no quote with that id in these results."
            hint = "Give the quotes.csv of this very report; where the survey changed since, run again for a new one."
            raise SettingsFileError(what, hint, each.row)
    struck = {each.id for each in listed.quotes if not each.keep}
    kept = {each.id for each in listed.quotes} - struck
    coded = findings.coded
    if findings.settings.audience != _RAW:
        coded = coded[~coded["answer"].isin(have - kept)].reset_index(drop=True)
    return replace(
        findings,
        quotes=tuple(each for each in findings.quotes if each.id in kept),
        coded=coded,
        emerging=tuple(
            each._replace(typical=tuple(answer for answer in each.typical if answer.id in kept))
            for each in findings.emerging
        ),
        provenance=replace(findings.provenance, quotes_sha256=listed.sha256),
    )


def note_edited(findings: Findings, listed: QuoteList) -> tuple[Notice, ...]:
    """That words of the list differ from those written, which are printed all the same; nothing where none do."""
    written = {each.id: _simplify(each.words) for each in _list_words(findings)}
    rows = [str(each.row) for each in listed.quotes if each.keep and _simplify(each.words) != written.get(each.id)]
    if not rows:
        return ()
    message = f"The words in {listed.name} were changed (row {', '.join(rows)}). They are printed as they were written."
    return (Notice("quotes-edited", message, hint="Write no under keep to leave a quote out."),)


def _list_words(findings: Findings) -> list[Quote | Typical]:
    return [*findings.quotes, *(answer for each in findings.emerging for answer in each.typical)]


def _simplify(words: str) -> str:
    return _PLAIN.sub("", words.casefold())

"""A person strikes out quotes; what is struck out is nowhere any more, and nothing else changes."""

from dataclasses import replace

import pytest

from coprod_cli.model.errors import SettingsFileError
from coprod_cli.model.findings import Findings, Settings
from coprod_cli.model.quote_list import ListedQuote, QuoteList
from coprod_cli.summarising import note_edited, strike_quotes


def list_quotes(findings: Findings, **keep: bool) -> QuoteList:
    rows = (
        ListedQuote(each.id, keep.get(each.id, True), each.words, row)
        for row, each in enumerate(findings.quotes, start=2)
    )
    return QuoteList("quotes.csv", "c" * 64, tuple(rows))


def test_a_list_as_it_was_written_changes_nothing(usual: Findings) -> None:
    listed = list_quotes(usual)
    assert strike_quotes(usual, listed).quotes == usual.quotes
    assert note_edited(usual, listed) == ()


def test_no_and_a_row_taken_out_both_strike_a_quote(usual: Findings) -> None:
    first, second, *others = usual.quotes
    listed = list_quotes(usual, **{first.id: False})
    listed = listed._replace(quotes=tuple(each for each in listed.quotes if each.id != second.id))
    told = strike_quotes(usual, listed)
    assert {each.id for each in told.quotes} == {each.id for each in others} - {first.id, second.id}
    assert told.provenance.quotes_sha256 == "c" * 64


def test_words_struck_out_leave_the_coded_answers_but_not_the_data_holders(usual: Findings) -> None:
    answer = str(usual.coded["answer"].iloc[0])
    quoted = replace(usual, quotes=(usual.quotes[0]._replace(id=answer), *usual.quotes[1:]))
    listed = list_quotes(quoted, **{answer: False})
    assert answer not in set(strike_quotes(quoted, listed).coded["answer"])
    raw = replace(quoted, settings=Settings(audience="raw"))
    assert answer in set(strike_quotes(raw, listed).coded["answer"])


def test_an_id_that_is_not_there_is_refused_with_its_row(usual: Findings) -> None:
    stranger = ListedQuote("a0000000000", keep=True, words="Secret words", row=9)
    listed = list_quotes(usual)._replace(quotes=(stranger,))
    with pytest.raises(SettingsFileError, match="row 9") as caught:
        strike_quotes(usual, listed)
    assert caught.value.line == 9
    assert "Secret" not in f"{caught.value.what} {caught.value.hint}"
    struck = listed._replace(quotes=(stranger._replace(keep=False),))
    assert strike_quotes(usual, struck).quotes == ()


def test_changed_words_are_told_but_not_printed(usual: Findings) -> None:
    listed = list_quotes(usual)
    first = listed.quotes[0]._replace(words="It was all wonderful.")
    spoilt = listed.quotes[1]._replace(words=listed.quotes[1].words.replace("\u2019", "?").upper() + "  ")
    listed = listed._replace(quotes=(first, spoilt, *listed.quotes[2:]))
    assert strike_quotes(usual, listed).quotes == usual.quotes
    [note] = note_edited(usual, listed)
    assert "(row 2)" in note.message
    assert "wonderful" not in note.in_full

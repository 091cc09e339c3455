"""What a person decided of answers goes in; the file that keeps it, a table of codes as CSV, comes out."""

from collections.abc import Iterator, Mapping
from functools import lru_cache

from coprod_cli.model.answers import AskedAnswer
from coprod_cli.model.review import REVIEW_COLUMNS, Decision
from coprod_cli.model.tables import UNCLEAR
from coprod_cli.reporting.to_csv import write_rows

_REMEMBERED = 20_000


def write_review(decisions: Mapping[str, Decision], answers: Mapping[str, AskedAnswer]) -> bytes:
    """One row for each code, and one for each answer without any, in the order of ids; the same for the same decisions.

    Args:
        decisions: by the id of the answer.
        answers: by id, at least those decided.
    """
    return write_rows(REVIEW_COLUMNS, ()) + b"".join(
        _write(answers[name], decisions[name]) for name in sorted(decisions)
    )


@lru_cache(_REMEMBERED)
def _write(answer: AskedAnswer, decision: Decision) -> bytes:
    """The rows of one answer. The file is written whole after every decision, and all but one answer are as before."""
    first, *further = _list_rows(answer, decision)
    return write_rows(first, further)


def _list_rows(answer: AskedAnswer, decision: Decision) -> Iterator[tuple[str, ...]]:
    person = (
        "+".join(decision.deeds),
        decision.note,
        decision.coder,
        str(decision.weight),
        decision.shown,
        decision.shown_by,
    )
    looked = "yes" if decision.is_made else "no"
    told = (answer.words, answer.question, answer.role, answer.project, answer.wave, answer.person)
    for each in sorted(decision.codes):
        span = (str(each.start), str(each.end), answer.words[each.start : each.end])
        yield (answer.id, looked, each.theme, each.stance, each.level or UNCLEAR, *span, *person, *told)
    if not decision.codes:
        yield (answer.id, looked, *[""] * 6, *person, *told)

"""Counts of what happened while reading go in; the notices that travel with the results come out.

Counts of the same kind are added up over files before a sentence is made of them. No sentence names a file or holds a
cell, so that the same answers give the same notices whatever the file is called and however its rows are ordered.
"""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from coprod_cli.model.survey import Notice


class Told(NamedTuple):
    """One thing to tell: the code of its sentence, how many rows, forms or cells it is about, and a word of detail."""

    code: str
    number: int = 1
    detail: str = ""


# {n} is the count with its noun; {detail} the word of detail.
SENTENCES: dict[str, tuple[str, str]] = {
    "same_file_twice": ("file", "{n} given twice; each was read once."),
    "encoding": ("file", "Not UTF-8, read as {detail}: {n}. Check that accents and quotation marks look right."),
    "encoding_mended": ("stray character", "Put right in a file in UTF-8: {n} of another encoding (Windows-1252)."),
    "other_sheets": ("other sheet", "Not read: {n} of a workbook, with rows in it; the fullest sheet was taken."),
    "long_rows": (
        "row",
        (
            "More cells than there are columns: {n}. What stood beyond the last column was dropped. "
            "The first of these rows, counted from the top of the file: {detail}."
        ),
    ),
    "empty_rows": ("row", "Left out: {n} with nothing in the cells."),
    "test_rows": ("row", "Left out: {n} that the survey tool calls test, preview or spam."),
    "same_form_twice": (
        "row",
        "Left out: {n} repeating a form that is there already, with the same number and the same answers.",
    ),
    "no_answers": ("form", "Left out: {n} without an answer to any open or closed question."),
    "unfinished": ("form", "Not finished: {n}; the answers given are kept."),
    "role_missing": (
        "form",
        (
            "Nothing says who filled in {n}: the role is 'other'. Say it in the mapping file, for example "
            'role = "parent" under [constants], or name a column of kind "role".'
        ),
    ),
    "role_from_name": ("form", "The role in {n} is taken from the name of the file or its sheet: {detail}."),
    "role_blank": ("form", "No role given in {n}: the role is 'other'."),
    "role_unknown": (
        "form",
        (
            "A role in words that coprod does not know in {n}: the role is 'other'. "
            "Say in the mapping file what they mean, under words of the role column."
        ),
    ),
    "role_unknown_answers": ("answer", "A role in words that coprod does not know in {n}: the role is 'other'."),
    "project_missing": (
        "form",
        "Nothing says which project {n} is about: it all counts as one project, 'All answers'.",
    ),
    "project_blank": ("form", "No project given in {n}: the project is 'Not stated'."),
    "consent_missing": (
        "form",
        (
            "No column says whether the words may be quoted in {n}: none is quoted. If everyone agreed, say "
            "consent = true under [constants] in the mapping file."
        ),
    ),
    "consent_unclear": (
        "form",
        "Neither yes nor no to the question about quoting in {n}: these words are not quoted.",
    ),
    "weight_unreadable": ("form", "A survey weight that is not a number from 0 up in {n}: it counts as 1."),
    "item_unmatched": (
        "closed question",
        "No dimension found for {n}: shown, not scored. Name the dimension in the mapping file to score it.",
    ),
    "closed_missing": (
        "answer",
        "'Don't know', 'Doesn't apply' or the like in {n} to closed questions: they count as missing.",
    ),
    "closed_unknown": ("answer", "Not on the question's scale: {n} to closed questions. They count as missing."),
    "empty_words": ("answer", "No more than 'n/a', 'none' or a dash in {n} to open questions: these are no answers."),
    "long_answers": ("answer", "Longer than 5,000 words: {n} to open questions. Check that they are answers."),
}
LEAVE_OUT = frozenset({"empty_rows", "test_rows", "same_form_twice", "no_answers"})


def write_notices(told: Iterable[Told]) -> tuple[Notice, ...]:
    """One notice for each code and detail, in the order of SENTENCES, with the counts added up."""
    counts: Counter[tuple[str, str]] = Counter()
    for each in told:
        counts[each.code, each.detail] += each.number
    order = list(SENTENCES)
    notices = []
    for (code, detail), count in sorted(counts.items(), key=lambda pair: (order.index(pair[0][0]), pair[0][1])):
        if count:
            noun, sentence = SENTENCES[code]
            number = f"{count:,} {noun}{'' if count == 1 else 's'}"
            notices.append(Notice(code, sentence.format(n=number, detail=detail), count if code in LEAVE_OUT else 0))
    return tuple(notices)

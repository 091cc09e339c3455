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
    count: int = 1
    detail: str = ""


# {n} is the count with its noun; {detail} the word of detail.
SENTENCES: dict[str, tuple[str, str]] = {
    "same_file_twice": ("file", "{n} given twice; each was read once."),
    "encoding": (
        "file",
        "{n} not written in UTF-8; read as {detail}. Check that accents and quotation marks look right.",
    ),
    "encoding_mended": (
        "stray character",
        "A file in UTF-8 held {n} of another encoding (Windows-1252); they were put right one by one.",
    ),
    "other_sheets": (
        "other sheet",
        "A workbook has {n} with rows in it that coprod did not read: the fullest one was taken.",
    ),
    "long_rows": (
        "row",
        "{n} with more cells than there are columns; what stood beyond the last column was dropped. "
        "Numbers of the first of these rows: {detail}.",
    ),
    "empty_rows": ("row", "Left out: {n} with nothing in them."),
    "test_rows": ("row", "Left out: {n} that the survey tool marks as test, preview or spam."),
    "same_form_twice": (
        "row",
        "Left out: {n} repeating a form that is there already, with the same number and the same answers.",
    ),
    "no_answers": ("form", "Left out: {n} without an answer to any open or closed question."),
    "unfinished": ("form", "{n} not sent off to the end; the answers given are kept."),
    "role_missing": (
        "form",
        "Nothing says who filled in {n}: the role is 'other'. Say it in the mapping file, for example "
        'role = "parent" under [constants], or name a column of kind "role".',
    ),
    "role_from_name": ("form", "The role in {n} is taken from the name of the file or its sheet: {detail}."),
    "role_blank": ("form", "{n} without a word on the person's role; the role is 'other'."),
    "role_unknown": (
        "form",
        "{n} giving a role in words that coprod does not know; the role is 'other'. "
        "Say in the mapping file what they mean, under words of the role column.",
    ),
    "role_unknown_answers": ("answer", "{n} giving a role in words that coprod does not know; the role is 'other'."),
    "project_missing": (
        "form",
        "Nothing says which project {n} is about; it all counts as one project, 'All answers'.",
    ),
    "project_blank": ("form", "{n} without a project; the project is 'Not stated'."),
    "consent_missing": (
        "form",
        "No column says whether the words may be quoted, in {n}: none is quoted. Say consent = true under [constants] "
        "in the mapping file if everyone agreed.",
    ),
    "consent_unclear": (
        "form",
        "{n} answering the question about quoting in words that are neither yes nor no; they are not quoted.",
    ),
    "weight_unreadable": ("form", "{n} with a survey weight that is not a number from 0 up; it counts as 1."),
    "item_unmatched": (
        "closed question",
        "{n} belonging to no dimension that coprod can tell; shown, not scored. Name the dimension in the mapping file.",
    ),
    "closed_missing": (
        "answer",
        "{n} to closed questions being 'Don't know', 'Doesn't apply' or the like; they count as missing.",
    ),
    "closed_unknown": ("answer", "{n} to closed questions not on the question's scale; they count as missing."),
    "empty_words": (
        "answer",
        "{n} to open questions saying no more than 'n/a', 'none' or a dash; they are not answers.",
    ),
    "long_answers": ("answer", "{n} to open questions longer than 5,000 words; check that they are answers."),
}
LEAVE_OUT = frozenset({"empty_rows", "test_rows", "same_form_twice", "no_answers"})


def write_notices(told: Iterable[Told]) -> tuple[Notice, ...]:
    """One notice for each code and detail, in the order of SENTENCES, with the counts added up."""
    counts: Counter[tuple[str, str]] = Counter()
    for each in told:
        counts[each.code, each.detail] += each.count
    order = list(SENTENCES)
    notices = []
    for (code, detail), count in sorted(counts.items(), key=lambda pair: (order.index(pair[0][0]), pair[0][1])):
        if count:
            noun, sentence = SENTENCES[code]
            number = f"{count:,} {noun}{'' if count == 1 else 's'}"
            notices.append(Notice(code, sentence.format(n=number, detail=detail), count if code in LEAVE_OUT else 0))
    return tuple(notices)

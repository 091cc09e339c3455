"""Counts of what happened while reading go in; the notices that travel with the results come out.

Counts of the same kind are added up over files before a sentence is made of them. No sentence names a file or holds a
cell, so that the same answers give the same notices whatever the file is called and however its rows are ordered.
"""

import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from coprod_cli.model.survey import Notice


class Told(NamedTuple):
    """One thing to tell: the code of its sentence, how many rows, forms or cells it is about, and a word of detail."""

    code: str
    number: int = 1
    detail: str = ""


# {n} is the count with its noun; {detail} the word of detail; [one|many] what is said of one and of many.
SENTENCES: dict[str, tuple[str, str]] = {
    "same_file_twice": ("file", "{n} given twice; [it|each] was read once."),
    "other_files": ("file", "Not read: {n} in a folder or zip, which [is|are] no survey ({detail})."),
    "encoding": ("file", "Not UTF-8, read as {detail}: {n}. Check that accents and quotation marks look right."),
    "encoding_misstated": (
        "file",
        "Read as {detail}, because the letters do not fit what the file says: {n}. Check that accents look right.",
    ),
    "encoding_mended": ("stray character", "Put right in a file in UTF-8: {n} of another encoding (Windows-1252)."),
    "other_sheets": ("other sheet", "Not read: {n} of a workbook, with rows in it; the fullest sheet was taken."),
    "long_rows": (
        "row",
        (
            "More cells than there are columns: {n}. What stood beyond the last column was dropped. "
            "[This row|The first of them], counted from the top of the file: {detail}."
        ),
    ),
    "ranges_as_dates": (
        "cell",
        (
            "A date among ranges of numbers, such as Oct-49 for 10-49, in {n}: Excel has changed [it|them]. Left as "
            "[it stands|they stand]; export the survey again without opening it in Excel."
        ),
    ),
    "numbers_rounded": (
        "cell",
        (
            "A long number cut to a few figures, such as 2.02202E+11, in {n}: Excel has changed [it|them], and "
            "different people may now have the same number. Export the survey again without opening it in Excel."
        ),
    ),
    "numbers_with_point": (
        "cell",
        "A number that once had no decimal point, such as 12749699617.0, in {n}: left as [it stands|they stand].",
    ),
    "formula_errors": ("cell", "A spreadsheet's error, such as #NAME? or #REF!, instead of the answer in {n}."),
    "noughts_lost": (
        "cell",
        "A nought lost at the end of a number, such as 1.2 for 1.20, in {n}: left as [it stands|they stand].",
    ),
    "encoded_twice": (
        "cell",
        (
            "Letters or marks spoilt by a wrong encoding before the file was made, in {n}: left as [it stands|they "
            "stand]. Export the survey again, as UTF-8."
        ),
    ),
    "answers_cut": (
        "answer",
        "{n} to open questions [ends|end] at just 255 or 32,767 characters: the end was probably cut off on export.",
    ),
    "columns_cut": (
        "file",
        (
            "Exactly 256 columns, as many as an old Excel file can hold, in {n}: columns beyond may have been cut off. "
            "Export the survey as CSV or XLSX."
        ),
    ),
    "columns_unreadable": (
        "column",
        "Not read: {n} of a Parquet file, of a kind that no text can be made of; the cells are taken as blank.",
    ),
    "dates_undecided": (
        "column",
        (
            "Day and month cannot be told apart in {n} of dates: read with the day first. It matters only for which "
            "of two forms of one person is the later one."
        ),
    ),
    "empty_rows": ("row", "Left out: {n} with nothing in the cells."),
    "total_rows": (
        "row",
        "Left out: {n} of totals or averages, which [is no form|are no forms] that anybody filled in.",
    ),
    "test_rows": ("row", "Left out: {n} that the survey tool calls test, preview or spam."),
    "screened_rows": ("row", "Left out: {n} of people whom the survey itself screened out."),
    "rejected_rows": ("row", "Left out: {n} that [was|were] marked as not approved or rejected in the survey tool."),
    "joined_rows": (
        "row",
        "Left out: {n} that only [holds a part|hold parts] of another form of the same person, and went into that one.",
    ),
    "same_form_twice": (
        "row",
        "Left out: {n} repeating a form that is there already, with the same number and the same answers.",
    ),
    "same_form_in_files": (
        "row",
        (
            "Left out: {n} repeating a form of another file, with the same number or time and the same answers; "
            "[it was|each was] read once."
        ),
    ),
    "partial_rows": (
        "form",
        "Left out: {n} that [was|were] begun but never sent off.",
    ),
    "same_person_twice": (
        "form",
        (
            "Left out: {n} of a person who had answered for the same project and round already. The one with most "
            "answers was kept; of equals, the later one."
        ),
    ),
    "same_person_partly": (
        "form",
        (
            "{n} of a person who had answered for one of the same projects already: [its|their] answers for that "
            "project were left out, the rest kept."
        ),
    ),
    "wordings_both": (
        "form",
        "Two wordings of one question filled in {n}: the first was taken.",
    ),
    "person_doubtful": (
        "form",
        (
            "The column taken for the person names the same people again and again ({n} would be left out as "
            "repetitions), so all forms were kept."
        ),
    ),
    "no_answers": ("form", "Left out: {n} without an answer to any open or closed question."),
    "unfinished": ("form", "Not finished: {n}; the answers given are kept."),
    "test_likely": (
        "form",
        (
            "Perhaps only a test: {n} with 'test' for a name, a role or an answer; [it is|they are] counted. If "
            "nobody meant [it|them], delete [the row|these rows] in a copy of the file and analyse that."
        ),
    ),
    "rounds_likely": (
        "file",
        ("{n} come from different times and are read as one round."),
    ),
    "role_missing": (
        "form",
        ("Nothing says who filled in {n}: the role is 'other'."),
    ),
    "role_from_name": ("form", "The role in {n} is taken from the name of the file or its sheet: {detail}."),
    "role_blank": ("form", "No role given in {n}: the role is 'other'."),
    "role_unknown": (
        "form",
        ("A role in words that coprod does not know in {n}: the role is 'other'."),
    ),
    "role_several": (
        "form",
        (
            "Several roles at once in {n}: the role is 'other'. [It is|They are] kept apart because it is not known in "
            "which role people answered."
        ),
    ),
    "role_unknown_answers": ("answer", "A role in words that coprod does not know in {n}: the role is 'other'."),
    "project_missing": (
        "form",
        "Nothing says which project {n} [is|are] about: [it counts|all count] as one project, 'All answers'.",
    ),
    "project_blank": ("form", "No project given in {n}: the project is 'Not stated'."),
    "projects_parted": ("form", "Several projects in {n}: [it counts|each counts] once for every project named."),
    "projects_whole": (
        "form",
        (
            "Perhaps several projects in one cell in {n}: left as one project, because the parts are no projects named "
            "elsewhere."
        ),
    ),
    "projects_joined": (
        "spelling",
        (
            "Joined: {n} of a project's name that [differs|differ] from a commoner one only in capitals, spaces or "
            "the marks behind it. To keep such projects apart, give them different names in the survey file."
        ),
    ),
    "blocks_unclear": (
        "question",
        (
            "Asked several times over in one form: {n}, and nothing says what for; all answers count for the same "
            "project and round."
        ),
    ),
    "consent_missing": (
        "form",
        ("No column says whether the words in {n} may be quoted: none are quoted."),
    ),
    "consent_unclear": (
        "form",
        "Neither yes nor no to the question about quoting in {n}: [its|their] words are not quoted.",
    ),
    "consent_differs": (
        "form",
        "Yes to one question about quoting, but not to another in {n}: [its|their] words are not quoted.",
    ),
    "consent_refused": (
        "form",
        "No to quoting in another form of the same person as {n}: the words in [it|them] are not quoted either.",
    ),
    "weight_unreadable": ("form", "A survey weight that is not a number from 0 up in {n}: it counts as 1."),
    "mapping_unused": (
        "column",
        ("Not in the survey: {n} that the mapping file names; [its header|their headers] may have changed."),
    ),
    "item_unconfirmed": (
        "closed question",
        ("Not scored: {n} that by [its|their] words may be about a dimension; nobody has confirmed it."),
    ),
    "item_unmatched": (
        "closed question",
        ("No dimension found for {n}: not scored."),
    ),
    "questions_unused": (
        "column",
        ("Not used: {n} that [looks|look] like [a question|questions]."),
    ),
    "closed_missing": (
        "answer",
        "'Don't know', 'Doesn't apply' or the like in {n} to closed questions: [it counts|they count] as missing.",
    ),
    "closed_unknown": ("answer", "{n} on a scale could not be read: [it counts|they count] as missing."),
    "empty_words": (
        "answer",
        "No more than 'n/a', 'none' or a dash in {n} to open questions: [this is no answer|these are no answers].",
    ),
    "long_answers": (
        "answer",
        "Longer than 5,000 words: {n} to open questions. Check that [it is an answer|they are answers].",
    ),
}
_WRITE = "coprod inspect SURVEY --write map.toml"
# What whoever runs coprod may do about it; it names commands, so it is kept out of the sentence that all readers see.
HINTS: dict[str, str] = {
    "partial_rows": "To count [it|them], too, add --keep-partial.",
    "person_doubtful": f'If it does tell people apart, say kind = "person" for it in a mapping file: {_WRITE}',
    "rounds_likely": (
        'If they are rounds of one survey, say which in a mapping file: under [[files]], file = "..." and wave = "...".'
    ),
    "role_missing": (
        'Say it in the mapping file, for example role = "parent" under [constants], or name a column of kind "role": '
        f"{_WRITE}"
    ),
    "role_unknown": f"Say what the words mean: {_WRITE} writes a file with room for it.",
    "projects_whole": "If they are, say so under words of the project column in a mapping file.",
    "blocks_unclear": f"If each time is about another one, say so with project or wave in a mapping file: {_WRITE}",
    "consent_missing": f"If everyone agreed, say consent = true under [constants] in a mapping file: {_WRITE}",
    "mapping_unused": "coprod inspect SURVEY --map map.toml shows which, and what [it|they] may be now.",
    "item_unconfirmed": (
        f"Look with coprod inspect SURVEY, confirm in a mapping file: {_WRITE}. Or add --accept-guesses, knowing that "
        "about one guess in four is wrong."
    ),
    "item_unmatched": f"To score [it|them], name the dimension in a mapping file: {_WRITE}",
    "questions_unused": (
        f"See [it|them] with coprod inspect SURVEY, and say what [it is|they are] in a mapping file: {_WRITE}"
    ),
}
_ONE_OR_MANY = re.compile(r"\[([^\[\]|]*)\|([^\[\]|]*)\]")
LEAVE_OUT = frozenset(
    {
        "empty_rows", "total_rows", "test_rows", "screened_rows", "rejected_rows", "joined_rows",
        "same_form_twice", "same_form_in_files", "partial_rows", "same_person_twice", "no_answers",
    }
)  # fmt: skip


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
            sentence, hint = (
                _ONE_OR_MANY.sub(r"\1" if count == 1 else r"\2", each) for each in (sentence, HINTS.get(code, ""))
            )
            message = sentence.format(n=number, detail=detail)
            notices.append(Notice(code, message, count if code in LEAVE_OUT else 0, hint))
    return tuple(notices)

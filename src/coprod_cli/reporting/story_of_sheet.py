"""What a coder is given goes in; the first sheet of the coder's workbook, in plain words, comes out as a Document."""

from coprod_cli.model.framework import Framework
from coprod_cli.model.sheets import SETS, CodingSheet
from coprod_cli.reporting.document import Bullets, Callout, Document, Paragraph, Section, Table

BANNER = Callout(
    "warning",
    "For coders only",
    "These are people's own words about disabled children and their families. Names were masked by machine, and some "
    "may have been missed. Do not pass this file on, or put it where others can open it. Delete it when you are done.",
)
# The same on one line, above the answers.
WARNED = (
    "For coders only: people's own words about disabled children and their families. Do not pass this file on. How to "
    "fill it in: see \u201cRead me\u201d."
)
STANCE_WORDS = (
    ("positive", "The good form of the theme happened."),
    ("negative", "The bad form happened, or the good form did not."),
    ("mixed", "Both: each rests on words of its own."),
    ("neutral", "It is spoken of without a judgement."),
)
LEVEL_WORDS = (
    ("project", "The joint work that the survey asks about."),
    ("individual", "One family's own dealings with services."),
    ("system", "Services at large."),
    ("unclear", "It cannot be told. An empty cell means the same."),
)
_STEPS = (
    "Read the whole answer and the question above it. Code what is written, not what you know or guess.",
    f"For each theme that you find, choose theme, stance and level from the lists: theme 1, theme 2, up to {SETS}.",
    "The sheet \u201cCodebook\u201d says what each theme means and where it ends.",
    "When you are done with an answer, choose yes under \u201clooked at\u201d, above all if it holds no theme.",
    "An answer with no theme and no yes counts as not looked at, and is left out.",
    "Are there more themes than columns? Copy the whole row, with its id, to an empty row below, and go on there.",
    "Write under \u201cnotes\u201d whatever you want to talk through. Notes are not read by coprod.",
    "You may sort, filter, hide and widen columns, add columns of your own, stop half-way and go on later.",
    "Do not change the headings or the ids.",
)
_CLOSED = (
    "What the same person ticked stands far to the right, folded away: press the + above the columns. Your code is of "
    "the words, not of the ticks."
)
_BLIND = "This sheet shows no suggestions of the machine, so that your codes are your own."
_SHOWN = (
    "The machine's suggestions stand beside each answer. They are often wrong, and it is easy to agree with them too "
    "quickly: read the answer first. Agreement between coders who saw the same suggestions says little."
)
_PICKED = (
    "{drawn} answers stand here, of the {frame} that nobody has coded. They were picked, the most useful first: the "
    "machine is unsure of them, and they are unlike those coded so far. They were not drawn by lot. So nothing can be "
    "counted in this sheet that holds for the survey: not how often a theme is raised, nor how far coders agree, nor "
    "how well the machine does. The hidden column \u201cweight\u201d says so with a 0."
)
_DRAWN = (
    "{rows} answers stand here. {drawn} of the {frame} that could be coded were drawn by lot. Answers with rare "
    "themes, and those that the machine is unsure of, had better chances. So plain counts of this sheet are not those "
    "of the survey: the hidden column \u201cweight\u201d says how many answers of the survey each one stands for."
)
_ALONE = "Do not talk with the other coders about answers before all have finished."
_BACK = (
    "Save it as an Excel or OpenDocument workbook, and give it to whoever runs coprod. It tells of every cell that it "
    "cannot read."
)
_COMPARED = "Two workbooks are compared with: coprod agree coder-1.xlsx coder-2.xlsx."


def tell_sheet(sheet: CodingSheet, framework: Framework) -> Document:
    """How to fill in the workbook, what the words in its lists mean, and how the answers were chosen."""
    drawn = (_PICKED if sheet.is_picked else _DRAWN).format(rows=len(sheet.rows), drawn=sheet.drawn, frame=sheet.frame)
    steps = (*_STEPS, _CLOSED, _BLIND if sheet.blind else _SHOWN, *(() if sheet.is_picked else (_ALONE,)))
    sections = (
        Section("how", "How to fill it in", (Bullets(steps),)),
        Section(
            "words",
            "What the lists mean",
            (
                Table("Stance", ("Stance", "What it means"), STANCE_WORDS),
                Table("Level", ("Level", "What is spoken of"), LEVEL_WORDS),
            ),
        ),
        Section("drawn", "Where these answers come from", (Paragraph(drawn),)),
        Section(
            "back",
            "When you are done",
            (Paragraph(_BACK if sheet.is_picked else f"{_BACK} {_COMPARED}"),),
        ),
    )
    return Document(
        title="Answers worth coding next" if sheet.is_picked else f"Coding sheet: {sheet.coder}",
        subtitle="What did people say about working together? Please find the themes in their answers.",
        banner=BANNER,
        sections=sections,
        footer=f"Framework {framework.id}, version {framework.version}.",
    )

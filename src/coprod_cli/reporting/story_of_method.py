"""Findings go in; what the scores mean and do not mean, how it was done, and what was left out come out as sections."""

import math

from coprod_cli.model.findings import CoderReport, Findings, ThemeReliability
from coprod_cli.model.survey import ColumnKind
from coprod_cli.reporting.document import Block, Bullets, Folded, Paragraph, Section, Table
from coprod_cli.reporting.story_of_run import tell_run
from coprod_cli.reporting.story_of_weights import note_people
from coprod_cli.reporting.wording import LIKE_THESE, list_names, read_limits, say_about, say_ratio
from coprod_cli.telling import is_withheld, quote_name, say_sureness, say_total, start_sentence

# What the notes for researchers do not say again, of the half page on a run.
USED = ("What was used.", "On paper.")


def tell_meaning() -> Section:
    """What must not be claimed, in plain words."""
    means = (
        (
            "A score says how the people who answered saw this piece of joint work: whether it was shared from the "
            "start, shared in its decisions, and whether families were heard and made a difference."
        ),
        (
            "0 is the worst and 100 the best. The likely range says how sure we can be, as far as the number of "
            f"people goes. {LIKE_THESE} It knows nothing of those who did not answer. Where two ranges overlap a lot, "
            "do not say that one is higher."
        ),
        "The score of parents and carers leads, because power was to be shared with them.",
    )
    means_not = (
        "This is not a validated scale. It cannot be compared with other scales or with an inspection.",
        "It does not speak for all parents and carers, or for all practitioners. It speaks for those who answered.",
        "It is not a ranking of projects, councils, forums or people.",
        "It does not show that joint work caused anything, or that life got better for children and young people.",
        "A higher score does not mean better or better-funded services.",
        (
            "Where practitioners score higher than parents and carers, neither view is shown to be wrong: people "
            "stand in different places."
        ),
        "A theme that nobody mentioned can still be a problem. A theme raised twice as often is not twice as bad.",
        "Sorting by machine is not the same as a researcher reading every answer.",
        "It says nothing about whether the law was kept.",
        "A red flag does not prove that anybody meant badly, and no red flag does not prove that all is well.",
    )
    blocks: tuple[Block, ...] = (
        Bullets(means),
        Section("not-meaning", "What they do not mean", (Bullets(means_not),)),
    )
    return Section("meaning", "What the scores mean", blocks)


def tell_measuring(findings: Findings) -> Section:
    """How scores and ranges were made, without what was asked and how well the coder does, which stand elsewhere."""
    used = (each for each in tell_run(findings) if each.strong in USED)
    return Section("method", "How it was done", (*used, *_list_notes(findings)))


def tell_method(findings: Findings) -> Section:
    """How it was done, in half a page, and how well the coder is known to do."""
    told: list[Block] = [*tell_run(findings)]
    asked = _show_questions(findings)
    if asked:
        told.append(Folded("What people were asked, and what each question counts for", asked))
    notes: list[Paragraph | Table] = [
        *_list_notes(findings),
        _tell_coder(findings),
        *_show_reliability(findings),
    ]
    told.append(Folded("For researchers: how scores, ranges and codes were made", tuple(notes)))
    return Section("method", "How it was done", tuple(told))


def _list_notes(findings: Findings) -> tuple[Paragraph, ...]:
    """How scores, ranges and small numbers were dealt with, a paragraph each."""
    rules, limits = findings.framework.scoring, read_limits(findings)
    core = [each for each in findings.framework.dimensions if each.core]
    weights = "; ".join(f"{each.name} {each.weight:.0%}" for each in findings.framework.dimensions)
    return (
        Paragraph(
            "Each closed question was turned into 0 to 100. For each person and dimension, the questions were "
            f"averaged. A comment about the joint work counts for at most {rules.max_comment_weight:g} question, and "
            "never for more than half the questions that the person answered. People were then averaged, each role "
            "by itself; roles are never mixed.",
            strong="From answers to scores.",
        ),
        Paragraph(
            f"The overall score is a weighted mean of the dimensions ({weights}). It may be at most {rules.slack:.0f} "
            f"points above the lowest of the {len(core)} dimensions at the heart of co-production "
            f"({list_names(each.name for each in core)}). Friendly meetings do not make up for decisions made without "
            "families. These weights and limits are judgements.",
            strong="The overall score.",
        ),
        Paragraph(
            f"The likely range is a {rules.level:.0%} range from a Bayesian bootstrap over people ({rules.draws:,} "
            f"draws, seed {findings.settings.seed}), widened for small groups. People chose to answer, so it can only "
            "speak of people like them. Those who were not heard from may see things differently.",
            strong="The likely range.",
        ),
        *note_people(findings),
        Paragraph(
            _say_limits(findings, limits.min_base, limits.small_cell, limits.round_base), strong="Small numbers."
        ),
    )


def tell_reliability(findings: Findings) -> tuple[Paragraph, ...]:
    """How often the machine is right about themes, in one paragraph; nothing where it was not measured."""
    measured = [each for each in findings.coder.themes if not math.isnan(each.f1)]
    if not measured:
        return ()
    right = say_about(sum(each.precision for each in measured) / len(measured))
    found = say_about(sum(each.recall for each in measured) / len(measured))
    words = (
        "Measured on made-up answers labelled by language models, the machine is right about "
        f"{right} times when it names a theme, and finds about {found} of those there; how well it finds each theme "
        "stands in the research material of report.html. "
        f"{say_sureness(findings.coder)} Expect less on real answers."
    )
    return (Paragraph(words, strong="How well the machine finds themes."),)


def _say_limits(findings: Findings, base: int, cell: int, step: int) -> str:
    if findings.settings.audience == "raw":
        return "Nothing is withheld in this report. It must not be published."
    words = (
        f"No score rests on fewer than {base} people. Numbers of people under {cell} are not shown, nor some "
        "larger ones that would give them away; tables say [c]."
    )
    words += " Scores and their ranges are rounded to whole points, and shares and chances are rounded, too."
    if step > 1:
        words += (
            " The number of people who answered for a project, or who wrote comments, is given to the nearest "
            f"{step} where it is under 100, and says “about”."
        )
    exact = "Numbers of people who raised a theme" if step > 1 else "Other numbers of people"
    if findings.totals_step == 1:
        words += f" {exact}, and of people, forms and rows in the whole survey, are exact where they are shown."
    else:
        words += f" {exact} are exact where they are shown; those of the whole survey are rounded or not shown."
    if findings.provenance.previous_sha256:
        words += (
            " Where too few people joined or left a group since an earlier report, its numbers are told as they were, "
            "or not at all."
        )
    return words


def _tell_coder(findings: Findings) -> Paragraph:
    coder = findings.coder
    name = f"{quote_name(coder.engine)}, version {coder.version}"
    words = f"The words were sorted by the engine {name}, and not checked by a person."
    if is_withheld(coder.macro_f1):
        words += f" {coder.how_measured}" if coder.how_measured else ""
    else:
        tried = f"It was tried on {coder.answers:,} answers by {coder.writers:,} writers. "
        words += (
            f" {'' if f'{coder.answers:,}' in coder.how_measured else tried}{coder.how_measured} Over all themes it "
            f"reached an F1 of {say_ratio(coder.macro_f1)} (likely range {say_ratio(coder.macro_f1_low)} to "
            f"{say_ratio(coder.macro_f1_high)}), where 1 would be perfect. It told apart what went well and what did "
            f"not with an accuracy of {say_ratio(coder.stance_accuracy)}, and the joint work from other matters with "
            f"{say_ratio(coder.level_accuracy)}. {_say_hard_parts(coder)}{say_sureness(coder)} "
            "On answers unlike those, expect less."
        )
    return Paragraph(f"{words} {_say_fed(findings)}", strong="How well the coding is known to do.")


def _say_hard_parts(coder: CoderReport) -> str:
    """What is harder than finding a theme, as far as it was measured; ends in a blank where there is anything."""
    told = ""
    if not is_withheld(coder.whole_code_f1):
        told += (
            f"Theme, verdict and what is spoken of, all three right together: F1 {say_ratio(coder.whole_code_f1)} "
            f"(likely range {say_ratio(coder.whole_code_f1_low)} to {say_ratio(coder.whole_code_f1_high)}). "
        )
    if not is_withheld(coder.plain_question_f1):
        told += f"Where the question gives nothing away, F1 is {say_ratio(coder.plain_question_f1)}. "
    if not is_withheld(coder.stance_swayed):
        told += f"The verdict on {coder.stance_swayed:.0%} of themes changes with the question alone. "
    return told


def _say_fed(findings: Findings) -> str:
    rules = findings.framework.scoring
    names = [findings.framework.theme(theme).name for theme in findings.scored_themes]
    if findings.settings.comments == "none":
        return "By choice, no comments entered a score."
    how = (
        "By choice, every theme that belongs to a dimension could enter a score."
        if findings.settings.comments == "all"
        else "A theme may enter a score only if what would enter, for or against, is coded with a measured reliability "
        f"(Krippendorff's alpha) of at least {rules.min_theme_alpha:g} on at least {rules.min_theme_cases} answers."
    )
    if not names:
        return f"{how} None did, so comments stand beside the scores."
    return f"{how} These did: {list_names(quote_name(name) for name in names)}."


def _show_questions(findings: Findings) -> tuple[Table, ...]:
    """What people were asked, and what each question counts for."""
    if not findings.questions:
        return ()
    names = {each.id: each.name for each in findings.framework.dimensions}
    body = tuple(
        (each.text, names.get(each.dimension, "comments" if each.kind is ColumnKind.OPEN else "no dimension"))
        for each in findings.questions
    )
    return (Table("What people were asked", ("Question", "Counts for"), body),)


def _show_reliability(findings: Findings) -> tuple[Table, ...]:
    measured = {each.theme: each for each in findings.coder.themes}
    if not measured:
        return ()
    verdicts = any(not math.isnan(each.verdict_alpha) for each in measured.values())
    body = []
    for theme in findings.framework.themes:
        each = measured.get(theme.id, ThemeReliability(theme.id, *(math.nan,) * 6, cases=0))
        body.append(
            (
                theme.name,
                say_ratio(each.f1),
                "" if math.isnan(each.f1) else f"{say_ratio(each.f1_low)} to {say_ratio(each.f1_high)}",
                say_ratio(each.alpha),
                *((say_ratio(each.verdict_alpha),) if verdicts else ()),
                f"{each.cases:,}",
                "yes" if theme.id in findings.scored_themes else "no",
            )
        )
    note = (
        "F1 and alpha are 1 when the machine always agrees with the labels it was tried on. Alpha is 0 when it "
        "agrees only by chance."
    )
    if verdicts:
        note += (
            " Alpha is of whether the theme is there; verdict alpha of what would enter a score: for, against, or both."
        )
    header = (
        "Theme",
        "F1",
        "Likely range",
        "Alpha",
        *(("Verdict alpha",) if verdicts else ()),
        "Answers",
        "Entered scores",
    )
    caption = "How well each theme is found, on the answers the coder was tried on"
    return (Table(caption, header, tuple(body), numeric=tuple(range(1, len(header) - 1)), note=note),)


def tell_left_out(findings: Findings) -> Section:
    """Every row accounted for, and everything else a reader should know."""
    left = [notice for notice in findings.notices if notice.rows]
    blocks: list[Block] = [Paragraph(say_totals(findings))]
    if left:
        body = tuple((notice.message, f"{notice.rows:,}") for notice in left)
        blocks.append(Table("Rows left out, and why", ("Why", "Rows"), body, numeric=(1,)))
    told = tuple(notice.message for notice in findings.notices if not notice.rows)
    if told:
        blocks.append(Paragraph("", strong="What else you should know."))
        blocks.append(Bullets(told))
    hints = tuple(dict.fromkeys(notice.hint for notice in findings.notices if notice.hint))
    if hints:
        blocks.append(Folded("For whoever made this report: what can be done about it", (Bullets(hints),)))
    return Section("left-out", "What was left out, and what to know", tuple(blocks))


def say_totals(findings: Findings) -> str:
    """Rows read and left out, people, forms and responses, in sentences."""
    left = sum(notice.rows for notice in findings.notices)
    gone = {0: "none was left out", 1: "1 row was left out"}.get(left, f"{left:,} rows were left out")
    words = (
        f"The survey had {say_total(findings, findings.rows_read, 'row', 'rows')}; {gone}. "
        f"{start_sentence(say_total(findings, findings.people, 'person', 'people'))} sent "
        f"{say_total(findings, findings.forms, 'form', 'forms')}"
    )
    if findings.responses > findings.people:
        words += "; some told about more than one project"
    if findings.responses != findings.forms:
        counted = say_total(findings, findings.responses, "response", "responses")
        words += f". A form that speaks of two projects counts for both, which makes {counted}"
    if findings.totals_step != 1:
        words += ". These totals are not exact, since with them the size of a small group could be worked out"
    return f"{words}."

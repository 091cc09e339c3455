"""Findings go in; what the scores mean and do not mean, how it was done, and what was left out come out as sections."""

from coprod_cli.model.findings import Findings
from coprod_cli.reporting.document import Block, Bullets, Folded, Paragraph, Section, Table
from coprod_cli.reporting.story_of_run import say_spread, tell_run
from coprod_cli.reporting.story_of_weights import note_people
from coprod_cli.reporting.wording import LIKE_THESE, list_names, read_limits
from coprod_cli.telling import say_total, start_sentence

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
            f"draws, seed {findings.settings.seed}). {say_spread(findings)} People "
            "chose to answer, so it can only speak of people like them. Those who were not heard from may see things "
            "differently.",
            strong="The likely range.",
        ),
        *note_people(findings),
        Paragraph(
            _say_limits(findings, limits.min_base, limits.small_cell, limits.round_base), strong="Small numbers."
        ),
    )


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

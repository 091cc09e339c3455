"""Findings go in; how far the answers bear the scores comes out, in plain words first, in figures for researchers."""

import math
from collections.abc import Iterable, Iterator

from coprod_cli.model.findings import Findings, Habits, Unanswered, Variant
from coprod_cli.model.tables import OVERALL
from coprod_cli.reporting.document import Block, Bullets, Folded, Paragraph, Section
from coprod_cli.reporting.tables_of_quality import list_quality_tables, name_anchor, say_ends, say_ratios
from coprod_cli.reporting.wording import list_names, say_ratio
from coprod_cli.telling import (
    Panel,
    find_overall,
    is_withheld,
    name_dimension,
    name_panel,
    name_role,
    quote_name,
    say_count,
    say_people,
    say_range,
    say_share,
    start_sentence,
)

TITLE = "How far these answers bear the scores"
AS_SCORED, EQUAL_WEIGHTS, SILENT = "as_scored", "equal_weights", "silent_"
NAMED_ONE_BY_ONE = 4
# Above this, two dimensions can hardly be told apart in what people say; from this on, answers hang together well.
TOO_CLOSE, WELL, FAIRLY = 0.85, 0.80, 0.70
# From these on, an outside mark goes closely with the scores, or goes with them at all.
CLOSE, LOOSE = 0.70, 0.40
NO_HABIT = 50.0


def tell_quality(findings: Findings) -> tuple[Section, ...]:
    """One section; none where too few people answered to say anything of it."""
    told = [
        *_say_variants(findings),
        *_say_alphas(findings),
        *_say_closeness(findings),
        *_say_anchors(findings),
        *(sentence for habit in findings.quality.habits for sentence in _say_habits(findings, habit)),
        *_say_unanswered(findings),
    ]
    if not told:
        return ()
    tables = tuple(list_quality_tables(findings))
    lead = Paragraph(
        "Scores are only as good as the answers below them. This is what the answers themselves show of that. Each "
        "group of people is looked at by itself, over all projects together."
    )
    blocks: list[Block] = [lead, Bullets(tuple(told))]
    if tables:
        blocks.append(Folded("For researchers: reliability, correlations and other conventions in figures", tables))
    return (Section("quality", TITLE, tuple(blocks)),)


def _say_variants(findings: Findings) -> Iterator[str]:
    """How far the score moves under other conventions: each project by itself, or all of them in one sentence."""
    groups = _group_variants(findings)
    if not groups:
        return
    how = "Weights and limits are judgements. If other usual ones were chosen"
    if len(groups) <= NAMED_ONE_BY_ONE:
        for (panel, role), every in groups.items():
            moved = [each.estimate for each in _leave_silent(every)]
            score = every[0]
            yield (
                f"{how}, the score that {name_role(role)} give {quote_name(name_panel(panel))} would lie between "
                f"{min(moved):.0f} and {max(moved):.0f}. It is {score.estimate:.0f} (likely range "
                f"{say_range(score.low, score.high)}; {say_people(findings, score.people)})."
                f"{_say_fixed(findings, every)}"
            )
            how = "In the same way"
    else:
        moves = sorted(
            max(abs(each.estimate - every[0].estimate) for each in _leave_silent(every)) for every in groups.values()
        )
        role = next(iter(groups))[1]
        yield (
            f"{how}, no overall score of {name_role(role)} would move by more than {moves[-1]:.0f} points, and half of "
            f"the {len(moves)} scores by {moves[(len(moves) - 1) // 2]:.0f} at most."
        )
        fixed = sum(bool(_say_fixed(findings, every)) for every in groups.values())
        if fixed:
            yield (
                f"{fixed} of these {len(moves)} scores {'is' if fixed == 1 else 'are'} set by the weakest dimension at "
                f"the heart of co-production, so {'it' if fixed == 1 else 'they'} would be the same with equal weights."
            )
    for (panel, role), every in groups.items():
        ends = sorted((each for each in every if each.variant.startswith(SILENT)), key=lambda variant: variant.estimate)
        if ends:
            low, high = (
                f"{each.estimate:.0f} (likely range {say_range(each.low, each.high)})" for each in (ends[0], ends[-1])
            )
            yield (
                f"Not all {name_role(role)} who were asked about {quote_name(name_panel(panel))} answered. If all the "
                f"others would say 25, its score would be {low}; if they would say 75, {high}. "
                f"{start_sentence(say_people(findings, every[0].people))} answered."
            )


def _say_fixed(findings: Findings, every: list[Variant]) -> str:
    """That equal weights do not move this score, since its weakest core dimension sets it; else nothing."""
    score = find_overall(findings, Panel(every[0].project, every[0].wave), every[0].role)
    if score is None or not score.weakest or any(each.variant == EQUAL_WEIGHTS for each in every):
        return ""
    return " Its weakest dimension at the heart of co-production sets it, so it would be the same with equal weights."


def _group_variants(findings: Findings) -> dict[tuple[Panel, str], list[Variant]]:
    """Variants of the role that leads, by project and round, the score as it is first."""
    roles = [each.role for each in findings.variants]
    lead = "parent" if "parent" in roles or not roles else roles[0]
    groups: dict[tuple[Panel, str], list[Variant]] = {}
    for each in findings.variants:
        if each.role == lead:
            groups.setdefault((Panel(each.project, each.wave), each.role), []).append(each)
    return {key: every for key, every in groups.items() if every[0].variant == AS_SCORED}


def _leave_silent(every: Iterable[Variant]) -> list[Variant]:
    return [each for each in every if not each.variant.startswith(SILENT)]


def _say_alphas(findings: Findings) -> Iterator[str]:
    alphas = findings.quality.alphas
    for role in dict.fromkeys(each.role for each in alphas):
        own = [each for each in alphas if each.role == role and not math.isnan(each.alpha)]
        if not own:
            continue
        values = [each.alpha for each in own]
        loose = [quote_name(name_dimension(findings, each.dimension)) for each in own if each.alpha < FAIRLY]
        how = "well" if min(values) >= WELL else "fairly well" if min(values) >= FAIRLY else "only in part"
        words = (
            f"Questions about the same thing should be answered alike. Those put to {name_role(role)} hang together "
            f"{how} (Cronbach's alpha {_say_span(values)} in {_say_number(len(own), 'dimension')}; likely ranges "
            f"within {say_ratios(min(each.low for each in own), max(each.high for each in own))}; "
            f"{say_people(findings, min(each.people for each in own))} or more; 1 is best)."
        )
        if loose:
            words += f" They do so least in {list_names(loose)}: read these scores with more care."
        yield words


def _say_closeness(findings: Findings) -> Iterator[str]:
    """Whether most dimensions go together so closely that a profile says little."""
    pairs = [each for each in findings.quality.correlations if each.first != OVERALL and not math.isnan(each.r)]
    for role in dict.fromkeys(each.role for each in pairs):
        own = [each.r for each in pairs if each.role == role]
        close = sum(r > TOO_CLOSE for r in own)
        if 2 * close > len(own):
            yield (
                f"What {name_role(role)} say of one dimension nearly tells what they say of the next: {close} of "
                f"{len(own)} pairs of dimensions go together more closely than {TOO_CLOSE:.2f}, where 1 is in step. So "
                "the differences between dimensions are weak evidence. Trust the overall picture more."
            )


def _say_anchors(findings: Findings) -> Iterator[str]:
    every = [each for each in findings.quality.correlations if each.first == OVERALL and not math.isnan(each.r)]
    for role in dict.fromkeys(each.role for each in every):
        own = [each for each in every if each.role == role]
        least = min(each.r for each in own)
        how = "goes closely" if least >= CLOSE else "goes" if least >= LOOSE else "goes only loosely"
        marks = list_names(
            f"{name_anchor(findings, each)} (correlation {say_ratio(each.r)}; likely range "
            f"{say_ratios(each.low, each.high)}; {say_people(findings, each.people)})"
            for each in own
        )
        yield (
            f"What {name_role(role)} say in the closed questions {how} with what they say of the work as a whole: "
            f"{marks}. 1 is in step, 0 is no link."
        )


def _say_habits(findings: Findings, habit: Habits) -> Iterator[str]:
    who = name_role(habit.role)
    if not math.isnan(habit.tilt):
        yield _say_tilt(findings, habit)
    if habit.acquiescence_people == 0:
        yield f"Every question put to {who} asks the same way round, so a habit of saying yes would not show."
        return
    if not math.isnan(habit.acquiescence):
        index = (
            f"(index {habit.acquiescence:.0f}; likely range "
            f"{say_range(habit.acquiescence_low, habit.acquiescence_high)}; "
            f"{say_people(findings, habit.acquiescence_people)}; 50 is no habit)"
        )
        if habit.acquiescence_low > NO_HABIT:
            yield f"{start_sentence(who)} lean to yes, whatever is asked {index}. This lifts scores a little."
        elif habit.acquiescence_high < NO_HABIT:
            yield f"{start_sentence(who)} lean to no, whatever is asked {index}. This lowers scores a little."
        else:
            yield f"There is no clear sign that {who} say yes whatever is asked {index}."
    if habit.straight_liners > 0:
        share = f"{say_count(findings, habit.straight_liners)} of {say_people(findings, habit.people)}"
        yield (
            f"Of the {who}, {share} ticked the same box for every question, also where that contradicts itself. They "
            "are counted like everybody."
        )


def _say_tilt(findings: Findings, habit: Habits) -> str:
    who = name_role(habit.role)
    points = abs(round(habit.tilt))
    where = "lower" if habit.tilt < 0 else "higher"
    how = f"{_say_number(points, 'point')} {where} than" if points else "no differently from"
    clear = habit.tilt_high < 0 or habit.tilt_low > 0
    return (
        f"The {who} who wrote comments scored the work {how} all {who} together (likely range of the difference "
        f"{say_ends(habit.tilt_low, habit.tilt_high)} points; {say_people(findings, habit.commenters)} wrote)"
        f"{': comments do not speak for all' if clear else '. That may be chance'}."
    )


def _say_unanswered(findings: Findings) -> Iterator[str]:
    texts = {each.name: each.text for each in findings.questions}
    for each in findings.quality.unanswered:
        if each.much:
            yield (
                f"Many {name_role(each.role)} gave no answer to {quote_name(texts.get(each.item, each.item))} "
                f"({_say_gaps(findings, each)}; {say_people(findings, each.people)} were asked). That is a finding in "
                "itself: people may not have been told, or not have been there."
            )


def _say_gaps(findings: Findings, each: Unanswered) -> str:
    parts = []
    if not is_withheld(each.unknown):
        share = say_share(findings, each.unknown, each.people)
        parts.append(f"{share} said that they do not know or that it does not apply")
    if not is_withheld(each.left):
        parts.append(f"{say_share(findings, each.left, each.people)} left it empty")
    return ", ".join(parts) or "shares withheld"


def _say_span(values: list[float]) -> str:
    low, high = say_ratio(min(values)), say_ratio(max(values))
    return low if low == high else f"{low} to {high}"


def _say_number(count: int, one: str) -> str:
    return f"{count} {one if count == 1 else f'{one}s'}"

"""What every voice ticked goes in; how many people gave each answer to each closed question comes out.

Questions are on many scales. Each answer is put to the nearest of five steps, 0, 25, 50, 75 and 100, before direction,
so that a reader sees what people were asked and what they said: a high answer to "How far had things already been
decided?" stays high. Survey weights play no part here.
"""

from collections.abc import Iterator, Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from coprod_cli.model.closed_items import STEPS, ItemSpread, make_parts
from coprod_cli.model.framework import Framework
from coprod_cli.model.survey import ColumnKind, Survey
from coprod_cli.scoring.evidence import VOICE, Heard, Matrix, Places
from coprod_cli.scoring.ticks import Ticks

ALL_STEPS = tuple((step, step) for step in range(STEPS))
OTHER_LABELS = ("Lowest answer", "Low", "Middle", "High", "Highest answer")
_EXTENT = "extent"
_FAMILIES = {
    "agreement": ("Strongly disagree", "Disagree", "Neither", "Agree", "Strongly agree"),
    "frequency": ("Never", "Rarely", "Sometimes", "Often", "Always"),
    "satisfaction": ("Very dissatisfied", "Dissatisfied", "Neither", "Satisfied", "Very satisfied"),
}


def count_spreads(survey: Survey, heard: Heard, ticks: Ticks, framework: Framework) -> tuple[ItemSpread, ...]:
    """How each group answered each closed question that is tied to a dimension, then all projects of a round together.

    Over all projects each person counts once, with the mean of what they said of several.

    Args:
        survey: says on which scale each question was answered.
        heard: its voices are used.
        ticks: what they ticked.
        framework: labels and dimensions.
    """
    labels = _list_labels(survey, framework)
    every = [*_count(ticks, heard.voices[VOICE[:3]], ticks.raw)]
    if len(set(heard.voices["project"])) > 1:
        whole = heard.voices.assign(project="")
        people = whole.groupby(VOICE, sort=True)
        place: Places = np.asarray(people.ngroup(), dtype=np.int64)
        means = _average(ticks.raw, place, people.ngroups)
        every = [*_count(ticks, whole.drop_duplicates(VOICE).sort_values(VOICE)[VOICE[:3]], means), *every]
    ids = [each.id for each in framework.dimensions]
    return tuple(
        ItemSpread(
            *group,
            item=ticks.items[item],
            dimension=ids[int(ticks.dimension[item])],
            labels=labels.get(ticks.items[item], OTHER_LABELS),
            bad_high=bool(ticks.reversed_[item]),
            people=sum(counts),
            parts=make_parts(counts, ALL_STEPS),
            counts=counts,
        )
        for group, item, counts in every
    )


def _count(
    ticks: Ticks, groups: pd.DataFrame, raw: Matrix
) -> Iterator[tuple[tuple[str, str, str], int, tuple[int, ...]]]:
    """Group, place of the item and people by step, where anybody answered."""
    by_group = groups.groupby(VOICE[:3], sort=True)
    place = np.asarray(by_group.ngroup(), dtype=np.int64)
    voice, item = np.nonzero(~np.isnan(raw))
    step = _find_steps(raw[voice, item])
    wide = len(ticks.items) * STEPS
    cell = place[voice] * wide + item * STEPS + step
    counts = np.bincount(cell, minlength=by_group.ngroups * wide).reshape(by_group.ngroups, len(ticks.items), STEPS)
    for name, own in zip(by_group.size().index, counts.tolist(), strict=True):
        project, role, wave = (str(each) for each in name)
        for number, answers in enumerate(own):
            if sum(answers):
                yield (project, role, wave), number, tuple(answers)


def _find_steps(raw: Matrix) -> npt.NDArray[np.int64]:
    """The nearest of the five steps; what lies half-way between two goes to the one nearer the middle."""
    from_middle = (raw - 50) / 25
    return np.asarray(np.sign(from_middle) * np.ceil(np.abs(from_middle) - 0.5) + STEPS // 2, dtype=np.int64)


def _average(raw: Matrix, place: Places, people: int) -> Matrix:
    """The mean of what each person ticked, people x items; NaN where nothing."""
    there = ~np.isnan(raw)
    total, times = np.zeros((people, raw.shape[1])), np.zeros((people, raw.shape[1]))
    np.add.at(total, place, np.nan_to_num(raw))
    np.add.at(times, place, there)
    return np.asarray(np.divide(total, times, out=np.full(total.shape, np.nan), where=times > 0))


def _list_labels(survey: Survey, framework: Framework) -> Mapping[str, tuple[str, ...]]:
    """By item, its five answers in words, where its scale has words of its own for them."""
    known = {_EXTENT: framework.labels, **_FAMILIES}
    found = {
        column.name: known.get(column.scale.name.split(" ")[0], OTHER_LABELS)
        for source in survey.sources
        for column in source.columns
        if column.kind is ColumnKind.ITEM and column.scale
    }
    return {name: labels for name, labels in found.items() if len(labels) == STEPS}

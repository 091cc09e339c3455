"""What people said goes in; the red flags that patterns in it raise come out. They are notes and limit nothing.

A pattern in comments needs enough people, and a large enough share of those of their role who commented. Whether a
machine coded the comments or a person checked them is always said. The gravest patterns rest on checked codes alone.
"""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from coprod_cli.model.findings import Contrast, Flag
from coprod_cli.model.framework import FlagRule, Framework, Thresholds
from coprod_cli.model.governance import Governance
from coprod_cli.model.survey import Survey
from coprod_cli.model.tables import OVERALL
from coprod_cli.scoring.flags import NOTE, WITHHELD, raise_flag
from coprod_cli.scoring.intervals import count_effective
from coprod_cli.scoring.measuring import MIN_FOR_RANGE
from coprod_cli.scoring.told import find_coders
from coprod_cli.telling import ROLE_WORDS, quote_name

LEADING = "parent"
NOT_CHECKED = "These comments were coded by machine, not checked."
PARTLY_CHECKED = "Some of these comments were coded by machine, not checked."
CHECKED = "A person checked these codes."
SHARE_WORDS = {0.1: "a tenth", 0.2: "a fifth", 0.25: "a quarter", 0.5: "half"}
_PANEL = ["project", "wave"]
_GROUP = [*_PANEL, "role"]
_TINY = 1e-9


def judge_patterns(  # noqa: PLR0913  # every input is named by its caller
    survey: Survey,
    mentions: pd.DataFrame,
    contrasts: Collection[Contrast],
    framework: Framework,
    thresholds: Thresholds,
    *,
    governance: Governance,
    machines: Collection[str],
) -> tuple[Flag, ...]:
    """The flags that what people said raises, by project and round; one flag may come more than once.

    Args:
        survey: who answered, rated, commented, and where people place the work on the ladder.
        mentions: Mention rows; those of level "project" against the joint work count.
        contrasts: practitioners minus parents.
        framework: the rules.
        thresholds: the fewest people that anything may be said of, for this audience.
        governance: what the work is called; and projects of which nobody answered at all.
        machines: the coders that are no person.
    """
    judge = _Judge(survey, mentions, tuple(contrasts), framework, thresholds, governance, frozenset(machines))
    return tuple(flag for rule in framework.flags for flag in judge.judge(rule))


@dataclass(frozen=True)
class _Judge:
    """What it takes to hold one rule after the other against what people said."""

    survey: Survey
    mentions: pd.DataFrame
    contrasts: tuple[Contrast, ...]
    framework: Framework
    thresholds: Thresholds
    governance: Governance
    machines: frozenset[str]

    def judge(self, rule: FlagRule) -> Iterator[Flag]:
        """The flags that one rule raises."""
        if rule.uncounted:
            yield from self._judge_reports(rule)
        elif rule.themes:
            yield from self._judge_comments(rule)
        if rule.items:
            yield from self._judge_items(rule)
        if rule.has("points"):
            yield from self._judge_gaps(rule)
        if rule.missing_role:
            yield from self._judge_missing(rule)
        if rule.anchor:
            yield from self._judge_name(rule)

    @property
    def _least(self) -> int:
        """The fewest people that any figure may rest on."""
        return max(self.thresholds.min_base, MIN_FOR_RANGE)

    @cached_property
    def _forms(self) -> pd.DataFrame:
        """The forms, with the number of the voice: one person in one role, project and round."""
        forms = self.survey.responses[["response", "person", "weight", *_GROUP]]
        return forms.assign(voice=forms.groupby([*_GROUP, "person"], sort=False).ngroup())

    @cached_property
    def _voices(self) -> pd.DataFrame:
        """The forms of people who count: those to whom a survey gives no weight do not."""
        return self._forms[self._forms["weight"] > 0]

    @cached_property
    def _commented(self) -> pd.DataFrame:
        return self._voices[self._voices["response"].isin(self.survey.answers["response"])]

    @cached_property
    def _complaints(self) -> pd.DataFrame:
        """One row a mention against the joint work that may raise a flag, with who made it and who coded it.

        What a person coded stands in place of what the machine made of the same answer.
        """
        named = {theme for rule in self.framework.flags for theme in rule.themes}
        said = self.mentions
        coders = find_coders(said, self.machines)
        said = said.assign(checked=coders.by_person)[coders.counting]
        against = said[(said["level"] == "project") & (said["stance"] == "negative") & said["theme"].isin(named)]
        return against[["response", "theme", "checked"]].merge(self._voices, on="response")

    def _judge_comments(self, rule: FlagRule) -> Iterator[Flag]:
        """Roles of which enough people say so; where those that a person checked suffice, they alone."""
        wanted = self._complaints[self._complaints["theme"].isin(rule.themes)]
        if rule.roles:
            wanted = wanted[wanted["role"].isin(rule.roles)]
        base = self._commented.groupby(_GROUP)["person"].nunique()
        least = max(int(rule.value("people")), self.thresholds.small_cell)
        sure = _count_people(wanted[wanted["checked"]])
        every = sure if rule.checked_only else _count_people(wanted)
        for group in sorted(every):
            commenters = int(base.get(group, 0))
            needed = max(least, rule.value("share") * commenters - _TINY)
            if commenters < self._least or every[group] < needed:
                continue
            coded = CHECKED if sure.get(group, 0) >= needed else PARTLY_CHECKED if group in sure else NOT_CHECKED
            project, wave, role = group
            who = ROLE_WORDS[role]
            share = SHARE_WORDS.get(rule.value("share"), f"{rule.value('share'):.0%}")
            reason = (
                f"At least {least} {who}, and {share} or more of those who commented, say that {rule.says}. {coded}"
            )
            yield raise_flag(rule, project, wave, NOTE, reason)

    def _judge_reports(self, rule: FlagRule) -> Iterator[Flag]:
        """Any report that a person checked, of whatever role, in a crowd large enough for nobody to be found by it."""
        wanted = self._complaints[self._complaints["theme"].isin(rule.themes) & self._complaints["checked"]]
        base = self._commented.groupby(_PANEL)["person"].nunique()
        for project, wave in sorted(set(zip(*(wanted[name] for name in _PANEL), strict=True))):
            if base.get((project, wave), 0) >= self._least:
                reason = f"It was written that {rule.says}. {CHECKED} A named person should look into it."
                yield raise_flag(rule, project, wave, NOTE, reason)

    def _judge_items(self, rule: FlagRule) -> Iterator[Flag]:
        """Closed items that parents, on average, answer worse than the rule allows."""
        asked = {each.id: each.parent for each in self.framework.items}
        ratings = self.survey.ratings
        leading = self._voices[self._voices["role"] == LEADING]
        for item in rule.items:
            given = ratings.loc[(ratings["item"] == item) & ratings["score"].notna(), ["response", "score"]]
            # Sorted, so that sums do not hang on the order of rows.
            given = given.merge(leading, on="response").sort_values(["voice", "score", "weight"])
            people = given.groupby("voice").agg(
                {"project": "first", "wave": "first", "score": "mean", "weight": "mean"}
            )
            for key, own in people.sort_values(["score", "weight"]).groupby(_PANEL):
                project, wave = map(str, key)
                weights = own["weight"].to_numpy()
                enough = count_effective(weights) >= self._least
                if enough and np.average(own["score"], weights=weights) < rule.value("below"):
                    reason = (
                        f"The answers of {ROLE_WORDS[LEADING]} to “{asked[item]}” average less than "
                        f"{rule.value('below'):g}, where 0 is the worst answer and 100 the best."
                    )
                    yield raise_flag(rule, project, wave, NOTE, reason)

    def _judge_gaps(self, rule: FlagRule) -> Iterator[Flag]:
        points, chance = rule.value("points"), rule.value("probability")
        wide: dict[tuple[str, str], list[str]] = {}
        for each in self.contrasts:
            if each.gap >= points and each.probability_higher >= chance:
                wide.setdefault((each.project, each.wave), []).append(each.dimension)
        for (project, wave), dimensions in sorted(wide.items()):
            names = [quote_name(each.name) for each in self.framework.dimensions if each.id in dimensions]
            what = ", ".join((["the work as a whole"] if OVERALL in dimensions else []) + names)
            reason = (
                f"Practitioners scored this {points:g} points or more higher than parents and carers: {what}. The "
                f"chance that theirs is the higher score is at least {chance:.0%}."
            )
            yield raise_flag(rule, project, wave, NOTE, reason)

    def _judge_missing(self, rule: FlagRule) -> Iterator[Flag]:
        """Projects and rounds of which fewer people of that role than the minimum said anything."""
        ratings = self.survey.ratings
        rated = self._voices[self._voices["response"].isin(ratings.loc[ratings["score"].notna(), "response"])]
        spoke = pd.concat([rated, self._commented])
        spoke = spoke[(spoke["role"] == rule.missing_role)]
        people = spoke.groupby(_PANEL)["person"].nunique().to_dict()
        panels = set(zip(*(self._forms[name] for name in _PANEL), strict=True))
        panels |= {(own.project, "") for own in self.governance.projects} - {(project, "") for project, _ in panels}
        who = ROLE_WORDS[rule.missing_role]
        for project, wave in sorted(panels):
            if people.get((project, wave), 0) < self._least:
                reason = (
                    f"Fewer than {self._least} {who} answered, so there is no score from them. What others say cannot "
                    "stand in for it."
                )
                yield raise_flag(rule, project, wave, WITHHELD, reason)

    def _judge_name(self, rule: FlagRule) -> Iterator[Flag]:
        """Work that is called co-production, and that most parents place on a low rung of the ladder."""
        placed = self.survey.anchors
        placed = placed[(placed["anchor"] == rule.anchor) & placed["value"].notna()].merge(self._voices, on="response")
        placed = placed[(placed["role"] == LEADING)]
        people = placed.groupby([*_PANEL, "person"])["value"].mean().reset_index()
        rung, share = rule.value("rung"), rule.value("share")
        for key, own in people.groupby(_PANEL):
            project, wave = map(str, key)
            facts = self.governance.of(project)
            called = "".join(letter for letter in facts.called.casefold() if letter.isalpha()) if facts else ""
            low = float(np.mean(own["value"] <= rung))
            if len(own) >= self._least and low > share + _TINY and any(word in called for word in rule.called):
                label = self.framework.ladder.rungs[int(rung)].label
                reason = (
                    f"It is called co-production, but most {ROLE_WORDS[LEADING]} who placed it on the ladder chose "
                    f"“{label}” or a lower rung."
                )
                yield raise_flag(rule, project, wave, NOTE, reason)


def _count_people(complaints: pd.DataFrame) -> dict[tuple[str, str, str], int]:
    people = complaints.drop_duplicates([*_GROUP, "person"])
    return Counter(zip(*(people[name] for name in _GROUP), strict=True))

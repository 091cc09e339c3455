"""What is on paper about projects goes in; the limits that verified facts set, and the red flags up, come out.

A red flag is a sign that co-production may not be real, never proof of bad faith. Only a fact that somebody verified
holds a score down or takes it away; one that is claimed or disputed stands beside the score as a note. The same facts
that would please a service earn no points, so that ticking boxes cannot raise a score.
"""

from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from coprod_cli.model.findings import EFFECTS, Flag
from coprod_cli.model.framework import FlagRule, Framework
from coprod_cli.model.governance import Governance, ProjectFacts
from coprod_cli.scoring.scorer import Limit

NOTE, LIMIT, WITHHELD = EFFECTS
EARLY = "Early: honest attempts can look like tokenism at first."
NO_LIMIT = "It limits nothing: only verified facts do."
_VERIFIED, _DISPUTED = "verified", "disputed"


class Sign(NamedTuple):
    """What on paper raises a flag: one or two sentences, and whether it is sure enough to limit a score."""

    why: str
    holds: bool


def judge_facts(governance: Governance, framework: Framework) -> tuple[dict[str, Limit], tuple[Flag, ...]]:
    """By project, what verified facts do to its score; and the flags that are up on paper, for whole projects.

    Several limits at once: the lowest counts.
    """
    limits: dict[str, Limit] = {}
    flags: list[Flag] = []
    for own in governance.projects:
        for rule in framework.flags:
            sign = _look_on_paper(rule, own, governance.as_of)
            if sign is None:
                continue
            effect = _name_effect(rule) if sign.holds else NOTE
            if effect != NOTE:
                limits[own.project] = _tighten(limits.get(own.project, Limit()), rule)
            why = f"{sign.why} {_say_effect(rule, effect, framework)}".strip()
            flags.append(raise_flag(rule, own.project, "", effect, why))
    return limits, tuple(flags)


def raise_flag(rule: FlagRule, project: str, wave: str, effect: str, reason: str) -> Flag:
    """A flag by its rule; an empty wave stands for all of them."""
    return Flag(project, wave, rule.id, rule.name, effect, reason, escalate=rule.escalate, reply="")


def settle_flags(flags: Iterable[Flag], governance: Governance, framework: Framework) -> tuple[Flag, ...]:
    """Every flag once a project and round, with all its reasons and the service's reply, by project, round and id.

    Beside the flags of a young project stands that it is early.
    """
    order = {rule.id: place for place, rule in enumerate(framework.flags)}
    together: dict[tuple[str, str, str], Flag] = {}
    for each in sorted(flags, key=lambda flag: (flag.project, flag.wave, order[flag.id], -EFFECTS.index(flag.effect))):
        key = (each.project, each.wave, each.id)
        first = together.get(key)
        together[key] = each if first is None else first._replace(reason=f"{first.reason} {each.reason}")
    return tuple(_add_reply(each, governance, framework.scoring.early_months) for each in together.values())


def count_months(start: str, end: str) -> int:
    """Whole months from one day to another, both YYYY-MM-DD; the last day of a short month ends a long one's."""
    first, last = date.fromisoformat(start), date.fromisoformat(end)
    whole = min(first.day, monthrange(last.year, last.month)[1]) <= last.day
    return (last.year - first.year) * 12 + last.month - first.month - (not whole)


def _look_on_paper(rule: FlagRule, own: ProjectFacts, as_of: str) -> Sign | None:
    """The surest of the signs that raise the flag; None where none does."""
    signs = sorted(_list_signs(rule, own), key=lambda sign: not sign.holds)
    if not signs:
        return None
    if rule.has("months") and signs[0].holds:
        return _look_at_end(rule, own, as_of, signs[0].why)
    return signs[0]


def _list_signs(rule: FlagRule, own: ProjectFacts) -> Iterator[Sign]:
    if rule.before:
        earlier, later = (str(getattr(own, name)) for name in rule.before)
        if earlier and later and earlier < later:
            yield _weigh(rule, own.dates_status)
    facts = [(fact, answers) for name, answers in rule.facts if (fact := own.fact(name)) is not None]
    against = [fact for fact, answers in facts if fact.answer in answers]
    if rule.has("producers"):
        if 0 <= own.producers <= rule.value("producers"):
            yield _weigh(rule, own.producers_status)
        elif own.producers < 0 and against and len(against) == len(rule.facts):
            yield Sign(f"It cannot be seen on paper whether {rule.because}.", holds=False)
        return
    for fact, answers in facts:
        if fact.answer in answers:
            yield _weigh(rule, fact.status)
        elif rule.disputed and fact.status == _DISPUTED:
            yield _weigh(rule, _DISPUTED)


def _weigh(rule: FlagRule, status: str) -> Sign:
    if status == _VERIFIED:
        return Sign(f"It is verified that {rule.because}.", holds=True)
    if status == _DISPUTED:
        return Sign(f"It is disputed whether {rule.because}.", holds=False)
    return Sign(f"It is said, but not verified, that {rule.because}.", holds=False)


def _look_at_end(rule: FlagRule, own: ProjectFacts, as_of: str, why: str) -> Sign:
    """People are given this many months to come back to parents; until then, the sign is no more than a note."""
    months = rule.value("months")
    if own.ended and as_of and own.dates_status == _VERIFIED:
        if count_months(own.ended, as_of) >= months:
            return Sign(f"{why} The work ended {months:.0f} months ago or longer.", holds=True)
        return Sign(f"{why} But {months:.0f} months have not gone by since the work ended.", holds=False)
    return Sign(f"{why} But it is not verified that the work ended {months:.0f} months ago or longer.", holds=False)


def _name_effect(rule: FlagRule) -> str:
    if rule.withholds:
        return WITHHELD
    return NOTE if rule.score_max is None and rule.rung_max is None else LIMIT


def _say_effect(rule: FlagRule, effect: str, framework: Framework) -> str:
    if effect == NOTE:
        return "" if _name_effect(rule) == NOTE else NO_LIMIT
    told = []
    if effect == WITHHELD:
        told.append("there is no overall score")
    elif rule.score_max is not None:
        told.append(f"the overall score can be {rule.score_max:.0f} at most")
    if rule.rung_max is not None and framework.ladder.rungs:
        told.append(f"the rung can be “{framework.ladder.rungs[rule.rung_max].label}” at most")
    return f"So {' and '.join(told)}."


def _tighten(limit: Limit, rule: FlagRule) -> Limit:
    def lower(one: float | None, other: float | None) -> float | None:
        return min((each for each in (one, other) if each is not None), default=None)

    rung = lower(limit.rung_max, rule.rung_max)
    withheld = f"Withheld, because {rule.because} ({rule.id})." if rule.withholds else ""
    return Limit(
        lower(limit.score_max, rule.score_max), None if rung is None else int(rung), limit.withheld or withheld
    )


def _add_reply(flag: Flag, governance: Governance, early_months: int) -> Flag:
    own = governance.of(flag.project)
    if own is None:
        return flag
    began = own.started or own.first_contact
    early = bool(began and governance.as_of) and count_months(began, governance.as_of) < early_months
    reason = f"{flag.reason} {EARLY}" if early else flag.reason
    return flag._replace(reason=reason, reply=dict(own.replies).get(flag.id, ""))

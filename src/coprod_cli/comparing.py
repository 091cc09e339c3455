"""THE OTHER ROUTE: results of several runs go in; projects and rounds side by side, a Comparison, come out.

Findings of surveys that were read together hold their comparison already, from the draws of the people who answered.
Results folders hold what was published and no more, so they are compared by their likely ranges.
"""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from coprod_cli import __version__, scoring
from coprod_cli.model.compared import Comparison, Published
from coprod_cli.model.errors import UsageError
from coprod_cli.model.findings import AUDIENCES, Findings, Settings
from coprod_cli.model.framework import Framework
from coprod_cli.model.survey import NAMELESS, Notice
from coprod_cli.model.tables import OVERALL, ROLES, Score, require, rows, table
from coprod_cli.telling import NO_THEME_KNOWN, order_rounds

_WHAT_BREAKS = {
    "framework_sha256": "The results were made with different frameworks.",
    "engine": "The comments were read by different engines.",
    "comments": "Different comments were let into the scores.",
    "weights_sha256": "The engine that reads comments was taught anew in between.",
    "version": "The results were made by different versions of coprod.",
}


_APART = (
    "In some of these results nothing tells who sent which form, so each form counts as one person. Somebody who sent "
    "forms about two projects counts as two people, so projects cannot be compared with each other; each keeps its "
    "score."
)
# What is known of words alone: a comparison quotes nobody and shows no themes.
_OF_WORDS = frozenset(
    {
        "consent_missing", "consent_unclear", "consent_differs", "consent_refused", "no-comments", "unsure_codes",
        "other_language", "themes-not-learnt", NO_THEME_KNOWN, "comments-beside-scores", "empty_words", "long_answers",
    }
)  # fmt: skip
_OF_CODES = "coded-by-machine"


def compare_findings(findings: Findings, rounds: Sequence[str]) -> Comparison:
    """What was found in surveys that were read together, one beside the other.

    rounds: as the surveys were named, in the order of time where names do not tell it.
    """
    return Comparison(
        settings=findings.settings,
        framework=findings.framework,
        version=findings.provenance.version,
        scores=findings.scores,
        bases=findings.bases,
        rounds=order_rounds({each.wave for each in findings.bases if each.wave}, rounds),
        beside=findings.beside,
        changes=findings.changes,
        chances="draws",
        inputs=tuple((source.name, source.sha256) for source in findings.provenance.sources),
        notices=tuple(each for each in findings.notices if _is_of_scores(each, findings.scores)),
    )


def compare_results(
    several: Sequence[Published], settings: Settings, framework: Framework, *, allow_break: bool = False
) -> Comparison:
    """Published results, one beside the other.

    Args:
        several: in the order in which they were named.
        settings: audience and seed.
        framework: that they were made with; for names, thresholds and wording.
        allow_break: whether to compare what was not made alike, and mark it.

    Raises:
        UsageError: they are for a narrower audience than asked for, hold the same round of the same project twice, or
            were not made alike and `allow_break` is not given.
    """
    _require_audience(several, settings.audience)
    breaks = find_breaks(several, framework)
    if breaks and not allow_break:
        raise UsageError(
            f"{breaks[0]} So they are no one series.",
            "Analyse them again alike, give the framework they were made with by --framework, or add --allow-break.",
        )
    known = [_keep_known(each, framework) for each in several]
    named = [_name_round(each) for each in known] if len(known) > 1 else known
    scores = _join_scores(named)
    given = tuple(each.name for each in several)
    published = [pair for each in named for pair in _list_rounds(each)]
    thresholds = framework.thresholds_for(settings.audience)
    ready = [change for each in named for change in each.changes]
    beside = scoring.stand_published(published, framework, thresholds, settings.seed, given)
    apart = any(each.nameless and len(set(each.scores["project"])) > 1 for each in several)
    changes = scoring.compare_published(published, ready, framework, thresholds, given, allow_break=allow_break)
    return Comparison(
        settings=settings,
        framework=framework,
        version=__version__,
        scores=scores,
        bases=tuple(sorted(base for each in named for base in each.bases)),
        rounds=order_rounds({pair.group.wave for pair in published if pair.group.wave}, given),
        beside=scoring.hold_apart(beside, ROLES) if apart else beside,
        changes=tuple(changes),
        chances="ranges",
        breaks=breaks,
        inputs=tuple((each.name, each.sha256) for each in several),
        notices=(Notice(NAMELESS, _APART),) if apart else (),
    )


def _is_of_scores(notice: Notice, scores: pd.DataFrame) -> bool:
    """Whether a notice has to do with scores: what is said of comments has where a score rests on them."""
    rests_on_comments = (scores["basis"].isin(("comments", "items+comments")) & scores["reportable"]).any()
    return notice.code not in _OF_WORDS and (notice.code != _OF_CODES or bool(rests_on_comments))


def find_breaks(several: Sequence[Published], framework: Framework) -> tuple[str, ...]:
    """Why results are no one series, a sentence each; the framework in use must be theirs, too."""
    found = []
    for field, sentence in _WHAT_BREAKS.items():
        values = {getattr(each.makers, field) for each in several}
        if field == "framework_sha256":
            values.add(framework.sha256)
        if len(values) > 1:
            found.append(sentence)
    return tuple(found)


def _require_audience(several: Sequence[Published], audience: str) -> None:
    for each in several:
        if AUDIENCES.index(each.audience) > AUDIENCES.index(audience):
            raise UsageError(
                f"{each.name} was written for a {each.audience} audience, and this comparison is {audience}.",
                f"Add --audience {each.audience} and share the comparison with nobody else, or analyse it again with "
                f"--audience {audience}.",
            )


def _keep_known(published: Published, framework: Framework) -> Published:
    """The same without dimensions that the framework in use does not have."""
    names = {OVERALL, *(each.id for each in framework.dimensions)}
    scores = published.scores[published.scores["dimension"].isin(names)]
    changes = tuple(each for each in published.changes if each.dimension in names)
    return replace(published, scores=scores, changes=changes)


def _name_round(published: Published) -> Published:
    """The same, with its name for a round where it has none."""
    waves = published.scores["wave"].where(published.scores["wave"] != "", published.name)
    bases = tuple(each._replace(wave=each.wave or published.name) for each in published.bases)
    return replace(published, scores=published.scores.assign(wave=waves), bases=bases)


def _join_scores(several: Sequence[Published]) -> pd.DataFrame:
    keys = ["project", "role", "wave", "dimension"]
    joined = pd.concat([each.scores for each in several], ignore_index=True)
    if joined.duplicated(keys).any():
        raise UsageError(
            "Two of the results hold the same round of the same project.", "Name each round once, under its own name."
        )
    return require(table(rows(joined, Score), Score), Score)


def _list_rounds(published: Published) -> list[scoring.PublishedRound]:
    found: dict[scoring.Group, dict[str, Score]] = {}
    for each in rows(published.scores, Score):
        found.setdefault(scoring.Group(each.project, each.role, each.wave), {})[each.dimension] = each
    return [scoring.PublishedRound(group, scores, published.items) for group, scores in found.items()]

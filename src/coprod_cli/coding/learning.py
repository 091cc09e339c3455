"""People's codes go in; a coder of these very themes, with how good it is on people left out in turn, comes out.

The whole recipe runs again for each part of the people left out: what words are known, the weights, the curves, the
thresholds and what is sure are all found on the others. docs/learning.md says why it is this recipe.
"""

from collections.abc import Iterable, Sequence
from functools import partial
from math import nan

import numpy as np
from numpy.typing import NDArray

from coprod_cli.coding.beside_shipped import set_beside
from coprod_cli.coding.engine import Asked
from coprod_cli.coding.gist import find_gists
from coprod_cli.coding.language import is_left_to_a_person
from coprod_cli.coding.learning_figures import (
    Measure,
    compare,
    count_shipped,
    count_sure,
    find_share_range,
    hide_few,
    report_coder,
    share,
    tell_apart,
)
from coprod_cli.coding.learnt_file import list_parts
from coprod_cli.coding.leaving_out import Lessons, Tested, leave_out, teach
from coprod_cli.coding.meaning import find_meanings
from coprod_cli.coding.presence import Schooling, pick_odds
from coprod_cli.coding.silence import says_nothing
from coprod_cli.coding.terms import LEAST_ANSWERS as LEAST_SAME
from coprod_cli.coding.terms import LEAST_PEOPLE, LEAST_PUBLIC, count_terms, count_texts, is_shipped, lay_out
from coprod_cli.coding.trained import load_blended
from coprod_cli.model.errors import UsageError
from coprod_cli.model.framework import Framework, Theme
from coprod_cli.model.learning import (
    BY_ANSWER,
    BY_PERSON,
    BY_PROJECT,
    LEARNT_ONE,
    NOBODY,
    SHIPPED_ONE,
    CurvePoint,
    Learnt,
    Lesson,
    ThemeLearnt,
)

# Fewer answers teach nothing that could be measured. A theme in three answers is learnt from what the codebook says of
# it above all, and most of it comes out unsure; to leave such themes out was worse (docs/learning.md).
LEAST_ANSWERS, LEAST_CODED = 30, 3
# Fewest projects that are worth leaving out in turn.
LEAST_PROJECTS = 3
CURVE = (100, 300, 1000)
# How often the parts are dealt anew for what hangs on the deal as much as on people: what twice as many codes bring.
DEALS = 3
_SEEN = (
    "{seen} of these were coded with a machine's codes in sight, or come of a report's folder, which does not say: so "
    "the figures flatter. Whether a theme may enter a score is told by the others alone."
)
_HOW = (
    "Measured on {answers} hand-coded answers, {left_out}: each was coded by a coder that had learnt from the others, "
    "and whose cut-offs were set on the others, too."
)
_LEFT_OUT = {
    BY_PERSON: "a part of the people left out at a time",
    BY_PROJECT: "a part of the projects left out at a time",
    BY_ANSWER: "a part of the answers left out at a time, as it is not known who wrote which",
}


def learn(lessons: Sequence[Lesson], framework: Framework, seed: int) -> Learnt:
    """A coder learnt from hand codes, and how good it is. The order of the lessons changes nothing.

    Args:
        lessons: answers that people coded, with their codes.
        framework: whose themes they are. Themes that the shipped coder knows by their id start from what it knows.
        seed: of every drawing of lots.

    Raises:
        UsageError: there are too few answers, or too few of any theme.
        CoprodError: a shipped file is missing or not as it was shipped.
    """
    told = sorted(lessons, key=lambda each: each.answer.id)
    kept = [each for each in told if not (says_nothing(each.answer.words) or is_left_to_a_person(each.answer.words))]
    _require_enough(kept)
    grouped, groups = group_answers(kept)
    people = [each.answer.person or each.answer.id for each in kept]
    known = all(each.answer.person for each in kept)
    whole = lay_out_lessons(kept, framework, groups, people, known=known)
    # Lots of the parts, the first of which is the one that all is told of.
    deals = [leave_out(whole, groups, seed + more, in_full=not more) for more in range(DEALS)]
    size = deals[0].size
    curve = {
        fewer: [leave_out(whole, groups, seed + more, fewer) for more in range(DEALS if fewer == size // 2 else 1)]
        for fewer in {*(each for each in CURVE if each < size), size // 2}
    }
    curve[size] = deals
    told_apart = (whole.places >= 0) | tell_apart(whole, deals)
    _require_any(told_apart)
    laid = whole.keep(told_apart)
    named = set(laid.school.themes)
    curve = {number: [each.keep(told_apart, named) for each in tried] for number, tried in curve.items()}
    measure = Measure(laid, people, seed, framework.scoring.min_theme_cases)
    tested = curve[size][0]
    coder = teach(whole, np.arange(len(kept)), seed).keep(told_apart)
    seen = sum(each.seen for each in kept)
    how = _HOW.format(answers=f"{len(kept):,}", left_out=_LEFT_OUT[grouped])
    if seen:
        how = f"{how} {_SEEN.format(seen=f'{seen:,}')}"
    stances = compare(measure, tested, "stance")
    levels = compare(measure, tested, "level")
    low, high = find_share_range(measure, stances)
    level_low, level_high = find_share_range(measure, levels)
    surely = count_sure(measure, tested)
    sure_low, sure_high = find_share_range(measure, surely)
    projects = [each.answer.project for each in kept]
    count = len({*projects} - {""})
    learnt = Learnt(
        report=hide_few(report_coder(measure, tested, how, "")),
        themes=tuple(_tell_themes(framework, measure, tested, people)),
        grouped=grouped,
        groups=len(set(groups)),
        answers=len(kept),
        empty=sum(not each.codes for each in kept),
        silent=len(told) - len(kept),
        curve=tuple(measure.make_point(curve[number]) for number in sorted(curve)),
        gain=measure.make_gain(curve[size // 2], curve[size]),
        stances=int(stances[:, 1].sum()),
        stance_low=low,
        stance_high=high,
        levels=int(levels[:, 1].sum()),
        level_low=level_low,
        level_high=level_high,
        sure=int(surely[:, 1].sum()),
        sure_low=sure_low,
        sure_high=sure_high,
        projects=count,
        by_project=_leave_projects(whole, measure, projects, seed, told_apart) if count >= LEAST_PROJECTS else None,
        words=len(coder.presence.vocabulary.terms),
        people_a_word=(LEAST_PUBLIC, LEAST_PEOPLE) if known else (LEAST_SAME, 0),
        least=LEAST_CODED,
        uneven=len(weights := {each.weight for each in kept}) > 1 or 0.0 in weights,
        seen=seen,
        beside=set_beside(measure, deals),
    )
    return list_parts(learnt, coder, [each.answer.id for each in kept])


def group_answers(lessons: Sequence[Lesson]) -> tuple[str, list[str]]:
    """Whose answers are left out together: one person's; where nobody is known, one project's; else the same words'.

    Answers of unknown people among known ones stand each by itself.
    """
    if any(each.answer.person for each in lessons):
        return BY_PERSON, [each.answer.person or f"answer {each.answer.id}" for each in lessons]
    projects = [each.answer.project for each in lessons]
    if all(projects) and len(set(projects)) >= LEAST_PROJECTS:
        return BY_PROJECT, projects
    return BY_ANSWER, [each.answer.words for each in lessons]


def _require_enough(lessons: Sequence[Lesson]) -> None:
    if len(lessons) < LEAST_ANSWERS:
        count = len(lessons)
        told = "is 1 hand-coded answer that says" if count == 1 else f"are {count} hand-coded answers that say"
        what = f"There {told} something: too few to learn from."
        hint = f"Code at least {LEAST_ANSWERS}, better 100 or more; answers without any theme count, too."
        raise UsageError(what, hint)
    counts = _count_coded(lessons)
    if not any(_is_enough(each, len(lessons)) for each in counts.values()):
        most = max(counts.values(), default=0)
        what = (
            f"No theme can be learnt: none stands in at least {LEAST_CODED} answers and is absent from as many. The "
            f"most frequent stands in {most} of {len(lessons)}."
        )
        raise UsageError(what, "Code more answers, and those, too, that do not hold the theme.")


def _require_any(told_apart: NDArray[np.bool_]) -> None:
    if not told_apart.any():
        raise UsageError(
            "No theme can be learnt: answers that hold it and answers that do not are not told apart, any theme.",
            "Code more answers, and write a definition and examples of each theme into the codebook.",
        )


def _count_coded(lessons: Iterable[Lesson]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for each in lessons:
        for theme in {code.theme for code in each.codes}:
            counts[theme] = counts.get(theme, 0) + 1
    return counts


def _is_enough(coded: int, answers: int) -> bool:
    return LEAST_CODED <= coded <= answers - LEAST_CODED


def lay_out_lessons(
    lessons: Sequence[Lesson], framework: Framework, groups: Sequence[str], people: Sequence[str], *, known: bool = True
) -> Lessons:
    """All that is learnt from: of the themes that are learnt, and of those that the shipped coder goes on coding.

    Args:
        lessons: hand-coded answers, in the order that they are to have.
        framework: the themes.
        groups: of each answer; those of one group are always left out together.
        people: who wrote each.
        known: whether all of them are known, so that words may be counted by people.

    Raises:
        CoprodError: a shipped file is missing or not as it was shipped.
    """
    shipped = load_blended().linear
    counts = _count_coded(lessons)
    enough = {theme for theme, coded in counts.items() if _is_enough(coded, len(lessons))}
    themes = [theme for theme in framework.themes if theme.id in enough or theme.id in shipped.themes]
    ids = tuple(theme.id for theme in themes)
    places = np.asarray([shipped.themes.index(each) if each in shipped.themes else -1 for each in ids], np.int64)
    asked = [Asked(each.answer.words, each.answer.question, each.answer.role) for each in lessons]
    gists = find_gists(asked)
    counted = count_texts([each.words for each in asked], people, partial(is_shipped, shipped.lexicon), known=known)
    texts = [(text, at) for at, theme in enumerate(themes) if theme.id in enough for text in list_texts(theme)]
    term_places = {term: place for place, term in enumerate(counted.terms)}
    text_held = np.zeros((len(texts), len(ids)), bool)
    text_held[np.arange(len(texts)), [at for _, at in texts]] = True
    school = Schooling(
        themes=ids,
        whole=np.asarray([each.whole for each in gists], np.float64),
        counted=counted,
        held=np.asarray([[any(code.theme == each for code in lesson.codes) for each in ids] for lesson in lessons]),
        odds=pick_odds(gists, places),
        known=places >= 0,
        learnt=np.asarray([each in enough for each in ids]),
        shipped_thresholds=np.where(places >= 0, shipped.rules.thresholds[places], 1.0),
        groups=tuple(groups),
        texts=find_meanings([Asked(text, "", "other") for text, _ in texts]).astype(np.float64),
        text_counts=lay_out([count_terms(text) for text, _ in texts], term_places),
        text_held=text_held,
    )
    return Lessons(
        ids=tuple(each.answer.id for each in lessons),
        asked=asked,
        gists=gists,
        codes=[each.codes for each in lessons],
        school=school,
        places=places,
        blind=np.asarray([not each.seen for each in lessons]),
    )


def list_texts(theme: Theme) -> tuple[str, ...]:
    """What the codebook says of a theme, each text once: it is learnt from, too."""
    told = (
        theme.name,
        theme.definition,
        theme.positive,
        theme.negative,
        *theme.include,
        *theme.positive_cues,
        *theme.negative_cues,
        *(each.text for each in theme.examples),
    )
    return tuple(dict.fromkeys(text for text in told if text.strip()))


def _tell_themes(
    framework: Framework, measure: Measure, tested: Tested, people: Sequence[str]
) -> Iterable[ThemeLearnt]:
    """Every theme of the framework, in its order."""
    lessons, school = measure.lessons, measure.lessons.school
    total, surely = (measure.count(each).sum(axis=0) for each in (tested.named, tested.sure))
    shipped = count_shipped(measure)
    figures = {each.theme: each for each in report_coder(measure, tested, "", "").themes}
    for theme in framework.themes:
        wrote = [
            who for who, codes in zip(people, lessons.codes, strict=True) if theme.id in {code.theme for code in codes}
        ]
        row = ThemeLearnt(theme.id, NOBODY, len(wrote), len(set(wrote)))
        if theme.id in school.themes:
            at = school.themes.index(theme.id)
            figure = figures[theme.id]
            row = row._replace(
                by=LEARNT_ONE if school.learnt[at] else SHIPPED_ONE,
                f1=figure.f1,
                low=figure.f1_low,
                high=figure.f1_high,
                precision=figure.precision,
                recall=figure.recall,
                shipped_f1=round(float(shipped[at]), 4),
                sure_precision=share(surely[0, at], surely[1, at]),
                sure_recall=share(surely[0, at], surely[2, at]),
                unsure=share(total[1, at] - surely[1, at], total[1, at]) if wrote else nan,
            )
        yield row


def _leave_projects(
    whole: Lessons, measure: Measure, projects: Sequence[str], seed: int, themes: NDArray[np.bool_]
) -> CurvePoint:
    """Mean F1 where whole projects are left out; a person's answers about another project may then be learnt from."""
    groups = [project or f"answer {name}" for project, name in zip(projects, whole.ids, strict=True)]
    return measure.make_point([leave_out(whole, groups, seed).keep(themes, ())])

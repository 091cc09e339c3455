"""A coder learnt from people's codes goes in; what the screen says of it, and its model card, come out as Documents."""

import math
from collections.abc import Iterator

from coprod_cli.model.framework import Framework
from coprod_cli.model.learning import (
    BY_ANSWER,
    BY_PERSON,
    BY_PROJECT,
    LEARNT_ONE,
    NOBODY,
    SHIPPED_ONE,
    CurvePoint,
    Gain,
    Learnt,
    ThemeLearnt,
)
from coprod_cli.reporting.document import Bullets, Document, Paragraph, Section, Table
from coprod_cli.reporting.wording import list_names, say_ratio
from coprod_cli.telling import NO_FIGURE, NOT_ENOUGH, quote_name

# What more coding must bring to be worth it: two points of F1 in a hundred, by convention.
WORTH = 0.02
# Two coders whose F1 differs by no more than this, wherever in the likely range, are told to be alike; by convention.
ALIKE = 0.05
# From fewer coded answers nothing of that can be told.
LEAST_TOLD = 60
# A theme in fewer answers is measured on too few to rely on.
FEW = 10
# As many parts the answers are dealt into, or as there are people.
_PARTS = 5
_UNITS = {BY_PERSON: "people", BY_PROJECT: "projects", BY_ANSWER: "answers"}


def tell_learning(learnt: Learnt, framework: Framework) -> Document:
    """What was learnt, how good it is, whether more coding will help, and how to read it."""
    sections = (
        *_tell_beside(learnt),
        Section("learnt", "What was learnt", (Bullets(tuple(_say_learnt(learnt, framework))),)),
        Section("themes", "How well each theme is found, in answers left out", (_show_themes(learnt, framework),)),
        Section("over-all", "Over all", (Bullets(tuple(_say_over_all(learnt))),)),
        Section("curve", "Will more coding help?", (_show_curve(learnt), Paragraph(say_gain(learnt.gain)))),
    )
    return Document("A coder learnt from your codes", "", None, sections, "")


def _tell_beside(learnt: Learnt) -> tuple[Section, ...]:
    told = say_beside(learnt)
    return (Section("beside", "Is it better than the coder that ships?", (Paragraph(told),)),) if told else ()


def tell_card(learnt: Learnt, framework: Framework, version: str) -> Document:
    """The same as a model card (Mitchell et al. 2019), for whoever is given the model without its makers."""
    told = tell_learning(learnt, framework)
    sections = (
        Section("what", "What this is", (Bullets(tuple(_say_what(learnt, framework, version))),)),
        *told.sections,
        Section("privacy", "What of people's words is in it", (Bullets(tuple(_say_privacy(learnt))),)),
        Section("limits", "What it is not for", (Bullets(tuple(_say_limits(learnt))),)),
    )
    book = f"Codebook: {framework.id}, version {framework.version}"
    return Document("Model card: a coder learnt from hand codes", book, None, sections, f"Made with coprod {version}.")


def say_gain(gain: Gain) -> str:
    """Whether more coding will likely help, from what the last doubling brought."""
    told = (
        f"From {gain.before:,} to {gain.after:,} coded answers F1 changed by {gain.gain:+.2f} (likely range "
        f"{gain.low:+.2f} to {gain.high:+.2f})."
    )
    if gain.after < LEAST_TOLD:
        floor = f"It takes at least {LEAST_TOLD} answers to learn from."
        return f"There are {NOT_ENOUGH}. {floor} {told} Code some more and see."
    if gain.low > 0 and gain.gain >= WORTH:
        return f"Yes, likely. {told} Twice as many again would probably bring somewhat less than that."
    if gain.high < WORTH:
        return f"Not much, likely. {told} Clearer definitions and examples in the codebook may bring more."
    return f"There are {NOT_ENOUGH}. {told} That range is too wide to tell; code some more and see."


def say_beside(learnt: Learnt) -> str:
    """Whether it does better than the coder that ships, as far as is known; empty where they share no theme."""
    beside = learnt.beside
    if beside is None:
        return ""
    on = "the theme" if beside.themes == 1 else f"the {beside.themes} themes"
    figures = (
        f"On {on} that it learnt and both know, F1 is {say_ratio(beside.f1)} (likely range {say_ratio(beside.low)} to "
        f"{say_ratio(beside.high)}) against {say_ratio(beside.shipped_f1)} ({say_ratio(beside.shipped_low)} to "
        f"{say_ratio(beside.shipped_high)}): a difference of {beside.difference:+.2f} (likely range "
        f"{beside.difference_low:+.2f} to {beside.difference_high:+.2f}), on {beside.answers:,} answers"
        f"{' coded with no machine in sight' if learnt.seen else ''} that were left out."
    )
    if beside.answers < LEAST_TOLD:
        floor = f"It takes at least {LEAST_TOLD} answers."
        return f"There are {NOT_ENOUGH}. {floor} {figures} Keep the one that ships for these themes, or code more."
    if beside.difference_low > 0:
        return f"Likely yes. {figures}"
    if beside.difference_high < 0:
        return f"Likely not. {figures} Keep the one that ships for these themes, or code more."
    if max(-beside.difference_low, beside.difference_high) <= ALIKE:
        return f"About as good. {figures} Either will do for these themes."
    return f"There are {NOT_ENOUGH}. {figures} That range is too wide to tell: keep the one that ships, or code more."


def _say_learnt(learnt: Learnt, framework: Framework) -> Iterator[str]:
    many = _UNITS[learnt.grouped]
    few = learnt.groups <= _PARTS
    part = f"one of {learnt.groups} {many} was" if few else f"a fifth of the {many} was"
    total = "" if few else f" ({learnt.groups:,} in all)"
    unknown = "" if learnt.grouped != BY_ANSWER else " It is not known who wrote which answer."
    yield (
        f"{learnt.answers:,} hand-coded answers, {learnt.empty:,} of them without any theme. To measure the coder, "
        f"{part} left out at a time{total}.{unknown}"
    )
    if learnt.uneven:
        yield (
            "The answers had unequal chances of being drawn, as coprod sheet, suggest and review give them: rare "
            "themes and doubt are more frequent among them than in the survey. Figures hold for these, not for all."
        )
    if learnt.seen:
        yield (
            f"{learnt.seen:,} of them were coded with a machine's codes in sight, or come of a report's folder, which "
            "does not say. People tend to agree with what they see, so these figures flatter, those of the coder that "
            "ships most of all. Only the others tell whether a theme may enter a score."
        )
    if not learnt.people_a_word[1]:
        yield (
            "It is not known of every answer who wrote it, so one person may stand on both sides of a measurement, and "
            "the coder takes up no words but those that ship with coprod. Add --answers SURVEY if that tells."
        )
    if learnt.silent:
        yield f"{learnt.silent:,} more that say nothing, or not in English, were left aside: no machine codes them."
    names = {theme.id: theme.name for theme in framework.themes}
    kept = [names[each.theme] for each in learnt.themes if each.by == SHIPPED_ONE]
    if kept:
        yield (
            f"Too few codes to learn from ({_say_least(learnt)}): {list_names(map(quote_name, kept))}. The coder that "
            "ships with coprod goes on coding these."
        )
    nobody = [each for each in learnt.themes if each.by == NOBODY]
    tried = [each for each in nobody if learnt.least <= each.coded <= learnt.answers - learnt.least]
    left = [f"{quote_name(names[each.theme])} ({each.coded})" for each in nobody if each not in tried]
    if tried:
        yield (
            "Could not be learnt, with the answers that hold them: "
            f"{list_names([f'{quote_name(names[each.theme])} ({each.coded})' for each in tried])}. In answers left "
            "out, those that hold such a theme were not told from the others better than chance. A clear definition "
            "and examples in the codebook may help, or more codes."
        )
    if left:
        yield (
            f"Left out, with the answers that hold them: {list_names(left)}. A theme of your own needs "
            f"{_say_least(learnt)}."
        )


def _say_least(learnt: Learnt) -> str:
    return f"{learnt.least} answers that hold it, and as many that do not"


def _show_themes(learnt: Learnt, framework: Framework) -> Table:
    names = {theme.id: theme.name for theme in framework.themes}
    coded = [each for each in learnt.themes if each.by == LEARNT_ONE and each.coded]
    shipped = any(not math.isnan(each.shipped_f1) for each in coded)
    header = (
        "Theme",
        "Hand codes",
        "F1 and likely range",
        "Right, of all named",
        *(("F1 as it ships",) if shipped else ()),
        "Right, of what it is sure of",
        "Found, being sure",
        "Left to a person",
    )
    body = tuple(
        (
            names[each.theme],
            f"{each.coded:,}{' (few)' if each.coded < FEW else ''}",
            _say_f1(each),
            _say_share(each.precision),
            *((_say_plain(each.shipped_f1),) if shipped else ()),
            _say_share(each.sure_precision),
            _say_share(each.sure_recall),
            _say_share(each.unsure),
        )
        for each in coded
    )
    note = (
        "Themes that were learnt. Hand codes: answers that hold the theme. F1: of "
        "those named and those there, how many are both; 1 is best. Found, being sure: of those there, the share that "
        "is named and not left to a person."
    )
    return Table("Themes", header, body, (1,), note)


def _say_f1(each: ThemeLearnt) -> str:
    if math.isnan(each.f1):
        return NO_FIGURE
    if math.isnan(each.low):
        return f"{say_ratio(each.f1)} (too few people for a range)"
    return f"{say_ratio(each.f1)} ({say_ratio(each.low)} to {say_ratio(each.high)})"


def _say_plain(value: float) -> str:
    return NO_FIGURE if math.isnan(value) else say_ratio(value)


def _say_share(value: float) -> str:
    return NO_FIGURE if math.isnan(value) else f"{value:.0%}"


def _say_over_all(learnt: Learnt) -> Iterator[str]:
    report = learnt.report
    yield (
        f"F1, mean over the themes that it codes and anybody found: {say_ratio(report.macro_f1)} (likely range "
        f"{say_ratio(report.macro_f1_low)} to {say_ratio(report.macro_f1_high)})."
    )
    if learnt.by_project:
        yield (
            f"On projects that it never saw, of {learnt.projects:,} left out in turn: {_say_point(learnt.by_project)}, "
            f"mean over the themes that are learnt, against {_say_point(learnt.curve[-1])} where people were left out."
        )
    if not math.isnan(report.sure_precision):
        right = _say_right(report.sure_precision, learnt.sure_low, learnt.sure_high)
        yield (
            f"Right, of {learnt.sure:,} codes that it is sure of: {right}. It leaves {report.unsure_share:.0%} of what "
            "it names to a person."
        )
    elif not math.isnan(report.unsure_share):
        yield "It is sure of nothing: from no chance on is enough of what it names right. A person should look at all."
    if learnt.stances:
        few = "" if learnt.stances >= FEW else " That is few."
        right = _say_right(report.stance_accuracy, learnt.stance_low, learnt.stance_high)
        yield f"Stance right, of {learnt.stances:,} themes rightly found: {right}.{few}"
    else:
        yield "Stance: not measured, as no hand code says one. It is read as the coder that ships with coprod reads it."
    if learnt.levels:
        right = _say_right(report.level_accuracy, learnt.level_low, learnt.level_high)
        yield f"Level right, of {learnt.levels:,} themes rightly found: {right}."
    else:
        yield "Level: no hand code says one, so themes of your own are taken to be of the joint work."


def _say_right(share: float, low: float, high: float) -> str:
    if low == high:
        return f"{share:.0%} (no range, as all answers say the same)"
    return f"{share:.0%} (likely range {low:.0%} to {high:.0%})"


def _show_curve(learnt: Learnt) -> Table:
    body = tuple((f"{point.codes:,} coded answers", _say_point(point)) for point in learnt.curve)
    note = (
        "Mean over the themes that are learnt, always tested on the same answers, none of which was learnt from; of "
        "half and of nearly all, over three deals of the parts left out. What is kept has learnt from all "
        f"{learnt.answers:,}. A likely range says what other people's answers would show; that other answers to learn "
        "from would make another coder is not in it."
    )
    return Table("Learning curve", ("Learnt from", "F1 and likely range"), body, (), note)


def _say_point(point: CurvePoint) -> str:
    return f"{say_ratio(point.f1)} ({say_ratio(point.low)} to {say_ratio(point.high)})"


def _say_what(learnt: Learnt, framework: Framework, version: str) -> Iterator[str]:
    yield (
        "A machine coder for survey answers in English. It names themes, with stance, level and the words that they "
        f"rest on. Use it with coprod {version}: coprod analyse SURVEY --coder MODEL."
    )
    yield f"The codebook, with {len(framework.themes)} themes, is inside."
    yield (
        f"Version {learnt.report.version}. It stands on the encoder that ships with coprod, and adds weights learnt "
        "from hand codes (a ridge regression on meaning and words) and a cut-off for each theme."
    )


def _say_privacy(learnt: Learnt) -> Iterator[str]:
    public, other = learnt.people_a_word
    if other:
        used = f"used by at least {public} people and is in the public word list of coprod, or by at least {other}"
    else:
        used = (
            f"in at least {public} answers, and in the public word list of coprod: as it is not known who wrote every "
            "answer, these may be one person's, and no other word is taken"
        )
    yield (
        f"{learnt.words:,} words, pairs of words and pieces of words, as stems. Each was {used}. What stands for a "
        "masked name or place is not among them. The public list has common first names and surnames, too."
    )
    yield "No answer, no evidence, no name of a file or of a coder, and nothing of who wrote what."
    yield (
        "A fingerprint of each answer's id, so that the coder is not measured on what it learnt from. Who has the ids "
        "of coded_answers.csv can tell by it which answers were hand-coded, and nothing more."
    )
    yield "The numbers are sums over all answers. Still, think before you give it to others: it was learnt from people."


def _say_limits(learnt: Learnt) -> Iterator[str]:
    yield "It codes as the people did whose codes it learnt from, mistakes and habits included."
    yield (
        "Figures hold for answers like these: other questions, projects or people may fare worse. Check a sample by "
        "hand there, with coprod sheet and coprod agree."
    )
    if any(each.by != NOBODY and each.coded < FEW for each in learnt.themes):
        yield f"Themes with fewer than {FEW} hand codes are measured on too few answers to rely on."
    yield "No decision about a single person or child may rest on it."

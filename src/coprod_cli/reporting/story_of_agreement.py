"""How far coders agree goes in; what the screen shows of it, with how to read it, comes out as a Document."""

import math
from collections.abc import Callable, Iterator, Mapping

from coprod_cli.model.agreement import EACH, LEVEL, MEAN, POOLED, STANCE, THEME, Agreed, Agreement, Confused, Figure
from coprod_cli.model.framework import Framework
from coprod_cli.reporting.agreement_files import list_prevalence
from coprod_cli.reporting.document import Block, Bullets, Document, Paragraph, Section, Table
from coprod_cli.telling import NO_FIGURE, NOT_ENOUGH

# By a common convention (Krippendorff 2004, Content Analysis, chapter 11).
GOOD, TENTATIVE = 0.80, 0.667
# Fewest answers coded twice before codes are relied on (docs/agreement.md).
ENOUGH = 50
_TWO = 2
SCOPES = {POOLED: "All themes as one list", MEAN: "Mean of the themes"}
_MOST_CONFUSED = 10
_MOST_DIFFERENT = 20


def tell_agreement(agreement: Agreement, framework: Framework, words: Mapping[str, str]) -> Document:
    """Who coded how much; what to talk through; what was said instead; figures by theme, stance, level; how to read it.

    Args:
        agreement: how far they agree.
        framework: whose themes they are.
        words: the masked words of answers, by id, for the answers to talk through.
    """
    names = {theme.id: theme.name for theme in framework.themes}
    sections = [
        Section("compared", "What was compared", (Bullets(tuple(_say_compared(agreement, names))),)),
        Section("differences", "To talk through", tuple(_tell_differences(agreement, names, words))),
        *_tell_confused(agreement, names),
        *_tell_themes(agreement, names),
        *_tell_stance_and_level(agreement),
        Section("reading", "How to read this", (Bullets(tuple(_say_how_to_read(agreement))),)),
    ]
    return Document(f"How far {_join(agreement.coders)} agree", "", None, tuple(sections), "")


def _say_compared(agreement: Agreement, names: Mapping[str, str]) -> Iterator[str]:
    several = len(agreement.coders) > _TWO
    looked = "at least two" if several else "both"
    each = zip(agreement.coders, agreement.looked, agreement.empty, strict=True)
    yield f"{'; '.join(f'{who} looked at {_count(looked)}, {empty} without a theme' for who, looked, empty in each)}."
    yield f"{_join(agreement.coders)}: {_count(agreement.answers)} that {looked} looked at."
    yield f"{_count(agreement.same)} with the same themes from {'all' if several else 'both'} who looked."
    for coder, alone in zip(agreement.coders, agreement.alone, strict=True):
        if alone:
            yield f"{_count(alone)} that only {coder} looked at: left out."
    for place, (coder, empty) in enumerate(zip(agreement.coders, agreement.empty, strict=True)):
        if not empty and any(agreement.alone[:place] + agreement.alone[place + 1 :]):
            yield (
                f"{coder} lists no answer without a theme. If {coder} looked at all answers, add --all-looked: then "
                "answers that it does not list count as looked at, without a theme."
            )
    if agreement.answers < ENOUGH:
        yield f"Fewer than {ENOUGH} answers: too few to rely on, and the likely ranges are too narrow."
    if not agreement.rows:
        yield "Nobody found any theme in them."
    elif agreement.unused:
        listed = "; ".join(names[theme] for theme in agreement.unused)
        yield f"Themes that nobody found, which count nowhere: {listed}."


def _tell_themes(agreement: Agreement, names: Mapping[str, str]) -> Iterator[Section]:
    rows = [row for row in agreement.rows if row.measure == THEME]
    if not rows:
        return
    found = [f"Found by {coder}" for coder in agreement.coders]
    header = ("Theme", *found, "Agreement", "Positive agreement", "Negative agreement")
    body = [
        (
            _name(row, names),
            *(_say_found(*each) for each in list_prevalence(row) or [(0, math.nan)] * len(agreement.coders)),
            *(_say_percent(row.figures[name]) for name in ("agreement", "positive", "negative")),
        )
        for row in rows
    ]
    note = f"Each figure with its likely range, from {_count(agreement.answers)}. Found by: answers, and their share."
    note += " As one list: themes in answers, and their share of all that there could be."
    yield Section(
        "themes", "Is the theme there? How often coders say the same", (Table("", header, tuple(body), note=note),)
    )
    header, tell = _choose_beyond(agreement)
    body = [(_name(row, names), *tell(row)) for row in rows]
    note = "1 is full agreement, 0 what guessing would give; likely ranges in brackets."
    yield Section("beyond", "Is the theme there? Agreement beyond chance", (Table("", header, tuple(body), note=note),))


def _choose_beyond(agreement: Agreement) -> tuple[tuple[str, ...], Callable[[Agreed], tuple[str, ...]]]:
    """Headers of the figures that take off chance, and the cells of a row."""
    kappa, called = ("cohen", "Cohen's kappa") if len(agreement.coders) == _TWO else ("fleiss", "Fleiss' kappa")
    against = [f"F1 of {coder} against {agreement.coders[0]}" for coder in agreement.coders[1:]]

    def tell(row: Agreed) -> tuple[str, ...]:
        return tuple(_say(figure) for figure in (*(row.figures[name] for name in ("alpha", kappa, "ac1")), *row.f1))

    return ("Theme", "Krippendorff's alpha", called, "Gwet's AC1", *against), tell


def _tell_stance_and_level(agreement: Agreement) -> Iterator[Section]:
    rows = [row for row in agreement.rows if row.measure in {STANCE, LEVEL} and row.scope == POOLED]
    if not rows:
        return
    header, tell = _choose_beyond(agreement)
    body = [
        (row.measure.capitalize(), str(row.cases), _say_percent(row.figures["agreement"]), *tell(row)) for row in rows
    ]
    note = (
        "Of every theme in every answer that two coders found and said this of, which are the cases. F1 is the mean "
        "over what could be said. Each theme's own figures are in --csv and --json."
    )
    table = Table("", ("", "Cases", "Agreement", *header[1:]), tuple(body), note=note)
    yield Section("stance-level", "Where coders found the same theme: stance and level", (table,))


def _tell_confused(agreement: Agreement, names: Mapping[str, str]) -> Iterator[Section]:
    unlike = [each for each in agreement.confused if each.said != each.instead]
    if unlike:
        ranked = sorted(unlike, key=lambda each: -each.cases)[:_MOST_CONFUSED]
        items = [_say_confused(each, names) for each in ranked]
        if len(unlike) > len(items):
            items.append(f"and {len(unlike) - len(items)} more, in --json")
        tables = _list_tables(agreement) if len(agreement.coders) == _TWO else ()
        title = "What one said and the other did not, most often first"
        yield Section("confused", title, (Bullets(tuple(items)), *tables))


def _list_tables(agreement: Agreement) -> Iterator[Table]:
    """Of two coders: what one said down, what the other said across, how often in the cells."""
    first, second = agreement.coders
    for row in agreement.rows:
        if row.measure in {STANCE, LEVEL} and row.scope == POOLED and row.cases:
            cells = {
                (each.said, each.instead): each.cases for each in agreement.confused if each.measure == row.measure
            }
            said = [
                value for value, counts in zip(row.values, zip(*row.counts, strict=True), strict=True) if any(counts)
            ]
            body = [
                (f"{row.measure.capitalize()}, {first}: {one}", *(str(cells.get((one, other), 0)) for other in said))
                for one in said
            ]
            header = (row.measure.capitalize(), *(f"{second}: {other}" for other in said))
            yield Table("", header, tuple(body), note=f"{row.measure.capitalize()}: themes in answers that both found.")


def _say_confused(each: Confused, names: Mapping[str, str]) -> str:
    said, instead = (names.get(word, word or "no theme here") for word in (each.said, each.instead))
    return f"{each.measure.capitalize()}: {each.first} said {said}; {each.second} said {instead}: {each.cases}"


def _tell_differences(agreement: Agreement, names: Mapping[str, str], words: Mapping[str, str]) -> Iterator[Block]:
    every = agreement.differences
    if not every:
        yield Paragraph("Coders see no theme in any answer differently.")
        return
    items = []
    for each in every[:_MOST_DIFFERENT]:
        said = "; ".join(f"{coder}: {said}" for coder, said in zip(agreement.coders, each.said, strict=True) if said)
        quoted = f' "{words[each.answer]}"' if words.get(each.answer) else ""
        items.append(f"Answer {each.answer}, {names[each.theme]}. {said}.{quoted}")
    if len(every) > len(items):
        items.append(f"and {len(every) - len(items)} more; --disagreements FILE.csv writes all of them")
    yield Bullets(tuple(items))


def _say_how_to_read(agreement: Agreement) -> Iterator[str]:
    yield (
        "Agreement: how often two coders say the same. Positive: where one finds the theme, how often another does, "
        "too. Negative: the same of not finding it."
    )
    yield (
        f"By a common convention an alpha from {GOOD:.2f} on is good, and one from {TENTATIVE} on bears careful "
        "conclusions only. That is a convention, not a test: look at the likely range, and at what hangs on the codes."
    )
    yield (
        "Alpha and kappa fall where a theme is rare, even if coders differ no more often. Read them beside how often "
        "the theme was found and positive agreement. AC1 falls less; it is high even if nobody agrees on a rare theme."
    )
    yield (
        f'Likely range: the middle 95% of {agreement.draws:,} draws of whole answers. "no range": all draws say the '
        "same, as when coders never differ, or too few answers bear on it."
    )
    yield (
        "Coders who agree may both be wrong. Many researchers, in reflexive thematic analysis above all, see coding as "
        "interpretation and reject such figures: the list to talk through may serve them better."
    )


def _name(row: Agreed, names: Mapping[str, str]) -> str:
    return names[row.theme] if row.scope == EACH else SCOPES[row.scope]


def _say_found(cases: int, share: float) -> str:
    return NO_FIGURE if math.isnan(share) else f"{cases} ({share:.0%})"


def _say(figure: Figure) -> str:
    # Rounded first, so that nothing is told as minus zero.
    return _tell(figure, lambda value: f"{round(value, 2) + 0:.2f}")


def _say_percent(figure: Figure) -> str:
    return _tell(figure, lambda value: f"{value:.0%}")


def _tell(figure: Figure, write: Callable[[float], str]) -> str:
    if math.isnan(figure.value):
        return NOT_ENOUGH
    if math.isnan(figure.low):
        return f"{write(figure.value)} (no range)"
    return f"{write(figure.value)} ({write(figure.low)} to {write(figure.high)})"


def _count(answers: int) -> str:
    return f"{answers:,} {'answer' if answers == 1 else 'answers'}"


def _join(coders: tuple[str, ...]) -> str:
    return f"{', '.join(coders[:-1])} and {coders[-1]}"

"""A framework and what was measured of the engines go in; one page of Markdown for each theme comes out."""

import re
from collections.abc import Iterable, Iterator, Sequence

from coprod_cli.model.findings import CoderReport, ThemeReliability
from coprod_cli.model.framework import Border, Framework, Theme

MARK = "<!-- Written by `python -m training.write_codebook_page`; change the framework, not this page. -->"
MEASURED = (
    "precision", "recall", "F1 (likely range)", "alpha", "answers", "verdict alpha (lower end)",
    "may enter a score",
)  # fmt: skip
EXAMPLES = "Made up. *Mixed*: both stances in one answer."
BORDERS = """\
How a coder decides where this theme meets others. The examples are from `data/corpus/`: made up, and coded by language
models.
"""
RELIABILITY = """\
Measured on made-up answers labelled by language models; agreement with people is not yet known and is likely to be
lower. What the figures mean: [how well it is coded](../codebook.md#how-well-it-is-coded-by-machine).
"""
LEVELS = """\
- *project*: the joint work that the survey asks about. Only this can enter a project's score.
- *individual*: one child's plan, meeting, school place or appeal.
- *system*: the council, the NHS, schools or government in general; also other projects.
"""


def write_themes(framework: Framework, reports: Sequence[CoderReport]) -> dict[str, str]:
    """Theme id to its page, in the order of the framework."""
    return {theme.id: _write_theme(framework, theme, reports) for theme in framework.themes}


def write_row(*cells: str) -> str:
    """One row of a Markdown table."""
    return f"| {' | '.join(cells)} |"


def write_head(*cells: str) -> str:
    """The head of a Markdown table."""
    return f"{write_row(*cells)}\n{write_row(*('---',) * len(cells))}"


def write_figures(framework: Framework, theme: Theme, each: ThemeReliability) -> str:
    """What was measured of one theme, as cells under MEASURED."""
    return write_row(
        f"{each.precision:.2f}",
        f"{each.recall:.2f}",
        f"{each.f1:.2f} ({each.f1_low:.2f} to {each.f1_high:.2f})",
        f"{each.alpha:.3f}",
        str(each.cases),
        f"{each.verdict_alpha:.3f} ({each.verdict_low:.3f})",
        _tell_scored(framework, theme, each),
    )


def write_border(border: Border, heading: str) -> Iterator[str]:
    """A border rule under its name, with its examples from the corpus."""
    yield f"{heading} {border.name}"
    yield _list(border.rules)
    if border.examples:
        yield "\n".join(f"> \u201c{each.text}\u201d  \n> — {_tell_codes(each.codes)}\n" for each in border.examples)


def tell_feeds(framework: Framework, theme: Theme) -> str:
    """The dimensions that a theme feeds, with their weights, or why it feeds none."""
    if not theme.feeds:
        return f"reported, not scored. {theme.why_not_scored}".rstrip()
    fed = (f"{framework.dimension(dimension).name} ({weight:g})" for dimension, weight in theme.feeds)
    return f"feeds {', '.join(fed)}"


def _write_theme(framework: Framework, theme: Theme, reports: Sequence[CoderReport]) -> str:
    parts = [
        MARK,
        f"# {theme.name}",
        f"`{theme.id}` · {tell_feeds(framework, theme)} · [all themes](../codebook.md)",
        theme.definition,
        f"- **Positive:** {theme.positive}\n- **Negative:** {theme.negative}",
        "## Counts as this theme",
        _list(theme.include),
        "## Belongs elsewhere",
        _list(_link(framework, point) for point in theme.exclude),
        "## Examples",
        EXAMPLES,
        _list(f"*{each.stance}* ({each.role}): \u201c{each.text}\u201d" for each in theme.examples),
        "## Borders",
        BORDERS,
        *(part for border in framework.borders_of(theme.id) for part in write_border(border, "###")),
        "## Neighbours",
        _list(_tell_neighbour(framework, theme, framework.theme(name)) for name in framework.neighbours_of(theme.id)),
        "## Level, and other rules for every theme",
        LEVELS,
        *(f"**{each.name}**\n\n{_list(each.rules)}" for each in framework.borders if not each.themes),
        "Examples of these: [rules for every theme](../codebook.md#rules-for-every-theme).",
        "## How reliably it is coded by machine",
        "\n".join([write_head("engine", *MEASURED), *_write_measured(framework, theme, reports)]),
        RELIABILITY,
        "## Cue phrases",
        "What the engine `cues` looks for.",
        f"- Positive: {', '.join(theme.positive_cues)}\n- Negative: {', '.join(theme.negative_cues)}",
    ]
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


def _write_measured(framework: Framework, theme: Theme, reports: Sequence[CoderReport]) -> Iterator[str]:
    for report in reports:
        for each in report.themes:
            if each.theme == theme.id:
                yield f"| `{report.engine}` {write_figures(framework, theme, each)}"


def _tell_neighbour(framework: Framework, theme: Theme, other: Theme) -> str:
    shared = [border.name for border in framework.borders_of(theme.id) if other.id in border.themes]
    link = f"[{other.name}]({other.id}.md)"
    return f"{link}: {'; '.join(shared)}" if shared else link


def _tell_codes(codes: Iterable[tuple[str, str, str]]) -> str:
    return "; ".join(f"`{theme}`, {stance}, {level}" for theme, stance, level in codes) or "no code"


def _tell_scored(framework: Framework, theme: Theme, each: ThemeReliability) -> str:
    if not theme.feeds:
        return "-"
    return "yes" if framework.scoring.admits(each.verdict_alpha, each.cases) else "no"


def _link(framework: Framework, point: str) -> str:
    """Ids of themes in brackets become links to their pages."""
    names = "|".join(theme.id for theme in framework.themes)

    def link(bracket: re.Match[str]) -> str:
        return re.sub(rf"\b({names})\b", r"[\1](\1.md)", bracket[0])

    return re.sub(r"\([^()]*\)", link, point)


def _list(points: Iterable[str]) -> str:
    return "\n".join(f"- {point}" for point in points)

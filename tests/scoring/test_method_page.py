"""What docs/method.md says of conventions is what the framework and the code hold."""

import re
import tomllib
from importlib import import_module
from pathlib import Path

import pytest

from coprod_cli.model.framework import Framework, Scoring
from coprod_cli.reading import read_framework

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "method.md").read_text(encoding="utf-8")
RULES = tomllib.loads((ROOT / "src/coprod_cli/frameworks/send.toml").read_text(encoding="utf-8"))
RUNG_END = 100.0


@pytest.fixture(scope="module")
def framework() -> Framework:
    return read_framework()


def read_table(first: str) -> list[list[str]]:
    """The rows of the table whose header begins with these words, cell by cell."""
    lines = PAGE.splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith(f"| {first} |"))
    table = []
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        table.append([cell.strip() for cell in line.strip().strip("|").split("|")])
    return table


def read_numbers(cell: str) -> dict[str, float]:
    """Words with a number each: "people 3, share 0.2"."""
    return {name: float(value) for name, value in re.findall(r"(\w+) ([\d.]+)", cell)}


def test_every_number_of_the_score_is_on_the_page_with_its_value() -> None:
    told = {name: float(value) for name, value, _ in read_table("under `[scoring]`")}
    assert told == RULES["scoring"]
    assert list(told) == list(Scoring.__dataclass_fields__)


def test_the_dimensions_are_told_with_their_weights(framework: Framework) -> None:
    told = [(name, core == "core", float(weight), text) for name, core, weight, text in read_table("dimension")]
    assert told == [(each.name, each.core, each.weight, each.definition) for each in framework.dimensions]


def test_the_rungs_are_told_with_their_ends(framework: Framework) -> None:
    told = [(label, float(end), read_numbers(needs)) for label, end, needs in read_table("under `[ladder]`")]
    assert told == [(each.label, min(each.below, RUNG_END), dict(each.needs)) for each in framework.ladder.rungs]
    axis = " + ".join(
        f"{weight:g} x {framework.dimension(name).name.removesuffix(' and staying in')}"
        for name, weight in framework.ladder.axis
    )
    assert f"`{axis}`" in PAGE


def test_every_red_flag_is_told_with_its_limits_and_numbers(framework: Framework) -> None:
    told = read_table("under `[[flags]]`")
    assert [name for name, *_ in told] == [rule.id for rule in framework.flags]
    for (name, score, rung, numbers), rule in zip(told, framework.flags, strict=True):
        held = "" if rule.score_max is None else f"{rule.score_max:g}"
        assert score == ("withheld" if rule.withholds else held), name
        assert rung == ("" if rule.rung_max is None else str(rule.rung_max)), name
        assert read_numbers(numbers) == dict(rule.values), name


@pytest.mark.parametrize("row", read_table("name"), ids=lambda row: str(row[0]))
def test_every_convention_in_the_code_has_the_value_told(row: list[str]) -> None:
    names, module, values, _ = row
    home = import_module(f"coprod_cli.{module.strip('`')}")
    held: list[float] = []
    for name in names.split(", "):
        value = getattr(home, name.strip("`"))
        held.extend(value if isinstance(value, tuple) else (value,))
    assert held == [float(value) for value in values.split(", ")]


def test_what_the_page_says_in_words_has_the_numbers_of_the_framework(framework: Framework) -> None:
    page = " ".join(PAGE.split())
    rules, public, restricted = framework.scoring, *(framework.thresholds_for(who) for who in ("public", "restricted"))
    for words in (
        f"lowest core dimension + {rules.slack:g})`",
        f"w = min({rules.max_comment_weight:g}, sum of theme weights, number of items / 2)",
        f"alpha of at least {rules.min_theme_alpha:g} (Krippendorff 2004",
        f"measured on at least {rules.min_theme_cases} answers that hold the theme",
        f"{rules.draws:,} draws",
        f"the middle {rules.level * 100:g} % of the draws",
        f"c = {rules.prior_sd:g}^2 / 50^2",
        f"g = ({rules.prior_df:g} * u * h (100 - h) + (n - 1) * s^2) / ({rules.prior_df:g} * h (100 - h) + (n - 1)",
        f"Where comments stand alone, c is {rules.comments_prior_sd:g}^2 / 50^2",
        f"usual spread is taken as {rules.comments_prior_sd:g}, not {rules.prior_sd:g}",
        f"at least half of the N answered ({rules.least_answered:g}, a convention)",
        f"{public.min_base} people for a public report, {restricted.min_base} for a restricted one",
        f"at least {public.min_compare} people of each role answered ({restricted.min_compare} for a restricted",
        f"at least {rules.gap_points:g} points, has its sign in at least {rules.gap_probability:.0%}".replace(
            "%", " %"
        ),
        f"With fewer than {public.min_rung_label} people the chances are shown",
        f"its chance is at least {rules.named_rung:.2f}",
        f"needs a chance of {rules.sure_change:.2f}",
        f"*probably* {rules.likely_change:.2f}",
        f"at least {public.min_change} people in each round for a public report, {restricted.min_change} for a",
        f"held between {rules.least_weight:g} and {rules.most_weight:g}",
        f"of whom there must be {rules.alpha_people}",
        f"from {rules.shrink_projects} projects of 5 people or more",
        f"younger than {rules.early_months} months",
        f"from {public.min_sector} people of that sector on",
    ):
        assert words in page, words


def test_every_source_has_a_year_and_promises_of_later_versions_are_gone() -> None:
    assert "later version" not in PAGE
    for name in ("Rubin", "Kish", "Deming and Stephan", "Cochran", "Cronbach", "Feldt", "Fisher", "Paule and Mandel"):
        assert re.search(rf"{name} \(?\d{{4}}", " ".join(PAGE.split())), name


def test_the_parts_stand_in_the_order_of_the_computation() -> None:
    order = re.findall(r"^## (.*)$", PAGE, re.MULTILINE)
    wanted = (
        "What is measured",
        "From answers to 0 to 100",
        "What one person says of one dimension",
        "From people to a project",
        "Weights",
        "The likely range",
        "The overall score and its limit",
        "The rung of the ladder",
        "Red flags, and the limits that facts set",
        "Changes between rounds",
        "From comments only",
        "What must not be claimed",
        "What is not here yet",
    )
    assert [each for each in order if each in wanted] == list(wanted)

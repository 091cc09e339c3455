"""Counts of one theme go in; how many people raised it, and how their words were coded, comes out in words."""

from coprod_cli.model.tables import ThemeCount
from coprod_cli.telling.words import CODED_WORDS, is_withheld


def is_split(row: ThemeCount) -> bool:
    """Whether every part may be told. A split with a part missing leans to the parts that are left."""
    return not any(is_withheld(getattr(row, stance)) for stance in CODED_WORDS)


def count_rest(row: ThemeCount) -> float:
    """People whose words were coded in a way that is not told, where something else is told; never a small number."""
    told = [getattr(row, stance) for stance in CODED_WORDS if not is_withheld(getattr(row, stance))]
    return row.people - sum(told) if sum(told) > 0 else 0.0


def say_raised(row: ThemeCount) -> str:
    """How many people raised a theme: "38 people"."""
    return f"{row.people:,.0f} {'person' if row.people == 1 else 'people'}"


def say_split(row: ThemeCount) -> str:
    """How a theme was coded: "12 coded as going well, 20 as not going well"; empty where no part is told.

    Parts that are withheld are told together: "12 coded as going well, 9 otherwise".
    """
    rest = count_rest(row)
    if row.people == 0 or not (is_split(row) or rest > 0):
        return ""
    always = (CODED_WORDS["positive"], CODED_WORDS["negative"])
    counts = {words: getattr(row, stance) for stance, words in CODED_WORDS.items()}
    told = [(count, words) for words, count in counts.items() if count > 0 or (words in always and count == 0)]
    told += [(rest, "otherwise")] if rest > 0 else []
    return ", ".join(f"{count:,.0f} {'' if at else 'coded '}{words}" for at, (count, words) in enumerate(told))


def say_people_and_parts(row: ThemeCount) -> str:
    """How many people raised a theme, and how: "38 people (12 coded as going well, 26 as not going well)"."""
    split = say_split(row)
    return f"{say_raised(row)} ({split})" if split else say_raised(row)

"""What came of codes that people made, and how far they agree, goes in; the same for results.json comes out."""

from typing import Any, NamedTuple

from coprod_cli.model.checked import Checked
from coprod_cli.model.coders import CodersAgreement
from coprod_cli.reporting.numbers import RATIO_DECIMALS, count_people, round_value


def list_checked(checked: Checked) -> dict[str, Any]:
    """Every field by its name; null for what is withheld or not known."""
    return {
        "answers": count_people(checked.answers),
        "by_hand": count_people(checked.by_hand),
        "drawn": count_people(checked.drawn),
        "effective": checked.effective,
        "rounded_to": checked.rounded_to,
        "coders": list(checked.coders),
        "themes": [_list_fields(each) for each in checked.themes],
        "shares": [_list_fields(each) for each in checked.shares],
    }


def list_coders(coders: CodersAgreement) -> dict[str, Any]:
    """Every field by its name; null for what is withheld or not known."""
    return {
        "coders": list(coders.coders),
        "answers": count_people(coders.answers),
        "same": count_people(coders.same),
        "people": count_people(coders.people),
        "rounded_to": coders.rounded_to,
        "figures": [_list_fields(each) for each in coders.figures],
    }


def _list_fields(row: NamedTuple) -> dict[str, Any]:
    return {name: _show(value) for name, value in row._asdict().items()}


def _show(value: object) -> object:
    if isinstance(value, float):
        return round_value(value, RATIO_DECIMALS)
    return count_people(value) if isinstance(value, int) else value

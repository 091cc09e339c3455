from dataclasses import replace

from coprod_cli.model.tables import STANCES
from coprod_cli.reading import read_framework
from coprod_cli.reporting.refi_codes import list_codes
from coprod_cli.telling import make_guid


def test_every_theme_comes_with_its_stances_and_a_guid_that_stays() -> None:
    codes = list_codes(read_framework())
    assert len(codes) == 20 * (1 + len(STANCES))
    assert len({each.guid for each in codes}) == len(codes)
    trust = [each for each in codes if each.theme == "trust"]
    assert [each.stance for each in trust] == ["", *STANCES]
    assert trust[1].name == f"{trust[0].name} - positive"
    assert all(each.description for each in codes)
    # Rules send to other codes by the names that these have there.
    ids = {each.theme for each in codes}
    assert not [each.name for each in codes for theme in ids if f"({theme})" in each.description]
    # Whoever has coded with an earlier export of these themes finds the same codes in the next.
    assert trust[0].guid == make_guid("code", "coprod-send", "trust") == "2747DF50-A20D-5E6A-93B0-63158881B7F3"


def test_no_two_codes_of_a_tree_are_called_alike_and_themes_keep_their_names() -> None:
    shipped = read_framework()
    first, second, third = shipped.themes[:3]
    themes = (
        replace(first, name="Caf\u00e9"),
        replace(second, name="CAF\u00c9"),
        replace(third, name="caf\u00e9 - positive\x07"),
    )
    names = [each.name for each in list_codes(replace(shipped, themes=themes))]
    assert len({name.casefold() for name in names}) == len(names) == 12
    assert [names[0], names[4], names[8]] == ["Caf\u00e9", "CAF\u00c9 (2)", "caf\u00e9 - positive"]
    assert names[1] == "Caf\u00e9 - positive (2)"

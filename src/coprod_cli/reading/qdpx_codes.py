"""The codebook of another program's project goes in; what each code means in the framework's themes comes out."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple
from xml.etree.ElementTree import Element

from coprod_cli.model.errors import SettingsFileError
from coprod_cli.model.framework import Framework
from coprod_cli.model.tables import STANCES
from coprod_cli.reading.codes_words import STANCES as STANCE_WORDS
from coprod_cli.reading.wording import make_key
from coprod_cli.telling import exchange, make_guid


class Meaning(NamedTuple):
    """What a code says. stances: of the theme, ("",) where it names none. level, mark: of a code that is no theme.

    mark: exchange.NO_THEME or exchange.CHECKED. A code that says nothing of themes, such as a question's, has nothing.
    """

    theme: str = ""
    stances: tuple[str, ...] = ("",)
    level: str = ""
    mark: str = ""


class Codes(NamedTuple):
    """What codes mean, by GUID; names of those that mean no theme; and the questions, by their keys, in full."""

    meanings: Mapping[str, Meaning]
    strangers: Mapping[str, str]
    questions: Mapping[str, str]


NOTHING = Meaning()
_DEEPEST = 20


def take_guid(element: Element, name: str = "guid") -> str:
    """A GUID as all are compared: some programs put braces round it, some write it small."""
    return element.get(name, "").strip().strip("{}").upper()


def read_meanings(project: Element, framework: Framework) -> Codes:
    """What every code of a project means.

    A code is known by the GUID that coprod gave it, or by its name, alone or behind the names of codes above it: that
    of a theme, or its id, with or without a stance behind it. A code below a theme's that is called otherwise means
    that theme, too.

    Raises:
        SettingsFileError: codes are nested deeper than anybody would.
    """
    guids = dict(_list_guids(framework))
    names = dict(_list_names(framework))
    cases = {take_guid(each) for each in project.iter("Case")}
    meanings: dict[str, Meaning] = {}
    strangers: dict[str, str] = {}
    questions: dict[str, str] = {}

    def walk(code: Element, above: Sequence[str], parent: Meaning | None) -> None:
        if len(above) > _DEEPEST:
            what = f"The project has codes nested more than {_DEEPEST} deep."
            raise SettingsFileError(what, "Bring them further up in the program it comes from.")
        guid, name = take_guid(code), code.get("name", "")
        is_below_questions = any(exchange.is_heading(each, exchange.QUESTIONS) for each in above)
        if guid in cases or (is_below_questions and name.startswith(exchange.QUESTION_CODE)):
            # NVivo lists cases among the codes; who asked is nothing that was said.
            meaning: Meaning | None = NOTHING
            about = code.findtext("Description", "") or name
            questions.setdefault(make_key(about), about)
        else:
            meaning = guids.get(guid) or _find_by_name((*above, name), names) or parent
        if meaning is None:
            strangers[guid] = " > ".join((*above, name))
        else:
            meanings[guid] = meaning
        for below in code.findall("Code"):
            walk(below, (*above, name), meaning if meaning and meaning.theme else None)

    for top in project.iterfind("CodeBook/Codes/Code"):
        walk(top, (), None)
    return Codes(meanings, strangers, questions)


def _find_by_name(path: Sequence[str], names: Mapping[str, Meaning]) -> Meaning | None:
    keys = (make_key(" ".join(path[start:])) for start in range(len(path)))
    return next((names[key] for key in keys if key in names), None)


def _list_guids(framework: Framework) -> Iterator[tuple[str, Meaning]]:
    for theme in framework.themes:
        yield make_guid("code", framework.id, theme.id), Meaning(theme.id)
        for stance in STANCES:
            yield make_guid("code", framework.id, theme.id, stance), Meaning(theme.id, (stance,))
    for name, meaning in _list_beside():
        yield make_guid("beside", name), meaning


def _list_names(framework: Framework) -> Iterator[tuple[str, Meaning]]:
    for name, meaning in _list_beside():
        yield make_key(name), meaning
    yield make_key(exchange.ABOUT), NOTHING
    for theme in framework.themes:
        for name in (theme.name, theme.id):
            for word, stances in STANCE_WORDS.items():
                yield make_key(f"{name} {word}"), Meaning(theme.id, stances)


def _list_beside() -> Iterator[tuple[str, Meaning]]:
    for level, name in exchange.LEVEL_CODES.items():
        yield name, Meaning(level=level)
    yield exchange.TO_CHECK, NOTHING
    yield exchange.NO_THEME, Meaning(mark=exchange.NO_THEME)
    yield exchange.CHECKED, Meaning(mark=exchange.CHECKED)

"""A phrase and a survey's files go in; the places where it stands, one a line, and how many wrote it, come out."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from coprod_cli.cli.terminal import write_line
from coprod_cli.coding import Hit, find_phrase
from coprod_cli.model.errors import UsageError
from coprod_cli.model.survey import Survey
from coprod_cli.model.tables import Response, rows
from coprod_cli.protecting import mask_survey
from coprod_cli.reading import read_framework, read_mapping, read_survey
from coprod_cli.telling import name_role


class Sought(NamedTuple):
    """What to find, in whose words (no role: everybody's), of which project (empty: any), and how much around it."""

    phrase: str
    roles: frozenset[str]
    project: str
    around: int


def show_phrase(
    sought: Sought, paths: Sequence[Path], mapping: Path | None, *, keep_partial: bool, as_json: bool
) -> None:
    """Print every place, by project, role and question, with the phrase in one column.

    Raises:
        CoprodError: the survey cannot be read, has no such project, or there is no word in the phrase.
    """
    read = read_survey(paths, read_framework(), read_mapping(mapping) if mapping else None, keep_partial=keep_partial)
    survey = mask_survey(read)
    forms = _pick_forms(survey, sought)
    answers = survey.answers[survey.answers["response"].isin(forms)]
    texts = {each.name: each.text for each in survey.questions}
    hits = sorted(
        find_phrase(answers, sought.phrase, sought.around),
        key=lambda hit: (forms[hit.response].project, forms[hit.response].role, hit.question, hit.response, hit.start),
    )
    if as_json:
        for hit in hits:
            sys.stdout.write(json.dumps(_list(hit, forms[hit.response], texts), ensure_ascii=False) + "\n")
        return
    _print(hits, forms, texts)
    people = {forms[hit.response].person for hit in hits}
    among = {forms[each].person for each in answers["response"]}
    write_line(
        f"{_count(len(hits), 'place')}, in the words of {len(people)} of {_count(len(among), 'person', 'people')} "
        "who wrote anything."
    )


def _pick_forms(survey: Survey, sought: Sought) -> dict[str, Response]:
    forms = {each.response: each for each in rows(survey.responses, Response)}
    projects = {each.project for each in forms.values()}
    wanted = {name for name in projects if name.casefold() == sought.project.casefold()} if sought.project else projects
    if not wanted:
        known = "; ".join(sorted(projects))
        raise UsageError(f'The survey has no project "{sought.project}".', f"It has: {known}.")
    return {
        name: each
        for name, each in forms.items()
        if each.project in wanted and (not sought.roles or each.role in sought.roles)
    }


def _print(hits: Sequence[Hit], forms: dict[str, Response], texts: dict[str, str]) -> None:
    width = max((len(hit.before) for hit in hits), default=0)
    heading = None
    for hit in hits:
        form = forms[hit.response]
        new = (form.project, form.wave, form.role, hit.question)
        if new != heading:
            heading = new
            where = " / ".join(part for part in (form.project, form.wave, name_role(form.role)) if part)
            write_line(f"{where}: {texts.get(hit.question, hit.question)}")
        gap = " " if hit.after[:1].isalnum() else ""
        write_line(f"  {hit.before:>{width}} [{hit.words}]{gap}{hit.after}".rstrip())
    if hits:
        write_line("")


def _list(hit: Hit, form: Response, texts: dict[str, str]) -> dict[str, object]:
    return {
        "project": form.project,
        "wave": form.wave,
        "role": form.role,
        "question": texts.get(hit.question, hit.question),
        "before": hit.before,
        "words": hit.words,
        "after": hit.after,
    }


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"

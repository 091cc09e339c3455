"""Understood exports go in; tables of responses, answers and ratings come out, and what had to be told on the way.

The order of files and of rows changes nothing: ids come from what a form says, and every table is sorted by its key.
"""

import hashlib
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from coprod_cli.model.survey import ColumnKind
from coprod_cli.model.tables import AnchorValue, Answer, Rating, Response, gather
from coprod_cli.reading.answers import (
    Answered,
    Part,
    find_answering,
    list_parts,
    list_words,
    pick_ratings,
    pick_words,
    read_answered,
)
from coprod_cli.reading.cells import Mask
from coprod_cli.reading.dates import read_dates
from coprod_cli.reading.export import Export
from coprod_cli.reading.forms import About, Reading, has_running_numbers, list_people, read_about, read_projects
from coprod_cli.reading.hashing import (
    Hashes,
    hash_filled,
    hash_forms,
    hash_text,
    mark_people,
    mix,
    number_twins,
    write_ids,
)
from coprod_cli.reading.lots import write_lots
from coprod_cli.reading.margins import read_margins
from coprod_cli.reading.repeats import find_repeats
from coprod_cli.reading.selfsame import choose_one_each
from coprod_cli.reading.targets_file import TargetsFile
from coprod_cli.reading.telling import Told
from coprod_cli.reading.wording import make_cell_key

_MARK_BYTES = 16
_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 -- exports carry local time


class Tables(NamedTuple):
    """The tables, how many rows of the exports they come from, and what there is to tell."""

    responses: pd.DataFrame
    answers: pd.DataFrame
    ratings: pd.DataFrame
    anchors: pd.DataFrame
    margins: pd.DataFrame
    forms: int
    told: tuple[Told, ...]
    period: tuple[str, str] = ("", "")


class _Taken(NamedTuple):
    """The forms of one export that are kept, one line for each project they are about.

    form: place of the form in the export; hashes: of the form's content; said: of its filled-in cells alone; part and
    project: what the line is about.
    """

    export: Export
    about: About
    answered: Answered
    parts: Sequence[Part]
    form: npt.NDArray[np.intp]
    part: npt.NDArray[np.intp]
    project: npt.NDArray[np.object_]
    hashes: Hashes
    said: Hashes
    alone: Mask


def fill_tables(
    exports: Sequence[Export],
    *,
    keep_partial: bool = False,
    salt: bytes | None = None,
    targets: TargetsFile | None = None,
) -> Tables:
    """The forms of all exports.

    Args:
        exports: the files as understood.
        keep_partial: whether forms count that were never sent off.
        salt: the key with which people's ids are hashed; by default it is made of all the people and all that they
            wrote, so that the same survey gives the same ids whatever tool exported it, and whoever has not the survey
            itself cannot find a person's id by trying.
        targets: the questions about people whose answers are wanted, to weight by.

    Raises:
        SettingsFileError: the targets do not fit the survey.
    """
    contents = [
        hash_forms(export.cells, len(export.finished), [heading.header for heading in export.headings])
        for export in exports
    ]
    marks = [_mark(content) for content in contents]
    order = sorted(range(len(exports)), key=lambda place: marks[place])
    people = [list_people(export) for export in exports]
    key = salt
    if key is None:
        keys = (each for file in people for column in file.values() for each in column)
        key = mark_people(keys, (words for export in exports for words in list_words(export)))
    told: list[Told] = []
    kept = find_repeats([exports[place] for place in order], [contents[place] for place in order], told)
    taken = []
    for place, mask in zip(order, kept, strict=True):
        scope = marks[place].hex() if len(exports) > 1 and has_running_numbers(exports[place]) else ""
        about = read_about(exports[place], people[place], scope, key)
        taken.append(_take(exports[place], contents[place], mask, about, told, keep_partial=keep_partial))
    taken = _join_spellings(taken, told)
    return _write(taken, key, told, targets)


def _mark(content: Hashes) -> bytes:
    """What tells a file from others by its headers and forms alone: neither its name nor the order of rows counts."""
    return hashlib.blake2b(np.sort(content).astype("<u8").tobytes(), digest_size=_MARK_BYTES).digest()


def _take(  # noqa: PLR0913  # one export with all that is known of it
    export: Export, content: Hashes, kept: Mask, about: About, told: list[Told], *, keep_partial: bool
) -> _Taken:
    if not keep_partial:
        told.append(Told("partial_rows", int((kept & ~export.finished).sum())))
        kept = kept & export.finished
    answered = read_answered(export, kept)
    told += answered.told
    parts = list_parts(export)
    answering = [find_answering(part, answered, len(kept)) for part in parts]
    used = kept & np.logical_or.reduce(answering)
    told.append(Told("no_answers", int((kept & ~used).sum())))
    told.append(Told("unfinished", int((used & ~export.finished).sum())))
    for reading in (about.role, about.wave, about.consent, about.weight):
        told += reading.tell(used)
    lines = [_list_lines(export, part, each & used, told) for part, each in zip(parts, answering, strict=True)]
    form, project = (np.concatenate(each) for each in zip(*lines, strict=True))
    part = np.repeat(np.arange(len(parts)), [len(each[0]) for each in lines])
    said = hash_filled(export.cells, len(kept), [heading.header for heading in export.headings])
    alone = np.bincount(form, minlength=len(kept))[form] == 1
    return _Taken(export, about, answered, parts, form, part, project, content[form], said[form], alone)


def _list_lines(
    export: Export, part: Part, forms: Mask, told: list[Told]
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.object_]]:
    """One line for each form and project of this part: places of forms, and names of projects."""
    reading: Reading[tuple[str, ...]] = read_projects(export, part.project)
    told += reading.tell(forms)
    places = np.flatnonzero(forms)
    codes = reading.codes[places]
    counts = np.array([len(each) for each in reading.values])[codes]
    names = np.array([name for each in reading.values for name in each] or [""], object)
    starts = np.cumsum([0, *(len(each) for each in reading.values)])[:-1][codes]
    within = np.arange(int(counts.sum())) - np.repeat(np.cumsum(counts) - counts, counts)
    return np.repeat(places, counts), names[np.repeat(starts, counts) + within]


def _join_spellings(taken: Sequence[_Taken], told: list[Told]) -> list[_Taken]:
    """The same, with every project in the commonest of the spellings that differ in capitals, blanks or end marks."""
    counts: Counter[str] = Counter()
    for each in taken:
        counts.update(each.project.tolist())
    chosen: dict[str, str] = {}
    for project in sorted(counts, key=lambda name: (-counts[name], name)):
        chosen.setdefault(make_cell_key(project) or project, project)
    spelt = {project: chosen[make_cell_key(project) or project] for project in counts}
    told.append(Told("projects_joined", sum(written != shown for written, shown in spelt.items())))
    if all(written == shown for written, shown in spelt.items()):
        return list(taken)
    return [each._replace(project=np.array([*map(spelt.get, each.project), ""], object)[:-1]) for each in taken]


def _write(taken: Sequence[_Taken], salt: bytes, told: list[Told], targets: TargetsFile | None) -> Tables:
    lines = _list_all_lines(taken, salt)
    chosen = choose_one_each(lines, partial(_find_times, taken), told, confirmed=all(map(_is_confirmed, taken)))
    before, forms = _count_forms(lines), _count_forms(chosen)
    told.append(Told("same_person_twice", before - forms))
    lines = chosen.assign(lot=write_lots(chosen)).sort_values("response", kind="stable", ignore_index=True)
    words: list[_Piece] = []
    scores: list[_Piece] = []
    places_put: list[_Piece] = []
    file, part = lines["file"].to_numpy(), lines["part"].to_numpy()
    for place, number in [(place, number) for place, each in enumerate(taken) for number in range(len(each.parts))]:
        rows = np.flatnonzero((file == place) & (part == number))
        each, forms_there = taken[place], lines["form"].to_numpy()[rows]
        for name, places in each.parts[number].opens.items():
            said, given = pick_words(places, each.answered)
            words.append(_Piece(name, rows[given[forms_there]], said[forms_there][given[forms_there]]))
        for pieces, asked in ((scores, each.parts[number].items), (places_put, each.parts[number].anchors)):
            for name, places in asked.items():
                rated, given = pick_ratings(places, each.answered)
                pieces.append(_Piece(name, rows[given[forms_there]], rated[forms_there][given[forms_there]]))
    ids = lines["response"].to_numpy()
    response, question, text = _stack(words, ids)
    rated_response, item, score = _stack(scores, ids)
    placed_response, anchor, value = _stack(places_put, ids)
    return Tables(
        responses=gather({name: lines[name].to_numpy() for name in Response._fields}, Response),
        answers=gather({"response": response, "question": question, "words": text, "masked": text}, Answer),
        ratings=gather({"response": rated_response, "item": item, "score": score}, Rating),
        anchors=gather({"response": placed_response, "anchor": anchor, "value": value}, AnchorValue),
        margins=read_margins(lines, [each.export for each in taken], targets),
        forms=forms,
        told=tuple(told),
        period=_find_period(_find_times(taken, lines)),
    )


class _Piece(NamedTuple):
    """The answers to one question: in which lines they stand, and what they are."""

    name: str
    lines: npt.NDArray[np.intp]
    values: npt.NDArray[Any]


def _stack(
    pieces: Sequence[_Piece], ids: npt.NDArray[np.object_]
) -> tuple[npt.NDArray[np.object_], npt.NDArray[np.object_], npt.NDArray[Any]]:
    """Ids of responses, names of questions and answers, sorted by response and question."""
    names = sorted({piece.name for piece in pieces})
    given = np.zeros((len(ids), len(names)), bool)
    values = np.empty(given.shape, pieces[0].values.dtype if pieces else object)
    for piece in pieces:
        given[piece.lines, names.index(piece.name)] = True
        values[piece.lines, names.index(piece.name)] = piece.values
    lines, asked = np.nonzero(given)
    return ids[lines], np.array([*names, ""], object)[asked], values[given]


def _count_forms(lines: pd.DataFrame) -> int:
    return int((~lines.duplicated(["file", "form"])).sum())


def _list_all_lines(taken: Sequence[_Taken], salt: bytes) -> pd.DataFrame:
    """One row for each form and project, with the fields of a Response, and `given`, how many questions it answers."""
    lines = pd.concat([_list_file(each, file) for file, each in enumerate(taken)], ignore_index=True)
    content = lines["content"].to_numpy()
    first = ~lines.duplicated(["file", "form"]).to_numpy()
    # Forms that are alike to the last cell get numbers of their own; a form's lines share its number.
    twins = np.zeros(len(lines), np.uint64)
    twins[first] = number_twins(content[first])
    twins = twins[first][np.cumsum(first) - 1] if len(lines) else twins
    form = mix(mix(content, twins), hash_text(salt.hex()))
    several = np.flatnonzero(~lines["alone"].to_numpy())
    # Two blocks of a damaged file may speak of one project and round; the later one is told apart by its number.
    again = lines.iloc[several].groupby(["file", "form", "project", "wave"]).cumcount()
    about = (
        (project, wave, *([str(number)] if number else []))
        for project, wave, number in zip(
            lines["project"].to_numpy()[several], lines["wave"].to_numpy()[several], again, strict=True
        )
    )
    response = form.copy()
    response[several] = mix(form[several], np.array([*(hash_text(*each) for each in about)], np.uint64))
    lines["response"] = write_ids(response)
    nameless = lines["person"].to_numpy() == ""
    lines["known"] = ~nameless
    lines["person"] = np.where(nameless, write_ids(form), lines["person"])
    return lines


def _find_times(taken: Sequence[_Taken], lines: pd.DataFrame) -> npt.NDArray[np.float64]:
    """When each form was sent, by the last column of dates that says it: seconds since 1970, NaN where none does."""
    times = np.full(len(lines), np.nan)
    for file, each in enumerate(taken):
        here = (lines["file"] == file).to_numpy()
        forms = lines["form"].to_numpy()[here]
        found = np.full(len(forms), np.nan)
        for place in each.export.places(ColumnKind.DATE):
            column = each.export.cells[place]
            # The order of day and month is found from the whole column.
            when = [_count_seconds(time) for time in read_dates(column.values, each.export.dates).values]
            told = np.array([*when, np.nan])[:-1][column.codes[forms]]
            found = np.where(np.isnan(told), found, told)
        times[here] = found
    return times


def _find_period(times: npt.NDArray[np.float64]) -> tuple[str, str]:
    """First and last month, as "2026-03"; empty where no form says when it was sent."""
    known = times[~np.isnan(times)]
    if not len(known):
        return "", ""
    first, last = (_EPOCH + timedelta(seconds=float(end)) for end in (known.min(), known.max()))
    return f"{first:%Y-%m}", f"{last:%Y-%m}"


def _count_seconds(when: datetime | None) -> float:
    return (when.replace(tzinfo=None) - _EPOCH).total_seconds() if when else np.nan


def _is_confirmed(taken: _Taken) -> bool:
    return all(place in taken.export.entries for place in taken.export.places(ColumnKind.PERSON))


def _list_file(taken: _Taken, file: int) -> pd.DataFrame:
    about, form = taken.about, taken.form
    waves = np.array([*(part.wave for part in taken.parts), ""], object)[:-1][taken.part]
    given = np.stack([_count_given(part, taken.answered, len(taken.export.finished)) for part in taken.parts])
    asked = np.empty(len(taken.parts), object)
    asked[:] = [tuple(sorted({*part.items, *part.opens})) for part in taken.parts]
    role = about.role.look_up(object)[form]
    consent = about.consent.look_up(object)[form]  # None where nothing is said: no consent, and no refusal
    return pd.DataFrame(
        {
            "file": file,
            "form": form,
            "part": taken.part,
            "content": taken.hashes,
            "said": taken.said,
            "alone": taken.alone,
            "given": given[taken.part, form],
            "asked": pd.Series(asked[taken.part], dtype=object),
            "person": pd.Series(about.person[form], dtype=object),
            "who": about.lot[form],
            "role": pd.Series(role, dtype=object),
            "sector": pd.Series(np.where(role == "practitioner", about.sector.look_up(object)[form], ""), dtype=object),
            "project": pd.Series(taken.project, dtype=object),
            "wave": pd.Series(np.where(waves != "", waves, about.wave.look_up(object)[form]), dtype=object),
            "consent": consent.astype(bool),
            "refused": np.equal(consent, False).astype(bool),
            "weight": about.weight.look_up(float)[form],
        }
    ).sort_values(["form", "part"], kind="stable", ignore_index=True)


def _count_given(part: Part, answered: Answered, height: int) -> npt.NDArray[np.int64]:
    given = np.zeros(height, np.int64)
    for places in part.items.values():
        given += ~np.isnan(pick_ratings(places, answered).scores)
    for places in part.opens.values():
        given += pick_words(places, answered).given
    return given

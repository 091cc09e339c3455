"""A learnt coder goes in; the parts of its model file come out, and back again: plain numbers and words, no pickle.

What a model file holds of words are terms that several people used; nothing in it tells who wrote what. So that no
coder is measured on what it learnt from, a fingerprint is kept of each id that coprod gave to an answer. It is of the
id alone, which says nothing, never of words, which could be guessed where an answer is short; ids that others gave may
be names, and are not kept. The key is the model itself, so that fingerprints of two models cannot be compared.
"""

import hashlib
import io
import json
import math
import re
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coprod_cli import __version__
from coprod_cli.coding.learnt import LearntCoder, Manner
from coprod_cli.coding.linear import Coder
from coprod_cli.coding.machine import Machine
from coprod_cli.coding.presence import Presence
from coprod_cli.coding.shipped import hash_shipped
from coprod_cli.coding.terms import Term, Vocabulary
from coprod_cli.coding.trained import load_blended
from coprod_cli.model.errors import SettingsFileError
from coprod_cli.model.findings import LEARNT, CoderReport, ThemeReliability
from coprod_cli.model.framework import Framework
from coprod_cli.model.learning import CODER, NUMBERS, SCHEMA, Learnt, ModelFile

_TABLES = ("centre", "of_meaning", "of_terms", "base", "means", "spreads", "own", "shipped", "bias", "thresholds")
_SINGLE = frozenset({"centre", "of_meaning", "of_terms", "base", "means", "spreads"})
_AGAIN = "Learn again from the same codes: coprod learn CODES --out MODEL."
_VERSION_LENGTH, _FINGERPRINT = 8, 8
# As summarising/naming.py makes the ids of answers; others never stand in a survey as coprod reads it.
_GIVEN_ID = re.compile(r"a[0-9a-f]{10}")


def list_parts(learnt: Learnt, coder: LearntCoder, ids: Iterable[str]) -> Learnt:
    """The same with what the model file must hold of the coder; ids: of the answers that it learnt from."""
    presence = coder.presence
    arrays = {
        name: np.asarray(getattr(presence, name), np.float32 if name in _SINGLE else np.float64) for name in _TABLES
    }
    arrays |= {"term_weights": presence.vocabulary.weights, **coder.manner._asdict()}
    numbers = _pack(arrays)
    report = learnt.report._replace(version=hashlib.sha256(numbers).hexdigest()[:_VERSION_LENGTH])
    told = {
        "schema": SCHEMA,
        "coprod_version": __version__,
        "shipped_sha256": hash_shipped(),
        "themes": list(presence.themes),
        "scale": presence.scale,
        "sure": presence.sure,
        "words": [term.text for term in presence.vocabulary.terms if not term.is_piece],
        "pieces": [term.text for term in presence.vocabulary.terms if term.is_piece],
        "lessons": sorted(make_fingerprint(each, numbers) for each in ids if _GIVEN_ID.fullmatch(each)),
        "report": _without_nan({**report._asdict(), "themes": [each._asdict() for each in report.themes]}),
    }
    content = json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True, allow_nan=False) + "\n"
    return replace(learnt, report=report, parts={NUMBERS: numbers, CODER: content.encode()})


def _pack(arrays: Mapping[str, NDArray[np.generic]]) -> bytes:
    """Arrays as NumPy's .npz; not by np.savez, whose older versions take `allow_pickle` for one more array."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, values in sorted(arrays.items()):
            written = io.BytesIO()
            np.lib.format.write_array(written, values, allow_pickle=False)
            archive.writestr(zipfile.ZipInfo(f"{name}.npy"), written.getvalue())
    return packed.getvalue()


def make_fingerprint(answer: str, numbers: bytes) -> str:
    """What a model with these numbers keeps of the id of an answer that it learnt from."""
    key = hashlib.sha256(numbers).digest()
    return hashlib.blake2b(answer.encode(), digest_size=_FINGERPRINT, key=key).hexdigest()


def load_learnt(model: ModelFile, framework: Framework) -> Machine:
    """The coder of a model file, ready to code by a framework.

    Raises:
        SettingsFileError: it was made with another version of the shipped coder, a framework does not have its themes,
            or it is not as coprod wrote it.
    """
    if model.told.get("shipped_sha256") != hash_shipped():
        raise SettingsFileError(f"{model.name} was made with another version of coprod.", _AGAIN)
    known = {theme.id for theme in framework.themes}
    try:
        coder, report = _restore(model)
        lessons = frozenset(map(str, model.told["lessons"]))
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, zipfile.BadZipFile):
        raise SettingsFileError(f"{model.name} is not as coprod learn wrote it.", _AGAIN) from None
    lacking = [theme for theme in coder.presence.themes if theme not in known]
    if lacking:
        what = f"{model.name} codes {len(lacking)} themes that the framework does not have: {', '.join(lacking[:5])}."
        raise SettingsFileError(what, "Leave --framework out: the model holds the framework that it was learnt for.")

    def has_learnt_from(answer: str) -> bool:
        return make_fingerprint(answer, model.arrays) in lessons

    return Machine(LEARNT, coder.code, coder.find_chances, report, model.sha256, has_learnt_from)


def _restore(model: ModelFile) -> tuple[LearntCoder, CoderReport]:
    told = model.told
    with np.load(io.BytesIO(model.arrays), allow_pickle=False) as stored:
        arrays = {name: np.asarray(stored[name], np.float64) for name in stored.files}
    terms = tuple(
        Term(is_piece, text) for is_piece in (False, True) for text in told["pieces" if is_piece else "words"]
    )
    themes = tuple(told["themes"])
    shipped: Coder = load_blended().linear
    presence = Presence(
        themes=themes,
        scale=float(told["scale"]),
        vocabulary=Vocabulary(terms, arrays["term_weights"]),
        sure=float(told["sure"]),
        **{name: arrays[name] for name in _TABLES},
    )
    sizes = {
        "of_meaning": (len(presence.centre), len(themes)),
        "of_terms": (len(terms), len(themes)),
        "term_weights": (len(terms),),
        **dict.fromkeys(("base", "means", "spreads", "own", "shipped", "bias", "thresholds"), (len(themes),)),
    }
    if any(arrays[name].shape != size for name, size in sizes.items()):
        raise ValueError(NUMBERS)
    places = [shipped.themes.index(theme) if theme in shipped.themes else -1 for theme in themes]
    coder = LearntCoder(presence, np.asarray(places, np.int64), Manner(*(arrays[name] for name in Manner._fields)))
    report = _with_nan(told["report"])
    rows = tuple(_restore_theme(each) for each in report.pop("themes"))
    return coder, CoderReport(**report, themes=rows)


def _restore_theme(told: Mapping[str, Any]) -> ThemeReliability:
    values = _with_nan(told)
    values["verdicts"] = tuple(tuple(row) for row in values["verdicts"])
    values["verdict_designs"] = tuple(values["verdict_designs"])
    return ThemeReliability(**values)


def _with_nan(told: Mapping[str, Any]) -> dict[str, Any]:
    return {name: math.nan if value is None else value for name, value in told.items()}


def _without_nan(value: Any) -> Any:  # noqa: ANN401 - whatever JSON can hold
    """The same with nothing in the place of what is no number."""
    if isinstance(value, dict):
        return {name: _without_nan(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_without_nan(each) for each in value]
    return None if isinstance(value, float) and math.isnan(value) else value

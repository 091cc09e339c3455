"""A survey as it was read goes in; the same survey masked, and a log of what was masked, come out."""

import hashlib
import re
from dataclasses import replace
from typing import NamedTuple

from coprod_cli.model.survey import Question, Survey
from coprod_cli.model.tables import Answer, Rating, require, rows
from coprod_cli.protecting.masking import PERSON_KINDS, Masked, mask

_WORD = re.compile(r"[^\W_]+")


class MaskLog(NamedTuple):
    """One mask in one answer: where it stood in the words as written, where its mask stands, and what it hides.

    Positions count characters, from `start` to just before `end`. It holds what masking takes away: keep it apart.
    """

    response: str
    question: str
    kind: str
    start: int
    end: int
    masked_start: int
    masked_end: int
    original: str


def mask_survey(survey: Survey) -> Survey:
    """The survey with every answer masked; in project names, rounds and questions only people, contacts and numbers."""
    answers = survey.answers.assign(masked=[each.text for each in _mask_answers(survey)])
    answers["masked"] = answers["masked"].astype("object")
    responses = survey.responses.copy()
    for name in ("project", "wave"):
        known = {words: _mask_label(words, survey) for words in responses[name].unique()}
        responses[name] = responses[name].map(known).astype("object")
    renamed = {each.name: _mask_name(each, survey) for each in survey.questions}
    questions = tuple(
        replace(each, name=renamed[each.name], text=_mask_label(each.text, survey)) for each in survey.questions
    )
    answers["question"] = answers["question"].map(lambda name: renamed.get(name, name)).astype("object")
    ratings = survey.ratings.assign(
        item=survey.ratings["item"].map(lambda name: renamed.get(name, name)).astype("object")
    )
    return replace(
        survey,
        answers=require(answers, Answer),
        ratings=require(ratings, Rating),
        responses=responses,
        questions=questions,
    )


def list_cuts(survey: Survey) -> list[MaskLog]:
    """Every mask that masking puts into the answers, by response and question, in the order of the words."""
    log: list[MaskLog] = []
    for answer, masked in zip(rows(survey.answers, Answer), _mask_answers(survey), strict=True):
        longer = 0
        for cut in masked.cuts:
            start = cut.start + longer
            stretch = answer.words[cut.start : cut.end]
            place = (cut.start, cut.end, start, start + len(cut.mask))
            log.append(MaskLog(answer.response, answer.question, cut.kind, *place, stretch))
            longer += len(cut.mask) - (cut.end - cut.start)
    return sorted(log)


def _mask_answers(survey: Survey) -> list[Masked]:
    """Each answer masked, in the order of the table; words that several people wrote are looked at once."""
    known: dict[str, Masked] = {}
    for words in survey.answers["words"]:
        if words not in known:
            known[words] = mask(words, survey.private_words)
    return [known[words] for words in survey.answers["words"]]


def _mask_name(question: Question, survey: Survey) -> str:
    """The question's id, or another where it was made of words that its masked text does not show."""
    masked = mask(question.text, survey.private_words, PERSON_KINDS)
    hidden = {part for cut in masked.cuts for part in _WORD.findall(question.text[cut.start : cut.end].casefold())}
    if not hidden & set(_WORD.findall(question.name.casefold())):
        return question.name
    return f"question_{hashlib.blake2b(question.name.encode(), digest_size=4).hexdigest()}"


def _mask_label(words: str, survey: Survey) -> str:
    return mask(words, survey.private_words, PERSON_KINDS).text

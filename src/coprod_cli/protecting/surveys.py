"""A survey as it was read goes in; the same survey masked comes out."""

import hashlib
import re
from dataclasses import replace

from coprod_cli.model.survey import Question, Survey
from coprod_cli.model.tables import Answer, Rating, require
from coprod_cli.protecting.masking import PERSON_KINDS, mask

_WORD = re.compile(r"[^\W_]+")


def mask_survey(survey: Survey) -> Survey:
    """The survey with every answer masked; in project names, rounds and questions only people, contacts and numbers."""
    answers = survey.answers.assign(masked=_mask_answers(survey))
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


def _mask_answers(survey: Survey) -> list[str]:
    """Each answer masked, in the order of the table; words that several people wrote are looked at once."""
    known = {words: mask(words, survey.private_words).text for words in survey.answers["words"].unique()}
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

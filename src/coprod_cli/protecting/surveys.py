"""A survey as it was read goes in; the same survey with names and contacts masked comes out."""

from dataclasses import replace

from coprod_cli.model.survey import Survey
from coprod_cli.model.tables import Answer, require
from coprod_cli.protecting.masking import mask


def mask_survey(survey: Survey) -> Survey:
    """The survey with every answer masked, and the free words in project names, rounds and questions too."""
    answers = survey.answers.assign(masked=[mask(words).text for words in survey.answers["words"]])
    answers["masked"] = answers["masked"].astype("object")
    responses = survey.responses.copy()
    for name in ("project", "wave"):
        known = {words: mask(words).text for words in responses[name].unique()}
        responses[name] = responses[name].map(known).astype("object")
    questions = tuple(replace(each, text=mask(each.text).text) for each in survey.questions)
    return replace(survey, answers=require(answers, Answer), responses=responses, questions=questions)

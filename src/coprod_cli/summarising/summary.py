"""Survey, mentions and scores go in; one exact Findings comes out, not yet fit to publish."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace

import pandas as pd

from coprod_cli.model.checked import NOTHING_CHECKED, Checked
from coprod_cli.model.coders import NOBODY_COMPARED, CodersAgreement
from coprod_cli.model.emerging import Suggestion
from coprod_cli.model.findings import CODED, CoderReport, Findings, Flag, Provenance, Scored, Settings
from coprod_cli.model.framework import Framework, Theme
from coprod_cli.model.governance import Governance
from coprod_cli.model.population import Weighting
from coprod_cli.model.survey import Notice, Survey
from coprod_cli.model.tables import Answer, Mention, Response, rows
from coprod_cli.summarising.counts import count_bases, count_roles, count_themes
from coprod_cli.summarising.emerging import describe_emerging
from coprod_cli.summarising.naming import Renamer
from coprod_cli.summarising.own_coder import note_own_coder
from coprod_cli.summarising.people import note_nameless, note_people
from coprod_cli.summarising.quotes import choose_quotes
from coprod_cli.summarising.unsought import list_sought, note_unsought


@dataclass(frozen=True)
class Coded:
    """What the coding room found: Mention rows, what is known of the coder, and the themes that entered scores.

    suggestions: groups of answers that no theme covers. checked: what came of codes that people made; coders: how far
    these people agree. salt: the user's own secret, which ids of answers are keyed with. known: ids of the themes that
    the machine looks for; None where that is every theme it was measured on. review: the command by which codes are
    checked.
    """

    mentions: pd.DataFrame
    coder: CoderReport
    scored_themes: tuple[str, ...]
    suggestions: tuple[Suggestion, ...] = ()
    checked: Checked = NOTHING_CHECKED
    coders: CodersAgreement = NOBODY_COMPARED
    salt: str | None = None
    known: tuple[str, ...] | None = None
    review: str = "coprod review SURVEY"


def summarise(  # noqa: PLR0913 - the one place where every strand of the run is tied together
    *,
    survey: Survey,
    coded: Coded,
    scored: Scored,
    governance: Governance,
    flags: tuple[Flag, ...] = (),
    weighting: tuple[Weighting, ...] = (),
    framework: Framework,
    settings: Settings,
    provenance: Provenance,
) -> Findings:
    """All that was found, exact. Ids of people and answers are made anew, so that nobody can be looked up by them."""
    rename = Renamer(survey, coded.salt)
    every_answer = _list_answers(survey, coded.mentions, rename)
    willing = _find_willing(survey, rename)
    least = framework.thresholds_for(settings.audience).quote_group
    checked = frozenset(every_answer.loc[~every_answer["coder"].isin(["", settings.engine]), "answer"])
    quotes = choose_quotes(every_answer, willing.__contains__, framework, settings.seed, least, checked=checked)
    sought = list_sought(framework, coded.coder, coded.known)
    remarks = _remark(survey, coded, scored.scores, settings, sought)
    # Of a theme that nobody and no machine has looked for, not even "nobody" may be told.
    told = framework if coded.checked.by_hand else replace(framework, themes=sought)
    themes_beside = count_themes(survey, coded.mentions, told, ("individual", "system"), by_project=False)
    return Findings(
        settings=settings,
        framework=framework,
        provenance=provenance,
        questions=survey.questions,
        rows_read=survey.rows_read,
        forms=survey.forms,
        responses=len(survey.responses),
        people=survey.responses["person"].nunique(),
        people_by_role=count_roles(survey),
        bases=count_bases(survey),
        governance=governance,
        flags=flags,
        scores=scored.scores,
        rungs=scored.rungs,
        changes=scored.changes,
        beside=scored.beside,
        variants=scored.variants,
        sectors=scored.sectors,
        closed=scored.closed,
        spreads=scored.spreads,
        period=survey.period,
        weighting=weighting,
        quality=scored.quality,
        gates=scored.gates,
        themes=count_themes(survey, coded.mentions, told, ("project",), by_project=True),
        themes_beside=themes_beside,
        contrasts=scored.contrasts,
        quotes=quotes,
        emerging=describe_emerging(
            coded.suggestions, survey, rename.name_answer, willing - _find_coded(every_answer), least
        ),
        coded=every_answer,
        consented=frozenset(willing),
        coder=coded.coder,
        checked=coded.checked,
        coders=coded.coders,
        scored_themes=coded.scored_themes,
        notices=(
            *survey.notices,
            *remarks,
            *note_nameless(survey),
            *note_people(scored.closed, weighting),
            *note_own_coder(framework, coded.coder, coded.scored_themes, settings),
            *note_unsought(framework, sought, coded.coder.engine, coded.checked, wrote=len(survey.answers) > 0),
        ),
    )


def _list_answers(survey: Survey, mentions: pd.DataFrame, rename: Renamer) -> pd.DataFrame:
    """One row a mention, and one with an empty theme for an answer without any, in the order of the new ids."""
    form_of = {each.response: each for each in rows(survey.responses, Response)}
    found: dict[tuple[str, str], list[Mention]] = defaultdict(list)
    for mention in rows(mentions, Mention):
        found[mention.response, mention.question].append(mention)
    listed: list[tuple[object, ...]] = []
    for answer in rows(survey.answers, Answer):
        form = form_of[answer.response]
        head = (
            rename.name_answer(answer.response, answer.question),
            rename.name_person(form.person),
            form.project,
            form.role,
            form.wave,
            answer.question,
        )
        nothing = Mention(answer.response, answer.question, "", "", "", 0.0, 0, 0, "")
        for each in found[answer.response, answer.question] or [nothing]:
            evidence = answer.masked[each.start : each.end]
            tail = (each.theme, each.stance, each.level, each.confidence, each.start, each.end)
            listed.append((*head, *tail, evidence, answer.masked, each.coder, each.unsure, each.left_open))
    frame = pd.DataFrame(listed, columns=list(CODED))
    return frame.sort_values(["answer", "theme", "start"], kind="stable", ignore_index=True)


def _find_willing(survey: Survey, rename: Renamer) -> set[str]:
    """The new ids of the answers that may be quoted."""
    consenting = {each.response for each in rows(survey.responses, Response) if each.consent}
    return {
        rename.name_answer(each.response, each.question)
        for each in rows(survey.answers, Answer)
        if each.response in consenting
    }


def _find_coded(every_answer: pd.DataFrame) -> set[str]:
    return set(every_answer.loc[every_answer["theme"] != "", "answer"])


def _remark(
    survey: Survey, coded: Coded, scores: pd.DataFrame, settings: Settings, sought: Collection[Theme]
) -> Collection[Notice]:
    """What a reader must know before using a figure."""
    remarks = []
    if len(survey.answers) and sought and not coded.checked.is_all:
        remarks.append(
            Notice(
                "coded-by-machine",
                "People coded some of the free-text answers. The others were coded by machine and not checked."
                if coded.checked.by_hand
                else "The free-text answers were coded by machine and not checked by a person.",
                hint=f"To check them one by one: {coded.review}",
            )
        )
    forms = survey.responses.groupby(["person", "role", "project", "wave"]).size()
    if (forms > 1).any():
        remarks.append(
            Notice(
                "person-twice",
                "Some people sent more than one form about the same project. Their answers were averaged, and each of "
                "them counts once.",
            )
        )
    if survey.responses.drop_duplicates(["person", "role"])["person"].duplicated().any():
        remarks.append(
            Notice(
                "person-in-several-roles",
                "Some people answered in more than one role. What they said counts in each role that they named.",
            )
        )
    if ((scores["basis"] == "comments") & scores["reportable"]).any():
        measured = any(each.verdicts for each in coded.coder.themes)
        corrected = "They are corrected for the machine's known mistakes. " if measured else ""
        remarks.append(
            Notice(
                "comments-only",
                "Some scores come from comments only, since too few people answered closed questions that are tied "
                f"to a dimension, or no closed question is. {corrected}They usually read low: comments tend to be more "
                "critical than ratings. Use them as a sign of where to look, not as a measure.",
            )
        )
    elif not len(survey.answers):
        remarks.append(Notice("no-comments", "Nobody wrote a comment, so there are no themes to show."))
    elif sought and settings.comments == "reliable" and not coded.scored_themes and not coded.checked.by_hand:
        remarks.append(
            Notice(
                "comments-beside-scores",
                "Scores rest on the closed questions alone. No theme is coded reliably enough by machine to "
                "enter a score, so comments are shown beside the scores.",
            )
        )
    return remarks

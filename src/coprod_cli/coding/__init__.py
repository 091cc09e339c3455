"""Answers go in; Mention rows - themes, stances, levels and their evidence - come out, by an engine of one's choice.

An engine is a function from answers to findings. A new one is a file in this room and a line in ENGINES.
"""

from collections.abc import Mapping

import pandas as pd

from coprod_cli.coding.agreement import find_agreements
from coprod_cli.coding.by_hand import ByHand, put_codes
from coprod_cli.coding.coders import compare_coders
from coprod_cli.coding.concordance import Hit, find_phrase
from coprod_cli.coding.cues import code_by_cues, find_cue_chances
from coprod_cli.coding.emerging import find_emerging
from coprod_cli.coding.engine import Asked, Chances, Engine, Found
from coprod_cli.coding.explain import Explanation, Weighed, explain_coding
from coprod_cli.coding.fast import code_fast, find_fast_chances
from coprod_cli.coding.language import is_left_to_a_person, note_languages
from coprod_cli.coding.learning import learn
from coprod_cli.coding.learnt_file import load_learnt
from coprod_cli.coding.machine import Machine
from coprod_cli.coding.meaning import find_meanings
from coprod_cli.coding.report import coder_report
from coprod_cli.coding.sampling import Draw, draw_answers, draw_lot
from coprod_cli.coding.shipped import weights_sha256
from coprod_cli.coding.silence import says_nothing
from coprod_cli.coding.suggesting import suggest_answers
from coprod_cli.coding.taught_by import set_lessons_aside
from coprod_cli.coding.trained import code_by_training, find_trained_chances
from coprod_cli.coding.unsure import note_unsure
from coprod_cli.model.errors import UsageError
from coprod_cli.model.findings import LEARNT
from coprod_cli.model.framework import Framework
from coprod_cli.model.tables import Answer, Mention, require, rows, table

__all__ = [
    "CHANCES",
    "ENGINES",
    "MACHINES",
    "Asked",
    "ByHand",
    "Chances",
    "Draw",
    "Engine",
    "Explanation",
    "Found",
    "Hit",
    "Machine",
    "Weighed",
    "code_answers",
    "coder_report",
    "compare_coders",
    "draw_answers",
    "draw_lot",
    "explain_answer",
    "find_agreements",
    "find_emerging",
    "find_machine",
    "find_meanings",
    "find_phrase",
    "is_left_to_a_person",
    "learn",
    "list_known",
    "load_learnt",
    "note_languages",
    "note_unsure",
    "put_codes",
    "says_nothing",
    "set_lessons_aside",
    "suggest_answers",
    "weights_sha256",
]

ENGINES: dict[str, Engine] = {"cues": code_by_cues, "fast": code_fast, "trained": code_by_training}
CHANCES: dict[str, Chances] = {"cues": find_cue_chances, "fast": find_fast_chances, "trained": find_trained_chances}
# Names by which a machine may have coded; all others are people's.
MACHINES = frozenset({*ENGINES, LEARNT})


def find_machine(engine: str) -> Machine:
    """A coder that ships, by its name in ENGINES.

    Raises:
        UsageError: there is no engine of that name.
        CoprodError: a shipped file is missing or not as it was shipped.
    """
    _require_engine(engine)
    return Machine(engine, ENGINES[engine], CHANCES[engine], coder_report(engine))


def code_answers(
    answers: pd.DataFrame,
    asked: Mapping[str, str],
    roles: Mapping[str, str],
    framework: Framework,
    engine: str | Machine = "trained",
) -> pd.DataFrame:
    """Answer rows to Mention rows, from the masked words alone; each answer is coded by itself.

    Answers in another language than English have no mentions: see note_languages.

    Args:
        answers: Answer rows; their order changes nothing.
        asked: question id to the question as it was put; a question not in it counts as unknown.
        roles: response id to role; a response not in it counts as "other".
        framework: the themes to look for.
        engine: a name in ENGINES, or a coder that was learnt.

    Returns:
        Mention rows sorted by key; start and end count characters of the masked words.

    Raises:
        UsageError: there is no engine of that name.
        CoprodError: a shipped file is missing or not as it was shipped.
    """
    machine = find_machine(engine) if isinstance(engine, str) else engine
    units = [
        Asked(answer.masked, asked.get(answer.question, ""), roles.get(answer.response, "other"))
        for answer in rows(require(answers, Answer), Answer)
    ]
    # Many answers of a survey are the same few words; each distinct one is coded once.
    distinct = [unit for unit in sorted(set(units)) if not is_left_to_a_person(unit.words)]
    coded = dict(zip(distinct, machine.code(distinct, framework), strict=True))
    mentions = (
        Mention(answer.response, answer.question, *found[:-1], coder=machine.name, unsure=found.unsure)
        for answer, unit in zip(rows(answers, Answer), units, strict=True)
        for found in coded.get(unit, ())
    )
    return require(table(mentions, Mention), Mention)


def list_known(framework: Framework, engine: str | Machine) -> tuple[str, ...]:
    """The themes of the framework that an engine looks for, in the framework's order; the others it never finds.

    Raises:
        UsageError: there is no engine of that name.
        CoprodError: a shipped file is missing or not as it was shipped.
    """
    machine = find_machine(engine) if isinstance(engine, str) else engine
    known = set(machine.chances((), framework)[0])
    return tuple(theme.id for theme in framework.themes if theme.id in known)


def explain_answer(asked: Asked, framework: Framework, engine: str | Machine = "trained") -> Explanation:
    """Why an answer gets its codes: the themes thought of, how surely, and the words that tipped it.

    Args:
        asked: the masked words with question and role.
        framework: the themes to look for.
        engine: a name in ENGINES, or a coder that was learnt.

    Raises:
        UsageError: there is no engine of that name.
        CoprodError: a shipped file is missing or not as it was shipped.
    """
    machine = find_machine(engine) if isinstance(engine, str) else engine
    return explain_coding(asked, framework, machine.code, machine.chances)


def _require_engine(engine: str) -> None:
    if engine not in ENGINES:
        what = f"There is no coding engine called {engine}."
        raise UsageError(what, f"Choose one of: {', '.join(sorted(ENGINES))}.")

"""The corpus goes in; the figures of the engine `cues`, which learns nothing, come out in the shipped measurements.

Run from the root of the repository, in seconds: `python -m training.measure_cues`.
"""

from training.corpus import read_corpus
from training.listing import write_figures
from training.measuring import Codings, measure_engine
from training.questions import ASKED_FOR_BAD, ASKED_FOR_GOOD
from training.train_fast import put_question

from coprod_cli.coding.cues import code_with_cues
from coprod_cli.reading import read_framework


def main() -> None:
    """Code the corpus by cues; their confidence, which is measured here, plays no part in what they find."""
    framework = read_framework()
    answers = sorted(read_corpus(), key=lambda answer: (answer.writer, answer.id))
    asked = (answers, put_question(answers, ASKED_FOR_GOOD), put_question(answers, ASKED_FOR_BAD))
    coded = Codings(*(code_with_cues([answer.asked for answer in each], framework, {}) for each in asked))
    themes = tuple(sorted(theme.id for theme in framework.themes))
    write_figures({"cues": {"version": framework.version, **measure_engine(answers, coded, themes)}})


if __name__ == "__main__":
    main()

"""A made-up project whose words, names and codes are as awkward as any, for what other programs get and give back."""

from dataclasses import replace

from coprod_cli.model.answers import AskedAnswer, CodedAnswers, Marked
from coprod_cli.model.framework import Framework

GOOD, BAD = "What went well?", 'What did not? Say "why" & how <in full> | if you can'
LONG = (
    "Short breaks / respite: the offer for families who have never been asked before, in every ward of the county. " * 3
)
CLOSED = ("How far were you listened to?", "Role", "Role (document)")
ANN = AskedAnswer("a1", "", GOOD, "parent", "Short breaks", "2024", "p1", ("Mostly", "Parent", ""))
BEN = AskedAnswer("b1", "", GOOD, "practitioner", "Short breaks", "2024", "p2", ("A little", "", "yes"))
WORDS = {
    "a1": "They listened to us 😀👩‍👩‍👧, and it changed.",
    "a2": "First line.\nSecond line, with a tab\there.\n\nAfter a blank line\n",
    "a3": "]]> & &amp; <b>bold</b> \"quoted\" 'single' <!-- none -->",
    "b1": "### answer a1 | person p1 | parent | What went well?\nI was told nothing.",
    "b2": "\n# one\n##### five\n",
    "c1": "\ufeffIn two projects,\r\non Windows\rand a Mac\x0bwith\x00 a null",
    "c2": "Nobody asked.",
    "d1": "नमस्ते \u202eturned round\u202c e\u0301 and \u2028 a line separator",
}


def make_framework(shipped: Framework) -> Framework:
    """Five themes with names that clash, and that stay as they are whatever becomes of the shipped ones."""
    names = {
        "listened_to": "Being listened to",
        "influence_feedback": "Change & hearing back",
        "trust": "Trust",
        "openness": "Trust - negative",
        "adversarial": "TRUST",
    }
    themes = tuple(
        replace(
            shipped.theme(theme),
            name=name,
            definition=f"What {name} means <here>.",
            positive="It went well.",
            negative="It did not.",
            include=("this", "that"),
            exclude=("the other",),
        )
        for theme, name in names.items()
    )
    return replace(shipped, id="trial", version="1", themes=themes)


def make_case(framework: Framework) -> CodedAnswers:
    """Eight answers of five people about three projects, coded by a machine, Ann and Ben; all stand side by side."""
    answers = [
        ANN._replace(words=WORDS["a1"]),
        ANN._replace(id="a2", words=WORDS["a2"], question=BAD),
        ANN._replace(id="a3", words=WORDS["a3"], wave="2025", closed=("Not at all", "Parent", "")),
        BEN._replace(words=WORDS["b1"]),
        BEN._replace(id="b2", words=WORDS["b2"], question=BAD),
        AskedAnswer("c1", WORDS["c1"], GOOD, "parent", LONG, "2024", "p3", ("", "", "")),
        AskedAnswer("c2", WORDS["c2"], BAD, "young_person", "", "", "p4", ("Partly\nso", "x", "")),
        AskedAnswer("d1", WORDS["d1"], GOOD, "volunteer", LONG.replace("county", "country"), "", "p5", ("", "", "")),
    ]
    found = {
        "a1": (
            Marked("listened_to", "positive", "project", 0, 19, 0.91, coder="trained"),
            Marked("influence_feedback", "positive", "individual", 0, 19, 0.52, unsure=True, coder="trained"),
            Marked("influence_feedback", "positive", "project", 20, 25, 1.0, coder="Ann"),
            Marked("listened_to", "negative", "system", 0, 19, 1.0, coder="Ben & <co>"),
        ),
        "a2": (
            Marked("trust", "neutral", "system", 6, 18, 0.7, coder="trained"),
            Marked("trust", "negative", "project", 0, len(WORDS["a2"]), 1.0, coder="Ann"),
        ),
        "a3": (Marked("openness", "negative", "project", 0, 3, 0.33, unsure=True, coder="trained"),),
        "b1": (Marked("openness", "negative", "project", 53, 72, 0.88, coder="trained"),),
        "c1": (Marked("trust", "positive", "project", 19, 31, 0.6, coder="trained"),),
        "d1": (Marked("adversarial", "negative", "individual", 9, 20, 0.66, coder="trained"),),
    }
    looked = {"a1": ("Ann", "Ben & <co>"), "a2": ("Ann",), "b2": ("Ben & <co>",), "c2": ("Ann",)}
    return CodedAnswers(
        framework=framework,
        answers={each.id: each for each in answers},
        found={name: tuple(sorted(marks)) for name, marks in found.items()},
        by_hand={name: who[0] for name, who in looked.items()},
        looked=looked,
        closed=CLOSED,
        engine="trained",
        machine_themes=tuple(theme.id for theme in framework.themes),
    )

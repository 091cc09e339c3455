"""The form can be read at eleven, says parents and carers, and leaves nothing half filled in.

The reading grade is Flesch and Kincaid's: 0.39 * words a sentence + 11.8 * syllables a word - 15.59; grade 6 is read at
eleven. Syllables are counted as groups of vowels, which is near enough for everyday English.
"""

import re

import pytest

from coprod_cli.asking import Order, write_questionnaire
from coprod_cli.model.framework import Framework


def grade(text: str) -> float:
    sentences = [each for each in re.split(r"[.?!:](?:\s|$)", text) if each.strip()]
    words = re.findall(r"[A-Za-z']+", text)
    syllables = sum(max(1, len(re.findall(r"[aeiouy]+", re.sub(r"e$", "", word.lower())))) for word in words)
    return 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59


def take_texts(framework: Framework, audience: str) -> list[str]:
    files = write_questionnaire(framework, Order("full", audience, ("One", "Two")), ["markdown"])
    text = next(content.decode() for name, content in files.items() if name.endswith(".md"))
    return [re.sub(r"[*#\\]", "", part) for part in text.partition("\n---")[0].split("\n\n") if part.strip()]


@pytest.mark.parametrize("audience", ["parent", "practitioner"])
def test_it_is_read_at_eleven(audience: str, framework: Framework) -> None:
    texts = take_texts(framework, audience)
    told = [text for text in texts if not re.match(r"\d+\. ", text) and "[ ]" not in text and " / " not in text]
    assert grade(" ".join(text.rstrip(".") + "." for text in told)) < 6
    asked = [text for text in texts if re.match(r"\d+\. ", text)]
    assert grade(" ".join(re.sub(r"^\d+\. ", "", text) for text in asked)) < 8


def test_nothing_is_left_to_fill_in_by_the_program(framework: Framework) -> None:
    files = write_questionnaire(framework, Order(), ["markdown", "qualtrics", "csv"])
    for name, content in files.items():
        if name != "manifest.json":
            assert "{" not in content.decode(), name


@pytest.mark.parametrize(
    ("audience", "told"),
    [
        ("parent", "Nothing will change for you or your child if you say no."),
        ("practitioner", "Nothing will change for you or your job if you say no."),
    ],
)
def test_saying_no_has_no_price(audience: str, told: str, framework: Framework) -> None:
    assert any(told in text for text in take_texts(framework, audience))


def test_marks_in_a_projects_name_do_not_become_markdown(framework: Framework) -> None:
    files = write_questionnaire(framework, Order("short", "parent", ("*Ours*", "Theirs")), ["markdown"])
    assert b"\\*Ours\\*" in files["questionnaire_for_parents.md"]

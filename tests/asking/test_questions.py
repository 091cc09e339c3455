"""What is asked, of whom and in which order, before it has a file format."""

import csv
import dataclasses
import hashlib
import io
import json

import pytest

from coprod_cli.asking import FORM_FORMATS, Order, list_uses, write_questionnaire
from coprod_cli.model.errors import UsageError
from coprod_cli.model.framework import Framework


def list_questions(framework: Framework, order: Order) -> list[dict[str, str]]:
    content = write_questionnaire(framework, order, ["csv"])["questions.csv"]
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize(("form", "items"), [("full", 24), ("short", 8)])
def test_items_anchors_role_and_project_are_asked_and_numbered(form: str, items: int, framework: Framework) -> None:
    rows = list_questions(framework, Order(form, "both", ("One", "Two")))
    asked = [item.id for item in framework.items if item.quick or form == "full"]
    anchors = [anchor.id for anchor in framework.anchors]
    assert len(asked) == items
    assert [row["id"] for row in rows] == ["role", "project", *asked, *anchors]
    assert [row["number"] for row in rows] == [str(number) for number in range(1, len(rows) + 1)]
    assert [row["question"] for row in rows[2 : 2 + items]] == [
        item.parent for item in framework.items if item.id in asked
    ]
    assert [row["question to professionals"] for row in rows[2 : 2 + items]] == [
        item.practitioner for item in framework.items if item.id in asked
    ]


def test_the_short_form_has_an_item_of_every_dimension(framework: Framework) -> None:
    assert {item.dimension for item in framework.items if item.quick} == {each.id for each in framework.dimensions}


def test_answers_are_the_frameworks_own_and_a_way_out(framework: Framework) -> None:
    rows = {row["id"]: row for row in list_questions(framework, Order(projects=("One", "Two")))}
    assert rows["start_1"]["answers"] == " | ".join([*framework.labels, "Don't know"])
    assert rows["project"]["answers"] == "One | Two"
    ladder = next(anchor for anchor in framework.anchors if anchor.kind == "ordinal")
    assert rows["anchor_ladder"]["answers"] == " | ".join(option.text for option in ladder.options)
    assert rows["anchor_overall"]["answers"] == " | ".join(str(mark) for mark in range(11))


def test_items_of_one_dimension_stand_in_one_part(framework: Framework) -> None:
    for form in ("full", "short"):
        rows = {row["id"]: row["part"] for row in list_questions(framework, Order(form))}
        for dimension in framework.dimensions:
            parts = {rows[item.id] for item in framework.items if item.dimension == dimension.id and item.id in rows}
            assert len(parts) == 1


def test_a_project_given_twice_is_one(framework: Framework) -> None:
    rows = list_questions(framework, Order(projects=("Short  breaks", "Autism pathway", "short breaks ")))
    assert rows[1]["answers"] == "Short breaks | Autism pathway"


def test_characters_that_nobody_sees_are_dropped(framework: Framework) -> None:
    order = Order(title="Ours\x07\x00 \ud83d", projects=("Short\x1b breaks", "Theirs"))
    files = write_questionnaire(framework, order, list(FORM_FORMATS))
    assert files["questionnaire_for_parents.md"].startswith(b"# Ours\n")
    assert list_questions(framework, order)[1]["answers"] == "Short breaks | Theirs"


def test_a_project_without_a_name_is_told(framework: Framework) -> None:
    with pytest.raises(UsageError, match="no name") as told:
        write_questionnaire(framework, Order(projects=("Short breaks", " ")), ["csv"])
    assert "--project NAME" in told.value.hint


def test_a_framework_without_a_short_form_is_told(framework: Framework) -> None:
    slow = dataclasses.replace(
        framework, items=tuple(dataclasses.replace(item, quick=False) for item in framework.items)
    )
    with pytest.raises(UsageError, match="short form") as told:
        write_questionnaire(slow, Order("short"), ["csv"])
    assert "--form full" in told.value.hint


def test_a_framework_with_labels_and_anchors_of_its_own(framework: Framework) -> None:
    own = dataclasses.replace(
        framework,
        labels=("Never", "Sometimes", "Always"),
        anchors=tuple(dataclasses.replace(anchor, options=()) for anchor in framework.anchors),
    )
    rows = {row["id"]: row for row in list_questions(own, Order())}
    assert rows["start_1"]["answers"] == "Never | Sometimes | Always | Don't know"
    assert "anchor_ladder" not in rows
    for content in write_questionnaire(own, Order(), list(FORM_FORMATS)).values():
        assert content


def test_the_manifest_names_every_file_and_the_same_order_gives_the_same_bytes(framework: Framework) -> None:
    files = write_questionnaire(framework, Order(projects=("One", "Two")), list(FORM_FORMATS))
    manifest = json.loads(files["manifest.json"])
    told = {each["name"]: each["sha256"] for each in manifest["outputs"]}
    assert told == {
        name: hashlib.sha256(content).hexdigest() for name, content in files.items() if name != "manifest.json"
    }
    assert manifest["framework"]["sha256"] == framework.sha256
    assert files == write_questionnaire(framework, Order(projects=("One", "Two")), list(FORM_FORMATS))
    assert {each.name for each in list_uses(list(files))} == set(told)
    assert all(each.use for each in list_uses(list(files)))

"""Columns that say who somebody is are dropped, by their header in any tool's language or by their cells."""

from collections import Counter
from collections.abc import Sequence

import pytest

from coprod_cli.model.framework import Framework
from coprod_cli.model.survey import ColumnKind, SurveyColumn
from coprod_cli.reading.columns import recognise_columns
from coprod_cli.reading.grid import Heading
from coprod_cli.reading.identifying import find_private_words


def recognise(header: str, cells: Sequence[str], framework: Framework) -> SurveyColumn:
    [column] = recognise_columns([Heading(0, header, header)], [Counter(cells)], framework)
    return column


@pytest.mark.parametrize(
    "header",
    [
        "Name", "First name", "RecipientFirstName", "Last Name", "Your full name (optional)", "Vorname", "Nachname",
        "Prénom", "Nom de famille", "Nombre y apellidos", "Apellidos", "Naam", "Nazwisko", "Enw llawn", "Child's name",
        "What is your name?", "Name of your child", "Signature",
        "E-mail", "Email Address", "E-Mail-Adresse", "Correo electrónico", "Courriel", "Phone number", "Telefonnummer",
        "Mobile", "Postcode", "What is your postcode?", "First half of your post code", "PLZ", "IP Address",
        "IP-Adresse", "ipaddr", "LocationLatitude", "longitude", "Home address", "NHS number", "UPN", "Date of birth",
        "Geburtsdatum", "Child's DOB", "PROLIFIC_PID", "Prolific ID", "workerId", "MTurk ID", "Panel ID",
        "Name of your child's school", "What is the name of your GP surgery?", "Facebook name",
        "Social worker", "Name of social worker", "Your social worker's name", "Caseworker", "Key worker",
        "Key contact",
        "SEN officer", "EHCP case officer name", "Lead professional", "Initials", "Initials of child",
        "Child's initials", "EHCP ref", "Child's EHCP number", "Case ref", "Case number", "Case reference", "Pupil ref",
    ],
)  # fmt: skip
def test_personal_headers_are_dropped(header: str, framework: Framework) -> None:
    column = recognise(header, ["Zq one", "Zq two", "Zq three", "Zq four", "Zq five", "Zq six"], framework)
    assert column.kind is ColumnKind.METADATA, column.why
    assert "personal; dropped" in column.why


@pytest.mark.parametrize(
    ("cells", "what"),
    [
        (["a@example.org", "b@example.org", "none"], "e-mail addresses"),
        (["192.0.2.1", "2001:db8::7"], "IP addresses"),
        (["01632 960001", "+44 1632 960002", "(01632) 960003"], "telephone numbers"),
        (["ZZ1 1AA", "zz99 9zz"], "postcodes"),
        (["51.50735", "-0.12776", "52.48624"], "coordinates"),
        (["51.50735 -0.12776 0 0", "52.48624 -1.8904 0 0"], "coordinates"),
        (["943 476 5919", "943-476-5870"], "NHS numbers"),
        (["5f2b1c0e9d8a7b6c5d4e3f2a", "5f2b1c0e9d8a7b6c5d4e3f2b"], "panel or crowd worker"),
        (["a@example.org", "01632 960001", "ZZ1 1AA"], "contact details"),
    ],
)
def test_personal_cells_are_dropped_whatever_the_header(cells: list[str], what: str, framework: Framework) -> None:
    column = recognise("Column 7", cells, framework)
    assert column.kind is ColumnKind.METADATA
    assert what in column.why


@pytest.mark.parametrize(
    ("header", "cells", "kind"),
    [
        ("Name of the project", ["Buses", "Respite", "Buses", "Respite"], "project"),
        ("May we use your name?", ["Yes", "No"], "unused"),
        ("Can we e-mail you?", ["Yes", "No", "Yes"], "unused"),
        ("Participant no.", ["17", "18", "19"], "person"),
        ("Your reference", ["HM-1", "HM-2"], "person"),
        ("How did you hear about it?", ["By e-mail", "By phone", "By e-mail"], "unused"),
    ],
)
def test_what_is_not_personal_is_not_dropped(header: str, cells: list[str], kind: str, framework: Framework) -> None:
    assert recognise(header, cells, framework).kind != ColumnKind.METADATA or kind == "metadata"
    if kind in ("person", "project"):
        assert recognise(header, cells, framework).kind == kind


def test_an_email_is_no_person_unless_the_mapping_says_so(framework: Framework) -> None:
    column = recognise("Email", ["a@example.org", "b@example.org", "a@example.org"], framework)
    assert column.kind is ColumnKind.METADATA
    assert 'say kind = "person" in a mapping file: it is then hashed' in column.why


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("How old is your child?", ["5-10", "11-15", "5-10", "16-18"]),
        ("What is your ethnic group?", ["White British", "Asian", "Black", "Mixed background, please say"]),
        ("Which district do you live in?", ["North", "South", "North", "East"]),
        ("Which school does your child go to?", ["Elm Primary", "Oak Academy", "Ash School", "Fir", "Yew", "Box"]),
        (
            "What is your child's main need or diagnosis?",
            [
                "autism and adhd and also some sensory needs",
                "profound and multiple learning difficulties since birth",
                "speech language and communication needs mostly",
                "social emotional and mental health with anxiety",
                "cerebral palsy and a visual impairment too",
                "awaiting an assessment for dyslexia and dyspraxia",
            ],
        ),
    ],
)
def test_questions_about_the_person_are_never_open_answers(header: str, cells: list[str], framework: Framework) -> None:
    assert recognise(header, cells, framework).kind in (ColumnKind.UNUSED, ColumnKind.METADATA)


def test_names_of_dropped_columns_are_kept_for_masking() -> None:
    def column(header: str, kind: ColumnKind) -> SurveyColumn:
        return SurveyColumn(0, header, kind, 1.0, "a reason", question=header)

    columns = [
        column("First name", ColumnKind.METADATA),
        column("Last Name", ColumnKind.METADATA),
        column("Email", ColumnKind.METADATA),
        column("Person", ColumnKind.PERSON),
        column("Collector", ColumnKind.METADATA),
        column("What was good?", ColumnKind.OPEN),
    ]
    counts = [
        Counter(["Zebedee", "anonymous", "Al"]),
        Counter(["Quillfeather-Ogg", "O'Wibble"]),
        Counter(["tansy.mudlark99@example.org", "info@example.org"]),
        Counter(["HM-1", "wrenfield@example.org"]),
        Counter(["Weblink"]),
        Counter(["Zanthippe was kind"]),
    ]
    assert find_private_words(columns, counts) == {
        "zebedee", "quillfeather-ogg", "quillfeather", "ogg", "o'wibble", "wibble", "tansy", "mudlark", "wrenfield",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("Social worker", ["Mostly", "Partly", "Not at all", "Mostly", "Completely"]),
        ("Social worker", ["1", "1", "1"]),
        ("Social worker", ["Social worker"] * 3),
        ("Did you have a key worker?", ["Yes", "No", "Yes"]),
        ("I am a", ["Social worker", "Parent", "Social worker"]),
    ],
)
def test_a_worker_who_is_ticked_or_rated_is_not_personal(
    header: str, cells: Sequence[str], framework: Framework
) -> None:
    assert "personal" not in recognise(header, cells, framework).why


def test_a_box_to_tick_for_a_worker_is_a_role(framework: Framework) -> None:
    heading = Heading(0, "I am a [Social worker]", "I am a [Social worker]", "I am a", "Social worker")
    [column] = recognise_columns([heading], [Counter(["Social worker"])], framework)
    assert column.kind is ColumnKind.ROLE

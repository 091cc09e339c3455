"""The words people use for who they are become roles; words nobody knows never become parents."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coprod_cli.model.tables import ROLES
from coprod_cli.reading.roles import find_role, find_role_in_name


@pytest.mark.parametrize(
    ("words", "role"),
    [
        ("Parent/carer", "parent"),
        ("I am a mum", "parent"),
        ("Foster carer", "parent"),
        ("Grandparent or kinship carer", "parent"),
        ("Parent of a child at a special school", "parent"),
        ("I have a child with additional needs", "parent"),
        ("Parent carer forum rep", "parent"),
        *((word, "parent") for word in ("Nan", "Nana", "Gran", "Grandad", "Step-mum", "Guardian", "Grandma")),
        *(
            (word, "practitioner")
            for word in (
                "HCP",
                "Health visitor",
                "TA",
                "Teaching assistant",
                "EP",
                "Ed psych",
                "OT",
                "SLT",
                "SALT",
                "Physio",
                "Social worker",
                "Early years",
                "Commissioner",
                "DCO",
                "DSCO",
                "School staff",
                "Headteacher",
                "LA officer",
                "VCS",
                "Educational psychologist",
                "Speech and language therapist",
            )
        ),
        ("I work in health", "practitioner"),
        ("SENCO", "practitioner"),
        ("Family support worker", "practitioner"),
        ("I work with parents and carers", "practitioner"),
        ("Social worker (children with disabilities)", "practitioner"),
        ("I work for a charity or voluntary group", "practitioner"),
        ("Young person", "young_person"),
        ("Young carer", "young_person"),
        ("Volunteer at the forum", "volunteer"),
        ("Parent and forum volunteer", "parent"),
        ("Volunteer at the forum, and teacher", "volunteer"),
        ("School governor", "other"),
        ("Prefer not to say", "other"),
        ("Both", "other"),
        ("Parent, and I work for the NHS", "other"),
    ],
)
def test_words_people_use_are_known(words: str, role: str) -> None:
    assert find_role(words) == role
    assert find_role(f"  {words.upper()}. ") == role


@pytest.mark.parametrize("words", ["", "Tree surgeon", "Not a parent", "I am no longer a SENCO", "xyz"])
def test_unknown_and_denied_words_are_no_role(words: str) -> None:
    assert find_role(words) is None


@given(st.text(max_size=60))
def test_whatever_is_typed_gives_a_known_role_or_none(words: str) -> None:
    assert find_role(words) in (None, *ROLES)


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("parents_export", "parent"),
        ("Practitioner survey (1-48)", "practitioner"),
        ("staff-views", "practitioner"),
        ("parents_and_professionals", None),
        ("forum_survey", None),
    ],
)
def test_a_files_name_may_say_who_was_asked(name: str, role: str | None) -> None:
    assert find_role_in_name(name) == role


@pytest.mark.parametrize(
    ("words", "role"),
    [
        ("Family hub lead", "practitioner"),
        ("Carer (paid)", "practitioner"),
        ("Respite carer", "practitioner"),
        ("Parent voice coordinator", "practitioner"),
        ("Carers lead", None),
        ("Parenting programme facilitator", None),
        ("Parent rep on the forum", "parent"),
        ("Single mum of two", "parent"),
    ],
)
def test_a_job_with_parents_in_its_name_is_never_counted_among_parents(words: str, role: str | None) -> None:
    assert find_role(words) == role

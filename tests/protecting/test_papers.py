"""No person's name leaves a governance file, and evidence can still be found."""

import pytest

from coprod_cli.model.governance import Body, Fact, Governance, Origin, ProjectFacts
from coprod_cli.model.survey import Notice
from coprod_cli.protecting import mask_governance


def show_who(who: str) -> str:
    governance = Governance((ProjectFacts("A", facts=(Fact("G01", "yes", "claimed", who),)),))
    return mask_governance(governance).projects[0].facts[0].who


@pytest.mark.parametrize(
    "role",
    [
        "Chair of the forum", "Programme manager, Hillmouth Council", "Co-chair (parent carer)", "Head of SEND",
        "Designated Clinical Officer", "Parent rep", "Family Voice steering group", "Board clerk; Chair of the forum",
    ],
)  # fmt: skip
def test_a_role_stays(role: str) -> None:
    assert show_who(role) == role


@pytest.mark.parametrize(
    ("who", "shown"),
    [
        ("Jane Smith", "[name]"),
        ("J. Smith", "[name]"),
        ("J B Smith-Jones, chair", "[name], chair"),
        ("Smith, J (treasurer)", "[name] (treasurer)"),
        ("Mrs Patel, manager", "Mrs [name], manager"),
        ("chair@example.org", "[email]"),
    ],
)
def test_what_looks_like_a_person_is_masked_where_a_role_should_stand(who: str, shown: str) -> None:
    assert show_who(who) == shown


def test_every_free_text_is_masked_and_documents_can_be_found_again() -> None:
    link = "https://www.hillmouth.gov.uk/minutes/2025-03.pdf"
    told = Origin("Karen Brown", f"Minutes, {link}, item 4, from Karen Brown", "2025-03-01")
    project = ProjectFacts(
        "Short breaks for Mrs Quill",
        facts=(Fact("G01", "yes", "claimed", *told),),
        bodies=(Body("Board of Mrs Quill", "board", "yes", True, "claimed", *told),),
        called="co-production, says Karen Brown",
        changed=("Parents now ring Karen Brown on 01632 960123, at Northfield School.",),
        replies=(("RF02", "Ask Karen Brown."),),
        dates_origin=told,
        producers_origin=told,
    )
    notices = (Notice("governance-undated", 'It does not say when "Short breaks for Mrs Quill" ended.'),)
    masked = mask_governance(Governance((project,), notices=notices))
    shown = str(masked)
    for word in ("Karen", "Brown", "Quill", "01632"):
        assert word not in shown
    assert masked.projects[0].facts[0].evidence == f"Minutes, {link}, item 4, from [name]"
    assert masked.projects[0].changed == ("Parents now ring [name] on [phone], at Northfield School.",)
    assert [notice.code for notice in masked.notices] == ["governance-undated", "governance-masked"]


def test_names_that_the_survey_holds_elsewhere_are_masked() -> None:
    governance = Governance((ProjectFacts("A", changed=("There is a zebedee list now.",)),))
    assert mask_governance(governance).notices == ()
    assert mask_governance(governance, frozenset({"Zebedee"})).projects[0].changed == ("There is a [name] list now.",)

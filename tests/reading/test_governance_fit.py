"""Projects of a governance file are found in the survey, or told with the name that may be meant."""

from coprod_cli.model.governance import Governance, ProjectFacts
from coprod_cli.reading import fit_as_listed, fit_governance


def fit(mine: list[str], survey: list[str]) -> tuple[list[str], list[str]]:
    found = fit_governance(Governance(tuple(map(ProjectFacts, mine))), survey)
    return [each.project for each in found.projects], [notice.in_full for notice in found.notices]


def test_capitals_marks_and_blanks_do_not_matter() -> None:
    assert fit(["short-breaks  Offer."], ["Short breaks offer"]) == (["Short breaks offer"], [])
    assert fit(["A", "a!"], ["A", "a!"]) == (["A", "a!"], [])


def test_a_near_name_is_a_hint_and_nothing_more() -> None:
    names, (unanswered, silent) = fit(["Short break offer"], ["Short breaks offer", "Transport"])
    assert names == ["Short break offer"]
    assert unanswered == (
        '"Short break offer" is in the governance file, but nobody in the survey spoke of it. '
        'Its page shows what is on paper. If "Short breaks offer" is meant, write it so.'
    )
    assert silent == 'The governance file says nothing about: "Short breaks offer"; "Transport".'


def test_a_project_on_paper_alone_keeps_its_page_and_many_silent_ones_are_told_shortly() -> None:
    _, (unanswered, silent) = fit(["Hydrotherapy pool"], [f"Project {at}" for at in range(9)])
    assert unanswered.endswith("Its page shows what is on paper.")
    assert silent.endswith('"Project 4"; and 4 more.')


def test_a_survey_that_names_no_project_is_told_how_to() -> None:
    _, notices = fit(["Short breaks"], ["All answers"])
    (message,) = notices
    assert 'mapping file: project = "Short breaks"' in message


def fit_alone(mine: list[str], listed: list[str]) -> tuple[list[str], list[str]]:
    found = fit_as_listed(Governance(tuple(map(ProjectFacts, mine)), surveyed=tuple(listed)))
    return [each.project for each in found.projects], [notice.in_full for notice in found.notices]


def test_without_a_survey_names_are_checked_by_the_list_in_the_form() -> None:
    names, (unanswered, _) = fit_alone(["Short break offer", "transport."], ["Short breaks offer", "Transport"])
    assert names == ["Short break offer", "Transport"]
    assert 'If "Short breaks offer" is meant, write it so.' in unanswered
    assert fit_alone(["Year 1", "Year 2"], ["Year 1", "Year 2"])[1] == []


def test_without_any_list_names_nearly_alike_are_told() -> None:
    _, (near,) = fit_alone(["Short break offer", "Transport", "Short breaks offer"], [])
    assert '"Short break offer" and "Short breaks offer"' in near
    assert fit_alone(["Short breaks offer", "Transport"], [])[1] == []

"""Surveys that people made themselves: totals below the data, scales explained in headers, ticked lists, odd words."""

import random
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from coprod_cli.model.framework import Framework
from coprod_cli.model.survey import Survey, SurveyColumn
from coprod_cli.reading import read_mapping, read_survey, write_mapping
from coprod_cli.reading.dimensions import LEAST_ACCEPTED

Write = Callable[..., Path]
ITEM = "When decisions were made, how far did parents have an equal say?"
AGREE = ("Strongly disagree", "Disagree", "Agree", "Strongly agree")
NUMBERS = ("1", "2", "3", "4", "5")


def messages(survey: Survey) -> dict[str, str]:
    return {notice.code: notice.in_full for notice in survey.notices}


def column(survey: Survey, header: str) -> SurveyColumn:
    return next(each for source in survey.sources for each in source.columns if each.header == header)


@pytest.fixture
def ask(write: Write, framework: Framework) -> Callable[..., Survey]:
    """A survey with roles, projects, and one more question whose cells are given."""

    def ask_question(header: str, cells: Sequence[str], *below: Sequence[str]) -> Survey:
        roles = ("Parent", "SENCO")
        rows = [[roles[place % 2], "Buses", cell] for place, cell in enumerate(cells)]
        return read_survey([write([["Role", "Project", header], *rows, *below])], framework, accepting=True)

    return ask_question


def scores(survey: Survey) -> list[float]:
    return sorted(set(survey.ratings["score"].dropna().round(1)))


@pytest.mark.parametrize(
    "below",
    [
        ["Average", "", "3.2"],
        ["Grand total:", "", "15"],
        ["Total responses", "5", ""],
        ["", "", "15"],
        ["", "", "3.4"],
        ["Mean score", "", "64%"],
    ],
)
def test_a_row_of_totals_is_left_out_and_told(below: list[str], ask: Callable[..., Survey]) -> None:
    survey = ask(ITEM, NUMBERS, below)
    assert {notice.code: notice.rows for notice in survey.notices if notice.rows} == {"total_rows": 1}
    assert (survey.rows_read, survey.forms) == (6, 5)
    assert column(survey, ITEM).item == "power_1"
    assert scores(survey) == [0, 25, 50, 75, 100]


def test_a_form_that_only_looks_like_totals_is_kept(
    ask: Callable[..., Survey], write: Write, framework: Framework
) -> None:
    assert ask(ITEM, NUMBERS, ["", "", "4"]).forms == 6
    numbered = [[str(number), "Mum", "Mostly"] for number in range(1, 6)]
    survey = read_survey([write([["ID", "Role", ITEM], *numbered, ["6", "", ""]])], framework)
    assert {notice.code: notice.rows for notice in survey.notices if notice.rows} == {"no_answers": 1}
    rows = [["Good", "4"], ["Poor", "2"], ["Average", "3"], ["Very good", "5"]]
    assert read_survey([write([["How were the meetings?", ITEM], *rows])], framework).forms == 4


def test_odd_cells_do_not_make_a_question_unreadable(ask: Callable[..., Survey]) -> None:
    survey = ask(ITEM, [*NUMBERS, *NUMBERS, "four I think"])
    assert column(survey, ITEM).kind == "item"
    assert len(survey.ratings["score"].dropna()) == 10
    assert messages(survey)["closed_unknown"] == "1 answer on a scale could not be read: it counts as missing."
    many = ask(ITEM, [*NUMBERS * 4, "four I think", "55"])
    assert messages(many)["closed_unknown"] == "2 answers on a scale could not be read: they count as missing."
    assert column(ask(ITEM, [*NUMBERS, "lots", "few", "many"]), ITEM).kind != "item"


@pytest.mark.parametrize(
    ("behind", "name"),
    [
        ("(1 = completely, 5 = not at all)", "numbers 5 to 1"),
        ("1 = strongly agree ... 5 = strongly disagree", "numbers 5 to 1"),
        ("from 1 (poor) to 5 (excellent)", "numbers 1 to 5"),
        ("(where 1 is the best and 5 is the worst)", "numbers 5 to 1"),
        ("(not at all = 1, completely = 5)", "numbers 1 to 5"),
        ("[1 - strongly agree, 5 - strongly disagree]", "numbers 5 to 1"),
        ("(1 = always, 4 = never)", "numbers 4 to 1"),
        ("(5 - strongly agree, 4 - agree, 3 - neither, 2 - disagree, 1 - strongly disagree)", "numbers 1 to 5"),
        ("(strongly agree 1 - 5 strongly disagree)", "numbers 5 to 1"),
        ("- 1 high to 5 low", "numbers 5 to 1"),
        ("(1-7)", "numbers 1 to 7"),
        ("on a scale from 0 to 10", "numbers 0 to 10"),
    ],
)
def test_the_header_says_range_and_direction(behind: str, name: str, ask: Callable[..., Survey]) -> None:
    header = f"{ITEM} {behind}"
    found = column(ask(header, NUMBERS[:4] if "4 =" in behind and "5" not in behind else NUMBERS), header)
    assert found.scale is not None
    assert found.scale.name == name
    assert (found.item, found.dimension) == ("power_1", "power")
    assert "the header says" in found.why


def test_ends_that_are_not_understood_leave_the_question_unscored(
    ask: Callable[..., Survey], write: Write, framework: Framework
) -> None:
    header = f"{ITEM} (1 = zing, 5 = zang)"
    survey = ask(header, NUMBERS)
    found = column(survey, header)
    assert found.dimension == ""
    assert "words that coprod does not understand" in found.why
    text = write_mapping(survey)
    assert '# dimension = "power"' in text
    mended = text.replace('# dimension = "power"', 'dimension = "power"').replace("range = [1, 5]", "range = [5, 1]")
    survey = read_survey([write([["Role", "Project", header], ["Mum", "Buses", "1"]])], framework)
    again = read_survey(
        [write([["Role", "Project", header], ["Mum", "Buses", "1"]])],
        framework,
        read_mapping(write(mended, "map.toml")),
    )
    assert (column(survey, header).dimension, column(again, header).dimension) == ("", "power")
    assert scores(again) == [100]


def test_answers_beyond_the_range_of_the_header_are_not_scored(ask: Callable[..., Survey]) -> None:
    header = f"{ITEM} (1-5)"
    found = column(ask(header, [*NUMBERS, "9", "10"]), header)
    assert found.dimension == ""
    assert "go beyond it" in found.why


def test_a_good_end_named_first_without_a_number_leaves_the_question_unscored(ask: Callable[..., Survey]) -> None:
    header = f"{ITEM} (Strongly agree - Strongly disagree)"
    assert column(ask(header, NUMBERS), header).dimension == ""
    assert column(ask(header, [*AGREE, "Neither"]), header).dimension == "power"


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["Excellent", "Good", "Fair", "Poor"], [0, 33.3, 66.7, 100]),
        (["Excellent", "Very good", "Good", "Fair", "Poor"], [0, 25, 50, 75, 100]),
        (["Excellent", "Good", "Average", "Poor", "Very poor"], [0, 25, 50, 75, 100]),
        (["Good", "Neither good nor poor", "Poor"], [25, 50, 75]),
        (["Good", "Neither", "Poor"], [25, 50, 75]),
        (["Good", "OK", "Poor"], [25, 50, 75]),
        (AGREE * 7, [0, 25, 75, 100]),
        (AGREE * 8, [0, 33.3, 66.7, 100]),
        ([*AGREE * 20, "Neither agree nor disagree"], [0, 25, 50, 75, 100]),
        ([f"{number} - {word}" for number, word in zip("1245", AGREE, strict=True)] * 8, [0, 25, 75, 100]),
    ],
)
def test_scales_have_the_steps_that_were_offered(
    cells: list[str], expected: list[float], ask: Callable[..., Survey]
) -> None:
    assert scores(ask(ITEM, cells)) == expected


def test_what_looks_like_a_question_but_is_unused_is_told(ask: Callable[..., Survey]) -> None:
    header = "What colour was the room?"
    survey = ask(header, ["Red", "Blue"] * 4)
    assert column(survey, header).kind == "unused"
    assert messages(survey)["questions_unused"] == (
        "Not used: 1 column that looks like a question. See it with coprod inspect SURVEY, and say what it is in a "
        "mapping file: coprod inspect SURVEY --write map.toml"
    )
    assert "questions_unused" not in messages(ask("Colour", ["Red", "Blue"] * 4))


@pytest.mark.parametrize(
    "header", ["Any other comments?", "Comments", "Tell us more", "Anything else?", "Please explain"]
)
def test_a_box_for_comments_is_open_however_short_the_words(header: str, ask: Callable[..., Survey]) -> None:
    survey = ask(header, ["Good", "OK", "Good", "Thanks", "Good", "Thanks"])
    assert column(survey, header).kind == "open"
    assert len(survey.answers) == 6
    assert column(ask(header, ["Yes", "No", "Yes"]), header).kind != "open"


def test_several_projects_in_one_cell_are_taken_apart(write: Write, framework: Framework) -> None:
    header = ["Which projects were you involved in? (tick all that apply)", ITEM]
    rows = [["Buses", "1"], ["Respite", "2"], ["Buses, Respite", "3"], ["Respite; Buses", "5"], ["Buses", "4"]]
    survey = read_survey([write([header, *rows])], framework)
    assert (survey.forms, len(survey.responses)) == (5, 7)
    assert survey.responses["project"].value_counts().to_dict() == {"Buses": 4, "Respite": 3}
    assert messages(survey)["projects_parted"] == (
        "Several projects in 2 forms: each counts once for every project named."
    )
    again = read_survey([write([header, *rows])], framework, read_mapping(write(write_mapping(survey), "map.toml")))
    assert again.responses.equals(survey.responses)


def test_names_with_commas_stay_whole_and_doubt_is_told(write: Write, framework: Framework) -> None:
    rows = [["Play, sport and rest", "1"], ["Buses", "2"], ["Play, sport and rest", "3"], ["Buses", "5"]]
    survey = read_survey([write([["Which projects were you in?", ITEM], *rows])], framework)
    assert set(survey.responses["project"]) == {"Buses", "Play, sport and rest"}
    assert messages(survey)["projects_whole"].startswith("Perhaps several projects in one cell in 2 forms: ")
    plain = read_survey([write([["Project", ITEM], *rows])], framework)
    assert set(plain.responses["project"]) == {"Buses", "Play, sport and rest"}
    assert "projects_whole" not in messages(plain)


def test_spellings_of_one_project_are_joined_whatever_the_order(write: Write, framework: Framework) -> None:
    names = ["Short breaks offer", "SHORT BREAKS  OFFER", "Short breaks offer", "short breaks offer.", "Buses", "buses"]
    rows = [[f"P{number}", name, "Mostly"] for number, name in enumerate(names)]
    rows += [[f"P{number + 10}", name, "Partly"] for number, name in enumerate(names)]
    header = ["Respondent ID", "Project", ITEM]
    survey = read_survey([write([header, *rows])], framework)
    assert survey.responses["project"].value_counts().to_dict() == {"Short breaks offer": 8, "Buses": 4}
    assert messages(survey)["projects_joined"].startswith("Joined: 3 spellings of a project's name that differ from ")
    assert not any("short" in notice.message.casefold() for notice in survey.notices)
    turned = read_survey([write([header, *rows[::-1]])], framework)
    assert turned.responses.equals(survey.responses)
    assert turned.notices == survey.notices
    others = [["P30", "BUSES", "Mostly"], ["P31", "BUSES", "Partly"], ["P32", "BUSES", "Mostly"], ["P33", "Buses", ""]]
    files = [write([header, *rows], "one.csv"), write([header, *others, *others], "two.csv")]
    assert set(read_survey(files, framework).responses["project"]) == {"Short breaks offer", "BUSES"}
    plain = read_survey([write([header, ["P1", "Buses", "Mostly"], ["P2", "Respite", "Partly"]])], framework)
    assert "projects_joined" not in messages(plain)


def test_a_project_of_the_mapping_keeps_its_spelling(write: Write, framework: Framework) -> None:
    mapping = read_mapping(write('[constants]\nproject = "SHORT breaks"\n', "map.toml"))
    survey = read_survey([write([["Role", ITEM], ["Mum", "Mostly"], ["Dad", "Partly"]])], framework, mapping)
    assert set(survey.responses["project"]) == {"SHORT breaks"}


def test_several_roles_in_one_cell_are_other_and_told(write: Write, framework: Framework) -> None:
    rows = [["Parent/carer, Professional", "1"], ["Both", "2"], ["Parent", "3"], ["Governor", "4"]]
    survey = read_survey([write([["Your role", ITEM], *rows])], framework)
    assert survey.responses["role"].value_counts().to_dict() == {"other": 3, "parent": 1}
    assert messages(survey)["role_several"].startswith("Several roles at once in 2 forms: the role is 'other'.")


def test_unknown_roles_are_listed_when_often_given_and_ready_to_fill_in(write: Write, framework: Framework) -> None:
    rows = [[role, "3"] for role in ["Mum"] * 12 + ["Wayfinder"] * 5 + ["Bellringer"] * 4 + ["Falconer"]]
    path = write([["Your role", ITEM], *rows])
    survey = read_survey([path], framework)
    why = column(survey, "Your role").why
    assert "words that coprod does not know: 'Wayfinder' (5), 2 rarer ones, not shown" in why
    text = write_mapping(survey)
    assert '# "Wayfinder" = "?"   # parent, practitioner, young_person, volunteer or other' in text
    assert "Bellringer" not in text + why
    mended = text.replace('# "Wayfinder" = "?"', '"Wayfinder" = "practitioner"')
    again = read_survey([path], framework, read_mapping(write(mended, "map.toml")))
    assert (again.responses["role"] == "practitioner").sum() == 5
    assert "2 rarer ones" in column(again, "Your role").why
    assert "coprod inspect SURVEY --write map.toml" in messages(survey)["role_unknown"]


@pytest.mark.parametrize(
    ("statement", "dimension", "direction"),
    [
        ("I felt listened to", "heard", 1),
        ("I felt respected", "trust", 1),
        ("My views were respected", "heard", 1),
        ("Parents were involved from the start", "start", 1),
        ("We heard back what happened", "influence", 1),
        ("Parents had an equal say (1-5)", "power", 1),
        ("Please rate [Listening]", "heard", 1),
        ("Please rate [Trust]", "trust", 1),
        ("It felt tokenistic", "influence", -1),
        ("Nothing changed", "influence", -1),
        ("I was not listened to", "heard", -1),
        ("It was not a tick-box exercise", "", 1),
        ("Staff were honest and listened to us", "", 1),
        ("My child's support was right", "", 1),
        ("I felt listened to by my child's school", "", 1),
        ("Parents should have an equal say", "", 1),
        ("How important is it to be listened to?", "", 1),
        ("I would recommend it", "", 1),
    ],
)
def test_common_statements_are_scored_by_their_key_words(
    statement: str, dimension: str, direction: int, ask: Callable[..., Survey]
) -> None:
    survey = ask(statement, list(NUMBERS) if "1-5" in statement else [*AGREE, "Neither agree nor disagree"])
    found = column(survey, statement)
    assert found.scale is not None
    assert (found.dimension, found.scale.direction) == (dimension, direction), found.why
    if dimension and not found.item:
        assert LEAST_ACCEPTED <= found.certainty < 0.95
        assert "by its key words" in found.why
    assert bool({"item_unmatched", "item_unconfirmed"} & messages(survey).keys()) == (dimension == "")


def test_a_near_dimension_is_suggested_and_the_file_says_how_to_go_on(ask: Callable[..., Survey]) -> None:
    survey = ask("I had a voice", [*AGREE, "Neither agree nor disagree"])
    text = write_mapping(survey)
    assert '# dimension = "heard"   # perhaps' in text
    head = text.split("[constants]")[0]
    for word in ("heard      Being heard and valued", "sustain    Support", "direction", "range", "scale", "--map"):
        assert word in head
    told = messages(survey)["item_unconfirmed"]
    assert told.startswith("Not scored: 1 closed question that by its words may be about a dimension")
    assert "coprod inspect SURVEY --write map.toml" in told
    survey = ask("The weather was fine", [*AGREE, "Neither agree nor disagree"])
    assert messages(survey)["item_unmatched"].startswith("No dimension found for 1 closed question: not scored.")


def test_a_guess_by_key_words_waits_until_somebody_confirms_it(write: Write, framework: Framework) -> None:
    path = write([["Role", "I felt listened to"], *[["Parent", answer] for answer in AGREE]])
    survey = read_survey([path], framework)
    waiting = column(survey, "I felt listened to")
    assert (waiting.dimension, waiting.near) == ("", ("heard",))
    assert "confirm it in a mapping file" in waiting.why
    assert '# dimension = "heard"' in write_mapping(survey)
    confirmed = path.with_name("map.toml")
    confirmed.write_text(write_mapping(survey).replace('# dimension = "heard"', 'dimension = "heard"'))
    assert column(read_survey([path], framework, read_mapping(confirmed)), "I felt listened to").dimension == "heard"


def test_notices_speak_of_one_and_of_many(write: Write, framework: Framework) -> None:
    one = messages(read_survey([write([[ITEM], ["1"]])], framework))
    two = messages(read_survey([write([[ITEM], ["1"], ["2"]])], framework))
    said = "Nothing says which project {}, 'All answers'."
    assert one["project_missing"] == said.format("1 form is about: it counts as one project")
    assert two["project_missing"] == said.format("2 forms are about: all count as one project")
    assert not any("[" in message.replace("[constants]", "") for message in (*one.values(), *two.values()))


def test_the_order_of_homemade_rows_changes_nothing(write: Write, framework: Framework) -> None:
    header = ["Role", "Which projects? (tick all that apply)", ITEM, "I felt listened to"]
    rows = [["Mum", "Buses", number, word] for number, word in zip("1234", AGREE, strict=True)]
    rows += [["HCP", "Buses, Respite", "5", "Agree"], ["Nan", "Respite", "x", "Agree"], ["Total", "", "15", ""]]
    mixed = list(rows)
    random.Random(7).shuffle(mixed)  # noqa: S311  # a shuffle, no secret
    one, other = (read_survey([write([header, *each])], framework) for each in (rows, mixed))
    assert one.responses.equals(other.responses)
    assert one.ratings.equals(other.ratings)
    assert one.notices == other.notices

"""Numbers that stand for 'no answer' are missing, declared or not, and never an end of the scale."""

import random
from collections import Counter

import pytest

from coprod_cli.model.framework import Framework
from coprod_cli.reading.scale_ends import find_codes, find_ends
from coprod_cli.reading.scales import Fit, fit_scales
from coprod_cli.reading.wording import make_cell_key

ONE_TO_FIVE = [*"12345"] * 8


def fit(cells: list[str], framework: Framework, header: str = "", block: tuple[list[str], ...] = ()) -> Fit:
    columns = {place: Counter(map(make_cell_key, each)) for place, each in enumerate((cells, *block))}
    return fit_scales(columns, framework, {0: header})[0]


@pytest.mark.parametrize(
    ("header", "code", "worst", "best"),
    [
        ("(1 = not at all, 5 = completely, 6 = don't know)", "6", "1", "5"),
        ("(1 = not at all, 5 = completely, 6 = don\u2019t know)", "6", "1", "5"),
        ("(0 = don't know, 1 = not at all, 5 = completely)", "0", "1", "5"),
        ("(1 = not at all, 5 = completely, 9 = not applicable)", "9", "1", "5"),
        ("(1 = strongly disagree; 2 = disagree; 3 = neither; 4 = agree; 5 = strongly agree; 6 = N/A)", "6", "1", "5"),
        ("(1 = completely, 5 = not at all, 6 = prefer not to say)", "6", "5", "1"),
        ("(not at all = 1, completely = 5, don't know = 9)", "9", "1", "5"),
        ("(1 to 5, 0 = not applicable)", "0", "1", "5"),
        ("(1-6, 6 = don't know)", "6", "1", "5"),
        ("from 1 (poor) to 5 (excellent), 6 (not applicable)", "6", "1", "5"),
        ("(1 = not at all, 5 = completely, 6 = not sure)", "6", "1", "5"),
        ("(5 - strongly agree, 1 - strongly disagree, 6 - don't know)", "6", "1", "5"),
    ],
)
def test_a_code_in_the_header_is_no_end(header: str, code: str, worst: str, best: str, framework: Framework) -> None:
    found = fit([*ONE_TO_FIVE, code, code, code], framework, f"We had an equal say {header}")
    assert (found.scale.places[worst], found.scale.places[best]) == (0, 100)
    assert code not in found.scale.places
    assert found.missing == (code,)
    assert f"{code} taken as no answer, as the header says" in found.why
    assert not found.doubt


def test_words_of_the_bad_end_are_no_code() -> None:
    assert find_codes("How much say had you? (0 = none, 4 = a great deal)") == frozenset()
    assert find_codes("How confident are you? (1 = not sure, 5 = completely)") == frozenset()
    assert find_codes("We had a say in 2 projects (1-5)") == frozenset()


def test_a_code_between_the_ends_leaves_them_where_they_are(framework: Framework) -> None:
    found = fit([*"123"] * 10, framework, "We had a say (1 = disagree, 2 = don't know, 3 = agree)")
    assert found.scale.places == {"1": 0, "3": 100}
    assert found.missing == ("2",)


def test_no_header_makes_a_number_an_end_and_missing_at_once(framework: Framework) -> None:
    chosen = random.Random(3)  # noqa: S311  # headers to try, no secret
    ends = [("not at all", "completely"), ("strongly agree", "strongly disagree"), ("poor", "excellent"), ("x", "y")]
    none = ["don't know", "not applicable", "N/A", "prefer not to say", "unsure", "don't know / not applicable"]
    for _ in range(300):
        low, high, codes = chosen.choice([0, 1]), chosen.choice([4, 5, 7, 10]), chosen.sample(range(-1, 12), 2)
        first, last = chosen.choice(ends)
        parts = [f"{low} = {first}", f"{high} = {last}", *(f"{code} = {chosen.choice(none)}" for code in codes)]
        chosen.shuffle(parts)
        header = f"We had a say ({chosen.choice([f'{low}-{high}; ', ''])}{chosen.choice(['; ', ', ']).join(parts)})"
        said, found = find_ends(header, []), find_codes(header)
        assert not said or not {said.worst, said.best} & found, header
        cells = [str(number) for number in range(-1, 12) for _ in range(5)]
        for each in fit_scales({0: Counter(cells)}, framework, {0: header}).values():
            assert not each.scale.places.keys() & set(each.missing), header


@pytest.mark.parametrize(
    ("codes", "rest", "name"),
    [
        (["8", "9"], "12345", "numbers 1 to 5"),
        (["9"], "1234567", "numbers 1 to 7"),
        (["-1", "-8"], "12345", "numbers 1 to 5"),
        (["-1"], ["0", "2", "4", "5", "6", "8", "10"], "numbers 0 to 10"),
        (["7", "8", "9"], "1234", "numbers 1 to 4"),
    ],
)
def test_numbers_beyond_a_gap_are_missing_and_told(
    codes: list[str], rest: list[str], name: str, framework: Framework
) -> None:
    found = fit([*[*rest] * 14, *codes, *codes], framework)
    assert found.scale.name == name
    assert set(found.missing) == set(codes)
    assert not found.scale.places.keys() & set(codes)
    assert f"{' and '.join(codes)} taken as no answer" in found.why
    assert not found.doubt


@pytest.mark.parametrize(("code", "rest"), [("6", "12345"), ("8", "1234567"), ("0", "12345")])
def test_a_number_next_to_the_end_is_settled_by_the_block_or_by_nobody(
    code: str, rest: str, framework: Framework
) -> None:
    cells, others = [*[*rest] * 8, code, code], ([*rest] * 8, [*rest] * 8)
    alone, beside = fit(cells, framework), fit(cells, framework, block=others)
    assert f"{code} may be an answer or a code for 'no answer'" in alone.doubt
    assert alone.certainty < 0.8
    assert not beside.doubt
    assert beside.missing == (code,)
    assert beside.scale.places[rest[-1]] == 100


def test_a_full_step_is_no_code(framework: Framework) -> None:
    assert fit([*"123456"] * 10, framework).scale.places["6"] == 100
    assert fit(["-2", "-1", "0", "1", "2"] * 5, framework).scale.places["-1"] == 25
    assert fit(["-1", "0", "1", "2"] * 8, framework).scale.places["-1"] == 25


def test_one_to_ten_begins_with_0_only_where_somebody_shows_it(framework: Framework) -> None:
    marks = [str(number) for number in range(1, 11)] * 4
    alone = fit(marks, framework)
    assert alone.scale.name == "numbers 1 to 10"
    assert "nobody gave 0, so it begins with 1" in alone.why
    assert fit(marks, framework, block=(["0", *marks],)).scale.name == "numbers 0 to 10"
    assert fit(marks, framework, "Overall (0-10)").scale.name == "numbers 0 to 10"


def test_few_low_numbers_do_not_show_the_top(framework: Framework) -> None:
    three = [*"123"] * 13
    alone = fit(three, framework)
    assert "do not go beyond 3" in alone.doubt
    assert alone.certainty < 0.8
    beside = fit(three, framework, block=(three, three))
    assert beside.scale.places["3"] == 100
    assert not beside.doubt
    assert not fit(["2", "3", "4"], framework).doubt
    assert not fit(["1", "2"], framework, block=([*"12345"],)).doubt


def test_answers_to_our_own_questions_need_no_range(framework: Framework) -> None:
    item = framework.items[0]
    for header in (item.id, item.parent, f"3. {item.practitioner}"):
        found = fit(["4", "5", "5"], framework, header)
        assert not found.doubt
        assert found.scale.places["4"] == 75


@pytest.mark.parametrize("word", ["Unsure", "Not sure"])
def test_unsure_in_the_middle_is_missing_but_keeps_the_places(word: str, framework: Framework) -> None:
    cells = ["Strongly disagree", "Disagree", word, "Agree", "Strongly agree"]
    found = fit(cells * 12, framework)
    assert [found.scale.places.get(make_cell_key(cell)) for cell in cells] == [0, 25, None, 75, 100]
    assert "'unsure' was offered where the middle stands" in found.why
    plain = fit([cell for cell in cells if cell != word] * 12, framework)
    assert plain.scale.places["agree"] == pytest.approx(200 / 3)


def test_marks_between_two_steps_may_have_a_decimal_comma(framework: Framework) -> None:
    found = fit(["1,5", "2,0", "3,5", "4,0", "5,0"] * 4, framework)
    assert [found.scale.places[key] for key in ("1,5", "2,0", "3,5", "5,0")] == [12.5, 25, 62.5, 100]
    told = fit(["1,5", "2,0", "5,0"], framework, "How was it? (1-5)")
    assert told.scale.places["1,5"] == 12.5

"""A theme that the codebook lacks is suggested where enough people write of it; of scattered answers nothing is."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from coprod_cli.coding import find_emerging
from coprod_cli.model.emerging import Suggestion
from coprod_cli.model.tables import Answer, Mention, table

PARKING = (
    "Parking was a nightmare every single time.",
    "Nowhere to park and the car park was full by nine.",
    "The bus does not run after six so I had to leave early.",
    "Two buses and a walk, and no parking at the other end either.",
    "The car park is pay and display and costs a fortune.",
    "Parking is impossible at the civic centre.",
    "One bus an hour, and the car park is always full.",
    "Spent half an hour looking for parking.",
    "The blue badge bays in the car park were full of staff cars.",
    "Nowhere to park, and then a parking ticket.",
    "The bus stop is ten minutes away and parking is worse.",
    "Please sort out the parking at the town hall.",
    "Bus fares are dear and the car park is dearer.",
    "Drove round and round for a parking space.",
    "No bus goes there, and the car park closes at six.",
    "Car park charges of eight pounds.",
    "The bus was late again, so I drove and had no parking.",
    "Parked on double yellows because the car park was shut.",
    "Better bus links or free parking would help.",
    "No spaces left in the car park.",
    "The multi storey car park frightens my son.",
    "No bus back in the evening, and no parking permit.",
    "Parking permits were promised and none came.",
    "Pick a building with parking on a bus route.",
    "Free parking for parents, please, or a bus.",
)
SCATTERED = (
    "The biscuits were soft and the kettle leaked.",
    "My wife usually fills these in, sorry for the spelling.",
    "Room four smells of paint and old carpet.",
    "Somebody should water the poor plants.",
    "The survey froze twice on my phone.",
    "Lovely sandwiches, shame about the coffee.",
    "I broke my wrist so this is dictated.",
    "Get well soon to the lady on reception.",
    "The heating rattled all morning long.",
    "My daughter drew the cover picture herself.",
    "Happy Easter to the whole team.",
    "The screen was too small to read.",
    "I joined by accident through a neighbour.",
    "The clocks changed and I turned up early.",
    "There is a typing error on page nine.",
    "The cat sat on the keyboard halfway through.",
    "A fire drill ended the second session.",
    "The projector bulb went and nobody noticed.",
    "I prefer paper forms to links.",
    "The chairs hurt my back after an hour.",
    "Somebody left a blue umbrella behind.",
    "The post arrived torn and wet.",
    "Snow closed the building in January.",
    "The sign outside has the wrong name.",
    "I wrote most of this on a train.",
)
CODED = tuple(
    f"{start} {rest}"
    for start in ("Staff", "Officers", "The service manager", "Our social worker", "The team")
    for rest in (
        "listened to parents and changed the plan.",
        "decided everything before the meeting.",
        "never wrote back about our ideas.",
        "made the draft together with families.",
        "explained the budget in plain words.",
        "asked children what they wanted.",
    )
)


def suggest(
    uncoded: Sequence[str], coded: Sequence[str] = CODED, *, least: int = 10, per_person: int = 1, shuffle: int = 0
) -> tuple[Suggestion, ...]:
    words = [*uncoded, *coded]
    answers = table((Answer(f"r{at:03d}", "q", each, each) for at, each in enumerate(words)), Answer)
    mentions = table(
        (
            Mention(f"r{at:03d}", "q", "trust", "positive", "project", 0.9, 0, 5, "hand")
            for at in range(len(uncoded), len(words))
        ),
        Mention,
    )
    people = {f"r{at:03d}": f"p{at // per_person}" for at in range(len(words))}
    if shuffle:
        order = np.random.default_rng(shuffle).permutation(len(answers))
        answers = pd.DataFrame(answers.iloc[order]).reset_index(drop=True)
    return find_emerging(answers, mentions, people, seed=1, least=least, few=5)


def test_a_theme_that_no_code_covers_is_suggested_and_named() -> None:
    [found] = suggest([*PARKING, *SCATTERED])
    assert found.phrases[0] == "car park"
    assert "parking" in found.phrases
    assert found.stability >= 0.75
    places = [int(response[1:]) for response, _ in found.answers]
    assert len(places) >= 20
    assert sum(place < len(PARKING) for place in places) >= 0.9 * len(places)
    assert all("park" in PARKING[place].lower() for place in places[:3])


def test_nothing_is_suggested_of_scattered_answers() -> None:
    assert suggest(SCATTERED) == ()
    assert suggest([*SCATTERED, *CODED[:10]], CODED[10:]) == ()


def test_too_few_uncoded_answers_suggest_nothing() -> None:
    assert suggest(PARKING[:14]) == ()
    assert suggest([]) == ()


def test_too_few_people_are_no_theme_however_much_they_write() -> None:
    assert suggest([*PARKING, *SCATTERED], per_person=5) == ()
    assert suggest([*PARKING, *SCATTERED], least=40) == ()


def test_what_a_theme_covers_is_not_suggested() -> None:
    assert suggest(SCATTERED, [*PARKING, *CODED]) == ()


def test_fillers_and_other_languages_are_no_theme() -> None:
    welsh = [f"Mae'r maes parcio yn llawn bob dydd ac nid oes bws ar ôl {at} o'r gloch." for at in range(25)]
    assert suggest([*welsh, *SCATTERED]) == ()
    assert suggest(["Nothing to add.", "n/a", "See above"] * 10) == ()


def test_the_order_of_rows_changes_nothing() -> None:
    assert suggest([*PARKING, *SCATTERED], shuffle=3) == suggest([*PARKING, *SCATTERED])


def test_words_sent_twice_count_once_and_both_forms_are_listed() -> None:
    [once] = suggest([*PARKING, *SCATTERED])
    [twice] = suggest([*PARKING, *PARKING, *SCATTERED])
    forms = {f"r{place:03d}" for place in range(2 * len(PARKING))}
    before = [place for place, _ in once.answers if place in forms and int(place[1:]) < len(PARKING)]
    assert len([place for place, _ in twice.answers if place in forms]) == 2 * len(before)
    assert twice.stability == once.stability

import json
from pathlib import Path

import pytest

from coprod_cli.coding.silence import says_nothing

CORPUS = Path(__file__).parent.parent.parent / "data" / "corpus" / "answers.jsonl"
# A bare "Yes" or "No" under a question that makes it an answer, or a number.
MOST_SILENT = 6

SILENT = """\
n/a
N/A.
na
none
Nothing to add
nothing else to add thanks
hear hear
Hear, hear!
-
...
No comment
see above
12
don\u2019t know
I have nothing more to add.
See my answer to question 4
please see Q2.
as per my previous comments
same as before
The same as above.
Same as Q3
As I said before
already answered above
ditto
I can't think of anything else, sorry
not sure really
Not applicable to us
no further comments at this time, many thanks
nothing springs to mind
no, nothing else really. Thanks again!
I've got nothing to add
lol
N.A
yes
No"""

SAYS_SOMETHING = """\
nothing changed
Nothing changed.
none of it was ours
see above, they ignored us
nobody asked him
Fine words
No feedback
no reply
nowt
Much the same
the same faces
same lies as last time
same old same old
no idea
no trust
No more meetings in the day
No views were asked
No thanks given
Nothing different
nothing to do with us
couldn't say anything
couldn't think of anything we got back
I had nothing to say in it
Yes they listened
not sure they heard
See the parents first
As before they forgot us
Thanks for nothing
we agreed it together"""


@pytest.mark.parametrize("words", ["", "  ", *SILENT.splitlines()])
def test_fillers_say_nothing(words: str) -> None:
    assert says_nothing(words)


@pytest.mark.parametrize("words", SAYS_SOMETHING.splitlines())
def test_short_answers_with_something_in_them_are_kept(words: str) -> None:
    assert not says_nothing(words)


def test_hardly_anything_that_was_coded_counts_as_nothing() -> None:
    answers = [json.loads(line) for line in CORPUS.read_text(encoding="utf-8").splitlines()]
    silent = [answer["text"] for answer in answers if answer["codes"] and says_nothing(answer["text"])]
    assert len(silent) <= MOST_SILENT, silent

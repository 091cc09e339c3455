"""An answer and a place in it go in; the place widened to whole sentences, each with its turn, comes out.

"They listened, but they never came back" says something else than "They listened". So nothing is cut within a sentence,
and a sentence that begins with a turn ("But ...", "However ...") goes with the one before it.
"""

import re

# Behind these a full stop ends no sentence.
_SHORT = "".join(rf"(?<!\b{each})" for each in ("Dr", "Mr", "Ms", "Mrs", "St", r"e\.g", r"i\.e", "vs"))
_GOES_ON = r"(?!\s*(?!(?:but|however|yet)\b)[a-z])"
_END = re.compile(rf"{_SHORT}[.!?\u2026]+[\"'\u2019\u201d)\]]*(?=\s|$){_GOES_ON}|\n{_GOES_ON}")
_TURN = re.compile(
    r"[\s\-\u2013\u2014\"'\u2018\u201c(]*(?:but|however|although|though|yet|still|nevertheless|nonetheless|even so|"
    r"that said|having said|then again|mind you|on the other hand|in the end|except|apart from|unfortunately|"
    r"sadly|until|despite|whereas|while|instead|not that|only)\b",
    re.IGNORECASE,
)


def widen_to_sentences(words: str, start: int, end: int) -> tuple[int, int]:
    """Where the sentences begin and end that hold a place, with those that they turn from, and those that turn them.

    Args:
        words: of one answer.
        start: of the place in the words.
        end: behind its last sign.
    """
    sentences = _split(words)
    held = [place for place, (first, last) in enumerate(sentences) if first < end and start < last]
    if not held:
        return start, end
    first, last = held[0], held[-1]
    while first > 0 and _TURN.match(words, sentences[first][0]):
        first -= 1
    while last + 1 < len(sentences) and _TURN.match(words, sentences[last + 1][0]):
        last += 1
    return sentences[first][0], sentences[last][1]


def _split(words: str) -> list[tuple[int, int]]:
    """Where each sentence begins and ends, without the blanks around it; a new line ends one, too."""
    found, begin = [], 0
    for end in [*(each.end() for each in _END.finditer(words)), len(words)]:
        piece = words[begin:end]
        if piece.strip():
            found.append((begin + len(piece) - len(piece.lstrip()), begin + len(piece.rstrip())))
        begin = end
    return found

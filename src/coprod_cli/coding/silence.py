"""The words of an answer go in; whether they say anything that could be coded comes out."""

import re

_FILLERS = (
    r"n\s*/?\s*a|not applicable|none|nil|nope?|no comments?|no answer|nothing(?: (?:else|more))?(?: to (?:add|say))?|"
    r"(?:i have )?nothing (?:else |more |further )?(?:to (?:add|say|report|comment)|really|comes to mind)|"
    r"no(?:thing)? (?:more|further)(?: comments?)?|no thanks?(?: you)?|thanks?(?: you)?|"
    r"hear,? hear|agreed|same(?: here| again)?|ditto|see (?:above|below|previous(?: answer)?)|as (?:above|before)|"
    r"ok(?:ay)?|fine|yes|yep|maybe|not sure|don'?t know|dunno|idk|tbc|tba|test|pass|x+|no|can'?t think of anything"
)
_SILENT = re.compile(rf"\W*(?:(?:{_FILLERS})\W*){{0,3}}", re.IGNORECASE)
_LONGEST = 120


def says_nothing(words: str) -> bool:
    """Whether an answer is empty, holds no letter, or is only a filler such as "n/a" or "nothing to add"."""
    trimmed = words.replace("\u2019", "'").strip()
    if not any(letter.isalpha() for letter in trimmed):
        return True
    return len(trimmed) <= _LONGEST and _SILENT.fullmatch(trimmed) is not None

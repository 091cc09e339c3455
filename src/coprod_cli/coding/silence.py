"""The words of an answer go in; whether they say anything that could be coded comes out."""

import re

# Only what says nothing under whatever question it stands: "no feedback", "no reply" and "nothing changed" are answers.
_ANSWERS = r"(?:answers?|comments?|responses?|replies|reply|points?|box(?:es)?|page|q(?:uestion)?s?)"
_BEFORE = r"(?:above|below|before|previous(?:ly)?|last(?: time)?|earlier|first|other)"
_NUMBERED = rf"(?: {_ANSWERS})?(?: ?(?:no\.?|number)?\d{{1,2}}[a-z]?)?"
_MY = r"(?: (?:my|the|our|in|to|at|on|for))*"
_SEE = rf"(?:please |pls |plz )?(?:see|refer to){_MY}(?: {_ANSWERS})?{_MY}"
_LIKE_I = r"(?:like|as) (?:i(?:'ve| have)? )?"
_SAID = r"(?:already )?(?:answered|covered|said|stated|mentioned)"
_AT_PRESENT = r"at (?:this|the) (?:time|moment|stage)|at present|(?:right|for) now|atm"
_NOW = rf"(?: (?:else|more|further|really|sorry|yet|thanks|at all|{_AT_PRESENT}))*"
_MORE = r"(?: (?:else|more|further|other|additional|extra|really|specific|(?:in )?particular|comments?))*"
_TO_ADD = r" to (?:add|say|report|comment|declare|make|give|share|tell you)"
_VIEWS = r"(?: (?:comments?|answer|opinion|views?|thoughts|suggestions))?"
_FILLERS = (
    rf"n ?[/.\\]? ?a{_NOW}|non[ea]?|nil|null|nope?|nah|no+|left blank|skip(?:ped)?|pass|tbc|tba|test(?:ing)?|x+",
    r"not applicable(?: (?:to|for) (?:me|us))?|(?:does ?n'?t|does not) apply(?: to (?:me|us))?",
    r"hear,? hear|agreed?|i agree|yes|yep|yeah|yup|maybe|perhaps|ok(?:ay)?|fine|hmm+|er+m*|um+|lol|sorry",
    r"(?:many |no,? )?(?:thank ?(?:you|u)|thanks?|thx|cheers|ta)(?: (?:you|very much|so much|a lot|again))?",
    rf"{_SEE} (?:{_BEFORE}|q(?:uestion)?){_NUMBERED}",
    rf"(?:the |exactly the |just the )?same (?:as|to){_MY} (?:{_BEFORE}|q(?:uestion)? ?(?=\d)){_NUMBERED}",
    rf"same(?: (?:here|again|answer|comments?|reply|response))?(?: {_BEFORE})?|ditto|idem",
    rf"as(?: per)?{_MY} {_BEFORE}{_NUMBERED}|{_LIKE_I}{_SAID}(?: {_BEFORE})?|{_SAID} (?:{_BEFORE}|already|elsewhere)",
    rf"nothing{_MORE}(?:{_TO_ADD}| i can think of| (?:comes|springs) to mind)?{_NOW}",
    rf"(?:i ?|we ?)?(?:have |'ve |got )+(?:no|nothing){_MORE}{_TO_ADD}{_NOW}",
    rf"no(?: (?:more|further|other|additional|extra))?{_VIEWS}(?:{_TO_ADD})?{_NOW}",
    rf"(?:i )?(?:can(?:'?t|not| not)|don'?t) (?:really )?(?:think of|remember|recall)(?: any(?:thing)?)?{_NOW}",
    rf"can'?t (?:say|comment)|(?:i'?m |i am )?(?:not (?:really )?sure|unsure){_NOW}",
    rf"(?:i )?(?:don'?t|do not) (?:really )?(?:know|no){_NOW}|dunno|idk|that'?s (?:all|it)(?: from me)?{_NOW}",
)
_SILENT = re.compile(rf"\W*(?:(?:{'|'.join(_FILLERS)})(?!\w)\W*){{0,3}}", re.IGNORECASE)
_LONGEST = 120


def says_nothing(words: str) -> bool:
    """Whether an answer is empty, holds no letter, or is only a filler such as "n/a" or "same as before"."""
    trimmed = " ".join(words.replace("\u2019", "'").split())
    if not any(letter.isalpha() for letter in trimmed):
        return True
    return len(trimmed) <= _LONGEST and _SILENT.fullmatch(trimmed) is not None

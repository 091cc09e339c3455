"""A closed question goes in; what else than this joint work it speaks of comes out: nothing about that may be scored.

A parent who trusts the school, or wishes to be listened to, says nothing of how this piece of work was done.
"""

import re

from coprod_cli.reading.wording import make_key

# What people want, or would find important, is not what happened.
WISHES = re.compile(
    r"\b(?:should|ought|must|would (?:like|want|love|have liked|prefer|value)|would you (?:like|want|value|be)|"
    r"want(?:ed)? to|i want|intend to|plan to|am going to|want the|hope|hoped|hopes|expect|need to|"
    r"needs to|next time|willing|ideal|ideally)\b|"
    r"\bimportant (?:to|that|is it|for)\b|\bhow important\b|\bimportance\b|\bis important\b|"
    r"\bmatters? to (?:me|you|us)\b|"
    r"\binterested in (?:becoming|joining|taking|being)\b|\bhow (?:likely|interested|willing|keen)\b|"
    r"\bwould (?:you )?(?:recommend|take part|do it|attend|come)\b|\blikely (?:are|is) (?:you|it)\b"
)
_OWN = r"(?:my|our|your|their|his|her|the|a)"
_OWN_SERVICE = re.compile(
    rf"\b{_OWN} (?:own )?(?:\w+ )?(?:child|son|daughter|young person|boy|girl)(?:'s)?\b"
    r"|\b(?:my|our|your) (?:own )?famil(?:y|y's)\b(?! (?:and|or))"
    r"|\b(?:ehcps?|ehc|health and care plan|schools?|teachers?|senco|class|diagnos\w+|therap\w+|appointments?|gp|"
    r"doctors?|nurses?|hospital|assessments?|tribunals?|caseworkers?|case officers?|local offer|nhs|short breaks?|"
    r"paediatrician|psychologist|health visitor|key ?worker|social worker|annual reviews?|placement|"
    r"waiting (?:list|time)s?|"
    r"send services|respite|preparation for adulthood|allowance)\b"
    r"|\bmy (?:own )?(?:care|support|case|plan|treatment|health|mental health|workload|manager|confidence)\b"
    r"|\b(?:services?|schools?|professionals) in (?:my|our|this|the) (?:\w+ )?(?:area|county|city|"
    r"borough)\b|\bat home\b"
)
_PERSON = re.compile(
    r"^(?:are|is) (?:you|your|english)\b|^(?:do|does|have|has|did) (?:you|your)\b(?! (?:feel|think|agree|"
    r"find|believe|know what))"
    r"|^how (?:old|many|long|often do you|confident are you with)\b|\bethnic group\b|\bwhat is your\b|"
    r"\bheard (?:of|about)\b"
    r"|\bhealth conditions?\b|\blong term (?:condition|illness)\b|\bi understand what\b|\bcovid\b|"
    r"\bi know (?:who|where|how) to\b"
)
_EVENT = re.compile(
    r"\b(?:venue|refreshments?|catering|lunch|food|parking|presentations?|presenters?|speakers?|slides?|"
    r"webinar|booking|"
    r"trainers?|newsletter|this (?:survey|event|session|workshop|webinar|training|course|questionnaire)|today's?|"
    r"the (?:event|session|workshop|webinar|conference|course|room|website|leaflet|app|day)|website|"
    r"(?:the )?training (?:met|was|course|day)|learn(?:ed|t) something|what i learn(?:ed|t)|time for questions)\b"
    r"|\bi listened\b"
)
_AT_LARGE = re.compile(
    r"\b(?:this|it) was (?:genuine|real|true) co production\b|\bco production is\b|\bgenuine co production\b"
    r"|^overall\b.*\b(?:satisf\w+|rate|experience)\b"
)
SUBJECTS: dict[str, re.Pattern[str]] = {
    "it says what people want or find important, not what happened": WISHES,
    "it is about one's own child, family or services": _OWN_SERVICE,
    "it is about the person": _PERSON,
    "it is about an event or its material": _EVENT,
    "it sums up the whole": _AT_LARGE,
}


def find_other_subject(text: str) -> str:
    """Why a question is not about how this joint work was done, in words; '' when nothing says so."""
    asked = make_key(text)
    return next((why for why, pattern in SUBJECTS.items() if pattern.search(asked)), "")

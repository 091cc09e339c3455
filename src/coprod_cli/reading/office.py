"""A header goes in; whether the office wrote what stands below it, and not the people who answered, comes out."""

import re
from typing import NamedTuple

from coprod_cli.model.survey import ColumnKind
from coprod_cli.reading.identifying import DROPPED

_WRITERS = (
    r"(?:internal|office|admin|administrator|administrative|moderator|moderation|reviewer|staff|researcher|analyst|coder|"
    r"facilitator|transcriber|evaluator|assessor|data entry|call handler|follow up)(?: s|'s|s)?"
)
_NOTED = r"(?:notes?|comments?|remarks?|observations?|memos?)"
_ONLY = re.compile(
    r"\b(?:office|official|staff|internal|admin|administrative|council|team) use\b|"
    r"\b(?:staff|office|internal|admin|researchers?|moderators?) only\b"
)
_OFFICE = re.compile(
    rf"^(?:the )?{_WRITERS} (?:only )?{_NOTED}(?: s)?(?: (?:on|about|for|to|of|from|and) .*| \d+)?$|"
    rf"^{_NOTED}(?: s)? (?:by |from |of |for )?(?:the )?{_WRITERS}(?: only)?$|"
    r"^(?:follow up )?actions? (?:taken|required|needed)\b(?: .*)?$|^follow up (?:action|needed|required)s?$|"
    r"^(?:date )?(?:reply|response|acknowledge?ment|letter|answer)s? sent\b(?: .*)?$|"
    r"^(?:our|council|staff|office|admin|team) (?:response|reply|answer)(?: to .*)?$|"
    r"^(?:(?:ai|auto|automatic|automated|gpt|chatgpt|copilot|machine|short|brief|english) )*"
    r"(?:summary|sentiment|translation|translated|transcript|transcription|coding|coders?|themes?|codes?|tags|"
    r"theme s|code s|tag s)"
    r"(?: (?:label|score|polarity|analysis|notes?|assigned|applied|\d+|by(?: .*)?|english|in english|into english|"
    r"of (?:the )?(?:response|comment|answer|feedback)s?))*$|"
    r"^(?:translated|coded|reviewed|moderated|checked|entered|transcribed|summarised) "
    r"(?:by|from|on|text|response)\b(?: .*)?$"
)
_PERSONAL = re.compile(
    r"^(?:any )?safeguarding(?: (?:concerns?|issues?|flags?|notes?|alerts?|referrals?|actions?|risks?))*$|"
    rf"^(?:the )?(?:interviewer|enumerator|case|case ?worker|call|visit)(?:'s| s)? {_NOTED}$|"
    rf"^{_NOTED}(?: s)? (?:by |from |of )?(?:the )?(?:interviewer|enumerator|case ?worker)s?$|"
    r"^(?:wellbeing|welfare|risk) (?:concerns?|flags?|alerts?)$"
)
_ASKS_PEOPLE = re.compile(r"\b(?:you|your|yours|yourself)\b")


class OfficeColumn(NamedTuple):
    """What a column of the office's is taken for, and why."""

    kind: ColumnKind
    why: str


def find_office_header(key: str) -> OfficeColumn | None:
    """What the office's own column is taken for by its header, as make_key writes it; None for people's answers."""
    if _PERSONAL.search(key):
        return OfficeColumn(ColumnKind.METADATA, f"it is what the office noted about somebody: {DROPPED}")
    if _ONLY.search(key) or (_OFFICE.search(key) and not _ASKS_PEOPLE.search(key)):
        why = "the header says that the office wrote it, not the people who answered"
        return OfficeColumn(ColumnKind.UNUSED, why)
    return None

"""A header or a cell about quoting goes in; whether it is consent to quote the words without the name comes out.

Consent is never assumed: what is not plainly a yes to being quoted without the name is none.
"""

import re
from typing import NamedTuple

from coprod_cli.reading.wording import list_words, make_cell_key

_TICKED = frozenset({"1", "1.0", "x", "\u2713", "\u2714", "\u2611", "true", "checked", "ticked", "selected"})
# Boxes left empty, and answers that are no yes.
_NOT_GIVEN = frozenset(
    (
        "0", "0.0", "2", "n", "false", "disagree", "i disagree", "unchecked", "not checked", "not selected", "\u2610",
        "prefer not to say", "not sure", "don't know", "i do not", "i don't", "i do not agree", "i don't agree",
        "i do not consent", "i don't consent",
    ),
)  # fmt: skip
_YES = re.compile(
    r"^(?:yes|y|yep|yeah|ok|okay|sure|of course|certainly|absolutely|definitely|agreed?|consent(?: given)?|please do|"
    r"(?:i|we) (?:agree|consent|do|am happy|are happy|give (?:my |our )?(?:consent|permission))|i'm happy|happy|"
    r"you (?:may|can))"
    # Behind it only words that take nothing back.
    r"(?: (?:please|thanks|thank you|yes|of course|certainly|that's|that is|fine|ok|okay|no problem|i|we|you|agree|"
    r"consent|do|am|i'm|are|happy|may|can|for|to|be|being|me|my|us|our|words|comments|answers|what i said|it|this|them|"
    r"quote|quoted|use|used|using|quoting|in|the|your|report|anonymously|without (?:using |giving )?my name))*$"
)
_PLAIN_NO = frozenset({"no", "no thanks", "no thank you", "no i do not", "no i don't", "i do not", "i don't"})
_YES_OR_NO = re.compile(r"^(?:yes|no)\b")

# What headers say of the name without asking for it: it goes before anything else is looked for.
_ASSURANCES = re.compile(
    r"\b(?:with or without|without|not with|no|leaving out|but not|minus)(?: [\w']+){0,2}? "
    r"(?:full |real |own )?names?\b|"
    r"\bwithout (?:naming|identifying) (?:you|me|anyone|anybody)\b|"
    r"\b(?:your|my|any|the|no|real) (?:names?|identity)(?: and \w+){0,2} (?:will|would|shall|won't|wouldn't)"
    r"(?: (?:not|never))? (?:be )?(?:used|given|shared|published|printed|included|shown|mentioned|appear|kept|removed)"
    r"(?: (?:out|private|confidential|alongside|anywhere|with) ?(?:of it|them|it)?)?|"
    r"\b(?:we|it) (?:will|would|shall) (?:not|never) (?:use|give|share|publish|print|include|show|mention)"
    r" (?:your|any|the|peoples?'?|people's) (?:names?|identity)\b|"
    r"\b(?:you|i|nobody|no one) (?:will|would|can|could|must) ?(?:not|never)? (?:be )?"
    r"(?:named|identified|identifiable)\b|"
    r"\b(?:cannot|can't) be (?:identified|named)\b|\bonly (?:ever )?(?:anonymously|if anonymous)\b|"
    r"\banonymously only\b|\bnot attributed to (?:you|me)\b"
)
_DENIAL = re.compile(
    r"\b(?:not|\w+n't|cannot|never|no|nothing|none|objections?|objects?|objected|objecting|opt(?:ing|ed)? out|unless|"
    r"refuse|decline|withhold\w*|withdraw\w*|exclude\w*|except|mind|"
    r"leave|left|leaving|keep|stop|remain|stay|delete\w*|remov\w+|hide|hidden|"
    r"forbid|avoid|rather|prefer|worried|concern\w*|problems?|uncomfortable)\b"
)
# The few ways of asking for a no in which a yes can mean nothing else.
_ASKS_FOR_NO = re.compile(
    r"\bif you (?:do not|don't|would not|wouldn't) (?:want|wish|agree|consent|like)\b|"
    r"\bi (?:do not|don't) (?:want|wish|agree|consent|give (?:my )?(?:consent|permission))\b|"
    r"\bprefer (?:us |you |that you |it if you )?(?:not to\b|did not|didn't)|"
    r"^(?:\w+ ){0,6}opt(?:ing|ed)? out\b|"
    r"\b(?:do|would) you (?:have any )?object(?:ions?)?\b|^i object\b|^objections?(?: to)?\b|"
    r"^please (?:do not|don't) (?:quote|use|publish|share|print)\b"
)
_OPEN_QUESTION = re.compile(r"^(?:what|which|how|why|where|who|when|anything|is there anything)\b")
_PAST = re.compile(
    r"\b(?:have|has|had|was|were|did|been)\b(?: \w+){0,4} (?:quot\w+|us(?:e|ed)|shar\w+|publish\w+|print\w+)\b|"
    r"\bquoted (?:before|previously|in the past)\b|\bfelt\b"
)
_NO_PUBLICATION = re.compile(
    r"\b(?:private|privately|internal|internally|confidential\w*|only|training|staff|research|data|analysis|study|"
    r"statistic\w*)\b|\bshar\w+ (?:\w+ ){0,4}with\b|\bwith the (?:council|school|local authority|team|trust|nhs)\b"
)
_CONTACT = re.compile(
    r"\bcontact\w*|\bget in touch\b|\b(?:e mail|email|phone|call|ring) (?:you|me)\b|"
    r"\bbefore (?:we|you|they|any|being|i)\b|"
    r"\b(?:like|want|wish|ask) (?:us )?to (?:see|check|approve|read|be asked|know)\b|\bask(?:ed)? (?:you|me|first)\b"
)
_SOMEBODY_ELSE = re.compile(
    r"\bquot\w+ (?:what )?(?:your|my|the|our) (?:child|children|son|daughter|young person|family)\b|"
    r"\b(?:child|children|son|daughter|young person)(?:'s| s) (?:words|comments?|views)\b"
)
_NAMED = re.compile(r"\b(?:names?|named|naming|attribut\w+)\b")
_FRAME = re.compile(
    r"\b(?:may|can|could) (?:we|i|they|us|the)\b|\b(?:consent|permission|agree|happy|willing|okay|ok|objections?|"
    r"object|opt out|want|wish|prefer|please|unless)\b|\ballow us\b|"
    r"\b(?:may|can|could) (?:your|my|these) (?:words|comments?|answers?)\b|"
    r"\b(?:your|my|these) (?:words|comments?|answers?) (?:may|can|could) be\b"
)
_REFUSALS = (
    (_OPEN_QUESTION, "it does not ask for a yes or no to being quoted"),
    (_SOMEBODY_ELSE, "it asks about quoting somebody else"),
    (_PAST, "it asks what has been quoted or used, not what may be"),
    (_CONTACT, "it asks whether people may be contacted or asked first, which is no consent to quote them"),
    (_NO_PUBLICATION, "it asks for a use that is not published, which is no consent to quote"),
    (_NAMED, "it asks about quoting with the name, which is another consent"),
)
# A yes can only allow what a header asks leave for: 'Quotes were fair' does not.
_LEAVE = re.compile(
    r"\b(?:may|can|could|might|consent\w*|permission|permit|agree\w*|happy|willing|content|allow\w*|ok|okay|fine|"
    r"understand|want|wish|like|accept|alright|all right)\b|^(?:\w+ )?quot\w+(?: \w+)?$"
)
_CHOICES = re.compile(r" (?:yes|y) (?:or )?(?:no|n)$")
_QUOTING = re.compile(r"\bquot(?:e|ed|ing|es|ation|ations)\b")
_WORDS = (
    r"(?:(?:your|my|our|these|the) (?:\w+ )?(?:words|comments?)|what (?:you|i) (?:say|said|write|wrote|have written))"
)
_QUOTED = rf"(?:quote (?:you|me|{_WORDS})|use {_WORDS})"
_CERTAIN = re.compile(
    rf"^(?:(?:may|can) we (?:please )?(?:{_QUOTED}|use quotes from {_WORDS})|"
    rf"(?:may|can) {_WORDS} be quoted|"
    rf"(?:are you |would you be |i am |i'm )?(?:happy|willing|content|okay|ok) "
    rf"(?:for us |for you |with us )?to {_QUOTED}|"
    rf"(?:are you |i am |i'm )?(?:happy|willing|content) (?:for {_WORDS} )?to be quoted|"
    r"(?:do you |i )?(?:(?:give|have) )?(?:your |my |our )?(?:consent|permission|agree)(?: given)? (?:to|for) "
    rf"(?:us to )?(?:being quoted|be quoted|quote|quotes|quoting|{_QUOTED})|"
    r"(?:ok|okay) to quote|(?:quotes?|quoting|quotation) (?:consent|permission|ok)|consent quotes?)"
    r"(?: (?:anonymously|anonymous|please|optional|without (?:using |giving )?(?:your|my) name|"
    r"without naming (?:you|me)|"
    r"in (?:our|the|a|this|your) (?:public |published |final )?reports?))*$"
)
_BARE = re.compile(r"^(?:consent|permission)(?: given)?$")
_WRITE = 'say kind = "consent" for it in a mapping file'
_WRITE_TURNED = f'{_WRITE}, with words = {{ "Yes" = "no", "No" = "yes" }} if yes means that they may not'


class ConsentHeader(NamedTuple):
    """What a question about quoting asks for: whether it is taken for consent, how surely (0..1), and why.

    turned: a yes to it means that the words may not be quoted.
    """

    taken: bool
    certainty: float
    why: str
    turned: bool = False


def judge_header(key: str) -> ConsentHeader | None:
    """What a header, as make_key writes it, asks about quoting; None when it asks nothing of the kind."""
    if _BARE.match(key):
        why = "the header is 'consent' and the answers are yes or no; please check that it is consent to be quoted"
        return ConsentHeader(taken=True, certainty=0.6, why=why)
    plain = " ".join(_ASSURANCES.sub(" ", _CHOICES.sub("", key)).split())
    quoting = bool(_QUOTING.search(plain))
    if not quoting and (not _FRAME.search(plain) or _PAST.search(plain)):
        return None
    if _CERTAIN.match(key):
        return ConsentHeader(taken=True, certainty=0.95, why="it asks whether the words may be quoted without the name")
    refused = _find_refusal(plain)
    if refused:
        return ConsentHeader(taken=False, certainty=0.7, why=f"{refused}; if it is consent to be quoted, {_WRITE}")
    return _judge_direction(plain)


def _judge_direction(plain: str) -> ConsentHeader:
    """Whether a question asks for quoting or for not quoting, by its words for no: they must be none, or plain."""
    asks_for_no = len(_ASKS_FOR_NO.findall(plain))
    others = _DENIAL.search(_ASKS_FOR_NO.sub(" ", plain))
    if asks_for_no > 1 or others:
        why = f"a yes may mean that the words may not be quoted, so nobody is quoted by it; else {_WRITE_TURNED}"
        return ConsentHeader(taken=False, certainty=0.6, why=why)
    if asks_for_no:
        why = "it asks whether the words may not be quoted, so a yes is taken for a no; please check that"
        return ConsentHeader(taken=True, certainty=0.7, why=why, turned=True)
    if not _LEAVE.search(plain):
        why = f"it speaks of quoting, but not of leave to quote; if a yes means that the words may be quoted, {_WRITE}"
        return ConsentHeader(taken=False, certainty=0.6, why=why)
    why = "it seems to ask whether the words may be quoted, and the answers are yes or no; please check that"
    return ConsentHeader(taken=True, certainty=0.7, why=why)


def _find_refusal(plain: str) -> str:
    """Why a question that speaks of quoting or using words is no consent to publish them without the name; or ""."""
    return next((why for header, why in _REFUSALS if header.search(plain)), "")


def read_consent(cell: str) -> bool | None:
    """True for a plain yes, False for no or nothing, None for what is neither, such as a yes with a condition."""
    key = make_cell_key(cell)
    if not key or key in _NOT_GIVEN:
        return False
    words = " ".join(list_words(key))
    if key in _TICKED or _YES.match(words):
        return True
    return False if words.split(" ", 1)[0] == "no" else None


def turn_consent(key: str) -> str:
    """What an answer to a question that asks for a no means, as 'yes' or 'no'; "" where it cannot be told.

    An empty box is silence and not a yes; only a plain no to being left out is one.
    """
    if read_consent(key):
        return "no"
    return "yes" if " ".join(list_words(key)) in _PLAIN_NO else ""


def says_yes_or_no(cell: str) -> bool:
    """Whether a cell answers yes or no, perhaps with a condition."""
    return read_consent(cell) is not None or bool(_YES_OR_NO.match(make_cell_key(cell)))

"""Headers and cells go in; whether a column says who somebody is, and the names that stand in it, come out.

Such columns are dropped. Their names are kept in memory only, so that they can be masked where answers mention them.
Headers are known in English, Welsh, German, French, Spanish, Italian, Dutch and Polish, the languages in which survey
tools name their own columns.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from coprod_cli.model.survey import ColumnKind, SurveyColumn
from coprod_cli.reading.wording import make_key

DROPPED = "personal; dropped"
EMAIL_WHY = (
    "the cells are e-mail addresses: personal; it is dropped; if it tells which forms are one person's, say "
    'kind = "person" in a mapping file: it is then hashed'
)
_EMAIL = re.compile(r"^<?[^@\s<>]+@[^@\s<>]+\.[^@\s<>]{2,}>?$")
_PATTERNS: dict[str, re.Pattern[str]] = {
    "IP addresses": re.compile(r"^(?:(?:\d{1,3}\.){3}\d{1,3}|(?=.*:.*:)[0-9a-f:]{3,39}(?:%\w+)?)$", re.IGNORECASE),
    "telephone numbers": re.compile(r"^(?:\+\d{1,3}|\(?0)[\d ()./-]{8,16}$"),
    "postcodes": re.compile(r"^(?:[a-z]{1,2}\d[a-z\d]?\s*\d[a-z]{2}|gir\s?0aa)$", re.IGNORECASE),
    "links": re.compile(r"^(?:https?://|www\.)\S+$", re.IGNORECASE),
    "coordinates": re.compile(r"^-?\d{1,3}\.\d{3,},?(?:\s*-?\d{1,3}\.\d{3,}(?: -?\d+(?:\.\d+)?){0,2})?$"),
    "NHS numbers": re.compile(r"^\d{3}[ -]\d{3}[ -]\d{4}$"),
    "National Insurance numbers": re.compile(r"^[a-z]{2} ?\d{2} ?\d{2} ?\d{2} ?[a-d]$", re.IGNORECASE),
    "numbers of a panel or crowd worker": re.compile(r"^(?:[0-9a-f]{24}|A[A-Z0-9]{12,14})$"),
}
# People mistype, and some leave a remark.
_LEAST_SHARE = 0.6
_OWNER = (
    r"(?:your|my|please enter your|please give your|respondent|recipient|contact|participant|parent|carer|responder|"
    r"child s|child's|your child's|person s|resp|interviewee|interviewer|enumerator|childs|child|mother s?|father s?|"
    r"caregiver|guardian|patient|head of household|household head)"
)
_NAME = (
    r"(?:(?:full|first|last|given|family|middle|user|recipient ?first|recipient ?last|second|sur|fore|preferred|"
    r"known as) ?)?(?:name|names|surname|forename|firstname|lastname|username|fullname|initials|signature)"
)
_FOREIGN_NAME = (
    r"(?:vor|nach|familien|zu)?name|vor und nachname|nom(?: de famille| complet| et prenom)?|prénom|"
    r"prenom|nombre(?:s)?|"
    r"apellidos?|nombre y apellidos?|nome(?: e cognome)?|cognome|naam|voornaam|achternaam|imię|imie|"
    r"nazwisko|enw(?: llawn| cyntaf)?|cyfenw"
)
_NAMES = re.compile(
    rf"^(?:{_OWNER} )*{_NAME}(?: optional| if you wish| not required)?$|^(?:{_FOREIGN_NAME})$|"
    rf"^recipient(?:first|last)name$"
    r"|^what is your (?:full |first |last )?name\b|^name of (?:person|respondent|parent|carer|participant)\b"
)
# 'Name and surname', 'First name / last name', also in two languages: nothing but words for names.
_NAMES_ALONE = re.compile(
    r"^(?=.*\b(?:name|names|surname|forename|firstname|lastname|nom|prénom|prenom|vorname|nachname)\b)"
    r"(?:(?:your|full|first|last|given|family|middle|name|names|surname|forename|firstname|lastname|nom|noms|post|prénom|"
    r"prenom|vorname|nachname|and|or|amp|et|und|de|famille)(?: |$)){2,}$"
)
_CHILDS_NAME = re.compile(
    r"\b(?:child|son|daughter|young person)(?:'s| s)? (?:full |first |last )?name\b|^name of (?:your |the )?child\b"
)
_PLACES = re.compile(
    r"\bname of (?:(?:your|the|my|his|her|their|child's|child s|young person's) )*(?:school|nursery|college|setting|gp|"
    r"surgery|doctor|hospital|provider|social worker|teacher|senco)\b"
    r"|\b(?:school|nursery|college|setting|surgery|teacher|social worker)(?:'s)? name\b"
)
_CONTACTS = re.compile(
    r"\be ?mail\b|^email|e mail adresse|correo electrónico|courriel|e bost|posta elettronica|emailadres|"
    r"\btele?phone\b|\bphone\b|"
    r"\btelefon(?:o|nummer)?\b|\btéléphone\b|\bteléfono\b|\bffôn\b|\bmobile (?:number|phone|no)\b|"
    r"^mobile$|\bwhatsapp\b|\bhandynummer\b|"
    r"\bpost ?codes?\b|\bzip(?: ?code)?\b|\bpostleitzahl\b|\bplz\b|\bcode postal\b|\bcódigo postal\b|\bcod post\b|"
    r"\bip ?addr(?:ess|esse)?\b|\bip adresse\b|\badresse ip\b|\bdirección ip\b|\bipaddr\b|^ip$|"
    r"\b(?:home|postal|street|full|your) address\b|^address(?: line)?(?: \d)?$|^adresse$|^dirección$|^cyfeiriad$|"
    r"\blatitude\b|\blongitude\b|\blocation ?(?:latitude|longitude|accuracy)\b|\bbreitengrad\b|"
    r"\blängengrad\b|\blatitud\b|\blongitud\b|"
    r"^(?:gps|geolocation|geopoint|coordinates|lat|lon|lng|lat long)$|"
    r"\bnhs (?:number|no)\b|\bnational insurance\b|\bni number\b|\bupn\b|\bunique pupil number\b|"
    r"\bhospital number\b|\bpassport\b|"
    r"\bdate of birth\b|\bdob\b|\bbirth ?day\b|\bbirth ?date\b|\bgeburtsdatum\b|\bfecha de nacimiento\b|"
    r"\bdate de naissance\b|\bdyddiad geni\b|"
    r"\bcontact details\b|^how (?:can|may|should) we (?:contact|reach)\b|\b(?:twitter|facebook|instagram|"
    r"social media) (?:name|handle|account)\b|"
    r"\buser ?agent\b|\bbrowser\b"
)
_WORKERS = re.compile(
    r"\bprolific\b|^prolific ?pid$|\bmturk\b|\bmechanical turk\b|^worker ?id$|^assignment ?id$|"
    r"\bamazon id\b|^panel(?:ist)? ?(?:id|member|number)$|"
    r"^(?:psid|rid|cint ?id|dynata ?id|lucid ?id|sona ?id|session id|study id prolific)$"
)
_REFERENCES = re.compile(
    r"^(?:(?:your|my|the|child|child s|child's|childs|young person's|young person s|council|"
    r"local authority|lac|cin|cp|sen|send|social care) )*"
    r"(?:ehcp?|ehc plan|ehcp plan|case|pupil|tribunal|appeal|complaint|referral|liquidlogic|mosaic|casefile|case file) "
    r"?(?:ref|refs|reference|references|reference number|ref number|ref no|number|no)$"
    r"|\binitials\b"
)
_WORKERS_OF_FAMILIES = re.compile(
    r"^(?:(?:name|names|contact|details) of (?:\w+ )?)?(?:(?:your|my|the|child's|child s|child|family|"
    r"family's|named|allocated|assigned|current|"
    r"main) )*"
    r"(?:social ?worker|case ?worker|case ?holder|key ?worker|key contact|support ?worker|"
    r"lead (?:professional|practitioner|worker)|"
    r"(?:\w+ ){0,3}officer|health visitor|case ?manager|care ?coordinator|care co ordinator)"
    r"(?:'s| s)?(?: (?:name|names|full name|contact|details|contact details|assigned|allocated|involved))*$"
)


class PersonalRule(NamedTuple):
    """Headers that say that a column is personal, how surely, and what it holds."""

    header: re.Pattern[str]
    certainty: float
    holds: str


PERSONAL_RULES: tuple[PersonalRule, ...] = (
    PersonalRule(_NAMES, 0.95, "names"),
    PersonalRule(_NAMES_ALONE, 0.95, "names"),
    PersonalRule(_CHILDS_NAME, 0.95, "names"),
    PersonalRule(_PLACES, 0.9, "names of places or people that tell who somebody is"),
    PersonalRule(_WORKERS, 0.95, "a panel's or crowd work site's number for the person"),
    PersonalRule(_REFERENCES, 0.9, "what others can find the person or the case by"),
    PersonalRule(_CONTACTS, 0.95, "contact or personal details"),
)
_NOT_NAMES = frozenset(
    "anonymous anon unknown none name names test tester prefer not say the and parent parents carer carers mum "  # noqa: SIM905  # one string reads better than ninety
    "mums dad dads mother father family families info admin office contact enquiries enquiry hello mail email team "
    "noreply reply support service services school council forum send sen nhs gov gmail hotmail outlook yahoo survey "
    "user guest staff manager miss mrs mr ms mx dr prof sir given blank null nan yes withheld private confidential "
    "chair secretary treasurer co org com net www love sunshine happy with for from this that".split()
)
_NAME_PART = re.compile(r"[^\W\d_]+(?:['\u2019\u2010-][^\W\d_]+)*")
_SHORTEST, _LONGEST_NAME = 3, 5


def find_personal_header(*texts: str) -> PersonalRule | None:
    """The first rule that any of a column's headings matches, or None."""
    keys = [make_key(text) for text in texts if text]
    return next((rule for rule in PERSONAL_RULES if any(rule.header.search(key) for key in keys)), None)


def find_worker_header(key: str) -> bool:
    """Whether a header, as make_key writes it, names somebody who works with a family, as 'Social worker' does."""
    return bool(_WORKERS_OF_FAMILIES.search(key))


def find_personal_cells(share: Callable[[Callable[[str], object]], float]) -> str:
    """What personal thing most cells are, as in 'IP addresses'; '' for none.

    Args:
        share: gives the share (0..1) of the filled cells that a test holds for.
    """
    if are_emails(share):
        return "e-mail addresses"
    for holds, pattern in _PATTERNS.items():
        if share(pattern.match) >= _LEAST_SHARE:
            return holds
    mixed = share(lambda cell: _EMAIL.match(cell) or any(pattern.match(cell) for pattern in _PATTERNS.values()))
    return "contact details or addresses" if mixed >= _LEAST_SHARE else ""


def are_emails(share: Callable[[Callable[[str], object]], float]) -> bool:
    """Whether the cells are mostly e-mail addresses."""
    return share(_EMAIL.match) >= _LEAST_SHARE


def find_private_words(columns: Sequence[SurveyColumn], counts: Sequence[Mapping[str, int]]) -> frozenset[str]:
    """The names that stand in personal columns, in lower case, each of at least three letters.

    They come from columns of names, from dropped columns of e-mail addresses and from one that serves as the person:
    'jo.bloggs7@example.org' gives 'bloggs'. Words that are no names ('anonymous', 'info') are passed over.
    """
    words: set[str] = set()
    for column, counted in zip(columns, counts, strict=True):
        if column.kind not in (ColumnKind.METADATA, ColumnKind.PERSON):
            continue
        rule = find_personal_header(column.header, column.question)
        named = column.kind is ColumnKind.METADATA and rule is not None and rule.holds == "names"
        for cell in counted:
            if "@" in cell and _EMAIL.match(cell.strip()):
                words.update(_split_name(cell.partition("@")[0]))
            elif named and len(cell.split()) <= _LONGEST_NAME:
                words.update(_split_name(cell))
    return frozenset(words)


def _split_name(text: str) -> set[str]:
    parts = {
        part.casefold() for whole in _NAME_PART.findall(text) for part in (whole, *re.split(r"['\u2019\u2010-]", whole))
    }
    return {part for part in parts if len(part) >= _SHORTEST and part not in _NOT_NAMES}

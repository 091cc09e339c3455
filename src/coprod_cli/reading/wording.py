"""A header or a cell goes in; its words come out made plain, for matching: no mark-up, no odd blanks, lower case."""

import functools
import hashlib
import html
import re

_TAG = re.compile(r"</?[a-zA-Z!][^<>]*>")
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_PLAIN_MARKS = str.maketrans(
    {
        "\u2018": "'", "\u2019": "'", "\u02bc": "'", "\u00b4": "'", "`": "'",
        "\u201c": '"', "\u201d": '"',
        "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": "-", "\u2212": "-", "\ufe0f": None,
        "\u200b": None, "\u200c": None, "\u200d": None, "\u2060": None, "\ufeff": None, "\u00ad": None, "\x00": None,
    },
)  # fmt: skip
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_BREAKS = frozenset("\x0b\x0c\x1c\x1d\x1e\x1f\x85")
_NUMBERING = re.compile(r"^\s*(?:q(?:uestion)?\s*)?\d{1,3}\s*[.):]\s*(?:[a-z]\s*[.)]\s*)?", re.IGNORECASE)
# Every header is compared with every item in several ways: what a wide survey asks for again and again is kept.
_REMEMBERED = 20_000
_SLUG_WORDS = 6
_SLUG_LENGTH = 40
# One string reads better than eighty.
_DULL_WORDS = frozenset(
    "a an and are as at be because been by did do does far for from had has have how i if in is it it's me my of on or "  # noqa: SIM905  # see above
    "our so that the their them there they this to was we were what when which who with you your".split()
)


def drop_controls(text: str) -> str:
    """The text without characters that steer a terminal or turn the reading direction round.

    Tabs and line ends stay; old marks for a new line, page or record become a space, so that words stay apart.
    """
    return _CONTROLS.sub(lambda found: " " if found.group() in _BREAKS else "", text)


def clean_header(raw: str) -> str:
    """The header as a person reads it: tags and invisible marks gone, every run of blanks one space."""
    return " ".join(html.unescape(_TAG.sub(" ", raw)).translate(_PLAIN_MARKS).split())


def strip_numbering(text: str) -> str:
    """The question without the number in front of it: '7. How far ...' and 'Q7: How far ...' become 'How far ...'."""
    return _NUMBERING.sub("", text, count=1)


def list_words(text: str) -> list[str]:
    """The words in lower case, without punctuation; 'power_1' gives ['power', '1']."""
    return _WORD.findall(clean_header(text).casefold())


@functools.lru_cache(_REMEMBERED)
def make_key(text: str) -> str:
    """The words joined by single spaces: what two headers are compared by."""
    return " ".join(list_words(text))


def make_cell_key(cell: str) -> str:
    """A cell as the scales know it: lower case, straight apostrophes, single blanks, no full stop behind."""
    if not cell.isascii() or "`" in cell:
        cell = cell.translate(_PLAIN_MARKS)
    return " ".join(cell.casefold().split()).rstrip(" .;,").strip()


def make_slug(text: str) -> str:
    """A short stable name for a question without a code, for example 'was_good_parents_worked'.

    When words had to be cut off, four characters of a hash keep two long questions apart.
    """
    words = [word.replace("'", "") for word in list_words(strip_numbering(text))]
    telling = [word for word in words if word not in _DULL_WORDS] or words or ["question"]
    slug = "_".join(telling[:_SLUG_WORDS])
    if len(telling) > _SLUG_WORDS or len(slug) > _SLUG_LENGTH:
        mark = hashlib.sha256(" ".join(words).encode()).hexdigest()[:4]
        slug = f"{slug[:_SLUG_LENGTH].rstrip('_')}_{mark}"
    return slug


@functools.lru_cache(_REMEMBERED)
def take_telling_words(text: str) -> frozenset[str]:
    """The words that carry the meaning, cut to a rough stem, so that 'listened' meets 'listen'."""
    return frozenset(cut_ending(word) for word in list_words(text) if word not in _DULL_WORDS)


def cut_ending(word: str) -> str:
    """A rough stem: the word without the endings of plurals, of the past and of -ing."""
    word = word.removesuffix("'s").removesuffix("s'")
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:  # noqa: PLR2004  # a stem shorter than four letters tells nothing
            return word[: -len(ending)].removesuffix("e")
    return word.removesuffix("e") if len(word) > 4 else word  # noqa: PLR2004  # as above

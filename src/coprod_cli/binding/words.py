"""Anybody's words go in; the same words, fit for a paragraph of XML and unable to touch what follows, come out."""

import re

# What XML 1.0 cannot hold: most control characters, half surrogates and two non-characters.
_FORBIDDEN = re.compile("[^\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SPACE = re.compile("[ \t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]+")
# Marks that turn the direction of writing, and the mark that ends each (Unicode Standard Annex 9, section 2).
_TURN_BACK, _LEAVE = "\u202c", "\u2069"
_ENDS = dict.fromkeys("\u202a\u202b\u202d\u202e", _TURN_BACK) | dict.fromkeys("\u2066\u2067\u2068", _LEAVE)


def clean_words(words: str) -> str:
    """The words on one line, without what XML cannot hold, every turn of direction ended where the words end."""
    plain = _FORBIDDEN.sub("", _SPACE.sub(" ", words)).strip(" ")
    return plain + _end_turns(plain)


def _end_turns(words: str) -> str:
    """The marks that the words leave out: one for each turn of direction that they begin and do not end."""
    begun: list[str] = []
    for letter in words:
        if letter in _ENDS:
            begun.append(_ENDS[letter])
        elif letter == _TURN_BACK and begun and begun[-1] == _TURN_BACK:
            begun.pop()
        elif letter == _LEAVE and _LEAVE in begun:
            # An isolate's end also ends every embedding begun within it.
            while begun.pop() != _LEAVE:
                pass
    return "".join(reversed(begun))

"""Pages as Word elements go in; a whole Word file comes out, in one language, without a clock and without an author.

The only room that both questionnaires and reports come to for what every Word file of ours must have.
"""

from coprod_cli.binding.word import (
    Element,
    add_element,
    add_field,
    bind,
    dress,
    make_element,
    make_picture,
    measure_picture,
    open_blank,
    set_fonts,
    set_language,
)
from coprod_cli.binding.words import clean_words
from coprod_cli.binding.zipped import fix_times, pack_zip

__all__ = [
    "Element",
    "add_element",
    "add_field",
    "bind",
    "clean_words",
    "dress",
    "fix_times",
    "make_element",
    "make_picture",
    "measure_picture",
    "open_blank",
    "pack_zip",
    "set_fonts",
    "set_language",
]

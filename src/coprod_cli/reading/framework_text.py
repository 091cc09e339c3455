"""A codebook goes in; a framework in TOML, ours but for the themes, which are the codebook's, comes out."""

import hashlib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import NamedTuple

from coprod_cli.model.framework import Border, BorderExample, Framework, Theme
from coprod_cli.reading.codebook_file import BookCode, Codebook
from coprod_cli.reading.settings_text import quote_text
from coprod_cli.reading.wording import make_key
from coprod_cli.telling import describe_theme, fold_letters, name_themes, take_description

# What a theme of one's own says where others say which dimension they feed.
NOT_SCORED = (
    "It comes from a codebook of one's own, and nobody has said what it tells of how genuine the co-production was."
)
_HEAD = """\
# The themes of the codebook {book}; everything else is as it ships with coprod ({id} {version}).
# Give it to coprod with --framework FILE. What stands behind a # is for you; coprod does not read it.
# No machine coder knows themes of your own: code answers by hand (coprod sheet --blind), and count your codes
# (coprod analyse --codes). To have the machine look for fixed phrases, fill in positive_cues and negative_cues of a
# theme and use --engine cues. To let a theme of yours count in a score, say what it feeds, and how much:
#   feeds = [{{ dimension = "trust", weight = 1.0 }}]
"""
_STATUS = (
    "The themes come from a codebook of the user's own; nothing of them is calibrated. Questions, dimensions and cut "
    "points are those of {id} {version}: {status}"
)
_TABLE = re.compile(r"^\[\[?([A-Za-z_.]+)\]\]?\s*(?:#.*)?$")
_TOP = re.compile(r"^(id|version|status)\s*=")
_LONGEST_ID = 48


class Fitted(NamedTuple):
    """A framework as it was written. kept: names of the themes in it that are shipped ones, unchanged."""

    data: bytes
    kept: tuple[str, ...]


def write_framework(book: Codebook, shipped: Framework) -> Fitted:
    """The shipped framework with the themes of a codebook in place of its own.

    A code with the name and the description of a shipped theme is that theme, with its cues and what it feeds. All
    others are new: they feed nothing, and have an id that no shipped theme has, lest the machine mistake one for the
    other. Red flags and rules that name a theme that is gone go with it.
    """
    themes = tuple(_list_themes(book.codes, shipped))
    ids = {theme.id for theme in themes}
    themes = tuple(replace(each, confusable_with=_keep(each.confusable_with, ids)) for each in themes)
    gone = {flag.id for flag in shipped.flags if not ids.issuperset(flag.themes)}
    stem = make_id(PurePath(book.name).stem, "codebook", {shipped.id})
    about = {"book": book.name, "id": shipped.id, "version": shipped.version, "status": shipped.status}
    top = {"id": stem, "version": "1", "status": _STATUS.format(**about)}
    parts = [_HEAD.format(**about), "\n", *(f"{key} = {quote_text(value)}\n" for key, value in top.items()), "\n"]
    parts += _list_kept_parts(shipped.source, gone)
    parts += [f"{_write_theme(each)}\n" for each in themes]
    parts += [f"{_write_border(each)}\n" for each in _list_borders(shipped.borders, ids)]
    kept = tuple(each.name for each in themes if each.id in {theme.id for theme in shipped.themes})
    return Fitted("".join(parts).rstrip("\n").encode("utf-8") + b"\n", kept)


def make_id(name: str, otherwise: str, taken: Collection[str]) -> str:
    """A name in small ASCII letters, digits and _, that is not taken: "Caf\u00e9 & Stra\u00dfe" becomes "cafe_strasse".

    Letters of another script are left out and some characters of a hash put behind, the same in every run; a name that
    does not begin with a letter begins with `otherwise`.
    """
    parts = fold_letters(name)
    words = re.findall(r"[a-z0-9]+", parts)
    if not words or not words[0][0].isalpha():
        words = [otherwise, *words]
    if words == [otherwise] or any(letter.isalpha() and not letter.isascii() for letter in parts):
        words.append(hashlib.sha256(name.encode()).hexdigest()[:6])
    short = "_".join(words)[:_LONGEST_ID].rstrip("_")
    made, number = short, 1
    while made in taken:
        number += 1
        made = f"{short}_{number}"
    return made


def _list_themes(codes: Sequence[BookCode], shipped: Framework) -> Iterator[Theme]:
    known = {make_key(theme.name): theme for theme in shipped.themes}
    names = {theme.id: theme.name for theme in shipped.themes}
    taken = {theme.id for theme in shipped.themes}
    for code in codes:
        like = known.get(make_key(code.name))
        if like and _is_same(code, like, names):
            yield like
            continue
        theme = _make_theme(code, taken)
        taken.add(theme.id)
        yield theme


def _is_same(code: BookCode, theme: Theme, names: Mapping[str, str]) -> bool:
    described = describe_theme(theme)
    return make_key(code.about) in map(make_key, (theme.definition, described, name_themes(described, names)))


def _make_theme(code: BookCode, taken: Collection[str]) -> Theme:
    said = take_description(code.about)
    stances = dict(code.stances)
    return Theme(
        id=make_id(code.name, "theme", taken),
        name=code.name,
        definition=said.definition,
        positive=said.positive or stances.get("positive", ""),
        negative=said.negative or stances.get("negative", ""),
        include=said.include,
        exclude=said.exclude,
        feeds=(),
        confusable_with=(),
        positive_cues=(),
        negative_cues=(),
        examples=(),
        why_not_scored=NOT_SCORED,
    )


def _keep(names: Iterable[str], known: Collection[str]) -> tuple[str, ...]:
    return tuple(name for name in names if name in known)


def _list_borders(borders: Iterable[Border], known: Collection[str]) -> Iterator[Border]:
    """Those whose themes are all there; of the general ones, the examples with themes that are there."""
    for each in borders:
        if all(theme in known for theme in each.themes):
            yield replace(each, examples=tuple(one for one in each.examples if all(c[0] in known for c in one.codes)))


def _list_kept_parts(source: str, gone_flags: Collection[str]) -> Iterator[str]:
    """The tables of the text as they stand, comments and all, but for what heads it, themes, borders and some flags."""
    for table, text in _split_tables(source):
        if not table:
            lines = (line for line in text.splitlines(keepends=True) if not _TOP.match(line))
            yield "".join(lines).split("\n\n", 1)[1].lstrip("\n")
        elif table == "flags":
            name = re.search(r'^id = "([^"]*)"', text, re.MULTILINE)
            if name and name[1] not in gone_flags:
                yield text
        elif table not in {"themes", "borders"}:
            yield text


def _split_tables(source: str) -> Iterator[tuple[str, str]]:
    """Each table's name and text, from the comment above its heading; first, without a name, what stands above all."""
    name, lines, above = "", list[str](), list[str]()
    for line in source.splitlines(keepends=True):
        heading = _TABLE.match(line)
        if heading:
            yield name, "".join(lines)
            name, lines, above = heading[1], [*above, line], []
        elif line.startswith("#") and (above or not lines or not lines[-1].strip()):
            above.append(line)
        else:
            lines += [*above, line]
            above = []
    yield name, "".join([*lines, *above])


def _write_theme(theme: Theme) -> str:
    lines = ["[[themes]]"]
    texts = ("id", "name", "definition", "positive", "negative")
    lines += [f"{key} = {quote_text(getattr(theme, key))}" for key in texts]
    lines += [f"{key} = {_write_list(getattr(theme, key))}" for key in ("include", "exclude")]
    feeds = ", ".join(f"{{ dimension = {quote_text(name)}, weight = {weight!r} }}" for name, weight in theme.feeds)
    lines.append(f"feeds = [{feeds}]")
    cues = ("confusable_with", "positive_cues", "negative_cues")
    lines += [f"{key} = {_write_list(getattr(theme, key))}" for key in cues]
    if theme.why_not_scored:
        lines.append(f"why_not_scored = {quote_text(theme.why_not_scored)}")
    examples = [
        f"  {{ stance = {quote_text(each.stance)}, role = {quote_text(each.role)}, text = {quote_text(each.text)} }},\n"
        for each in theme.examples
    ]
    lines.append(_write_examples(examples))
    return "\n".join(lines) + "\n"


def _write_border(border: Border) -> str:
    rules = "".join(f"  {quote_text(rule)},\n" for rule in border.rules)
    return (
        f"[[borders]]\nid = {quote_text(border.id)}\nname = {quote_text(border.name)}\n"
        f"themes = {_write_list(border.themes)}\nrules = [\n{rules}]\n"
        f"{_write_examples([_write_border_example(each) for each in border.examples])}\n"
    )


def _write_border_example(example: BorderExample) -> str:
    codes = _write_list(" ".join(code) for code in example.codes)
    return f"  {{ text = {quote_text(example.text)}, codes = {codes} }},\n"


def _write_examples(lines: Sequence[str]) -> str:
    return f"examples = [\n{''.join(lines)}]" if lines else "examples = []"


def _write_list(words: Iterable[str]) -> str:
    return f"[{', '.join(map(quote_text, words))}]"

"""A made-up survey, its papers and a forum's details whose every word tries to break out of its place."""

import csv
import dataclasses
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from coprod_cli.reading import read_framework

# Stands in all hostile words, and nowhere else.
MARK = "Qx"
EVIL = "http://evil.example/"
NASTY = (
    "<script>alert(1)</script>",
    "</title></style><img src=x onerror=alert(2)>",
    f'=HYPERLINK("{EVIL}","y")',
    "a|b || c",
    "# x",
    "**x** _y_ ~~z~~ <u>",
    "[x](javascript:alert(3)) [y]: z",
    "`x` ``` $x$",
    f"![]({EVIL}) <{EVIL}>",
    "\u202ex\u2066y",
    "\u200bz\u200d\ufeff",
    "\x00\x07\x1b[31m\x85",
    "x ]]> y <!-- z --x",
    "&amp; &lt;b&gt; &#60;",
    "{{ 7*7 }} {% raw %} ${7*7} #{7*7}",
    "x\r\n\r\n- y\n1. z\n\n\n> x\n---\n===",
    "\U0001f469\u200d\U0001f469\u200d\U0001f467 \U0001f3f4\u200d\u2620\ufe0f",
    "@SUM(1) +1 -1",
    "_x0041_ \\x \\",
    "\"q\" 'q' \u201d",
    "../../x C:\\x /etc/x",
    "%s %d {0}",
)
ALL = " ".join(NASTY)
TITLE = f"{MARK} {' '.join(each for each in NASTY if each.isprintable())} {ALL[:20]}"
PROJECTS = (
    f'=HYPERLINK("x","y") {MARK} ../../x <script>alert(1)</script> | ![](x) [x](javascript:alert(3)) \u202eabc',
    f"Short breaks {MARK} </title> # x **x** `x` ]]> &amp; {{{{ 7*7 }}}} {{% raw %}} \U0001f469\u200d\U0001f467",
)
SAID = (
    "They listened to us {} and the letter was changed because of what we said in the meetings.",
    "It was all decided {} before we were asked, and nothing we said made any difference to the plan.",
    "Parents wrote the plan together with the team {} as equals, and it showed from the very start.",
    "{} The council told us afterwards what had changed because of what we said and what had not, and why.",
)
SCALE = ("Not at all", "A little", "Partly", "Mostly", "Completely")
FORMS = 150
LONG_ANSWER = 10_000


def write_survey(path: Path) -> Path:
    """Two projects, both roles; nearly every answer holds hostile words, and one holds ten thousand words."""
    lots = np.random.default_rng(1)
    items = [each.parent for each in read_framework().items if each.id.endswith("_1")]
    asked = f"What was good about how parents and professionals worked together? {MARK} {ALL}"
    rows = [["Respondent ID", "I am a", "Project", "Sector", *items, asked, "May we quote your words?"]]
    for at in range(FORMS):
        role = "Parent or carer" if at % 2 else f"I work in {('health', 'education')[at // 2 % 2]}"
        words = SAID[at // 4 % 4].format(f"{MARK} {NASTY[at % len(NASTY)]}")
        if at == FORMS - 1:
            words = " ".join((f"{words} {MARK} {ALL} " * LONG_ANSWER).split(" ", LONG_ANSWER)[:-1])
        told = [SCALE[step] for step in lots.integers(len(SCALE), size=len(items))]
        consent = f"Yes <b>{MARK}</b> {ALL}" if at % 25 == 0 else "Yes"
        rows.append(
            [
                f"K-{at:03d}",
                f"{role} {MARK} {ALL}" if at in {3, 5} else role,
                PROJECTS[at // 2 % 2],
                f"{role} {MARK} <script>" if at % 50 == 0 else role,
                *told,
                words,
                consent,
            ]
        )
    with path.open("w", newline="", encoding="utf-8") as out:
        csv.writer(out).writerows(rows)
    return path


def write_papers(path: Path) -> Path:
    """A governance file of both projects."""
    told = ['as_of = "2025-12-01"']
    for project in PROJECTS:
        origin = f'status = "verified", who = {_quote("who")}, evidence = {_quote("=evidence")}, date = "2025-05-21"'
        told += [
            "[[projects]]",
            f"project = {_quote('', project)}",
            f"called = {_quote('called')}",
            'promised = "Co-design"',
            f"changed = [{_quote('changed', f'{MARK} {ALL} ' * 5)}, {_quote('=1+1')}]",
            f"replies = {{ RF02 = {_quote('=reply')}, RF04 = {_quote('@reply')} }}",
            f'dates = {{ started = "2025-02-03", first_contact = "2025-06-16", decided = "2025-05-21", {origin} }}',
            f'bodies = [{{ name = {_quote("+body")}, kind = "board", decides = true, parent_seat = "no", {origin} }}]',
            "[projects.facts]",
            f'G01 = {{ answer = "no", {origin} }}',
        ]
    path.write_text("\n".join(told), encoding="utf-8")
    return path


def write_details(path: Path) -> Path:
    """What the forum says of itself."""
    told = [
        f"[forum]\n{_fill('name year welcome about money thanks contact')}\nnext_steps = [{_quote('next')}]",
        f"[survey]\n{_fill('asked opened closed missing')}",
        f"[[numbers]]\nlabel = {_quote('label')}\nvalue = 7\nnote = {_quote('note')}",
        f'[[you_said]]\nproject = {_quote("", PROJECTS[0])}\n{_fill("you_said we_did why date")}\nstatus = "done"',
        f"[[good_practice]]\nwhat = {_quote('what')}",
        f"[service]\nreply_by = {_quote('by')}",
        f"[[replies]]\nproject = {_quote('', PROJECTS[1])}\n{_fill('who date text')}",
        f"[research]\n{_fill('who_ran who_coded relation ethics funding')}",
    ]
    path.write_text("\n\n".join(told), encoding="utf-8")
    return path


def tame(value: Any) -> Any:  # noqa: ANN401  # whatever a value is made of
    """The same value with every hostile word as a harmless one of the same length, and all else as it was."""
    if isinstance(value, str):
        return "".join(map(_tame_sign, value)) if MARK in value else value
    if isinstance(value, pd.DataFrame):
        return value.map(tame)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        told = {each.name: tame(getattr(value, each.name)) for each in dataclasses.fields(value)}
        return dataclasses.replace(value, **told)
    if isinstance(value, dict):
        return {tame(key): tame(each) for key, each in value.items()}
    if isinstance(value, tuple | frozenset):
        make = getattr(value, "_make", type(value))
        return make(map(tame, value))
    return value


def _tame_sign(sign: str) -> str:
    return (
        sign if (sign.isascii() and (sign.isalnum() or sign in " .,:;'()?")) or sign in "\n\u201c\u2019\u2013" else "0"
    )


def _fill(keys: str) -> str:
    return "\n".join(f"{key} = {_quote(key)}" for key in keys.split())


def _quote(start: str, words: str = f"{MARK} {ALL}") -> str:
    """Words as TOML has them; it cannot hold controls."""
    plain = f"{start} {words}".strip()
    return json.dumps("".join(_keep(plain)), ensure_ascii=False)


def _keep(words: str) -> Iterable[str]:
    return (sign for sign in words if sign.isprintable() or sign in "\n\r" or ord(sign) > 255)

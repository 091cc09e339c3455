"""One answer goes in; why it gets its codes, as plain lines of at most 80 letters or as JSON, comes out on stdout."""

import json
import sys
import unicodedata
from collections.abc import Iterator
from textwrap import wrap

from coprod_cli.cli.machines import say_unknown
from coprod_cli.cli.terminal import write_line
from coprod_cli.coding import Asked, Explanation, Machine, Weighed, explain_answer
from coprod_cli.model.framework import Framework
from coprod_cli.protecting import mask
from coprod_cli.telling import ROLE_WORDS

STREAM = "-"
WIDTH = 78
_MOST_SHOWN = 60
_LONGEST_SHOWN = 300
_STANCES = {
    "positive": "the good form happened (positive)",
    "negative": "the good form did not happen (negative)",
    "neutral": "raised without a judgement (neutral)",
}
_LEVELS = {
    "project": "the joint work (project)",
    "individual": "one child's own case (individual)",
    "system": "services at large (system)",
}
_HEADINGS = {
    "named": "Named",
    "unsure": "Named, but unsure: a person should look",
    "nearly": "Nearly: thought of, not named",
}
_UNCODED = {
    "says nothing": "This answer says nothing that could be coded, so no engine looks for themes in it.",
    "other language": (
        "This answer is in Welsh or another language than English. No engine reads it: it is left uncoded, for "
        "somebody who knows the language."
    ),
}


def show_explanation(
    answer: str, question: str, role: str, machine: Machine, framework: Framework, *, as_json: bool
) -> None:
    """Mask and code one answer, and print why it was coded so.

    Raises:
        CoprodError: a shipped file is missing.
    """
    if answer == STREAM:
        answer = sys.stdin.buffer.read().decode("utf-8-sig", errors="replace")
    asked = Asked(mask(_mend(answer).strip()).text, _mend(question).strip(), role)
    told = explain_answer(asked, framework, machine)
    if as_json:
        json.dump(_list_facts(told, asked, machine.name), sys.stdout, ensure_ascii=False, indent=2)
        sys.stdout.write("\n")
        return
    for line in (*_tell(told, asked, machine.name, framework), *_fill(say_unknown(framework, machine))):
        write_line(line)


def _list_facts(told: Explanation, asked: Asked, engine: str) -> dict[str, object]:
    return {
        "schema": "coprod-explanation/1",
        "engine": engine,
        "question": asked.question,
        "role": asked.role,
        "words": told.words,
        "language": told.language,
        "uncoded": told.uncoded,
        "segments": [{"start": each.start, "end": each.end} for each in told.segments],
        "words_in_all": told.size,
        "words_left_out": told.tried,
        "themes": [
            {
                "theme": each.theme,
                "state": each.state,
                "chance": round(each.chance, 3),
                "least": round(each.least, 3),
                "without_question": round(each.without_question, 3),
                "without_role": round(each.without_role, 3),
                "mentions": [
                    {"stance": one.stance, "level": one.level, "start": one.start, "end": one.end} for one in each.found
                ],
                "tips": [{"start": tip.start, "end": tip.end, "drop": round(tip.drop, 3)} for tip in each.tips],
            }
            for each in told.themes
        ],
    }


def _tell(told: Explanation, asked: Asked, engine: str, framework: Framework) -> Iterator[str]:
    yield from _tell_answer(told)
    yield ""
    yield from _fill(f"Question: {_clean(asked.question) or 'not told'}")
    yield from _fill(f"Role: {ROLE_WORDS[asked.role]}. Engine: {engine}.")
    yield ""
    if told.uncoded:
        yield from _fill(_UNCODED[told.uncoded])
    elif not told.themes:
        yield from _fill("No theme was named, and none came near.")
    names = {theme.id: theme.name for theme in framework.themes}
    for each in told.themes:
        yield from _tell_theme(each, told, names[each.theme], asked)
        yield ""
    if told.themes and _is_bounded(told):
        yield from _fill(f"The answer has {told.size:,} words. {_tell_bounds(told.tried)}")
    yield "Nothing was saved or sent."


def _tell_answer(told: Explanation) -> Iterator[str]:
    yield from _fill("The answer as the coder sees it, with names hidden, one part a line:")
    if not told.segments:
        yield "  (no words)"
    for number, each in enumerate(told.segments[:_MOST_SHOWN], start=1):
        yield from _fill(f"{number}. {_quote(told.words, each.start, each.end, marks='')}", "  ")
    if len(told.segments) > _MOST_SHOWN:
        yield f"  and {len(told.segments) - _MOST_SHOWN:,} more parts"


def _tell_theme(each: Weighed, told: Explanation, name: str, asked: Asked) -> Iterator[str]:
    yield from _fill(f"{_HEADINGS[each.state]}: {name} ({each.theme})")
    needed = f"; at least {_percent(each.least)} names it" if round(100 * each.least) else ""
    yield from _fill(f"Chance: {_percent(each.chance)}{needed}.", "  ")
    for one in each.found:
        yield from _fill(f"Stance: {_STANCES[one.stance]}", "  ")
        yield from _fill(f"Level: about {_LEVELS[one.level]}", "  ")
        yield from _fill(f"Evidence: {_quote(told.words, one.start, one.end)}", "  ")
    yield from _tell_tips(each, told)
    yield from _fill(_tell_context(each, asked), "  ")


def _tell_tips(each: Weighed, told: Explanation) -> Iterator[str]:
    if not each.tried:
        yield from _fill("What tipped it was not looked for in so long an answer.", "  ")
        return
    if not each.tips:
        yield from _fill("No few words tip it alone: it rests on several parts, or on the whole.", "  ")
        return
    yield "  What tipped it:"
    for tip in each.tips:
        moved = "falls" if tip.drop > 0 else "rises"
        # Of a long answer only a passage was read again, whose chance was another to begin with.
        how = (
            f"by {round(100 * abs(tip.drop))} points" if _is_bounded(told) else f"to {_percent(each.chance - tip.drop)}"
        )
        yield from _fill(f"- without {_quote(told.words, tip.start, tip.end)} the chance {moved} {how}", "    ")


def _is_bounded(told: Explanation) -> bool:
    return told.tried < told.size


def _tell_bounds(tried: int) -> str:
    if not tried:
        return "In so long an answer words are left out only where a theme is named, and none is."
    return (
        "To keep the work small, words were left out one by one only where the surest evidence stands: "
        f"{tried} words, each read with its neighbours."
    )


def _tell_context(each: Weighed, asked: Asked) -> str:
    told = []
    if asked.question:
        told.append(f"Without the question the chance {_compare(each.chance, each.without_question)}.")
    if asked.role != "other":
        told.append(f"Without the role it {_compare(each.chance, each.without_role)}.")
    return " ".join(told)


def _compare(chance: float, without: float) -> str:
    same = _percent(chance) == _percent(without)
    return "would be the same" if same else f"would be {_percent(without)}"


def _percent(chance: float) -> str:
    return f"{round(100 * chance)}%"


def _quote(words: str, start: int, end: int, marks: str = '"') -> str:
    shown = _clean(words[start:end])
    if len(shown) > _LONGEST_SHOWN:
        shown = shown[:_LONGEST_SHOWN].rsplit(" ", 1)[0] + " ..."
    return f"{marks}{shown}{marks}"


def _mend(typed: str) -> str:
    """Without what is no letter in any encoding: a shell hands on bytes that it could not read as lone surrogates."""
    return typed.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _clean(words: str) -> str:
    """On one line, and without characters that would move a terminal's cursor or turn the direction of its text."""
    return " ".join("".join(" " if unicodedata.category(each)[0] == "C" else each for each in words).split())


def _fill(words: str, indent: str = "") -> list[str]:
    return wrap(words, WIDTH, initial_indent=indent, subsequent_indent=f"{indent}  ", break_on_hyphens=False)

"""A session, what is typed so far and the size of a window go in; the lines of the screen come out, as rich text."""

import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise, zip_longest
from typing import NamedTuple

from rich.console import Console
from rich.text import Text

from coprod_cli.cli.reviewing.evidence import find_stretch
from coprod_cli.cli.reviewing.sentences import (
    say_code,
    say_end,
    say_no_code,
    say_progress,
    say_prompt,
    say_sure,
    say_where,
)
from coprod_cli.cli.reviewing.session import KEYED, Place, Session
from coprod_cli.cli.reviewing.steps import list_keys
from coprod_cli.cli.reviewing.themes import match_themes
from coprod_cli.cli.terminal import make_harmless
from coprod_cli.model.answers import Marked

_STYLES = ("bold cyan", "bold magenta", "bold green", "bold red", "bold yellow", "bold blue")
_FAINT, _STRONG, _TOLD = "dim", "bold", "bold reverse"
_INDENT = 2
START = -1
_LIST_WIDTH, _MOST_COLUMNS = 36, 3
_NARROWEST = 20
# Behind the number of a theme in a list.
_PAST_NUMBER = 3
# Stands for a blank where no line may end; of the letters that mean nothing to anybody else.
_GLUE = "\ue000"
# Some terminals draw an emoji a cell wider than it counts.
_TO_SPARE = 2


class Frame(NamedTuple):
    """One screen.

    lines: from the top, at most as many as the window has. offset: lines of the upper part left out above. page: how
    many lines of it are seen. more: whether there are any below.
    """

    lines: tuple[Text, ...]
    offset: int
    page: int
    more: bool


def draw(session: Session, typed: str, width: int, height: int, offset: int = START) -> Frame:
    """The answer above, scrolled so far, and below it what can be done; whatever the window's size."""
    width = max(width - _TO_SPARE, _NARROWEST)
    body = list(_draw_body(session, typed, width))
    foot = list(_draw_foot(session, typed, width))[-max(height - 1, 1) :]
    page = max(height - len(foot), 1)
    last = max(len(body) - page, 0)
    if offset == START:
        # A list to choose from stands at the end; everything else is read from its beginning.
        offset = last if session.form.place is Place.theme else 0
    offset = min(offset, last)
    seen = body[offset : offset + page]
    more = offset < last
    if more and len(seen) > 1:
        seen[-1] = Text("-- more: space or arrow keys --"[:width], _FAINT)
    return Frame((*seen, *[Text()] * (page - len(seen)), *foot), offset, page, more)


def paint(lines: Iterable[Text], width: int) -> list[str]:
    """Lines as a terminal takes them, with colours as it bears them; without any where NO_COLOR says so."""
    out = io.StringIO()
    console = Console(file=out, force_terminal=True, width=max(width, _NARROWEST), highlight=False, emoji=False)
    for line in lines:
        console.print(line, soft_wrap=True)
    return out.getvalue().split("\n")[:-1]


def mark_words(words: str, marks: Sequence[tuple[str, int, int]], gap: str = " ") -> Text:
    """The words with each stretch between brackets that name it, "[1 they listened 1]", and in a colour of its own.

    Within several stretches the shortest gives the colour.

    Args:
        words: of an answer.
        marks: name, first character, and one past the last. Stretches may overlap, or be the same.
        gap: what stands between a name and the words.
    """
    words = make_harmless(words)
    marks = [(name, start, min(end, len(words))) for name, start, end in marks if start < min(end, len(words))]
    cuts = sorted({0, len(words), *(at for _, start, end in marks for at in (start, end))})
    text = Text()
    for start, end in pairwise(cuts):
        over = [place for place, mark in enumerate(marks) if mark[1] <= start and end <= mark[2]]
        opened = [place for place in over if marks[place][1] == start]
        closed = [place for place in over if marks[place][2] == end]
        inmost = min(over, key=lambda place: marks[place][2] - marks[place][1], default=-1)
        style = _STYLES[inmost % len(_STYLES)] if over else ""
        if opened:
            text.append(f"[{','.join(marks[place][0] for place in opened)}{gap}", style)
        text.append(words[start:end], style)
        if closed:
            text.append(f"{gap}{','.join(marks[place][0] for place in closed)}]", style)
    return text


def _draw_body(session: Session, typed: str, width: int) -> Iterator[Text]:
    """All that may be scrolled."""
    yield from _wrap(Text(say_progress(session), _STRONG), width)
    if session.form.place is Place.end:
        yield from _draw_paragraphs(list(say_end(session)), width)
    elif session.form.place is Place.ticked:
        yield from _draw_paragraphs(session.page, width)
    elif session.form.place is Place.rules:
        yield from _draw_paragraphs(session.page, width)
        yield Text()
        yield from _list_themes(session, session.form.offered, width)
    else:
        yield from _draw_answer(session, typed, width)
        if session.form.place is Place.theme:
            found = session.form.offered if session.form.offered and not typed else ()
            found = found or match_themes(typed or "?", session.framework, session.form.offered)
            yield from _list_themes(session, found, width)
        else:
            yield from _draw_codes(session, width)


def _draw_paragraphs(paragraphs: Sequence[str], width: int) -> Iterator[Text]:
    yield Text()
    for each in paragraphs:
        yield from _wrap(Text(make_harmless(each)), width, 0, _INDENT)


def _draw_answer(session: Session, typed: str, width: int) -> Iterator[Text]:
    answer = session.now.answer
    yield from _wrap(Text(make_harmless(say_where(answer))), width)
    yield from _wrap(Text(make_harmless(answer.question), "italic"), width)
    yield Text()
    for line in _wrap(mark_words(answer.words, _list_marks(session, typed), _GLUE), width, _INDENT):
        line.plain = line.plain.replace(_GLUE, " ")
        yield line
    yield Text()


def _draw_codes(session: Session, width: int) -> Iterator[Text]:
    for number, mark in enumerate(session.codes, start=1):
        yield from _draw_code(session, number, mark, width)
    if not session.codes:
        further = "+ adds one, r says that it holds no theme." if session.is_uncoded else "+ adds one."
        yield from _wrap(Text(f"{say_no_code(session)} {further}"), width)
    if session.note:
        yield from _wrap(Text(f"Your note: {make_harmless(session.note)}"), width)


def _list_marks(session: Session, typed: str) -> list[tuple[str, int, int]]:
    """What is marked in the answer: each code's evidence, or, while it is typed, what is meant so far."""
    form = session.form
    if form.place is Place.evidence and typed:
        found = find_stretch(session.now.answer.words, typed)
        number = form.code if form.code >= 0 else len(session.codes)
        return [(str(number + 1), found.start, found.end)] if found else []
    return [(str(number), mark.start, mark.end) for number, mark in enumerate(session.codes, start=1)]


def _draw_code(session: Session, number: int, mark: Marked, width: int) -> Iterator[Text]:
    style = _STYLES[(number - 1) % len(_STYLES)]
    chosen = session.form.place in {Place.code, Place.evidence} and session.form.code == number - 1
    text = Text()
    text.append(f"{number} ", style)
    text.append(say_code(mark, session.names), _TOLD if chosen else "")
    text.append(f" ({make_harmless(say_sure(mark, session))})")
    yield from _wrap(text, width, 0, _INDENT)


def _list_themes(session: Session, found: Sequence[str], width: int) -> Iterator[Text]:
    """Themes by number, in as many columns as fit, downwards."""
    named = [f"{number:2} {session.names[theme]}" for number, theme in enumerate(found, start=1)]
    columns = max(min(width // _LIST_WIDTH, _MOST_COLUMNS), 1)
    each = width // columns
    rows = -(-len(named) // columns)
    for row in range(rows):
        cells = [list(_wrap(Text(name), each - 1, 0, _PAST_NUMBER)) for name in named[row::rows]]
        for parts in zip_longest(*cells, fillvalue=Text()):
            line = Text()
            for part in parts:
                cell = part.copy()
                cell.pad_right(each - cell.cell_len)
                line.append_text(cell)
            line.rstrip()
            yield line


def _draw_foot(session: Session, typed: str, width: int) -> Iterator[Text]:
    """A line, what happened, and what can be done; the last line is where one types."""
    yield Text("-" * width, _FAINT)
    if session.message:
        yield from _wrap(Text(make_harmless(session.message), _TOLD), width)
    form = session.form
    if form.place in {Place.code, Place.stance, Place.level}:
        what = {Place.code: f"Change code {form.code + 1}", Place.stance: "Stance"}.get(form.place, "What it is about")
        yield from _wrap(Text(f"{session.names[form.part.theme]}. {what}:", _STRONG), width)
    if form.place in KEYED:
        yield from _flow(list_keys(session), width)
        return
    yield from _wrap(Text(_say_typed(session, typed), _FAINT), width)
    yield from _wrap(Text(f"{say_prompt(session)}{make_harmless(typed)}", _STRONG), width)


def _say_typed(session: Session, typed: str) -> str:
    if session.form.place is Place.evidence and typed:
        found = find_stretch(session.now.answer.words, typed)
        return "Enter takes what is marked above." if found else "These words do not stand in the answer."
    return "Enter takes it; Enter alone or Esc goes back."


def _flow(keys: Iterable[tuple[str, str]], width: int, gap: int = 3) -> Iterator[Text]:
    """Keys with what they do, side by side, none of them broken."""
    line = Text()
    for key, what in keys:
        item = Text.assemble((key, _STRONG), f" = {what}")
        if line and line.cell_len + gap + item.cell_len > width:
            yield line
            line = Text()
        line = Text(" " * gap).join([line, item]) if line else item
    yield line


def _wrap(text: Text, width: int, indent: int = 0, hang: int | None = None) -> Iterator[Text]:
    """The text in lines of this width, blanks at their ends gone; no line where there is no text."""
    if not text.plain.strip():
        return
    hang = indent if hang is None else hang
    console = Console(file=io.StringIO(), width=width)
    for number, line in enumerate(text.wrap(console, width - max(indent, hang))):
        line.rstrip()
        yield Text(" " * (hang if number else indent)).append_text(line)

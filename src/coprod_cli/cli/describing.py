"""The framework goes in; its themes on the screen, as a list, in full, or as JSON, come out."""

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from textwrap import fill

from coprod_cli.model.errors import UsageError
from coprod_cli.model.framework import Framework, Theme
from coprod_cli.reading import read_framework

WIDTH = 88


def show_codebook(theme: str, framework_path: Path | None, *, as_json: bool) -> None:
    """Print every theme in a line or two, or one theme, by its id or its name, in full.

    Raises:
        UsageError: there is no theme of that id or name.
    """
    framework = read_framework(framework_path)
    chosen = choose_themes(theme, framework)
    if as_json:
        json.dump([_to_json(each, framework) for each in chosen], sys.stdout, ensure_ascii=False, indent=2)
        sys.stdout.write("\n")
    else:
        lines = _describe(chosen[0], framework) if theme else _list(framework)
        sys.stdout.write("\n".join(lines) + "\n")


def choose_themes(theme: str, framework: Framework) -> list[Theme]:
    """The theme of that id or name, in any case of letters; every theme when no name is given.

    Raises:
        UsageError: there is no theme of that id or name.
    """
    names = {name.casefold(): each for each in framework.themes for name in (each.id, each.name)}
    if not theme:
        return list(framework.themes)
    if theme.casefold() not in names:
        known = ", ".join(each.id for each in framework.themes)
        raise UsageError(f"There is no theme called {theme}.", f"The themes are: {known}.")
    return [names[theme.casefold()]]


def _to_json(theme: Theme, framework: Framework) -> dict[str, object]:
    general = (border for border in framework.borders if not border.themes)
    borders = [asdict(border) for border in (*framework.borders_of(theme.id), *general)]
    return {**asdict(theme), "neighbours": framework.neighbours_of(theme.id), "borders": borders}


def _list(framework: Framework) -> Iterator[str]:
    yield f"{len(framework.themes)} themes ({framework.id} {framework.version}). For one in full: coprod themes THEME"
    for each in framework.themes:
        yield f"\n{each.id}: {each.name}" + ("" if each.feeds else " (reported, not scored)")
        if each.definition:
            yield fill(each.definition, WIDTH, initial_indent="  ", subsequent_indent="  ")


def _describe(theme: Theme, framework: Framework) -> Iterator[str]:
    yield f"{theme.name} ({theme.id})\n"
    yield fill(theme.definition, WIDTH) or "There is no definition."
    # A theme of one's own may have nothing but a name.
    if theme.positive or theme.negative:
        yield f"\nPositive: {fill(theme.positive, WIDTH, subsequent_indent='  ')}"
        yield f"Negative: {fill(theme.negative, WIDTH, subsequent_indent='  ')}"
    for heading, points in (("\nCounts as this theme:", theme.include), ("\nBelongs elsewhere:", theme.exclude)):
        yield from [heading] if points else []
        yield from (fill(point, WIDTH, initial_indent="  - ", subsequent_indent="    ") for point in points)
    yield "\nFeeds the score of:"
    yield from (f"  - {framework.dimension(name).name} (weight {weight:g})" for name, weight in theme.feeds)
    if not theme.feeds:
        yield fill(f"nothing. {theme.why_not_scored}", WIDTH, initial_indent="  ", subsequent_indent="  ")
    if near := framework.neighbours_of(theme.id):
        yield "\n" + fill(f"Often confused with: {', '.join(near)}", WIDTH, subsequent_indent="  ")
    yield from ["\nMade-up examples:"] if theme.examples else []
    for each in theme.examples:
        yield fill(f"{each.stance} ({each.role}): {each.text}", WIDTH, initial_indent="  - ", subsequent_indent="    ")
    for border in framework.borders_of(theme.id):
        yield f"\n{border.name}:"
        yield from (fill(rule, WIDTH, initial_indent="  - ", subsequent_indent="    ") for rule in border.rules)
        for example in border.examples:
            codes = "; ".join(", ".join(code) for code in example.codes) or "no code"
            yield fill(f'"{example.text}" = {codes}', WIDTH, initial_indent="    e.g. ", subsequent_indent="      ")
    for border in framework.borders:
        if not border.themes:
            yield f"\nFor every theme: {border.name}"
            yield from (fill(rule, WIDTH, initial_indent="  - ", subsequent_indent="    ") for rule in border.rules)

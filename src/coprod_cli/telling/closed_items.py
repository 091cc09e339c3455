"""How people answered one closed question goes in; its answers in words come out."""

from coprod_cli.model.closed_items import ItemSpread, Part


def name_part(spread: ItemSpread, part: Part) -> str:
    """The answers of a part: "Mostly", "Mostly or Completely", "Not at all to Partly"."""
    first, last = spread.labels[part.first], spread.labels[part.last]
    if part.first == part.last:
        return first
    return f"{first} {'or' if part.last - part.first == 1 else 'to'} {last}"

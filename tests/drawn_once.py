"""The same marks at the same places are turned into the same picture once: most of the time of an analysis is drawing.

For tests of what stands beside pictures. That drawing twice gives the same bytes, tests/drawing shows.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from coprod_cli.drawing.look import Sheet

# By everything that was put there, how far down it went, and its words.
DRAWN: dict[object, tuple[bytes, bytes]] = {}


@contextmanager
def draw_each_picture_once() -> Iterator[None]:
    finish = Sheet.finish

    def recall(sheet: Sheet, alt: str) -> tuple[bytes, bytes]:
        known = (*vars(sheet).get("put_there", ()), sheet.y, alt)
        if known not in DRAWN:
            DRAWN[known] = finish(sheet, alt)
        return DRAWN[known]

    def note(name: str) -> Callable[..., None]:
        place = getattr(Sheet, name)

        def place_and_note(sheet: Sheet, *told: Any, **how: Any) -> None:  # noqa: ANN401 - whatever is put there
            vars(sheet).setdefault("put_there", []).append((name, told, *sorted(how.items())))
            place(sheet, *told, **how)

        return place_and_note

    with pytest.MonkeyPatch.context() as patch:
        for name in ("put", "rule", "mark", "block"):
            patch.setattr(Sheet, name, note(name))
        patch.setattr(Sheet, "finish", recall)
        yield

"""A picture with everything that must travel with it goes in; one frozen value comes out."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Chart:
    """One picture, its words and its figures.

    name: file name without its ending. kind: the key in CHARTS that drew it. project, wave, role: what it is about;
    empty where it is about all of them. title: the finding. subtitle: measure, people it rests on, round of the
    survey. alt: the finding and its figures, read aloud. header, rows: the figures as shown, as words.
    """

    name: str
    kind: str
    project: str
    wave: str
    role: str
    title: str
    subtitle: str
    alt: str
    png: bytes
    svg: bytes
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

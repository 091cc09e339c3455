"""What `coprod compare` sets side by side: results as they were published, and what comes of comparing them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from coprod_cli.model.comparison import Beside, Change
from coprod_cli.model.findings import Base, Settings
from coprod_cli.model.framework import Framework
from coprod_cli.model.survey import Notice


@dataclass(frozen=True)
class Makers:
    """What results were made by; only those of the same makers are one series.

    framework_sha256 and weights_sha256: of the rules, and of the coder that ships or was learnt.
    """

    version: str
    engine: str
    comments: str
    framework_sha256: str
    weights_sha256: str


@dataclass(frozen=True)
class Published:
    """The results of one earlier run, as they stand in its results.json. Nothing withheld there can be had here.

    name: of the folder. scores: Score rows. items: by dimension, the closed questions asked. nameless: whether nothing
    tells who sent which form, of any role.
    """

    name: str
    sha256: str
    audience: str
    makers: Makers
    scores: pd.DataFrame
    bases: tuple[Base, ...]
    changes: tuple[Change, ...]
    items: Mapping[str, frozenset[str]]
    nameless: bool = False


CHANCES = ("draws", "ranges")


@dataclass(frozen=True)
class Comparison:
    """Projects and rounds side by side, fit for the audience in the settings.

    scores: Score rows of everything compared. rounds: in the order of time. chances: one of CHANCES: taken from draws
    of the people who answered, or from published ranges. breaks: why the series is broken, a sentence each; empty where
    it is not. inputs: name and SHA-256 of each file read.
    """

    settings: Settings
    framework: Framework
    version: str
    scores: pd.DataFrame
    bases: tuple[Base, ...]
    rounds: tuple[str, ...]
    beside: Beside
    changes: tuple[Change, ...]
    chances: str
    breaks: tuple[str, ...] = ()
    inputs: tuple[tuple[str, str], ...] = field(default=())
    notices: tuple[Notice, ...] = ()

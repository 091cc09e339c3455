"""Mention rows go in; what to tell of those that the machine is not sure of comes out."""

import pandas as pd

from coprod_cli.model.survey import Notice


def note_unsure(mentions: pd.DataFrame, least: int, review: str) -> tuple[Notice, ...]:
    """How many codes a person should look at before any other, and where they stand; nothing when there are none.

    How many codes there are in all is not told: with it, a reader could work out a single count that is withheld.

    Args:
        mentions: Mention rows.
        least: how many there must be for their number to be told.
        review: the command by which codes are checked.
    """
    unsure = int(mentions["unsure"].sum())
    if not unsure:
        return ()
    number = (
        f"{unsure:,} code{'s are' if unsure > 1 else ' is'}" if unsure >= least else f"Fewer than {least} codes are"
    )
    message = f"{number} marked unsure: the machine is not sure that the theme is there."
    return (Notice("unsure_codes", message, hint=f"To check these first: {review} --only unsure"),)

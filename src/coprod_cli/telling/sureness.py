"""What was measured of a coder goes in; how often it is right where it is sure comes out in words."""

import math

from coprod_cli.model.findings import CoderReport

TENTHS = 10


def say_sureness(coder: CoderReport) -> str:
    """In a sentence: how often what it is sure of is right, what is left to a person, how far chances are off."""
    if math.isnan(coder.sure_precision) or math.isnan(coder.unsure_share):
        return "How often the machine is right where it is sure was not measured."
    error = coder.calibration_error_of_named
    chances = (
        "by how much its chances are off was not measured"
        if math.isnan(error)
        else f"its chances are off by {error:.2f} of 1 on average"
    )
    return (
        f"Of what it is sure of, about {_say_tenths(coder.sure_precision)} are right about the theme; "
        f"{coder.unsure_share:.0%} of what it names is marked unsure, for a person to look at; {chances}."
    )


def _say_tenths(share: float) -> str:
    """A share as people say it; one too close to 0 or 1 for that is given out of 100, never as more than it is."""
    tenths = round(share * TENTHS)
    return f"{tenths} in 10" if 0 < tenths < TENTHS else f"{math.floor(share * 100)} in 100"

"""The range of a share is Wilson's, is made of what is told alone, and holds the share."""

from math import isnan, nan

import pytest
from scipy import stats

from coprod_cli.model.findings import Findings
from coprod_cli.telling import find_share_range, say_share, say_share_shortly


@pytest.mark.parametrize(("some", "people"), [(0, 20), (3, 25), (12, 40), (40, 40), (310, 1000)])
def test_the_range_is_wilsons(usual: Findings, some: int, people: int) -> None:
    expected = stats.binomtest(some, people).proportion_ci(confidence_level=0.95, method="wilson")
    assert find_share_range(usual, some / people, people) == pytest.approx((expected.low, expected.high), abs=1e-12)


@pytest.mark.parametrize(("share", "people"), [(nan, 40), (0.3, -1), (0.3, 0)])
def test_what_is_withheld_has_no_range(usual: Findings, share: float, people: int) -> None:
    assert all(map(isnan, find_share_range(usual, share, people)))


def test_a_share_is_never_said_without_its_range(usual: Findings) -> None:
    assert say_share(usual, 0.31, 110) == "31% (likely range 23% to 40%)"
    assert say_share_shortly(usual, 0.0, 25) == "0% (0% to 13%)"

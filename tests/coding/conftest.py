import pandas as pd
import pytest

from coprod_cli.model.framework import Framework
from coprod_cli.model.tables import Answer, table
from coprod_cli.reading import read_framework


@pytest.fixture(scope="session")
def framework() -> Framework:
    return read_framework()


@pytest.fixture(scope="session")
def answers() -> pd.DataFrame:
    words = [
        "They never listened to us and the plan was already written before we got there.",
        "We had an equal say. But nobody told us what changed, and the council is still hiding the figures.",
        "My son was asked what he wanted with symbols. It was brilliant!",
        "n/a",
        "",
        "Bring an interpreter. Childcare would be good.\n- evening meetings\n- travel paid",
        "DONT TRUST THEM. tick box exercise",
        "Shattered, but we pulled together; for once the staff rang back when they said they would \U0001f600",
        "They never listened to us and the plan was already written before we got there.",
    ]
    return table([Answer(f"r{number}", "q1", each, each) for number, each in enumerate(words)], Answer)

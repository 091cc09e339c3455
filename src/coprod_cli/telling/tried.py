"""What is known of a coder goes in; which answers it was tried on, and what that means for others, comes out."""

from coprod_cli.model.findings import LEARNT, CoderReport
from coprod_cli.telling.words import quote_name


def name_tried(coder: CoderReport) -> str:
    """The kind of answers that a coder was measured on."""
    return "hand-coded answers" if coder.engine == LEARNT else "made-up answers"


def name_coder(coder: CoderReport) -> str:
    """What coded, inside a sentence; its version is told beside it."""
    if coder.engine == LEARNT:
        return f"a coder learnt from {coder.answers:,} hand-coded answers"
    return f"the engine {quote_name(coder.engine)}"


def warn_of_others(coder: CoderReport) -> str:
    """What to expect of answers that the coder was not measured on, as a sentence."""
    on = "answers unlike these" if coder.engine == LEARNT else "real answers"
    return f"Expect more mistakes on {on}."

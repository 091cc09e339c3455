"""What is known of a coder goes in; which answers it was tried on, and what that means for others, comes out."""

from coprod_cli.model.findings import LEARNT, CoderReport


def name_tried(coder: CoderReport) -> str:
    """The kind of answers that a coder was measured on."""
    return "hand-coded answers" if coder.engine == LEARNT else "made-up answers"


def warn_of_others(coder: CoderReport) -> str:
    """What to expect of answers that the coder was not measured on, as a sentence."""
    on = "answers unlike these" if coder.engine == LEARNT else "real answers"
    return f"Expect more mistakes on {on}."

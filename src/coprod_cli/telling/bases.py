"""What a score rests on goes in; the words that say so, and that a machine coded the comments, come out."""

from collections.abc import Iterable

from coprod_cli.model.findings import Findings
from coprod_cli.model.tables import Score
from coprod_cli.telling.checked import say_coded
from coprod_cli.telling.tried import name_tried
from coprod_cli.telling.words import COMMENTS

BLENDED = "items+comments"
CORRECTED = "corrected for the machine's known mistakes"


def say_basis(findings: Findings, basis: str) -> str:
    """What a score rests on, in a few words: "closed questions", "comments only, coded by machine, not checked"."""
    if basis == BLENDED:
        return f"closed questions, and comments for at most a third: {say_coded(findings)}"
    if basis == COMMENTS:
        corrected = f"; {CORRECTED}" if is_corrected(findings) else ""
        return f"comments only: {say_coded(findings)}{corrected}; usually reads low"
    return "closed questions"


def tell_basis(findings: Findings, scores: Iterable[Score]) -> str:
    """Whole sentences on the comments in some scores; empty where none of them rests on any."""
    bases = {score.basis for score in scores if score.reportable}
    told = []
    if BLENDED in bases:
        told.append(
            "Closed questions, and comments for at most a third of what one person says. "
            f"Comments: {say_coded(findings)}."
        )
    if COMMENTS in bases:
        told.append(f"What people wrote: {say_coded(findings)}. {tell_correction(findings)}")
    return " ".join(told)


def tell_correction(findings: Findings) -> str:
    """Whether scores from comments only are put right for the coder's mistakes, in whole sentences."""
    if is_corrected(findings):
        return (
            f"The score is {CORRECTED}, as measured on {name_tried(findings.coder)}. The likely range is wider, as it "
            "allows for what is not known of them."
        )
    return "The machine's mistakes are not known well enough to correct the score for them."


def is_corrected(findings: Findings) -> bool:
    """Whether scores from comments only are corrected for the coder's mistakes, as these were measured."""
    return any(each.verdicts for each in findings.coder.themes)

"""Words go in and come out without names; exact Findings go in and come out fit for their audience."""

from coprod_cli.protecting.disclosure import for_publication
from coprod_cli.protecting.masking import KINDS, PERSON_KINDS, Cut, Masked, mask
from coprod_cli.protecting.papers import mask_governance
from coprod_cli.protecting.surveys import mask_survey

__all__ = ["KINDS", "PERSON_KINDS", "Cut", "Masked", "for_publication", "mask", "mask_governance", "mask_survey"]

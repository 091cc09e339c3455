"""Words go in and come out without names; exact Findings go in and come out fit for their audience."""

from coprod_cli.protecting.disclosure import for_publication
from coprod_cli.protecting.masking import KINDS, PERSON_KINDS, Cut, Masked, mask
from coprod_cli.protecting.surveys import MaskLog, list_cuts, mask_survey

__all__ = ["KINDS", "PERSON_KINDS", "Cut", "MaskLog", "Masked", "for_publication", "list_cuts", "mask", "mask_survey"]

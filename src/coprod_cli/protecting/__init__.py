"""Words go in and come out without names; exact Findings go in and come out fit for their audience."""

from coprod_cli.protecting.disclosure import for_publication
from coprod_cli.protecting.masking import Masked, mask
from coprod_cli.protecting.surveys import mask_survey

__all__ = ["Masked", "for_publication", "mask", "mask_survey"]

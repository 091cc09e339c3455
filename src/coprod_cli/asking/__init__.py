"""A framework and what was ordered go in; coprod's own questionnaire, in the formats people use, comes out."""

from coprod_cli.asking.folder import FORM_FORMATS, list_uses, write_questionnaire
from coprod_cli.asking.questions import Order

__all__ = ["FORM_FORMATS", "Order", "list_uses", "write_questionnaire"]

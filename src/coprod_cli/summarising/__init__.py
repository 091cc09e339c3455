"""Everything that was found goes in; one exact Findings, with quotes chosen by a stated rule, comes out."""

from coprod_cli.summarising.naming import Renamer, find_places
from coprod_cli.summarising.striking import note_edited, strike_quotes
from coprod_cli.summarising.summary import Coded, summarise

__all__ = ["Coded", "Renamer", "find_places", "note_edited", "strike_quotes", "summarise"]

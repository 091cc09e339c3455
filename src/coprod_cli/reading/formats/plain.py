"""A table with one header row, from any tool or by hand, goes in; its headings come out."""

from coprod_cli.reading.cells import Grid
from coprod_cli.reading.grid import Layout, find_header_row, lay_out_one_row


def recognises(grid: Grid) -> float:
    """Every table is a plain one when nothing better is known."""
    return 0.1 if grid.top else 0.0


def questions(grid: Grid) -> Layout:
    """The first full row is the header; titles and blank rows above it are passed over."""
    return lay_out_one_row(grid, find_header_row(grid), {})

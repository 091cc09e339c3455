"""Answers with the machine's codes go in; what a person decides of them, one at a time on the terminal, comes out.

What is decided (`session`, `steps`) knows nothing of what is shown (`screen`, `sentences`), and neither of them of the
terminal (`keys`, `on_screen`, `line_by_line`).
"""

"""What can be chosen on the command line is what there is."""

from coprod_cli.cli.choices import Format, Template
from coprod_cli.reporting import BOOKS, FORMATS, TEMPLATES


def test_every_template_and_format_can_be_asked_for() -> None:
    assert {each.value for each in Template} == set(TEMPLATES)
    assert {each.value for each in Format} == set(FORMATS) | set(BOOKS)

from coprod_cli.reporting.document import Document
from coprod_cli.reporting.to_markdown import write_markdown


def test_markdown_tells_words_with_their_meaning_and_where_a_picture_goes(every_block: Document) -> None:
    text = write_markdown(every_block).decode("utf-8")
    assert "- **EHCP**: education, health and care plan\n- **SENCO**: a teacher who plans help" in text
    assert "*\\[Picture: a family at a table\\]*\n\nWe asked people.\n\nThey told us." in text

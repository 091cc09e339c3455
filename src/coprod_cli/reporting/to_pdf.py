"""A Document goes in; a tagged PDF (PDF/UA-1), printed from its HTML page, comes out.

weasyprint prints it, which is an extra of coprod: it is imported only when a PDF is asked for.
"""

import hashlib

from coprod_cli.model.errors import CannotWriteError
from coprod_cli.reporting.document import Document
from coprod_cli.reporting.to_html import write_html

VARIANT = "pdf/ua-1"
ID_BYTES = 16
OTHERWISE = "Or open the HTML report and print it from your browser, which can save it as a PDF."


def write_pdf(document: Document) -> bytes:
    """The printed pages. The same document gives the same bytes wherever the same fonts and weasyprint are.

    Raises:
        CannotWriteError: weasyprint, or the system library Pango that it needs, is not installed.
    """
    try:
        from weasyprint import HTML  # noqa: PLC0415 - an extra, and slow to import: only who wants a PDF needs it
        from weasyprint.urls import URLFetcher  # noqa: PLC0415 - as above
    except ImportError as fault:
        raise CannotWriteError(
            "A PDF needs the Python package weasyprint, which is not installed.",
            f"Install it with: pip install 'coprod-cli[pdf]'. {OTHERWISE}",
        ) from fault
    except OSError as fault:
        raise CannotWriteError(
            "A PDF needs the system library Pango, which weasyprint cannot find.",
            f"Install Pango (on Debian and Ubuntu: apt install libpango-1.0-0 libpangoft2-1.0-0). {OTHERWISE}",
        ) from fault
    page = write_html(document)
    pdf: bytes = HTML(string=page.decode("utf-8"), url_fetcher=URLFetcher(allowed_protocols={"data"})).write_pdf(
        pdf_variant=VARIANT,
        pdf_identifier=hashlib.sha256(page).digest()[:ID_BYTES],
    )
    return pdf

"""Charts go in; the same as figures of a document, or as files of their own, come out."""

from collections.abc import Iterable

from coprod_cli.drawing import Chart
from coprod_cli.reporting.document import Figure
from coprod_cli.reporting.to_csv import write_rows

CHART_FOLDER = "charts"


def show_chart(chart: Chart) -> Figure:
    """A chart as a figure of a document."""
    return Figure(chart.name, chart.title, chart.subtitle, chart.alt, chart.svg, chart.png, chart.header, chart.rows)


def list_pictures(charts: Iterable[Chart]) -> dict[str, bytes]:
    """The files of charts by path with forward slashes: pictures, and their figures as CSV."""
    return {
        f"{CHART_FOLDER}/{chart.name}.{kind}": data
        for chart in charts
        for kind, data in (("svg", chart.svg), ("png", chart.png), ("csv", write_rows(chart.header, chart.rows)))
    }

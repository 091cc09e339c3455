"""Charts go in; the same as figures of a document, or as files of their own, come out."""

from collections.abc import Iterable

from coprod_cli.drawing import Chart
from coprod_cli.reporting.document import Figure

CHART_FOLDER = "charts"


def show_chart(chart: Chart) -> Figure:
    """A chart as a figure of a document."""
    return Figure(chart.name, chart.title, chart.subtitle, chart.alt, chart.svg, chart.png, chart.header, chart.rows)


def list_pictures(charts: Iterable[Chart]) -> dict[str, bytes]:
    """The picture files of charts, by path with forward slashes."""
    return {
        f"{CHART_FOLDER}/{chart.name}.{kind}": data
        for chart in charts
        for kind, data in (("svg", chart.svg), ("png", chart.png))
    }

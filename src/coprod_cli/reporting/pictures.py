"""A chart goes in; the same as a figure of a document comes out."""

from coprod_cli.drawing import Chart
from coprod_cli.reporting.document import Figure


def show_chart(chart: Chart) -> Figure:
    """A chart as a figure of a document."""
    return Figure(chart.name, chart.title, chart.subtitle, chart.alt, chart.svg, chart.png, chart.header, chart.rows)

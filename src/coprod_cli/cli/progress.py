"""Names of steps go in; a progress bar on stderr comes out, for work of over a second on a terminal."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Timer

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

STEPS = 4
PATIENCE_S = 1.0


@contextmanager
def show_progress(*, quiet: bool) -> Iterator[Callable[[str], None]]:
    """Yields what to call at the start of each step. Shows nothing when quiet, quick, or not on a terminal."""
    console = Console(stderr=True)
    if quiet or not console.is_terminal:
        yield lambda _: None
        return
    bar = Progress(TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn(), console=console, transient=True)
    task = bar.add_task("Starting", total=STEPS, completed=-1)
    waiting = Timer(PATIENCE_S, bar.start)
    waiting.daemon = True
    waiting.start()
    try:
        yield lambda step: bar.update(task, description=step, advance=1)
    finally:
        waiting.cancel()
        waiting.join()
        bar.stop()

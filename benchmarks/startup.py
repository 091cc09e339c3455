"""Nothing goes in; how long `coprod --help` takes beside `python -c "import typer"` comes out. At most 2.5 times.

Run: python benchmarks/startup.py
"""

import statistics
import subprocess
import sys
import time
from pathlib import Path

RUNS = 15
MOST = 2.5
COMMANDS = {
    "import typer": [sys.executable, "-c", "import typer"],
    "coprod --help": [str(Path(sys.executable).with_name("coprod")), "--help"],
}


def time_run(command: list[str]) -> float:
    """Wall-clock seconds of one run."""
    began = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - began


def main() -> None:
    """Print medians over runs taken in turn, and their ratio."""
    taken: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for _ in range(RUNS):
        for name, command in COMMANDS.items():
            taken[name].append(time_run(command))
    medians = {name: statistics.median(times) for name, times in taken.items()}
    for name, seconds in medians.items():
        print(f"{name:16} {seconds * 1000:6.0f} ms (median of {RUNS})")
    ratio = medians["coprod --help"] / medians["import typer"]
    print(f"{'ratio':16} {ratio:6.2f} (at most {MOST})")


if __name__ == "__main__":
    main()

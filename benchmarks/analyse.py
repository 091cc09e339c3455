"""Nothing goes in; how long `coprod analyse` takes, and how much memory, for small and large surveys, comes out.

Run: python benchmarks/analyse.py [--runs 5]

The larger surveys are the main sample many times over, each time with other people.
"""

import argparse
import csv
import io
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SAMPLE = Path(__file__).parent.parent / "data" / "samples" / "forum_survey.csv"
TIMES = (1, 10, 40)


def write_survey(folder: Path, times: int) -> Path:
    """The sample `times` over; every copy has people of its own."""
    header, *body = csv.reader(io.StringIO(SAMPLE.read_text(encoding="utf-8")))
    path = folder / f"survey_{times}.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(header)
        writer.writerows([f"{row[0]}-{copy}", *row[1:]] for copy in range(times) for row in body)
    return path


def main() -> None:
    """Print, for each size, the median of wall-clock seconds over runs, and the most memory any run has needed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    print(f"{'forms':>6} {'seconds (median)':>17} {'ratio':>6} {'peak MB so far':>15}")
    first = 0.0
    with tempfile.TemporaryDirectory() as folder:
        for times in TIMES:
            survey = write_survey(Path(folder), times)
            command = [sys.executable, "-m", "coprod_cli", "analyse", str(survey), "-q", "--force"]
            taken = []
            for _ in range(runs):
                began = time.perf_counter()
                subprocess.run(command, check=True)
                taken.append(time.perf_counter() - began)
            median = statistics.median(taken)
            first = first or median
            peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
            print(f"{131 * times:6} {median:17.1f} {median / first:6.1f} {peak:15.0f}")


if __name__ == "__main__":
    main()

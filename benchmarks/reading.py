"""How quickly a large survey is read, beside what the libraries below take alone; prints medians, ranges and ratios.

`python benchmarks/reading.py [--runs 5] [--rows 100000]`. Processor time, not waiting time, of this process alone.
CSV: the rows of the sample survey again and again, each with an id of its own, open answers made different, and columns
added to make 40. "Typed" is every column recognised, with its scale; "tables" is the whole survey: forms, answers and
ratings, checked. Workbook: 20,000 rows of 20 columns.
"""

import argparse
import csv
import io
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import openpyxl
import pandas as pd
from python_calamine import CalamineWorkbook

from coprod_cli.reading import read_framework, read_survey
from coprod_cli.reading.export import read_export
from coprod_cli.reading.files import read_raw
from coprod_cli.reading.opening import open_file

SAMPLE = Path(__file__).parents[1] / "data/samples/forum_survey.csv"
CSV_COLUMNS, BOOK_ROWS, BOOK_COLUMNS = 40, 20_000, 20
MEGA = 1024


def write_csv(path: Path, rows: int) -> None:
    """The sample many times over: no form twice, no open answer twice."""
    with SAMPLE.open(encoding="utf-8", newline="") as source:
        header, *forms = csv.reader(source)
    opens = [place for place, name in enumerate(header) if name.startswith("What ")]
    added = [f"I had what I needed to take part, part {number}" for number in range(CSV_COLUMNS - len(header))]
    words = ("Not at all", "A little", "Partly", "Mostly", "Completely", "Don't know", "")
    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target)
        writer.writerow([*header, *added])
        for number in range(rows):
            form = [f"R{number:06}", *forms[number % len(forms)][1:]]
            for place in opens:
                form[place] = form[place] and f"{form[place]} ({number})"
            writer.writerow([*form, *(words[(number + 3 * place) % len(words)] for place in range(len(added)))])


def write_book(path: Path) -> None:
    """A workbook of words, numbers and dates."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Form1")
    sheet.append(["ID", "Start time", "Completion time", *(f"How far was it so, part {n}?" for n in range(17))])
    begun = pd.Timestamp("2026-03-02 09:00")
    for number in range(BOOK_ROWS):
        sent = (begun + pd.Timedelta(minutes=number)).to_pydatetime()
        answers = [("Agree", "Disagree", 4, "", f"Words {number}")[(number + place) % 5] for place in range(17)]
        sheet.append([number, begun.to_pydatetime(), sent, *answers])
    book.save(path)


def measure(work: Callable[[], object], runs: int) -> list[float]:
    """Seconds of processor time of each run, after one to warm up."""
    work()
    seconds = []
    for _ in range(runs):
        begun = time.process_time()
        work()
        seconds.append(time.process_time() - begun)
    return seconds


def measure_memory(path: Path, how: str) -> float:
    """Peak memory, in MiB, of a process of its own that reads the file that way (Linux only)."""
    code = {
        "pandas": "import pandas as pd; pd.read_csv(sys.argv[1], dtype=str)",
        "tables": "from pathlib import Path; from coprod_cli.reading import *; "
        "read_survey([Path(sys.argv[1])], read_framework())",
    }[how]
    # The high-water mark of this program alone; what getrusage tells may be that of the process that started it.
    tail = "print(next(line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM')))"
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; {code}; {tail}", str(path)], check=True, capture_output=True, text=True
    )
    return int(done.stdout) / MEGA


def say(name: str, seconds: list[float], beside: list[float]) -> None:
    """One line of the table."""
    ratio = median(seconds) / median(beside)
    print(f"| {name} | {median(seconds):.2f} s ({min(seconds):.2f} to {max(seconds):.2f}) | {ratio:.2f} |")


def main() -> None:
    """Write the files, read them, print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--rows", type=int, default=100_000)
    chosen = parser.parse_args()
    framework = read_framework()
    with tempfile.TemporaryDirectory() as folder:
        path, book = Path(folder) / "survey.csv", Path(folder) / "survey.xlsx"
        write_csv(path, chosen.rows)
        write_book(book)
        size = path.stat().st_size / 1e6
        print(f"{chosen.rows:,} rows of {CSV_COLUMNS} columns, {size:.0f} MB; {chosen.runs} runs\n")
        print("| CSV | median (range) | ratio |\n|---|---|---|")
        alone = measure(lambda: pd.read_csv(path, dtype=str), chosen.runs)
        say("pandas.read_csv(dtype=str)", alone, alone)
        say("read and typed", measure(lambda: read_export(read_raw(path), framework, None), chosen.runs), alone)
        say("tables", measure(lambda: read_survey([path], framework), chosen.runs), alone)
        for how in ("pandas", "tables"):
            print(f"\nPeak memory, {how}: {measure_memory(path, how):.0f} MiB")
        print(f"\n| workbook, {BOOK_ROWS:,} rows of {BOOK_COLUMNS} columns | median (range) | ratio |\n|---|---|---|")
        data = book.read_bytes()
        alone = measure(
            lambda: CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python(), chosen.runs
        )
        say("python-calamine to_python()", alone, alone)
        say("as text cells", measure(lambda: open_file(read_raw(book)), chosen.runs), alone)
        say("read and typed", measure(lambda: read_export(read_raw(book), framework, None), chosen.runs), alone)


if __name__ == "__main__":
    main()

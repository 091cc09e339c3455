"""The corpus goes in; how fast each engine codes, beside plain scikit-learn, and in how much memory, comes out.

`python benchmarks/coding.py [--runs 5] [--engines fast trained] [--scaling | --memory 2000 10000 100000]`

Answers are drawn from the corpus with a seed, 25 words on average; where more are wanted than there are, the first half
of one is joined to the second half of another, so that none occurs twice (the same words are coded once only). Every
run is a process of its own, all in turn: `coprod code` (reads, masks, codes, writes), and the library alone on words
already masked. Times are of the whole process from its start; "start-up" is that of coding one answer, and rates are of
the answers beyond it. scikit-learn: TF-IDF of words and pairs with one logistic regression a theme, predicting from
arrays that were fitted beforehand; its fit is not counted. With --memory, `coprod code` alone, once for each number of
answers: its largest memory, and how many kilobytes each answer beyond the first number adds to it.
"""

import argparse
import csv
import hashlib
import json
import math
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import mean, median
from typing import NamedTuple

CORPUS = Path(__file__).parents[1] / "data" / "corpus" / "answers.jsonl"
SEED = "coprod"
WORDS = 25
LEAST_WORDS, MOST_WORDS = 5, 80
ENGINES = ("fast", "trained", "cues")
SIZES = {"fast": (1_000, 10_000, 100_000), "sklearn": (1_000, 10_000, 100_000)}
SCALING = (1_000, 2_000, 4_000, 8_000)
MEGA = 1024


class Run(NamedTuple):
    """What one process took: seconds on processors, seconds on the clock, and its largest memory in MB."""

    cpu: float
    wall: float
    memory: float


class Job(NamedTuple):
    """One way to code: an engine by the command or the library, or scikit-learn."""

    engine: str
    way: str


def draw_answers(size: int) -> list[tuple[str, str, str]]:
    """(words, question, role) of so many different answers, of 25 words on average; the same each time."""
    rows = [json.loads(line) for line in CORPUS.read_text(encoding="utf-8").splitlines()]
    rows.sort(key=lambda row: hashlib.sha256((SEED + row["id"]).encode()).digest())
    fit = [row for row in rows if LEAST_WORDS <= len(row["text"].split()) <= MOST_WORDS]
    drawn: dict[str, tuple[str, str, str]] = {}
    waiting: dict[bool, list[tuple[str, str, str]]] = {True: [], False: []}
    words = 0
    for candidate in _list_candidates(fit):
        longer = len(candidate[0].split()) > WORDS
        waiting[longer].append(candidate)
        # Whichever brings the mean nearer to 25 words is taken next.
        wanted = words <= WORDS * len(drawn)
        if waiting[wanted]:
            chosen = waiting[wanted].pop(0)
            if chosen[0] not in drawn:
                drawn[chosen[0]] = chosen
                words += len(chosen[0].split())
        if len(drawn) == size:
            break
    return list(drawn.values())


def _list_candidates(rows: Sequence[dict[str, str]]) -> Iterator[tuple[str, str, str]]:
    """Every answer as it is, then halves of one joined to halves of another, without end."""
    for row in rows:
        yield row["text"], row["question"], row["role"]
    step = 1
    while True:
        for place, row in enumerate(rows):
            first, second = row["text"].split(), rows[(place + step) % len(rows)]["text"].split()
            joined = " ".join([*first[: (len(first) + 1) // 2], *second[len(second) // 2 :]])
            yield joined, row["question"], row["role"]
        step += 1


def write_answers(path: Path, size: int) -> None:
    """A CSV file of so many answers."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(("text", "question", "role"))
        writer.writerows(draw_answers(size))


def time_run(command: Sequence[str]) -> Run:
    """Run one process to its end. This process must stay small: a child's memory is counted from its parent's."""
    began = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
        told = process.stderr.read() if process.stderr else b""
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(told.decode(errors="replace"))
    return Run(used.ru_utime + used.ru_stime, time.perf_counter() - began, used.ru_maxrss / MEGA)


def write_command(job: Job, answers: Path, folder: Path) -> list[str]:
    """The process that does one job on one file."""
    if job.way == "command":
        columns = ("--text", "text", "--question", "question", "--role", "role")
        target = ("--engine", job.engine, "--force", "--out", str(folder / "mentions.jsonl"))
        return [sys.executable, "-m", "coprod_cli", "code", str(answers), *columns, *target]
    return [sys.executable, __file__, "--child", job.engine, str(answers), str(folder / "fitted.npz")]


def measure(jobs: Sequence[Job], files: dict[int, Path], folder: Path, runs: int) -> dict[tuple[Job, int], list[Run]]:
    """Every job on every file that is meant for it, in turn, so many times; what other processes do meets all alike."""
    taken: dict[tuple[Job, int], list[Run]] = {}
    for _ in range(runs):
        for job in jobs:
            for size, path in files.items():
                if size in (1, *SIZES.get(job.engine, (1_000,))) or size in SCALING:
                    taken.setdefault((job, size), []).append(time_run(write_command(job, path, folder)))
    return taken


def print_speed(taken: dict[tuple[Job, int], list[Run]]) -> None:
    """One line for each job and size: medians, and CPU time beside that of scikit-learn on the same file."""
    print("CPU and clock: seconds from process start, median (least to most); rates: answers beyond start-up\n")
    heads = (
        "engine",
        "by",
        "answers",
        "CPU s",
        "clock s",
        "start-up CPU s",
        "a CPU s",
        "a clock s",
        "peak MB",
        "ratio",
    )
    lines = [heads]
    for (job, size), runs in sorted(taken.items(), key=lambda each: (each[0][1], each[0][0])):
        if size == 1:
            continue
        cpu, wall = _take_median(runs)
        start_cpu, start_wall = _take_median(taken[job, 1])
        plain = _take_median(taken[Job("sklearn", "library"), size])[0]
        lines.append(
            (
                job.engine,
                job.way,
                f"{size:,}",
                f"{cpu:.2f} ({min(run.cpu for run in runs):.2f} to {max(run.cpu for run in runs):.2f})",
                f"{wall:.2f}",
                f"{start_cpu:.2f}",
                _say_rate(size - 1, cpu - start_cpu),
                _say_rate(size - 1, wall - start_wall),
                f"{max(run.memory for run in runs):,.0f}",
                f"{cpu / plain:.2f}",
            )
        )
    _print_lines(lines)
    print("\nratio: CPU seconds of the process over those of scikit-learn's (predicting only)")


def _say_rate(answers: int, seconds: float) -> str:
    """Answers a second; none where other processes made the shorter run the longer one."""
    return f"{answers / seconds:,.0f}" if seconds > 0 else "unclear"


def print_scaling(taken: dict[tuple[Job, int], list[Run]]) -> None:
    """CPU milliseconds an answer at each size, and the power of the size that they grow with: 1 is linear."""
    lines = [("engine", *(f"{size:,}" for size in SCALING), "grows with size to the power")]
    for job in sorted({job for job, _ in taken if job.engine != "sklearn"}):
        start = _take_median(taken[job, 1])[0]
        spent = [max(_take_median(taken[job, size])[0] - start, 1e-9) for size in SCALING]
        each = [f"{1000 * seconds / size:.3f} ms" for seconds, size in zip(spent, SCALING, strict=True)]
        lines.append((job.engine, *each, f"{_find_power(SCALING, spent):.2f}"))
    _print_lines(lines)


def print_memory(engines: Sequence[str], files: dict[int, Path], folder: Path) -> None:
    """The largest memory of `coprod code` at each number of answers, and what each more answer adds to it."""
    first, *more = sorted(files)
    lines = [("engine", *(f"{size:,}" for size in (first, *more)), "kB an answer")]
    for engine in engines:
        runs = [time_run(write_command(Job(engine, "command"), files[size], folder)) for size in (first, *more)]
        added = MEGA * (runs[-1].memory - runs[0].memory) / max(max(files) - first, 1)
        lines.append((engine, *(f"{run.memory:,.0f} MB" for run in runs), f"{added:.2f}"))
    _print_lines(lines)


def _find_power(sizes: Sequence[int], seconds: Sequence[float]) -> float:
    """The slope of the straight line through the logarithms (least squares)."""
    x, y = [math.log(size) for size in sizes], [math.log(second) for second in seconds]
    return sum((a - mean(x)) * (b - mean(y)) for a, b in zip(x, y, strict=True)) / sum((a - mean(x)) ** 2 for a in x)


def _take_median(runs: Sequence[Run]) -> tuple[float, float]:
    return median(run.cpu for run in runs), median(run.wall for run in runs)


def _print_lines(lines: Sequence[Sequence[str]]) -> None:
    widths = [max(len(line[place]) for line in lines) for place in range(len(lines[0]))]
    for line in lines:
        print("  ".join(cell.rjust(width) for cell, width in zip(line, widths, strict=True)))


def run_child(engine: str, answers: Path, fitted: Path) -> None:
    """What a process of its own does: code one file by the library, or predict or fit with scikit-learn."""
    # Each child imports what it needs and no more, and the parent none of it: imports are a part of what is measured.
    if engine == "fit":
        fit_plain(fitted)
        return
    if engine == "write":
        write_answers(fitted, int(answers.name))
        return
    with answers.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    if engine == "sklearn":
        predict_plain([row["text"] for row in rows], fitted)
        return
    from coprod_cli.coding import code_answers  # noqa: PLC0415
    from coprod_cli.model.tables import Answer, table  # noqa: PLC0415
    from coprod_cli.reading import read_framework  # noqa: PLC0415

    questions = {words: f"q{place}" for place, words in enumerate(sorted({row["question"] for row in rows}))}
    keys = [f"{place:09d}" for place in range(len(rows))]
    frame = table(
        (
            Answer(key, questions[row["question"]], row["text"], row["text"])
            for key, row in zip(keys, rows, strict=True)
        ),
        Answer,
    )
    roles = {key: row["role"] for key, row in zip(keys, rows, strict=True)}
    code_answers(frame, {name: words for words, name in questions.items()}, roles, read_framework(), engine)


def fit_plain(target: Path) -> None:
    """Fit TF-IDF and one logistic regression a theme on the whole corpus, and keep them as arrays."""
    import numpy as np  # noqa: PLC0415
    from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415

    rows = [json.loads(line) for line in CORPUS.read_text(encoding="utf-8").splitlines()]
    themes = sorted({code["theme"] for row in rows for code in row["codes"]})
    vectors = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)
    features = vectors.fit_transform([row["text"] for row in rows])
    models = [
        LogisticRegression(C=10.0, class_weight="balanced", solver="liblinear").fit(
            features, [any(code["theme"] == theme for code in row["codes"]) for row in rows]
        )
        for theme in themes
    ]
    np.savez(
        target,
        terms=vectors.get_feature_names_out().astype(str),
        rarity=vectors.idf_,
        coefficients=np.vstack([model.coef_ for model in models]),
        intercepts=np.concatenate([model.intercept_ for model in models]),
    )


def predict_plain(words: list[str], fitted: Path) -> None:
    """Predict every theme with the arrays that were kept."""
    import numpy as np  # noqa: PLC0415
    from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415

    with np.load(fitted) as kept:
        vectors = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, vocabulary=kept["terms"].tolist())
        vectors.idf_ = kept["rarity"]
        coefficients, intercepts = kept["coefficients"], kept["intercepts"]
    features = vectors.transform(words)
    for theme in range(len(intercepts)):
        model = LogisticRegression()
        model.classes_ = np.array([False, True])
        model.coef_, model.intercept_ = coefficients[theme : theme + 1], intercepts[theme : theme + 1]
        model.predict_proba(features)


def main() -> None:
    """Measure and print; with --child, be one of the processes that are measured."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--engines", nargs="+", choices=ENGINES, default=list(ENGINES))
    parser.add_argument("--most", type=int, default=100_000, help="no more answers than this")
    parser.add_argument("--scaling", action="store_true", help="whether time grows in line with the number of answers")
    parser.add_argument("--memory", nargs="+", type=int, metavar="ANSWERS", help="largest memory at so many answers")
    parser.add_argument("--child", nargs=3, metavar=("ENGINE", "ANSWERS", "FITTED"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.child:
        run_child(given.child[0], Path(given.child[1]), Path(given.child[2]))
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if given.memory:
            kept = {size: folder / f"answers_{size}.csv" for size in given.memory}
            for size, path in kept.items():
                # By a process of its own: a child's memory is counted from this one's.
                time_run([sys.executable, __file__, "--child", "write", str(size), str(path)])
            print_memory(given.engines, kept, folder)
            return
        sizes = SCALING if given.scaling else tuple(size for size in SIZES["sklearn"] if size <= given.most)
        files = {size: folder / f"answers_{size}.csv" for size in (1, *sizes)}
        for size, path in files.items():
            write_answers(path, size)
        if given.scaling:
            jobs = [Job(engine, "library") for engine in given.engines]
            print_scaling(measure(jobs, files, folder, given.runs))
            return
        time_run([sys.executable, __file__, "--child", "fit", "-", str(folder / "fitted.npz")])
        plain = Job("sklearn", "library")
        jobs = [plain, *(Job(engine, way) for engine in given.engines for way in ("command", "library"))]
        print_speed(measure(jobs, files, folder, given.runs))


if __name__ == "__main__":
    main()

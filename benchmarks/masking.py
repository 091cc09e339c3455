"""The answers of masking_answers.jsonl go in; how much of what should be masked is, by kind and family, comes out.

Run `python benchmarks/masking.py`: the tables of docs/privacy.md, measured on the test half. It writes nothing.
`--dev` measures the half that the rules were tuned on, `--misses` lists what was missed or masked for nothing,
`--corpus` lists what is masked in data/corpus/answers.jsonl, where nothing needs hiding but made-up names of people.

The test half was written, and committed, before the rules were touched; its fingerprint is held here.
"""

import hashlib
import json
import sys
from collections import Counter
from math import sqrt
from pathlib import Path
from typing import Any

from coprod_cli.protecting import mask
from coprod_cli.protecting.word_lists import NAMES

ROOT = Path(__file__).parents[1]
TEST_SHA256 = "8fe96f3817eddb9c0b1a8721a8f8d3e6bea6dbc3f79c921da685a45a32c68be7"
Z = 1.959964
NOT_GROUPS = {"contacts", "schools, councils, places", "mixed", "lower case and typos", "nothing"}
# Masked in the corpus for nothing, as the language model that wrote the rules judged when it read the list through.
NEEDLESS = frozenset(
    {
        "@admin",
        "Arial",
        "Comic Relief",
        "Copper",
        "Corrie",
        "Dostoevsky",
        "ELSA-style",
        "Gabriel",
        "Kia",
        "McCoy",
        "Nani",
        "Non-verbal",
        "Oak",
        "Parkinson",
        "Quality Street",
        "Queen",
        "Sheba",
        "Swyddfa",
        "Usage",
        "Vivaldi",
    }
)
KINDS = (
    "name",
    "email",
    "phone",
    "postcode",
    "address",
    "nhs number",
    "pupil number",
    "date of birth",
    "link",
    "handle",
    "school",
    "council",
    "place",
)


def read_answers(split: str) -> list[dict[str, Any]]:
    """The answers of one half; the test half only as it was when it was committed."""
    lines = (Path(__file__).parent / "masking_answers.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    chosen = [line for line in lines if json.loads(line)["split"] == split]
    if split == "test" and hashlib.sha256("".join(chosen).encode()).hexdigest() != TEST_SHA256:
        sys.exit("The test half is not what it was when the rules were written.")
    return [json.loads(line) for line in chosen]


def show_share(part: int, whole: int) -> str:
    """A count, its share, and its likely range: Wilson's 95 % interval (Wilson 1927, J Am Stat Assoc 22:209)."""
    if not whole:
        return "none"
    share = part / whole
    middle = (share + Z * Z / (2 * whole)) / (1 + Z * Z / whole)
    reach = Z * sqrt(share * (1 - share) / whole + Z * Z / (4 * whole * whole)) / (1 + Z * Z / whole)
    low, high = max(0.0, middle - reach), min(1.0, middle + reach)
    return f"{part} of {whole}: {share:.0%} ({low:.0%} to {high:.0%})"


def is_on_list(name: str) -> bool:
    """Whether any word of a name is on one of the lists that ship."""
    return any(word.strip(".'").lower() in NAMES for word in name.replace("-", " ").split())


def measure_answers(answers: list[dict[str, Any]], *, misses: bool) -> None:
    """Print the tables. Hidden: not one letter of it shows. Rightly masked: it touches something to be hidden."""
    hidden: Counter[tuple[str, str]] = Counter()
    wanted: Counter[tuple[str, str]] = Counter()
    right: Counter[str] = Counter()
    masked: Counter[str] = Counter()
    clean = 0
    for answer in answers:
        text, spans = answer["text"], [tuple(span) for span in answer["spans"]]
        cuts = mask(text).cuts
        clean += int(answer["has_nothing"] and not cuts)
        shown = set(range(len(text))) - {place for cut in cuts for place in range(cut.start, cut.end)}
        missed = []
        for start, end, kind in spans:
            whole = not any(text[place].isalnum() for place in shown & set(range(start, end)))
            rows = [("kind", kind)]
            if kind == "name":
                rows.append(("list", "on a list" if is_on_list(text[start:end]) else "on no list"))
                rows += [("group", answer["group"])] if answer["group"] not in NOT_GROUPS else []
            wanted.update(rows)
            hidden.update(rows * whole)
            missed += [] if whole else [text[start:end]]
        needless = []
        for cut in cuts:
            fits = any(cut.start < end and start < cut.end for start, end, _ in spans)
            masked[cut.kind] += 1
            right[cut.kind] += fits
            needless += [] if fits else [text[cut.start : cut.end]]
        if misses and (missed or needless):
            print("missed", missed, "needless", needless, "in:", text)
    nothing = sum(answer["has_nothing"] for answer in answers)
    print(f"{len(answers)} answers, {sum(len(answer['spans']) for answer in answers)} things to hide")
    print("\n| what | hidden | masks that were right |\n|---|---|---|")
    for kind in KINDS:
        found = show_share(hidden["kind", kind], wanted["kind", kind])
        print(f"| {kind} | {found} | {show_share(right[kind], masked[kind])} |")
    everything = sum(count for (by, _), count in hidden.items() if by == "kind")
    all_wanted = sum(count for (by, _), count in wanted.items() if by == "kind")
    print(f"| all | {show_share(everything, all_wanted)} | {show_share(right.total(), masked.total())} |")
    print(f"\nAnswers with nothing to hide left as they were: {show_share(clean, nothing)}")
    for by, title in (("group", "names of these families"), ("list", "names of which a word is")):
        print(f"\n| {title} | hidden |\n|---|---|")
        for _, row in sorted(key for key in wanted if key[0] == by):
            print(f"| {row} | {show_share(hidden[by, row], wanted[by, row])} |")


def list_corpus() -> None:
    """Print the totals of what is masked in the corpus, then every distinct stretch, most frequent first."""
    counts: Counter[tuple[str, str]] = Counter()
    lines = (ROOT / "data/corpus/answers.jsonl").read_text(encoding="utf-8").splitlines()
    for line in lines:
        text = json.loads(line)["text"]
        counts.update((cut.kind, text[cut.start : cut.end]) for cut in mask(text).cuts)
    totals: Counter[str] = Counter()
    for (kind, _), count in counts.items():
        totals[kind] += count
    needless = sum(count for (_, words), count in counts.items() if words in NEEDLESS)
    by_kind = ", ".join(f"{kind} {count}" for kind, count in sorted(totals.items()))
    print(
        f"{len(lines)} answers; {totals.total()} masks ({by_kind}); needless: {show_share(needless, totals.total())}\n"
    )
    for (kind, words), count in sorted(counts.items(), key=lambda each: (each[0][0], -each[1], each[0][1])):
        print(f"{kind}\t{count}\t{words}")


def main() -> None:
    """Measure, or list, as asked."""
    if "--corpus" in sys.argv:
        list_corpus()
    else:
        measure_answers(read_answers("dev" if "--dev" in sys.argv else "test"), misses="--misses" in sys.argv)


if __name__ == "__main__":
    main()

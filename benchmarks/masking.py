"""The sentences of masking_sentences.txt go in; how much of what should be masked is, by kind, comes out on the screen.

Run `python benchmarks/masking.py`; with `--misses` it lists what was missed and what was masked for nothing.
"""

import re
import sys
from collections import Counter
from pathlib import Path

from coprod_cli.protecting.masking import mask

MARKED = re.compile(r"\{([a-z ]+):([^{}]+)\}")


def read_sentences() -> list[tuple[str, set[tuple[int, int, str]]]]:
    """Each sentence without its marks, and the stretches that were marked."""
    sentences = []
    lines = (Path(__file__).parent / "masking_sentences.txt").read_text(encoding="utf-8").splitlines()
    for marked in lines:
        if not marked or marked.startswith("#"):
            continue
        line = marked.replace("\\n", "\n")
        plain, place, spans = "", 0, set()
        for match in MARKED.finditer(line):
            plain += line[place : match.start()]
            spans.add((len(plain), len(plain) + len(match[2]), match[1]))
            plain += match[2]
            place = match.end()
        sentences.append((plain + line[place:], spans))
    return sentences


def main() -> None:
    """Print found, missed and needless masks by kind; one is right when its kind and its stretch are exactly right."""
    right: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    needless: Counter[str] = Counter()
    sentences = read_sentences()
    for plain, wanted in sentences:
        found = {(cut.start, cut.end, cut.kind) for cut in mask(plain).cuts}
        for counter, spans in ((right, found & wanted), (missed, wanted - found), (needless, found - wanted)):
            counter.update(kind for _, _, kind in spans)
        if "--misses" in sys.argv and found != wanted:
            print("missed", [plain[a:b] for a, b, _ in sorted(wanted - found)], end="; ")
            print("needless", [plain[a:b] for a, b, _ in sorted(found - wanted)], "in:", plain)
    print(f"{len(sentences)} sentences")
    for kind in sorted(set(right) | set(missed) | set(needless)):
        hits, misses, extra = right[kind], missed[kind], needless[kind]
        recall = f"{hits}/{hits + misses}"
        print(f"{kind:14} found {recall:>7}   needless {extra}")


if __name__ == "__main__":
    main()

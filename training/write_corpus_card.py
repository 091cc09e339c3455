"""The corpus goes in; the counts in its card, data/corpus/README.md, come out between two marks.

Run from the root of the repository: `python -m training.write_corpus_card`. With `--check` nothing is written, and the
exit code is 1 when the card's counts are not those of the files.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable
from statistics import mean, median
from typing import Any

from training.corpus import CORPUS, MORE, list_sampled
from training.theme_pages import write_head, write_row

from coprod_cli.model.tables import LEVELS, ROLES, STANCES
from coprod_cli.reading import read_framework

CARD = CORPUS.parent / "README.md"
BEGIN = "<!-- Counts: written by `python -m training.write_corpus_card`. -->"
CODINGS = ("two coders, agreed", "two coders, third decided", "writer")
END = "<!-- End of counts. -->"

Row = dict[str, Any]


def write_counts() -> str:
    """The counted part of the card, as Markdown, without its marks."""
    files = {path.name: _read(path.read_text(encoding="utf-8")) for path in (CORPUS, MORE)}
    columns = [_count_file(rows) for rows in files.values()]
    counted = [write_row(name, *(column[name] for column in columns)) for name in columns[0]]
    parts = [
        "\n".join([write_head("", *(f"`{name}`" for name in files)), *counted]),
        f"Of the answers in `{CORPUS.name}`, {len(list_sampled())} stand in the sample surveys (`data/samples/`).",
        "\n".join([write_head("theme (codes)", *(f"`{name}`" for name in files)), *_count_themes(files.values())]),
        *(f"Answers by writer, `{name}`: {_count_writers(rows)}." for name, rows in files.items()),
    ]
    return "\n\n".join(parts)


def replace_counts(card: str, counts: str) -> str:
    """The card with the part between its marks replaced."""
    before, _, rest = card.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{counts}\n\n{END}{after}"


def _count_file(rows: list[Row]) -> dict[str, str]:
    """What is counted of one file, in words, to how many there are."""
    codes = [code for row in rows for code in row["codes"]]
    lengths = [len(row["text"].split()) for row in rows]
    stances, levels = (Counter(code[part] for code in codes) for part in ("stance", "level"))
    roles, coders = (Counter(row[part] for row in rows) for part in ("role", "coding"))
    return {
        "answers": f"{len(rows):,}",
        "writers": str(len({row["writer"] for row in rows})),
        "codes": f"{len(codes):,}",
        "codes an answer": f"{len(codes) / len(rows):.2f}",
        "answers with none": _say_share(sum(not row["codes"] for row in rows), len(rows)),
        "answers with two or more": _say_share(sum(len(row["codes"]) > 1 for row in rows), len(rows)),
        "different questions": f"{len({row['question'] for row in rows}):,}",
        "words an answer: mean, median": f"{mean(lengths):.0f}, {median(lengths):.0f}",
        **{f"stance {stance}": _say_share(stances[stance], len(codes)) for stance in STANCES},
        **{f"level {level}": _say_share(levels[level], len(codes)) for level in LEVELS},
        **{f"role {role}": _say_share(roles[role], len(rows)) for role in ROLES},
        **{f"coding: {how}": f"{coders[how]:,}" for how in CODINGS},
    }


def _count_themes(files: Iterable[list[Row]]) -> list[str]:
    counted = [Counter(code["theme"] for row in rows for code in row["codes"]) for rows in files]
    return [
        write_row(f"`{theme.id}`", *(f"{each[theme.id]:,}" for each in counted)) for theme in read_framework().themes
    ]


def _count_writers(rows: list[Row]) -> str:
    counted = Counter(row["writer"] for row in rows)
    return ", ".join(f"{writer} {counted[writer]:,}" for writer in sorted(counted, key=lambda name: (len(name), name)))


def _say_share(part: int, whole: int) -> str:
    return f"{part:,} ({part / whole:.0%})"


def _read(text: str) -> list[Row]:
    return [json.loads(line) for line in text.splitlines()]


def main() -> int:
    """Write the counts, or tell whether they are up to date."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="only tell whether the counts are up to date")
    card = CARD.read_text(encoding="utf-8")
    counted = replace_counts(card, write_counts())
    if parser.parse_args().check:
        print("the card's counts are up to date" if card == counted else "data/corpus/README.md is out of date")
        return int(card != counted)
    CARD.write_text(counted, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())

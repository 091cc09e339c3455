import hashlib
import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

from coprod_cli.protecting import KINDS

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/privacy.md").read_text(encoding="utf-8")


def test_the_page_tells_the_thresholds_of_the_framework() -> None:
    framework = tomllib.loads((ROOT / "src/coprod_cli/frameworks/send.toml").read_text(encoding="utf-8"))
    known = framework["thresholds"]
    told = re.findall(r"^\| (\w+) \| (\d+) \| (\d+) \| (\d+) \|", PAGE, re.MULTILINE)
    assert {name for name, *_ in told} == set(known["public"])
    for name, *limits in told:
        assert [int(limit) for limit in limits] == [known[who][name] for who in ("public", "restricted", "raw")]


def run_benchmark(*arguments: str) -> list[str]:
    command = [sys.executable, str(ROOT / "benchmarks/masking.py"), *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()


def test_the_page_tells_what_the_benchmark_measures() -> None:
    shown = [line for line in run_benchmark() if line]
    lines = PAGE.splitlines()
    start = lines.index(shown[0])
    assert [line for line in lines[start:] if line][: len(shown)] == shown


def test_the_page_tells_what_is_masked_in_the_corpus() -> None:
    assert run_benchmark("--corpus")[0] in PAGE.splitlines()


def test_the_page_tells_every_kind_of_mask() -> None:
    told = re.findall(r"^\| `\[([a-z ]+)\]` \|", PAGE, re.MULTILINE)
    assert set(told) == KINDS


def test_the_page_names_the_answers_that_were_measured() -> None:
    lines = (ROOT / "benchmarks/masking_answers.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    test_half = "".join(line for line in lines if json.loads(line)["split"] == "test")
    assert hashlib.sha256(test_half.encode()).hexdigest() in PAGE

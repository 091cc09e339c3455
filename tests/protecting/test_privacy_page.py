import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/privacy.md").read_text(encoding="utf-8")


def test_the_page_tells_the_thresholds_of_the_framework() -> None:
    framework = tomllib.loads((ROOT / "src/coprod_cli/frameworks/send.toml").read_text(encoding="utf-8"))
    known = framework["thresholds"]
    told = re.findall(r"^\| (\w+) \| (\d+) \| (\d+) \| (\d+) \|", PAGE, re.MULTILINE)
    assert {name for name, *_ in told} == set(known["public"])
    for name, *limits in told:
        assert [int(limit) for limit in limits] == [known[who][name] for who in ("public", "restricted", "raw")]


def test_the_page_tells_what_the_benchmark_measures() -> None:
    command = [sys.executable, str(ROOT / "benchmarks/masking.py")]
    shown = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert shown.splitlines()[0] in PAGE
    measured = re.findall(r"^(.+?)\s+found\s+(\d+/\d+)\s+needless (\d+)$", shown, re.MULTILINE)
    told = re.findall(r"^\| ([a-z ]+) \| (\d+/\d+) \| (\d+) \|$", PAGE, re.MULTILINE)
    assert measured == told

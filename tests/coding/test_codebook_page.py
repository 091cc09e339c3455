import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_codebook_page_is_up_to_date() -> None:
    told = subprocess.run(
        [sys.executable, "-m", "training.write_codebook_page", "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stdout + told.stderr

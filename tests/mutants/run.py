"""Plant a slip in one line of the package and see whether the tests of its room notice.

`python tests/mutants/run.py` takes the sample of every room (`sample.toml`), `--short` the first
few of each. A mutant that lives is named and the exit status is 1; a line that the package no
longer has is one too, so that the sample cannot quietly shrink. `--room ROOM` takes one room.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

TOP = Path(__file__).resolve().parents[2]
SAMPLE = Path(__file__).with_name("sample.toml")
SHORT = 3
SECONDS = 240


class Mutant(NamedTuple):
    """One slip: the room, the file, the line as it is and as it would be, the tests that see it."""

    room: str
    file: str
    line: str
    slip: str
    tests: str


def mutants(room: str | None, *, short: bool) -> list[Mutant]:
    """The sample, of one room or of all."""
    rooms = tomllib.loads(SAMPLE.read_text(encoding="utf-8"))
    return [
        Mutant(name, **one)
        for name, own in rooms.items()
        if room in (None, name)
        for one in own[: SHORT if short else None]
    ]


def verdict(mutant: Mutant) -> str:
    """`killed`, `lives`, or `gone` where the line does not stand once in its file."""
    before = (TOP / mutant.file).read_text(encoding="utf-8")
    if before.count(mutant.line) != 1:
        return "gone"
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        shutil.copytree(TOP / "kb", copy / "kb", ignore=shutil.ignore_patterns("__pycache__"))
        for name in ("tests", "records", "docs", "pyproject.toml", "README.md"):
            (copy / name).symlink_to(TOP / name)
        text = before.replace(mutant.line, mutant.slip, 1)
        (copy / mutant.file).write_text(text, encoding="utf-8")
        settings = {**os.environ, "PYTHONPATH": str(copy), "OPENBLAS_NUM_THREADS": "1"}
        call = [
            sys.executable,
            "-m",
            "pytest",
            "-x",
            "-q",
            "-p",
            "no:cacheprovider",
            "-p",
            "no:cov",
        ]
        try:
            done = subprocess.run(
                [*call, "--rootdir", folder, "-c", str(copy / "pyproject.toml"),
                 *(str(copy / one) for one in mutant.tests.split())],
                capture_output=True, cwd=copy, env=settings, check=False, timeout=SECONDS,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            return "killed"
    return {0: "lives", 1: "killed"}.get(done.returncode, f"exit {done.returncode}")


def main() -> None:
    """Try the sample, two mutants at a time, and name those that live."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--short", action="store_true")
    options.add_argument("--room")
    asked = options.parse_args()
    chosen = mutants(asked.room, short=asked.short)
    with ThreadPoolExecutor(2) as pool:
        found = list(zip(chosen, pool.map(verdict, chosen), strict=True))
    for room in dict.fromkeys(one.room for one in chosen):
        own = [said for one, said in found if one.room == room]
        print(f"{room}: {own.count('killed')} of {len(own)} killed")
    wrong = [(one, said) for one, said in found if said != "killed"]
    for one, said in wrong:
        print(f"{said}: {one.file}: {one.line.strip()} -> {one.slip.strip()}")
    sys.exit(1 if wrong or not chosen else 0)


if __name__ == "__main__":
    main()

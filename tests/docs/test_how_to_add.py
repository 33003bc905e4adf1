"""Every page that says how to add something is followed step by step in a copy of the package."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parents[2]
PAGES = sorted(
    path
    for path in (TOP / "docs" / "how-to").glob("add-*.md")
    if "kb/" in path.read_text(encoding="utf-8")
)
STEP = re.compile(
    r"^In `(?P<edited>[^`]+)`, (?P<where>after|before|replace)\n\n"
    r"```py\n(?P<anchor>.*?)\n```\n\n(?:add|by)\n\n```py\n(?P<text>.*?)```$"
    r"|^Write `(?P<written>[^`]+)`:\n\n```(?:py|text)\n(?P<whole>.*?)```$"
    r"|^Then\n\n```text\n(?P<said>.*?)```$",
    re.DOTALL | re.MULTILINE,
)


def _edit(path, where, anchor, text):
    before = path.read_text(encoding="utf-8")
    assert anchor in before, f"{path.name} has no {anchor!r}"
    new = {
        "after": f"{anchor}\n{text.rstrip()}",
        "before": f"{text}{anchor}",
        "replace": text.rstrip("\n"),
    }[where]
    path.write_text(before.replace(anchor, new, 1), encoding="utf-8")


def _try(folder, said):
    settings = {**os.environ, "PYTHONPATH": str(folder), "NO_COLOR": "1", "COLUMNS": "120"}
    settings["KB_RECORDS"] = str(TOP / "records")
    for call, shown in re.findall(r"^\$ (.+)\n((?:(?!\$ ).*\n?)*)", said, re.MULTILINE):
        program, *words = shlex.split(call)
        start = ["-m", "kb"] if program == "kb" else []
        done = subprocess.run(
            [sys.executable, *start, *words], capture_output=True, text=True, cwd=folder,
            env=settings, check=False,
        )  # fmt: skip
        output = done.stdout + done.stderr
        assert "Traceback" not in output, output
        for line in filter(None, shown.splitlines()):
            assert line in output, f"{call}: not printed: {line}\n{output[:3000]}"


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_page_is_followed(path, tmp_path):
    """What the page says to write is written, and what it says is printed is printed."""
    shutil.copytree(TOP / "kb", tmp_path / "kb", ignore=shutil.ignore_patterns("__pycache__"))
    steps = list(STEP.finditer(path.read_text(encoding="utf-8")))
    assert any(step["said"] for step in steps)
    for step in steps:
        if step["edited"]:
            _edit(tmp_path / step["edited"], step["where"], step["anchor"], step["text"])
        elif step["written"]:
            (tmp_path / step["written"]).write_text(step["whole"], encoding="utf-8")
        else:
            _try(tmp_path, step["said"])


def test_every_step_of_a_page_is_taken():
    """No edit stands in a page in words that the test above does not read."""
    for path in PAGES:
        text = path.read_text(encoding="utf-8")
        taken = [step for step in STEP.finditer(text) if not step["said"]]
        assert len(re.findall(r"^(?:In|Write) `", text, re.MULTILINE)) == len(taken), path.name


def test_what_can_be_added_has_a_page():
    """A check, an endpoint, an exporter, a filter, a gate reason, a method, a measure, a verb."""
    assert {
        "add-a-check", "add-a-filter", "add-a-gate-reason", "add-a-measure", "add-a-verb",
        "add-an-exporter", "add-an-interval-method",
    } == {path.stem for path in PAGES}  # fmt: skip

"""Every slip of the sample can be planted: its line stands once, and the tests that see it exist."""

import tomllib
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parents[2]
SAMPLE = tomllib.loads((TOP / "tests/mutants/sample.toml").read_text(encoding="utf-8"))
MUTANTS = [(room, one) for room, own in SAMPLE.items() for one in own]


@pytest.mark.parametrize(
    ("room", "mutant"), MUTANTS, ids=[f"{room}-{one['line'].strip()}" for room, one in MUTANTS]
)
def test_line_stands_once_in_its_file(room, mutant):
    """A line that stands nowhere plants nothing, and one that stands twice may plant elsewhere."""
    text = (TOP / mutant["file"]).read_text(encoding="utf-8")
    assert 1 == text.count(mutant["line"])
    assert mutant["line"] != mutant["slip"]
    assert all((TOP / one.partition("::")[0]).exists() for one in mutant["tests"].split())

"""An installed wheel as its users have it: typed, with its records, and nothing of the tests."""

import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parents[2]
CONSUMER = """
import kb

base = kb.load()
found = kb.compare(base, "orr", trial=["anlo-ai", "saint"], level=90)
texts: list[str] = [row.value for row in found.rows]
arms: tuple[str, ...] = found.rows[0].arms
low, high = kb.proportion_interval(8, 32, method="wilson")
level: float | None = kb.proportion_interval(8, 32).level
pooled = kb.pool_proportions([8, 6], [32, 11])
share: float = pooled.value
findings: kb.Findings = kb.audit(base, trial="saint")
rules: list[str] = [one.rule for one in findings]
page: str = kb.render(findings, "html")
reveal_type(kb.odds_ratio(1, 10, 2, 10))
kb.compare(base, "orr", lime="first")
found.rows[0].value = "1"
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel of this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    subprocess.run([*build, "--wheel-dir", str(folder), str(TOP)], check=True)
    (found,) = folder.glob("*.whl")
    return found


def test_contents(wheel):
    """The wheel says that it is typed, brings the records, and brings no tests."""
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    assert {"kb/py.typed", "kb/_records/kb.yaml", "kb/_records/trials/saint.yaml"} <= names
    assert set() == {name for name in names if name.startswith(("tests/", "docs/"))}


def test_a_consumer_is_type_checked(wheel, tmp_path):
    """Code that uses the installed wheel gets its types, and its mistakes are found."""
    room = tmp_path / "room"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(room)], check=True)
    python = room / "bin" / "python"
    asked = [str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    home = Path(subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip())
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(home)
    (home / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    (tmp_path / "consumer.py").write_text(CONSUMER, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--python-executable", str(python),
         "--cache-dir", str(tmp_path / "cache"), "--config-file", "", "consumer.py"],
        capture_output=True, text=True, cwd=tmp_path, check=False,
    )  # fmt: skip
    *lines, total = done.stdout.splitlines()
    said = [line.partition(": ")[2] for line in lines]
    assert 'note: Revealed type is "kb.stats.results.Effect"' in said
    assert [
        'error: Unexpected keyword argument "lime" for "compare"  [call-arg]',
        'error: Property "value" defined in "Row" is read-only  [misc]',
    ] == [line for line in said if line.startswith("error: ")]
    assert "Found 2 errors in 1 file (checked 1 source file)" == total

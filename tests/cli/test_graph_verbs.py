"""`kb related`, `kb path`, `kb gaps` and `kb export` as a person meets them."""

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from builders import arm, randomised, trial, write_base

TOP = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """Two randomised trials with one comparator, and a trial apart."""
    doxorubicin = arm("doxorubicin")
    return write_base(
        tmp_path_factory.mktemp("graph") / "base",
        randomised("ifo", arm("doxorubicin", "ifosfamide"), doxorubicin, acronym="IFO"),
        randomised("anlo", arm("doxorubicin", "anlotinib"), doxorubicin, phase="3"),
        trial("single", arms={"one": arm("pembrolizumab")}),
    )


@pytest.fixture
def kb(root):
    """Run the command line on the small base."""

    def run(*words):
        settings = {**os.environ, "PYTHONPATH": str(TOP), "KB_RECORDS": str(root)}
        return subprocess.run(
            [sys.executable, "-m", "kb", *map(str, words)],
            capture_output=True, text=True, env=settings, check=False,
        )  # fmt: skip

    return run


def test_related(kb):
    """Neighbours with their reasons, as text."""
    done = kb("related", "IFO")
    assert (0, "") == (done.returncode, done.stderr)
    assert "both compare with Doxorubicin at random" in done.stdout


def test_related_with_filters(kb):
    """Filters keep neighbours; none left is exit 1."""
    rows = json.loads(kb("related", "ifo", "--phase", "3", "--format", "json").stdout)["rows"]
    assert {"anlo"} == {row["trial"] for row in rows}
    assert 1 == kb("related", "ifo", "--drug", "epirubicin").returncode


def test_arms_that_share_class_and_endpoint(kb):
    """Without a trial, --class and --endpoint list the arms that share both."""
    done = kb("related", "--class", "chemotherapy-doublet", "--endpoint", "ORR", "--format", "csv")
    (row,) = csv.DictReader(io.StringIO(done.stdout))
    assert ("ifo", "one", "doxorubicin+ifosfamide") == (row["trial"], row["arm"], row["treatment"])


@pytest.mark.parametrize("words", [(), ("ifo", "--endpoint", "orr"), ("nothing",)])
def test_related_wrongly_used(kb, words):
    """Neither or both of trial and endpoint, and unknown trials, are wrong usage."""
    assert 2 == kb("related", *words).returncode


def test_path(kb):
    """Two combinations are connected through their comparator."""
    done = kb("path", "Adriamycin+ifosfamide", "anlotinib + doxorubicin")
    assert (0, "") == (done.returncode, done.stderr)
    assert "connected indirectly" in done.stdout
    assert "Doxorubicin + Ifosfamide → Doxorubicin → Anlotinib + Doxorubicin" in done.stdout


def test_path_not_connected(kb):
    """Not connected is an answer; a regimen that no arm gives is exit 1."""
    done = kb("path", "pembrolizumab", "doxorubicin", "--format", "json")
    assert (0, "none") == (done.returncode, json.loads(done.stdout)["connection"])
    assert 1 == kb("path", "epirubicin", "doxorubicin").returncode
    assert 2 == kb("path", "epirubicine", "doxorubicin").returncode


def test_gaps(kb):
    """The matrix as text; a cell without evidence is 0."""
    done = kb("gaps", "--endpoint", "orr,pfs", "--class", "chemotherapy-doublet")
    assert (0, "") == (done.returncode, done.stderr)
    assert "Chemotherapy doublet  1 · 40" in done.stdout
    assert "not reported by any trial: PFS" in done.stdout
    assert 1 == kb("gaps", "--class", "antiangiogenic+checkpoint-inhibitor").returncode


@pytest.mark.parametrize(
    ("what", "start"),
    [
        ("estimates", "address,trial,acronym,"),
        ("trials", "trial,acronym,registrations,"),
        ("graph", "<graphml "),
        ("bibliography", "@article{anlo_smith-2020,"),
    ],
)
def test_export(kb, what, start):
    """Each goes to stdout in the format it is used most in."""
    done = kb("export", what)
    assert (0, "") == (done.returncode, done.stderr)
    assert done.stdout.startswith(start)


def test_export_to_a_file(kb, tmp_path):
    """The suffix decides the format, what was written is said on stderr."""
    path = tmp_path / "graph.json"
    done = kb("export", "graph", "--phase", "3", "-o", path)
    assert (0, "", f"wrote {path}\n") == (done.returncode, done.stdout, done.stderr)
    nodes = {node["id"] for node in json.loads(path.read_text(encoding="utf-8"))["nodes"]}
    assert "trial:anlo" in nodes
    assert "trial:ifo" not in nodes


def test_export_wrongly_used(kb, tmp_path):
    """Unknown things, formats and suffixes are wrong usage, and nothing is written."""
    for words in (("everything",), ("graph", "--format", "xml"), ("graph", "--format", "ris")):
        assert 2 == kb("export", *words).returncode
    assert 2 == kb("export", "trials", "-o", tmp_path / "out.xyz").returncode
    assert [] == list(tmp_path.iterdir())
    assert 1 == kb("export", "trials", "--drug", "epirubicin").returncode

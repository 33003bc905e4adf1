"""Rows by trial, from records and from what is kept beside a compiled copy."""

import os
import time

import kb
from builders import base_of, report, trial, write_base
from kb.rows.cached import harms_by_trial, rows_by_trial
from kb.rows.from_records import rows_of


def test_rows_of_each_trial():
    """The rows of a trial are those of its record, in the order of the base."""
    base = base_of(trial("alpha"), trial("beta"))
    known = rows_by_trial(base)
    assert (["alpha", "beta"], 2) == (list(known), len(known))
    for trial_id, rows in known.items():
        assert list(rows_of(base[trial_id], base.vocabulary)) == rows


def test_rows_that_are_kept(tmp_path, monkeypatch):
    """A compiled base gives the same rows again, and the kept documents hold no silent field."""
    monkeypatch.setenv("KB_CACHE", str(tmp_path / "cache"))
    root = write_base(tmp_path / "base", trial("alpha"), trial("beta"))
    for path in root.rglob("*"):
        os.utime(path, (time.time() - 3600,) * 2)
    first = {one: rows_by_trial(kb.load(root))[one] for one in ("alpha", "beta")}
    base = kb.load(root)
    known = rows_by_trial(base)
    assert (["alpha", "beta"], 2) == (list(known), len(known))
    assert first == dict(known)
    kept = base.derived("rows", dict)
    assert {"alpha", "beta"} == set(kept)
    assert all(value not in ("", None) for row in kept["alpha"] for value in row.values())


def test_harms_that_are_kept(tmp_path, monkeypatch):
    """A compiled base gives the same harms again, and the kept documents hold no silent field."""
    monkeypatch.setenv("KB_CACHE", str(tmp_path / "cache"))
    harms = [{"set": "one", "event": "nausea", "events": 3, "locator": "p1"}]
    body = report(harms=harms)
    root = write_base(tmp_path / "base", trial("alpha", reports={"smith-2020": body}))
    for path in root.rglob("*"):
        os.utime(path, (time.time() - 3600,) * 2)
    first = harms_by_trial(kb.load(root))["alpha"]
    base = kb.load(root)
    assert (["alpha"], 1) == (list(harms_by_trial(base)), len(harms_by_trial(base)))
    assert first == harms_by_trial(base)["alpha"]
    assert [("nausea", 3, 40)] == [(row.event, row.events, row.n) for row in first]
    kept = base.derived("harms", dict)
    assert all(value not in ("", None) for row in kept["alpha"] for value in row.values())

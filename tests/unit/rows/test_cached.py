"""Rows by trial, from records and from what is kept beside a compiled copy."""

import os
import time

import kb
from builders import base_of, trial, write_base
from kb.rows.cached import rows_by_trial
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

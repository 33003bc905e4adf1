"""The rows of the whole corpus, trial by trial, as one digest each; --update-golden renews them.

A change of the code changes no digest unless it mends a fault, and then the changelog says which.
A change of a record changes the digest of its trial alone.
"""

import csv
import hashlib
import io
from pathlib import Path
from typing import Any

import kb
from kb.exporters import text_of
from kb.store.layout import packaged

KEPT = Path(__file__).parent / "estimates.sha256"


def _digests():
    found: dict[str, Any] = {}  # a digest in the making has no type of its own
    table = csv.DictReader(io.StringIO(text_of(kb.load(packaged()), "csv")))
    header = ",".join(table.fieldnames or ())
    for row in table:
        found.setdefault(row["trial"], hashlib.sha256(header.encode()))
        found[row["trial"]].update("\x1f".join(row.values()).encode())
    return {trial: one.hexdigest() for trial, one in found.items()}


def test_rows_of_every_trial(request):
    """`kb export estimates` writes these rows."""
    found = _digests()
    if request.config.getoption("--update-golden"):
        lines = (f"{digest}  {trial}\n" for trial, digest in found.items())
        KEPT.write_text("".join(lines), encoding="utf-8")
    pairs = (line.split("  ") for line in KEPT.read_text(encoding="utf-8").splitlines())
    kept = {trial: digest for digest, trial in pairs}
    changed = {trial for trial in {*kept, *found} if kept.get(trial) != found.get(trial)}
    assert set() == changed

"""Flaws that were published, and what the audit says of each; a corrected version is no matter.

`audit_cases.csv` holds what is printed, retyped as a reviewer would, and the same with the flaw
mended; `audit_cases_expected.csv` the flaw, its source, the rule that sees it, and a pattern of the
words that tell the cause. A case without a rule is right as it stands, and must be silent.
"""

import csv
import re
from pathlib import Path

import pytest

from audit_rates import words
from kb.audits import audit_table

HERE = Path(__file__).parent
WORDS = words()


def read(name):
    """The rows of a table beside this file."""
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


ROWS = read("audit_cases.csv")
EXPECTED = {row["case"]: row for row in read("audit_cases_expected.csv")}
CORRECTED = sorted({row["case"] for row in ROWS if row["version"] == "corrected"})


def findings(case, version):
    """What the audit says of one version of a case."""
    rows = [
        {column: cell for column, cell in row.items() if column not in ("case", "version")}
        for row in ROWS
        if (row["case"], row["version"]) == (case, version)
    ]
    return audit_table(rows, vocabulary=WORDS)


def test_every_case_is_there():
    """27 cases, each with a source, and each with a flaw in a corrected version too."""
    assert 27 == len(EXPECTED)
    assert set(EXPECTED) == {row["case"] for row in ROWS}
    assert set(CORRECTED) == {case for case, row in EXPECTED.items() if row["rule"]}
    assert all(row["source"].startswith("http") for row in EXPECTED.values())


@pytest.mark.parametrize("case", [case for case, row in EXPECTED.items() if row["rule"]])
def test_the_flaw_is_found_and_its_cause_named(case):
    """The rule of a case speaks of every row that has the flaw, in the words that tell the cause."""
    row = EXPECTED[case]
    found = [one for one in findings(case, "printed") if one.rule == row["rule"]]
    assert found
    assert any(re.search(row["words"], one.message) for one in found), found
    assert {int(one) for one in row["rows"].split()} <= {at for one in found for at in one.rows}
    assert row["severity"] in ("", *(one.severity for one in found))


@pytest.mark.parametrize("case", [case for case, row in EXPECTED.items() if not row["rule"]])
def test_what_is_right_is_silent(case):
    """Nothing is said of a case that is right as it is printed."""
    assert [] == findings(case, "printed")


@pytest.mark.parametrize("case", CORRECTED)
def test_the_corrected_version_has_no_loud_finding(case):
    """With its flaw mended a case has at most notes."""
    assert [] == [one for one in findings(case, "corrected") if one.severity != "note"]

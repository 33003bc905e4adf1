"""A measure that came last, from the record to every output: one entry in `printed/measure.py`."""

import csv
import json
from pathlib import Path

import pytest

import kb
from builders import analysis_set, arm, contrast, estimate, randomised, report, write_base
from kb.printed.measure import MEASURES, RESTRICTED_MEAN_DIFFERENCE

NAMES = {"alpha": ("1.9", "0.4", "3.4"), "beta": ("0.8", "-0.6", "2.2")}


def _trial(name):
    value, low, high = NAMES[name]
    number = contrast(
        endpoint="pfs", measure=RESTRICTED_MEAN_DIFFERENCE, at={"months": 24}, unit="months",
        value=value, interval={"level": 95, "low": low, "high": high}, p=".013",
    )  # fmt: skip
    sets = {"one": analysis_set("one"), "two": analysis_set("two")}
    both = report(sets, [estimate(of="one"), estimate(of="two")], contrasts=[number])
    return randomised(
        name, arm("doxorubicin", "anlotinib"), arm("doxorubicin"), reports={"smith-2020": both}
    )


@pytest.fixture
def base(tmp_path):
    """Two trials that print a difference of restricted means."""
    return kb.load(write_base(tmp_path / "base", *map(_trial, NAMES)))


@pytest.fixture
def found(base):
    """Both differences side by side."""
    return kb.compare(base, "pfs", measure=RESTRICTED_MEAN_DIFFERENCE)


def test_row(found):
    """The row has its unit, its months and its time."""
    row = found.rows[0]
    assert ("1.9", "months", 1.9, 0.4, 3.4) == (
        row.value, row.unit, row.value_months, row.low_months, row.high_months,
    )  # fmt: skip
    assert "alpha/smith-2020/one:two/pfs/restricted-mean-difference@24mo" == row.address


def test_record_needs_unit_and_time(tmp_path):
    """Without its unit or its time the record has a problem."""
    broken = _trial("alpha")
    number = broken["reports"]["smith-2020"]["contrasts"][0]
    del number["unit"]
    root = write_base(tmp_path / "unit", broken)
    assert ["field-conflict"] == [one.rule for one in kb.check(root)]
    number["unit"] = "months"
    del number["at"]
    root = write_base(tmp_path / "time", broken)
    assert ["missing-field"] == [one.rule for one in kb.check(root)]


def test_text(found):
    """A comparison says what it is, against what and at which time."""
    assert "at 24 mo, RMST difference v two: 1.9 mo; P = .013" in kb.render(found)
    assert "PFS (95% CI)" in kb.render(found)
    assert "0.4–3.4" in kb.render(found)


def test_pooled(found):
    """It is pooled as it is, not as a logarithm, by inverse variance."""
    pooled = kb.pool(found, accept=["p-sides"])
    assert "difference" == pooled.scale
    errors = [(3.4 - 0.4) / (2 * 1.959963985), (2.2 + 0.6) / (2 * 1.959963985)]
    assert kb.pool_effects([1.9, 0.8], errors).value == pytest.approx(pooled.value, abs=1e-9)
    assert "1.3 mo" in kb.render(pooled)


def test_network(found):
    """In a network longer is better."""
    view = kb.network(found)
    assert "higher" == view.better
    title = "PFS network: difference of restricted means, A versus B, higher is better for A"
    assert title == kb.render(view).splitlines()[0]


def test_forest(found, tmp_path):
    """It is drawn in months around no difference, in favour where it is above."""
    drawn = kb.forest(kb.pool(found), tmp_path / "forest.svg").read_text(encoding="utf-8")
    for words in ("months", "Estimate (95% CI)", "1.9 mo (0.4–3.4)", "above 0 is in favour"):
        assert words in drawn


def test_files(found, tmp_path):
    """CSV, JSON and R hold it."""
    kb.export(found, tmp_path / "rows.csv")
    kb.export(found, tmp_path / "rows.json")
    kb.export(kb.pool(found), tmp_path / "pooled.R")
    with (tmp_path / "rows.csv").open(encoding="utf-8") as file:
        assert {RESTRICTED_MEAN_DIFFERENCE} == {row["measure"] for row in csv.DictReader(file)}
    rows = json.loads((tmp_path / "rows.json").read_text(encoding="utf-8"))["rows"]
    assert ["1.9", "0.8"] == [row["value"] for row in rows]
    assert "transf = exp" not in (tmp_path / "pooled.R").read_text(encoding="utf-8")


def test_own_table(tmp_path):
    """A reviewer's own table may call it by another name, and is audited."""
    path = tmp_path / "own.csv"
    path.write_text(
        "study,arm,versus,endpoint,measure,at,at_unit,value,low,high,level,unit\n"
        "A,x,y,pfs,RMST difference,24,months,1.9,2.4,3.4,95,months\n"
    )
    assert RESTRICTED_MEAN_DIFFERENCE == kb.table(path).rows[0].measure
    assert ["value-outside-interval"] == [one.rule for one in kb.audit_table(path)]


def test_one_module_knows_it():
    """No other module of the package names it."""
    package = Path(kb.__file__).parent
    homes = [
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        if any(
            word in path.read_text(encoding="utf-8")
            for word in (RESTRICTED_MEAN_DIFFERENCE, "RESTRICTED_MEAN_DIFFERENCE")
        )
    ]
    assert ["printed/measure.py"] == homes
    assert "higher" == MEASURES[RESTRICTED_MEAN_DIFFERENCE].better("higher")

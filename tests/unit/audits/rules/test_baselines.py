"""Means, deviations and medians of the patients at baseline."""

import pytest

from builders import analysis_set, report, trial
from kb.audits import audit_table
from kb.audits.finding import NOTE, WARNING
from kb.audits.measured import AGE, COUNT, Measured, kind_of, mean_without_data


def _record(n, what="prior-lines", measure="mean", **entry):
    """A record whose one set of n patients has this baseline entry."""
    given = {"set": "all", "characteristic": what, "measure": measure, "locator": "p1", **entry}
    return [
        trial(reports={"smith-2020": report({"all": analysis_set("one", n)}, [], baseline=[given])})
    ]


def _age(n, measure="median", **entry):
    return _record(n, "age", measure, unit="years", **entry)


BOUNDARIES = {
    "mean-without-data": [
        ("a mean that 36 can have", _record(36, value="1.56"), []),
        ("one that they cannot", _record(36, value="1.54"), [("warning", "no 36 whole numbers have the mean 1.54; perhaps they are of 33 or 35 patients.")]),
        ("rounded to even", _record(40, value="1.12"), []),  # 45/40 = 1.125
        ("rounded up", _record(40, value="1.13"), []),
        ("cut off", _record(36, value="1.52"), [("note", "the mean 1.52 but by cutting off its decimals.")]),  # 55/36 = 1.5277
        ("as many patients as the decimals tell apart", _record(100, value="1.50"), []),
        ("one patient fewer", _record(99, value="1.50"), [("note", "no 99 whole numbers")]),
        ("ages", _age(28, "mean", value="55.23"), [("note", "age: no 28 whole numbers have the mean 55.23; perhaps the ages are reckoned from dates, or they are of 26 patients.")]),
        ("ages in parts of a year", _age(28, "mean", value="55.23", range={"low": "18.5", "high": "80"}), []),
        ("ages in whole years", _age(28, "mean", value="55.23", range={"low": "18", "high": "80.0"}), [("note", "55.23")]),
        ("ages in months", _record(28, "age", value="55.23", unit="months"), []),
        ("what may have any value", _record(36, "tumour-size", value="1.54"), []),
        ("printed as about", _record(36, value="1.54", approximation="about"), []),
        ("nobody counted", _record(None, value="1.54"), []),
        ("another measure", _record(36, measure="total", value="1.54"), []),
    ],
    "deviation-without-data": [
        ("one that they can have", _record(31, value="4.74", sd="6.55"), []),
        ("one that they cannot", _record(35, value="5.23", sd="2.48"), [("warning", "prior-lines: no 35 whole numbers have the mean 5.23 and the standard deviation 2.48")]),
        ("the next deviation", _record(35, value="5.23", sd="2.47"), []),
        ("divided by n", _record(4, value="1.50", sd="0.50"), []),
        ("divided by n − 1", _record(4, value="1.50", sd="0.58"), []),
        ("a mean that they cannot have", _record(36, value="1.54", sd="0.50"), []),
        ("ages", _age(35, "mean", value="35.23", sd="2.48"), [("note", "age: no 35 whole numbers")]),
        ("one patient", _record(1, value="2.00", sd="0.50"), []),
        ("no deviation", _record(35, value="5.23"), []),
    ],
    "binary-deviation": [
        ("that of the share", _record(1683, "sex", category="female", value="0.19", sd="0.39"), []),
        ("another", _record(1683, "sex", category="female", value="0.19", sd="0.35"), [("warning", "sex female: standard deviation 0.35, but of 1683 noughts and ones with the mean 0.19 it is 0.39.")]),
        ("one hundredth off", _record(1683, "sex", category="female", value="0.19", sd="0.38"), [("warning", "it is 0.39.")]),
        ("of few patients", _record(20, "sex", category="female", value="0.05", sd="0.22"), []),
        ("divided by n", _record(20, "sex", category="female", value="0.25", sd="0.43"), []),
        ("divided by n − 1", _record(20, "sex", category="female", value="0.25", sd="0.44"), []),
        ("no share", _record(20, "sex", category="female", value="0.25"), []),
        ("no category", _record(20, "tumour-size", value="0.25", sd="0.10"), []),
        ("no patients", _record(1, "sex", category="female", value="0.25", sd="0.10"), []),
    ],
    "median-without-data": [
        ("whole, of an odd number", _age(129, value="58"), []),
        ("a half, of an even number", _age(128, value="58.5"), []),
        ("a half, of an odd number", _age(129, value="58.5"), [("note", "age: no 129 whole numbers have the median 58.5; perhaps the ages are reckoned from dates, or they are of 126 or 128 patients.")]),
        ("a tenth", _age(128, value="58.4"), [("note", "the median 58.4; perhaps the ages are reckoned from dates.")]),
        ("whole with decimals", _age(129, value="58.0"), []),
        ("ages in parts of a year", _age(129, value="58.5", range={"low": "18.5", "high": "84.0"}), []),
        ("of what is counted", _record(29, measure="median", value="2.5"), [("warning", "prior-lines: no 29 whole numbers have the median 2.5; perhaps they are of 26 or 28 patients.")]),
        ("of what is counted, even", _record(28, measure="median", value="2.5"), []),
        ("of a scale", _record(29, measure="median", value="2.5", instrument="qlq-c30"), []),
        ("without a value", _age(29, range={"low": "18", "high": "80"}), []),
    ],
    "baseline-out-of-range": [
        ("at the extreme", _age(40, value="80", range={"low": "18", "high": "80"}), []),
        ("above it", _age(40, value="82", range={"low": "18", "high": "80"}), [("error", "age: the median 82 lies outside the range 18 to 80.")]),
        ("below it by its rounding", _age(40, value="18", range={"low": "18.4", "high": "80"}), []),
        ("below it", _age(40, value="17", range={"low": "18.4", "high": "80"}), [("error", "the median 17")]),
        ("above an extreme that is open", _age(40, value="82", range={"low": "18", "high": "80", "high_mark": "+"}), []),
        ("below an extreme that is open", _age(40, value="17", range={"low": "18", "low_mark": "+", "high": "80"}), []),
        ("a mean", _age(40, "mean", value="17.2", range={"low": "18", "high": "80"}), [("error", "the mean 17.2")]),
        ("a quartile", _age(40, value="58", range={"low": "18", "high": "80"}, iqr={"low": "50", "high": "82"}), [("error", "the upper quartile 82")]),
        ("outside its quartiles", _age(40, value="58", iqr={"low": "60", "high": "70"}), [("error", "age: the median 58 does not lie between the quartiles 60 and 70.")]),
        ("at a quartile", _age(40, value="60", iqr={"low": "60", "high": "70"}), []),
        ("the largest deviation", _record(4, "tumour-size", value="25.0", sd="50.0", range={"low": "0", "high": "100"}), []),
        ("one above", _record(4, "tumour-size", value="25.0", sd="53.0", range={"low": "0", "high": "100"}), [("error", "values in the range 0 to 100 cannot have the standard deviation 53.0.")]),
        ("of many patients", _record(400, "tumour-size", value="25.0", sd="45.0", range={"low": "0", "high": "100"}), [("error", "45.0")]),
        ("an open end", _record(4, "tumour-size", value="25.0", sd="51.0", range={"low": "0"}), []),
        ("extremes the other way round", _record(4, "tumour-size", value="25.0", sd="51.0", range={"low": "100", "high": "0"}), [("error", "the mean 25.0 lies outside the range 100 to 0.")]),
    ],
}  # fmt: skip


def test_boundaries(boundary, says):
    """Just inside and just outside of what each rule allows, in each of its directions."""
    rule, given, expected = boundary
    assert expected == says(rule, given, expected)


@pytest.mark.parametrize(
    ("characteristic", "unit", "expected"),
    [
        ("age", "years", AGE),
        ("Age (years)", "", AGE),
        ("Age, y", "", AGE),
        ("age", "months", ""),
        ("Prior lines", "", COUNT),
        ("ECOG", "", COUNT),
        ("tumour size", "cm", ""),
    ],
)
def test_kinds(characteristic, unit, expected):
    """A characteristic is known by its name, however it is spelt."""
    assert expected == kind_of(characteristic, unit)


def test_the_mean_of_items():
    """With four items a mean of 28 patients may be a hundred-and-twelfth."""
    scale = Measured("score", 28, COUNT, mean="3.46", items=4)
    assert [] == [*mean_without_data(scale)]
    (remark,) = mean_without_data(Measured("score", 28, COUNT, mean="3.41"))
    assert WARNING == remark.severity


TABLE = [
    {"study": "A", "characteristic": "Age, years", "n": "28", "mean": "55.23 (9.1)"},
    {"study": "A", "characteristic": "Prior lines", "n": "n=36", "mean": "1.54", "sd": "0.7"},
    {"study": "A", "characteristic": "female", "kind": "binary", "n": "1,683", "mean": "0.19 ± 0.35"},
    {"study": "B", "arm": "x", "characteristic": "ECOG", "n": "29", "median": "1.5"},
    {"study": "B", "characteristic": "score", "kind": "whole", "items": "4", "n": "28", "mean": "3·46"},
    {"study": "B", "characteristic": "age", "kind": "measured", "n": "28", "mean": "55.23"},
    {"study": "B", "characteristic": "", "mean": "4", "low": "6", "high": "9"},
]  # fmt: skip


def test_a_table_of_baseline_values():
    """Each line of a reviewer's own table is judged by what it is taken for."""
    expected = [
        ((1,), "mean-without-data", NOTE, "A"),
        ((2,), "mean-without-data", WARNING, "A"),
        ((3,), "binary-deviation", WARNING, "A"),
        ((4,), "median-without-data", WARNING, "B"),
        ((7,), "baseline-out-of-range", "error", "B"),
    ]
    found = audit_table(TABLE)
    assert expected == [(one.rows, one.rule, one.severity, one.trial) for one in found]
    assert found[3].message.startswith("ECOG (x): no 29 whole numbers")


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ({"mean": "high"}, '"high" is no printed number'),
        ({"mean": "5", "n": "few"}, '"few" is no number of patients or items'),
        ({"mean": "5", "n": "0"}, '"0" is no number of patients or items'),
        ({"mean": "5", "kind": "odd"}, '"odd" is none of age, years, whole'),
    ],
)
def test_cells_that_cannot_be_read(cells, message):
    """What is no number, no number of patients and no kind is a finding, and the rest is judged."""
    found = audit_table([{"characteristic": "age", **cells}, TABLE[1]])
    assert [("unreadable-cell", (1,)), ("mean-without-data", (2,))] == [
        (one.rule, one.rows) for one in found
    ]
    assert found[0].message.startswith(message)


def test_cells_of_a_file(tmp_path):
    """In a file the cell is named as the sheet shows it."""
    path = tmp_path / "own.csv"
    path.write_text("study,characteristic,n,mean,sd\nS,prior lines,36,1.54,x\n", encoding="utf-8")
    assert ["E2", "D2"] == [one.cell for one in audit_table(path)]

"""Fractions for percents and medians of another scale: just inside and just outside."""

import pytest

from builders import estimate, report, trial


def _median(value, arm="a", unit="months", endpoint="pfs"):
    return f"arm={arm} endpoint={endpoint} unit={unit} value={value}"


BOUNDARIES = {
    # 16 of 52 is 30.77 %, as a fraction 0.31; 1 of 210 is 0.476 %, 1 of 101 is 0.990 %.
    "fraction-for-percent": [
        ("the fraction of the count", ["endpoint=orr events=16 n=52 value=0.31"],
         [("warning", "ORR: 0.31 % is printed; as a fraction, 31 %, it is that of 16 of 52.")]),
        ("more decimals", ["endpoint=orr events=16 n=52 value=0.308"],
         [("warning", "as a fraction, 30.8 %, it is that of 16 of 52.")]),
        ("another fraction than that of the count", ["endpoint=orr events=16 n=52 value=0.33"], []),
        ("the percent of the count", ["endpoint=orr events=1 n=210 value=0.48"], []),
        ("no count, and no count gives the percent", ["endpoint=orr n=52 value=0.31"],
         [("warning", "it is that of 16 of 52.")]),
        ("no count, and two give the fraction", ["endpoint=orr n=200 value=0.31"],
         [("warning", "it is that of 61 or 62 of 200.")]),
        ("a percent that a count gives", ["endpoint=orr n=210 value=0.5"], []),
        ("a percent just below one", ["endpoint=orr n=101 value=0.99"], []),
        ("neither as a percent nor as a fraction", ["endpoint=orr n=7 value=0.31"], []),
        ("neither count nor n", ["endpoint=orr value=0.31"], []),
        ("one per cent", ["endpoint=orr events=1 n=1 value=1.0"], []),
        ("none", ["endpoint=orr events=0 n=52 value=0.0"], []),
    ],
    # Ten times 6.1 months are 61; 61 days are 2.0 months.
    "median-out-of-scale": [
        ("ten times both", [_median("61"), _median("6.1", "b"), _median("4.0", "c")],
         [("warning", "PFS: the median of 61 months is 10 times every other one in this trial (4.0 to 6.1 months)")]),
        ("less than ten times the larger", [_median("60.9"), _median("6.1", "b"), _median("4.0", "c")], []),
        ("a tenth of both", [_median("0.4"), _median("6.1", "b"), _median("4.0", "c")],
         [("warning", "the median of 0.4 months is 1/10 of every other one in this trial")]),
        ("more than a tenth of the smaller", [_median("0.41"), _median("6.1", "b"), _median("4.0", "c")], []),
        ("ten times the only other", [_median("61"), _median("6.1", "b")],
         [("warning", "PFS: the median of 61 months is 10 times the other one in this trial, 6.1 months")]),
        ("the only other first", [_median("6.1"), _median("61", "b")],
         [("warning", "PFS: the median of 61 months is 10 times the other one in this trial, 6.1 months")]),
        ("less than ten times the only other", [_median("60.9"), _median("6.1", "b")], []),
        ("alone", [_median("61")], []),
        ("of another endpoint", [_median("61", endpoint="os"), _median("6.1", "b"), _median("4.0", "c")], []),
        ("in order once converted", [_median("122", unit="days"), _median("6.1", "b"), _median("4.0", "c")], []),
    ],
}  # fmt: skip


def test_boundaries(boundary, says):
    """Each rule speaks just inside its boundary, and is silent just outside."""
    rule, given, expected = boundary
    assert expected == says(rule, given, expected)


def _report(value, year):
    """A report that prints a response rate without count and n."""
    sets = {"one": {"arm": "one", "population": "treated"}}
    printed = estimate(value=value)
    del printed["events"]
    return report(sets, [printed], citation={"year": year})


SAID = "ORR: 0.31 % is printed; as a fraction, 31 %, it is the 30.8 % of late-2021"


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        ("0.31", "30.8", [SAID]),
        ("0.31", "32.0", [SAID.replace("30.8", "32.0")]),
        ("0.31", "32.2", []),
        ("0.31", "0.31", []),
    ],
)
def test_a_fraction_that_another_report_prints_as_percent(first, second, said, found):
    """Without n, a hundred times the value, rounded or cut off, has to be another report's."""
    reports = {"smith-2020": _report(first, 2020), "late-2021": _report(second, 2021)}
    own = [one[3] for one in found(trial(reports=reports)) if one[1] == "fraction-for-percent"]
    assert said == own

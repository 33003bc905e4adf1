"""Medians against those published and against their intervals: just inside and just outside."""

from builders import estimate, report, told_apart, trial


def _median(value, endpoint="pfs", unit="months", **more):
    rest = "".join(f" {key}={text}" for key, text in more.items())
    return f"arm=a endpoint={endpoint} unit={unit} value={value}{rest}"


def _within(value, low, high, **more):
    """A median with its interval."""
    return [_median(value, low=low, high=high, **more)]


def _both(pfs, os, **more):
    """Medians of progression-free and overall survival."""
    return [_median(pfs, **more), _median(os, "os")]


def _record(*estimates):
    return [trial(reports={"smith-2020": report(estimates=list(estimates))})]


NO_ARM = ["endpoint=pfs unit=months value=13.1", "endpoint=os unit=months value=15.5"]

BOUNDARIES = {
    # 15.5 may be 15.45 to 15.6; 15.6 from 15.55. 5.6 weeks may be 5.55 to 5.7, which is 1.311
    # months, and 5.5 up to 5.6, which is 1.288; 39 days up to 40, which is 1.314, 38 up to 1.281.
    "median-implausible": [
        ("as long as 97 % by its rounding", [_median("15.5")], []),
        ("longer", [_median("15.6")], [("note", "PFS median 15.6 months is longer than 97 % of those published (15.5 months; 276 medians of 112 trials); 15.6 weeks would be 3.6 months, which is usual.")]),
        ("overall survival, as long as 97 %", [_median("36.7", "os")], []),
        ("overall survival, longer", [_median("36.8", "os")], [("note", "OS median 36.8 months is longer than 97 % of those published (36.7 months; 171 medians of 80 trials); 36.8 weeks would be 8.5 months, which is usual.")]),
        # 67.3 weeks are 15.48 months and 67.5 are 15.52; 471 days are 15.47 and 472 are 15.51.
        ("as weeks just usual", [_median("67.3")], [("note", "; 67.3 weeks would be 15.5 months, which is usual.")]),
        ("as days usual", [_median("67.5")], [("note", "; 67.5 days would be 2.2 months, which is usual.")]),
        ("as days just usual", [_median("471")], [("note", "; 471 days would be 15.5 months, which is usual.")]),
        ("in no unit usual", [_median("472")], [("note", "276 medians of 112 trials).")]),
        ("too long in weeks", [_median("120", unit="weeks")], [("note", "; 120 days would be 3.9 months, which is usual.")]),
        ("long in years", [_median("5", "os", "years")], []),
        ("long in days", [_median("600", unit="days")], []),
        ("short in weeks, as long by its rounding", [_median("5.6", unit="weeks")], []),
        ("short in weeks", [_median("5.5", unit="weeks")], [("note", "PFS median 5.5 weeks is shorter than 97 % of those published (1.3 months; 276 medians of 112 trials); 5.5 months would be usual.")]),
        ("short in days, as long by its rounding", [_median("39", unit="days")], []),
        ("short in days", [_median("38", unit="days")], [("note", "; 38 weeks would be 8.7 months, which is usual.")]),
        ("short in days, usual in months", [_median("4", unit="days")], [("note", "; 4 months would be usual.")]),
        ("short in months", [_median("1.0")], []),
        ("of an endpoint with too few medians", ["arm=a endpoint=ttp unit=months value=60"], []),
        ("without a unit", ["arm=a endpoint=pfs measure=median value=60"], []),
        ("without an arm", ["endpoint=pfs unit=months value=60"], [("note", "60 weeks would be 13.8 months, which is usual.")]),
        ("printed as about", _record(estimate("pfs", value="60", approximation="about")), []),
        ("not reached", [_median("NR")], []),
    ],
    # 10.0 is 9.95 at the least, one and a half times which are 14.925; 14.9 may be 15.0.
    "medians-close": [
        ("one and a half times by its rounding", _both("10.0", "14.9"), []),
        ("less than one and a half times", _both("10.0", "14.8"), [("note", "OS median 14.8 months is 1.48 times PFS median 10.0 months; 97 % of 144 published pairs are 1.5 times apart or more; 10.0 weeks would be 2.3 months.")]),
        ("alike", _both("10.0", "10.0"), [("note", "is 1.00 times PFS median 10.0 months")]),
        ("above, which is another rule", _both("10.2", "10.0"), []),
        ("in weeks", [_median("10.0"), _median("60", "os", "weeks")], [("note", "OS median 60 weeks is 1.38 times PFS median 10.0 months")]),
        ("no shorter unit", [_median("40", unit="weeks"), _median("12", "os")], [("note", "40 days would be 1.3 months.")]),
        ("in days", [_median("300", unit="days"), _median("12", "os")], [("note", "1.5 times apart or more.")]),
        ("in years", [_median("3", unit="years"), _median("40", "os")], [("note", "; 3 months would be 3.0 months.")]),
        ("the closer of two", told_apart([*_both("10.0", "14.8"), _median("13", "os")]), [("note", "OS median 13 months")]),
        ("other endpoints", [_median("10.0", "ttp"), _median("11.0", "os")], []),
        ("another arm", [_median("10.0"), "arm=b endpoint=os unit=months value=11"], []),
        ("not reached", _both("10.0", "NR"), []),
        ("told apart by an id", _record(estimate("pfs", value="10.0", id="one"), estimate("os", value="11.0", id="other")), []),
        ("one told apart by an id", _record(estimate("pfs", value="10.0", id="one"), estimate("os", value="11.0")), [("note", "1.10 times")]),
        ("no arm is given", NO_ARM, [("note", "; no arm is given, so they may be of other patients.")]),
        ("no arm is given, and one stands twice", [*NO_ARM, "endpoint=os unit=months value=30"], []),
        ("no arm is given, far apart", [NO_ARM[0], "endpoint=os unit=months value=30"], []),
    ],
    # 1.00 may be .995 and 10.00 9.995, and .995 × (9.995 / .995) ** .08 = 1.197; 1.19 may be 1.20,
    # and 1.18 1.19.
    "median-against-interval": [
        ("in the middle", _within("3.16", "1.00", "10.00"), []),
        ("near the low end, within rounding", _within("1.19", "1.00", "10.00"), []),
        ("at the low end", _within("1.18", "1.00", "10.00"), [("note", "PFS median 1.18 months (1.00 to 10.00): it lies at the low end of its interval")]),
        # 7.43 may be 7.425 and 7.44 7.435, and 1.01 × (10.01 / 1.01) ** .87 = 7.429.
        ("near the high end, within rounding", _within("7.43", "1.00", "10.00"), []),
        ("at the high end", _within("7.44", "1.00", "10.00"), [("note", "PFS median 7.44 months (1.00 to 10.00): it lies at the high end of its interval")]),
        ("outside, which is another rule", _within("11.00", "1.00", "10.00"), []),
        ("the bounds in the wrong order", _within("3.16", "10.00", "1.00"), []),
        ("a low bound of 0", _within("0.10", "0.00", "10.00"), []),
        ("bounds that rounding makes alike", _within("3.2", "3.2", "3.2"), []),
        ("equal to a bound, which is another rule", _within("1.00", "1.00", "10.00"), []),
        ("one bound", _within("1.18", "1.00", "NR"), []),
        ("no value", _within("NR", "1.00", "10.00"), []),
        # log(9.995 / 1.01) = 2.292 times the root of 20 is 10.25, of 21 10.503.
        ("as wide as patients make it", _within("3.16", "1.00", "10.00", n=20), []),
        ("too wide", _within("3.16", "1.00", "10.00", n=21), [("note", "the interval is wider than those of 21 patients are")]),
        ("too wide if it were of 95 %", _within("3.16", "1.00", "10.00", n=21, level=99), []),
        # log(4.51 / 3.995) = .12126 times the root of 69 is 1.0072, of 68 .9999.
        ("as narrow as patients make it", _within("4.25", "4.00", "4.50", n=69), []),
        ("too narrow", _within("4.25", "4.00", "4.50", n=68), [("note", "the interval is narrower than those of 68 patients are")]),
        ("too narrow only if it were of 95 %", _within("4.25", "4.00", "4.50", n=68, level=90), []),
        # 14.8 is .72 of the way from 7.3 to 19.5, and .36 of that to 51.9.
        ("two digits swapped", _within("14.8", "7.3", "15.9"), [("note", "; 15.9 may stand for 19.5 (two digits swapped).")]),
        ("no slip that is named", _within("9.2", "5.2", "9.7", n=10), [("note", "the high end of its interval.")]),
        ("the point moved in the low bound", _within("6.1", "5.6", "56.1"), [("note", "; 5.6 may stand for 0.56 (the decimal point moved).")]),
        ("two digits swapped in the median", _within("1.18", "1.00", "10.00", n=12), [("note", "; 1.18 may stand for 1.81 (two digits swapped).")]),
    ],
    "median-equals-bound": [
        ("the low one", _within("24.8", "24.8", "NR"), [("note", "PFS median 24.8 months is printed as the low bound of its interval too; one of the two may have been copied.")]),
        ("the high one", _within("24.8", "12.1", "24.8"), [("note", "is printed as the high bound of its interval too")]),
        ("with more digits", _within("24.8", "24.80", "NR"), [("note", "the low bound")]),
        ("above it", _within("24.9", "24.8", "NR"), []),
        ("open bounds", _within("24.8", "NR", "NR"), []),
        ("no value", _within("NR", "24.8", "NR"), []),
        ("a rate", ["arm=a endpoint=pfs at=6 at_unit=months value=24.8 low=24.8 high=40"], []),
        ("printed as about", _record(estimate("pfs", value="6.0", approximation="about", interval={"level": 95, "low": "6.0", "high": "9.9"})), []),
    ],
    # The middle of 3.00 and 9.00 is 6.00, and with rounding half a hundredth of each is added: 6.01
    # is in it and 6.02 is not. Its chance is 2 × .02 / 6.00 = 1 of 150.
    "median-interval-symmetric": [
        ("the middle", _within("6.00", "3.00", "9.00"), [("note", "PFS median 6.00 months is the middle of 3.00 to 9.00: perhaps a normal approximation, which cannot be pooled as log or log-log (by chance 0.67 in 100).")]),
        ("the middle by rounding", _within("6.01", "3.00", "9.00"), [("note", "the middle")]),
        ("beside the middle", _within("6.02", "3.00", "9.00"), []),
        ("below the middle by rounding", _within("5.99", "3.00", "9.00"), [("note", "the middle")]),
        ("below the middle", _within("5.98", "3.00", "9.00"), []),
        ("the geometric mean", _within("5.20", "3.00", "9.00"), []),
        # With one decimal the chance is .4 / width: 10 in 100 at 4.0, more below.
        ("by chance in 1 of 10", _within("4.0", "2.0", "6.0"), [("note", "(by chance 10 in 100).")]),
        ("by chance in more than 1 of 10", _within("4.0", "2.1", "5.9"), []),
        # The middle of 97.0 and 103.0 is 100.0 and the geometric mean 99.955.
        ("both means print so", _within("100.0", "97.0", "103.0"), []),
        ("the bounds in the wrong order", _within("6.00", "9.00", "3.00"), []),
        ("a low bound of 0", _within("6.00", "0.00", "12.00"), []),
        ("one bound", _within("6.00", "3.00", "NR"), []),
        ("no value", _within("NR", "3.00", "9.00"), []),
        ("a rate", ["arm=a endpoint=pfs at=6 at_unit=months value=40.0 low=20.0 high=60.0"], []),
    ],
}  # fmt: skip


def test_boundaries(says, boundary):
    """Each rule speaks just inside its boundary, and is silent just outside."""
    rule, given, expected = boundary
    assert expected == says(rule, given, expected)

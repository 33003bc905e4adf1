"""A digitised curve against itself, its numbers at risk, and what is printed beside it."""

from math import log

import pytest

from kb.audits import curve_files
from kb.audits.curve_files import read_curve
from kb.audits.digitised_curves import CURVE_RULES, CURVE_YIELDED, audit_curve, looked_at
from kb.audits.drawn import Drawn
from kb.audits.rules import curves
from kb.stats import cox_ratio
from kb.stats.survival.kaplan_meier import survival_curve

TIMES = list(range(101))
HEIGHTS = [round(1 - 0.008 * time, 3) for time in TIMES]  # from 1 down to .2 at 100
RISK = ([0, 20, 40, 60, 80], [100, 84, 68, 52, 36])  # nobody censored


def _with(at, height):
    """The curve with one height changed."""
    return TIMES, [height if time == at else one for time, one in zip(TIMES, HEIGHTS, strict=True)]


def _risk(at, number):
    return RISK[0], [number if time == at else n for time, n in zip(*RISK, strict=True)]


CURVE = TIMES, HEIGHTS
CASES = {
    "curve-out-of-range": [
        ("within", {"curve": CURVE}, []),
        ("above 1 by reading", {"curve": _with(0, 1.015)}, []),
        ("above 1", {"curve": _with(0, 1.02)}, [("error", "survival of 1.02 at 0 lies outside 0 to 1.")]),
        ("below 0 by reading", {"curve": _with(100, -0.015)}, []),
        ("below 0", {"curve": _with(100, -0.02)}, [("error", "survival of -0.02 at 100")]),
        ("percents", {"curve": (TIMES, [100 * one for one in HEIGHTS])}, []),
        ("percents above 100", {"curve": (TIMES, [102, *(100 * one for one in HEIGHTS[1:])])}, [("error", "survival of 1.02 at 0")]),
    ],
    "curve-rising": [
        ("falling", {"curve": CURVE}, []),
        ("by reading", {"curve": _with(50, 0.639)}, []),
        ("by careless reading", {"curve": _with(50, 0.64)}, [("note", "survival rises from 0.624 at 47 to 0.64 at 50.")]),
        ("by .03", {"curve": _with(50, 0.654)}, [("note", "to 0.654")]),
        ("by more", {"curve": _with(50, 0.655)}, [("error", "survival rises from 0.624 at 47 to 0.655 at 50.")]),
        ("rows in another order", {"curve": (TIMES[::-1], HEIGHTS[::-1])}, []),
        ("within the reading of times", {"curve": ([0, 50, 51, 100], [1, 0.5, 0.55, 0.4])}, []),
        ("beyond it", {"curve": ([0, 50, 53, 100], [1, 0.5, 0.55, 0.4])}, [("error", "from 0.5 at 50 to 0.55 at 53.")]),
    ],
    "at-risk-rising": [
        ("falling", {"curve": CURVE, "at_risk": RISK}, []),
        ("as many", {"curve": CURVE, "at_risk": _risk(40, 84)}, []),
        ("one more", {"curve": CURVE, "at_risk": _risk(40, 85)}, [("error", "85 at risk at 40, but 84 before.")]),
        ("two swapped", {"curve": CURVE, "at_risk": ([0, 20, 40, 60], [100, 68, 84, 52])}, [("error", "84 at risk at 40, but 68 before.")]),
    ],
    "at-risk-against-curve": [
        ("nobody censored", {"curve": CURVE, "at_risk": RISK}, []),
        ("some censored", {"curve": CURVE, "at_risk": _risk(80, 20)}, []),
        ("more than the curve leaves, by reading", {"curve": CURVE, "at_risk": _risk(80, 40)}, []),
        ("more than reading explains", {"curve": CURVE, "at_risk": _risk(80, 41)}, [("warning", "41 at risk at 80, but of 100 at 0 the curve leaves 37.6, if none is censored.")]),
        ("by twice of that", {"curve": CURVE, "at_risk": _risk(80, 42)}, [("warning", "42 at risk at 80")]),
        ("more than twice of that", {"curve": CURVE, "at_risk": _risk(80, 43)}, [("error", "43 at risk at 80")]),
        ("nobody at the end of the curve", {"curve": CURVE, "at_risk": ([0, 50, 100], [100, 60, 0])}, []),
        ("a curve that falls with nobody at risk", {"curve": CURVE, "at_risk": ([0, 50, 80], [100, 60, 0])}, [("error", "the curve falls by 0.15 after 80, where nobody is at risk.")]),
        ("numbers that rise", {"curve": CURVE, "at_risk": _risk(40, 99)}, []),
        ("a curve at nought", {"curve": ([0, 10, 20, 30], [1, 0.5, 0, 0]), "at_risk": ([0, 10, 25], [20, 20, 10])}, [("error", "10 at risk at 25")]),
        ("once for one number", {"curve": CURVE, "at_risk": ([0, 20, 40, 60], [100, 100, 80, 60])}, [("error", "100 at risk at 20")]),
    ],
    "events-against-curve": [
        ("all that the curve makes", {"curve": CURVE, "at_risk": RISK, "events": 80}, []),
        ("within reading", {"curve": CURVE, "at_risk": RISK, "events": 75}, []),
        ("too few", {"curve": CURVE, "at_risk": RISK, "events": 40}, [("warning", "40 events printed; the curve and its numbers at risk allow ")]),
        ("too many", {"curve": CURVE, "at_risk": RISK, "events": 96}, [("warning", "96 events printed; the curve and its numbers at risk allow ")]),
        ("as many as patients", {"curve": ([0, 10, 20], [1, 0.5, 0.0]), "at_risk": ([0], [20]), "events": 20}, []),
        ("more than patients", {"curve": CURVE, "at_risk": RISK, "events": 101}, [("error", "101 events among 100 patients.")]),
        ("numbers that do not fit", {"curve": CURVE, "at_risk": _risk(80, 50), "events": 40}, []),
    ],
    "median-against-curve": [
        ("where it crosses", {"curve": CURVE, "median": "62.5"}, []),
        ("a little early", {"curve": CURVE, "median": "59"}, []),
        ("too early", {"curve": CURVE, "median": "56"}, [("warning", "the median is printed as 56, where the curve is at 0.55; the curve crosses one half at 63.")]),
        ("a little late", {"curve": CURVE, "median": "66"}, []),
        ("too late", {"curve": CURVE, "median": "68.2"}, [("warning", "the median is printed as 68.2")]),
        ("not reached, and it is", {"curve": CURVE, "median": "NR"}, [("warning", "the median is printed as NR, but the curve crosses one half at 63.")]),
        ("not reached", {"curve": ([0, 50, 100], [1, 0.8, 0.6]), "median": "NR"}, []),
        ("reached by reading", {"curve": ([0, 50, 100], [1, 0.8, 0.49]), "median": "NR"}, []),
        ("printed, and not reached", {"curve": ([0, 50, 100], [1, 0.8, 0.6]), "median": "70"}, [("warning", "the median is printed as 70, but the curve stays above one half (0.6 at 100).")]),
        ("printed beyond the end", {"curve": ([0, 50, 100], [1, 0.8, 0.6]), "median": "120"}, []),
        ("near one half at the end", {"curve": ([0, 50, 100], [1, 0.8, 0.51]), "median": "40"}, [("warning", "where the curve is at 1.00; it is near one half.")]),
    ],
    "rate-against-curve": [
        ("the height", {"curve": CURVE, "rates": {50: "60"}}, []),
        ("by reading", {"curve": CURVE, "rates": {50: "57"}}, []),
        ("too low", {"curve": CURVE, "rates": {50: "52.5"}}, [("warning", "52.5 % is printed at 50, where the curve is at 60.0 %.")]),
        ("too high", {"curve": CURVE, "rates": {50: "69.5"}}, [("warning", "69.5 % is printed at 50")]),
        ("beyond the end", {"curve": CURVE, "rates": {120: "5"}}, []),
        ("no number", {"curve": CURVE, "rates": {50: "about 10"}}, []),
    ],
}  # fmt: skip


def _said(rule, given, expected):
    """What one rule says, as pairs of severity and the expected piece, or the whole message."""
    own = [(one.severity, one.message) for one in audit_curve(**given) if one.rule == rule]
    pieces = [piece for _, piece in expected] + [None] * len(own)
    return [
        (severity, piece if piece is not None and piece in f"{message}." else message)
        for (severity, message), piece in zip(own, pieces, strict=False)
    ]


@pytest.mark.parametrize(
    ("rule", "given", "expected"),
    [
        pytest.param(rule, given, expected, id=f"{rule}: {what}")
        for rule, listed in CASES.items()
        for what, given, expected in listed
    ],
)
def test_boundaries(rule, given, expected):
    """A rule is silent on one side of each of its limits and speaks on the other."""
    assert expected == _said(rule, given, expected)


def test_severities_are_declared():
    """Every rule declares what the cases above yield, in the order of the manual."""
    rules = [rule.__name__.replace("_", "-") for rule in CURVE_RULES]
    assert [*rules, "ratio-against-curves"] == list(CURVE_YIELDED)
    for rule in rules:
        yielded = {severity for _, _, expected in CASES[rule] for severity, _ in expected}
        assert set(CURVE_YIELDED[rule]) == yielded, rule
        assert [] in [expected for _, _, expected in CASES[rule]]


def _arm(hazard, n=200):
    """An arm whose n events lie at the quantiles of an exponential curve, seen up to 30."""
    times = [-log(1 - (k + 0.5) / n) / hazard for k in range(n)]
    return [min(time, 30.0) for time in times], [int(time < 30) for time in times]


def _drawn(arm):
    """The steps of an arm, and its numbers at risk."""
    curve = survival_curve(*arm)
    at_risk = [sum(time >= at for time in arm[0]) for at in range(0, 30, 5)]
    falls = curve.events > 0
    return (curve.time[falls].tolist(), curve.survival[falls].tolist()), (
        list(range(0, 30, 5)), at_risk,
    )  # fmt: skip


FAST, SLOW = _arm(0.10), _arm(0.07)


@pytest.mark.parametrize(
    ("ratio", "expected"),
    [
        ("0.70", []),
        ("0.65", []),
        ("0.63", [("note", "a hazard ratio of 0.63 is printed; the two curves give 0.70 (")]),
        ("0.77", [("note", "0.77")]),
        ("0.60", [("warning", "0.60")]),
        ("0.80", [("warning", "0.80")]),
        ("1.42", [("warning", "); it fits the other arm against this one.")]),
        ("1.90", [("warning", "of 1.90")]),
    ],
)
def test_a_ratio_against_two_curves(ratio, expected):
    """The ratio is that of the patients, 0.70 with a standard error of .11; it may be inverted."""
    true = cox_ratio(SLOW, FAST)
    assert (0.70, 0.11) == (round(true.value, 2), round(true.se, 2))
    (curve, risk), (other, other_risk) = _drawn(SLOW), _drawn(FAST)
    given = {"curve": curve, "at_risk": risk, "versus": other, "versus_at_risk": other_risk,
                 "hazard_ratio": ratio}  # fmt: skip
    assert expected == _said("ratio-against-curves", given, expected)


def test_a_ratio_with_events():
    """Events that belong to the curve are used; where they do not, they are told and left out."""
    (curve, risk), (other, other_risk) = _drawn(SLOW), _drawn(FAST)
    given = {"curve": curve, "at_risk": risk, "versus": other, "versus_at_risk": other_risk,
                 "hazard_ratio": "0.70"}  # fmt: skip
    assert [] == audit_curve(**given, events=sum(SLOW[1]), versus_events=sum(FAST[1]))
    (told,) = audit_curve(**given, events=60)
    assert "events-against-curve" == told.rule


def test_a_ratio_that_cannot_be_tested():
    """Without numbers at risk, and without events, a note says so; after an error nothing is said."""
    (curve, risk), (other, _) = _drawn(SLOW), _drawn(FAST)
    (told,) = audit_curve(curve, risk, versus=other, hazard_ratio="0.70")
    assert ("note", "the hazard ratio of 0.70 is not tested: other curve has no numbers at risk") == (
        told.severity, told.message,
    )  # fmt: skip
    flat = [0, 30], [1, 1]
    (told,) = audit_curve(
        flat, ([0], [9]), versus=flat, versus_at_risk=([0], [9]), hazard_ratio="0.7"
    )
    assert "of 0.7 is not tested: " in told.message
    (told,) = audit_curve(
        CURVE, ([5, 50], [9, 3]), versus=CURVE, versus_at_risk=RISK, hazard_ratio="1"
    )
    assert "is not tested: risk_times must begin at 0" in told.message
    found = audit_curve(_with(50, 0.9), RISK, versus=CURVE, versus_at_risk=RISK, hazard_ratio="0.1")
    assert {"curve-rising"} == {one.rule for one in found}
    assert [] == audit_curve(curve, versus=other)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: audit_curve(CURVE, hazard_ratio="0.7"), "a hazard ratio needs a second curve"),
        (lambda: audit_curve(CURVE, versus=CURVE, hazard_ratio="low"), "not 'low'"),
        (lambda: audit_curve(CURVE, versus=CURVE, hazard_ratio="0"), "a number above 0, not '0'"),
        (lambda: audit_curve(([1, 2], [1])), "curve: 2 times and 1 values are no pairs"),
        (lambda: audit_curve(([], [])), "no pairs"),
        (lambda: audit_curve(([-1], [1])), "curve row 1: -1 and 1 are no point of a curve"),
        (lambda: audit_curve(([1], [float("nan")])), "1 and nan are no point"),
        (lambda: audit_curve(CURVE, ([0, 5], [9, 8.5])), "at risk row 2: 8.5 is no number of"),
        (lambda: audit_curve(CURVE, ([0, 5], [9, -1])), "at risk row 2: -1 is no number of"),
        (lambda: audit_curve(CURVE, ([0, 0], [9, 8])), "do not increase"),
    ],
)
def test_impossible_input(call, message):
    """What is no curve, no number at risk and no ratio is refused."""
    with pytest.raises(ValueError, match=message):
        call()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("time,surv\n0,1.0\n6,0.9\n", ((0, 6), (1.0, 0.9), ())),
        (
            "Time (months);Survival %\n0;100\n6;90,5\n",
            ((0, 6), (1.0, 0.905), ("c.csv: survival is taken as percents",)),
        ),
        ("time;surv\n0;1\n6;0,905\n", ((0, 6), (1.0, 0.905), ())),
        ("time\tS(t)\n0\t1\n6\t0.9\n", ((0, 6), (1.0, 0.9), ())),
        ("x,y\n0,100%\n6,90 %\n", ((0, 6), (1.0, 0.9), ("c.csv: survival is taken as percents",))),
        ("\ufefftime,surv\r\n0,1\r\n\r\n,,\r\n6,0.9\r\n", ((0, 6), (1.0, 0.9), ())),
        ("interval,trisk,nrisk\n1,0,80\n2,3,79\n", None),
    ],
)
def test_files(tmp_path, text, expected):
    """Commas, semicolons, tabs and decimal commas are read; a header without a curve is refused."""
    path = tmp_path / "c.csv"
    path.write_text(text, encoding="utf-8")
    if expected is None:
        with pytest.raises(ValueError, match="give the columns time and surv"):
            curve_files.read_curve(path)
        return
    points = curve_files.read_curve(path)
    assert expected == (points.times, points.values, points.said)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "the header holds nothing"),
        ("time,surv\n", "the file holds no points"),
        ("time,surv\n0,1\n6\n", "c.csv row 2: '' is no number"),
        ("time,surv\n0,high\n", "c.csv row 1: 'high' is no number"),
    ],
)
def test_files_that_are_none(tmp_path, text, message):
    """What cannot be read is named with its row."""
    path = tmp_path / "c.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=message):
        curve_files.read_curve(path)


def test_a_file_in_another_encoding(tmp_path):
    """A file that is not UTF-8 is named with the byte that shows it."""
    path = tmp_path / "c.csv"
    path.write_bytes("time,surv\n0,1 é\n".encode("cp1252"))
    with pytest.raises(ValueError, match="byte 14 is not UTF-8"):
        curve_files.read_curve(path)


def test_numbers_at_risk_of_a_file(tmp_path):
    """Columns named as R's packages name them are read, and findings name the row of the file."""
    path = tmp_path / "risk.csv"
    path.write_text("interval,trisk,nrisk\n1,0,100\n2,20,60\n3,40,61\n", encoding="utf-8")
    (told,) = audit_curve(CURVE, path)
    assert ("risk.csv row 3", "at-risk-rising", "curve") == (told.address, told.rule, told.trial)


def test_what_was_looked_at():
    """What was read of a curve, and what was not tested because nothing is printed beside it."""
    assert looked_at(([0, 6], [100, 90]), at_risk=RISK, events=7) == (
        "curve: 2 points up to 6; survival is taken as percents; "
        "not tested for want of them: the median, rates"
    )
    given = {"at_risk": RISK, "events": 7, "median": "9", "rates": {6: "90"}}
    assert "curve: 101 points up to 100" == looked_at(CURVE, **given)


@pytest.mark.parametrize(
    ("times", "at_risk", "expected"),
    [
        ([0, 10], ([0], [100]), [(0, 1), *((10 * k / 50, 0.5 ** (k / 50)) for k in range(1, 51))]),
        ([0, 10], ([0], [3]), [(0, 1), (10, 0.5)]),  # one patient and a half
        ([0, 10], ([0], [4]), [(0, 1), (5, 0.5**0.5), (10, 0.5)]),
        ([9.95, 10], ([0], [100]), [(0, 1), (9.95, 1), (10, 0.5)]),
        ([0, 10], None, [(0, 1), (10, 0.5)]),
    ],
    ids=["many patients", "one", "two", "at one time", "nobody known"],
)
def test_a_fall_between_distant_points_is_spread(times, at_risk, expected):
    """A fall of several patients over a gap of time is no one step; of one patient it is."""
    risk = at_risk and curve_files.read_at_risk(at_risk)
    drawn = Drawn(curve_files.read_curve((times, [1, 0.5])), risk)
    assert [(0.0, 1.0), *(pytest.approx(one) for one in expected if one[0])] == [
        point for at, point in enumerate(drawn.spread) if point[0] or not at
    ]


def test_numbers_at_risk_between_those_printed():
    """Between two numbers at risk, and from the last to the end of the curve, in proportion."""
    drawn = Drawn(curve_files.read_curve(CURVE), curve_files.read_at_risk(RISK))
    assert [100, 92, 84, 36] == [drawn.present(at) for at in (0, 10, 20, 80)]
    assert 0 < drawn.present(100) < 2
    assert 0 == drawn.present(150)
    assert 100 == drawn.present(-1)
    assert [] == Drawn(curve_files.read_curve(CURVE)).stretches


def test_patients_of_a_curve():
    """The patients of a curve have its events; events that do not belong to it are left out."""
    read = curve_files.read_curve(CURVE), curve_files.read_at_risk(RISK)
    assert 79 == curves.patients(Drawn(*read)).event.sum()
    assert 78 == curves.patients(Drawn(*read, events=78)).event.sum()
    assert 79 == curves.patients(Drawn(*read, events=20)).event.sum()


@pytest.mark.parametrize(
    ("highest", "heights", "percents"),
    [(1.0, (1.0, 0.5), False), (1.5, (1.5, 0.5), False), (1.6, (0.016, 0.005), True),
     (100.0, (1.0, 0.005), True)],
)  # fmt: skip
def test_heights_above_one_and_a_half_are_percents(highest, heights, percents):
    """A fraction that was misread may pass 1 by little; anything higher is a percent."""
    read = read_curve(((0, 12), (highest, 0.5)))
    assert pytest.approx(heights) == read.values
    assert percents == bool(read.said)

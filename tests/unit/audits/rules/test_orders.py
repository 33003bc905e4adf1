"""Progression-free and overall survival at two times: just inside and just outside."""

from builders import estimate, report, told_apart, trial


def _rates(pfs, pfs_at, os, os_at, more=""):
    """Rates of two endpoints in months."""
    return [
        f"arm=a endpoint=pfs at={pfs_at} at_unit=months value={pfs}{more}",
        f"arm=a endpoint=os at={os_at} at_unit=months value={os}{more}",
    ]


def _pfs_and_median(rate, at, median, unit="months"):
    """A rate of progression-free survival beside a median of survival."""
    return [
        f"arm=a endpoint=pfs at={at} at_unit=months value={rate}",
        f"arm=a endpoint=os unit={unit} value={median}",
    ]


def _median_and_os(median, rate, at):
    """A median of progression-free survival beside a rate of survival."""
    return [
        f"arm=a endpoint=pfs unit=months value={median}",
        f"arm=a endpoint=os at={at} at_unit=months value={rate}",
    ]


def _rate(endpoint, value, months, **more):
    return estimate(endpoint, measure="landmark", at={"months": months}, value=value, **more)


def _record(*estimates):
    return [trial(reports={"smith-2020": report(estimates=list(estimates))})]


KM = {"estimator": "kaplan-meier"}
SAID = "which it cannot be above at any time."

BOUNDARIES = {
    # 40 may be 39.5 to 41, 39 38.5 to 40 and 38 37.5 to 39; 10.0 months may be 9.95 to 10.1.
    "order-across-times": [
        ("an earlier rate of survival, alike by rounding", _rates(40, 12, 39, 6), []),
        ("an earlier rate of survival that is lower", _rates(40, 12, 38, 6), [("warning", f"PFS 40 % at 12 months does not go with OS 38 % at 6 months, {SAID}")]),
        ("a later rate of survival that is lower", _rates(40, 6, 38, 12), []),
        ("a rate of survival at the same time", _rates(40, 12, 38, 12), []),
        ("the lowest of two earlier rates", [*_rates(40, 12, 38, 6), "arm=a endpoint=os at=3 at_unit=months value=36"], [("warning", "OS 36 % at 3 months")]),
        ("another arm", ["arm=b endpoint=pfs at=12 at_unit=months value=40", "arm=a endpoint=os at=6 at_unit=months value=30"], []),
        ("no arm is given", [line.removeprefix("arm=a ") for line in _rates(40, 12, 30, 6)], []),
        ("no unit of time", ["arm=a endpoint=pfs at=12 measure=landmark value=40", "arm=a endpoint=os at=6 measure=landmark value=30"], []),
        ("one endpoint", ["arm=a endpoint=os at=12 at_unit=months value=40", "arm=a endpoint=os at=6 at_unit=months value=30"], []),
        ("Kaplan–Meier rates", _record(_rate("pfs", "40", 12, **KM), _rate("os", "38", 6, **KM)), [("error", SAID)]),
        ("one may be counted", _record(_rate("pfs", "40", 12, **KM), _rate("os", "38", 6)), [("warning", SAID)]),
        ("told apart by an id", _record(_rate("pfs", "40", 12, id="one"), _rate("os", "38", 6, id="other")), []),
        ("one told apart by an id", _record(_rate("pfs", "40", 12, id="one"), _rate("os", "38", 6)), [("warning", SAID)]),
        # After the median of survival at most half are alive.
        ("half at the end of the rounding of the median", _pfs_and_median(52, "10.1", "10.0"), []),
        ("more than half after the median", _pfs_and_median(52, "10.2", "10.0"), [("warning", f"PFS 52 % at 10.2 months does not go with OS median 10.0 months, {SAID}")]),
        ("half by its rounding after the median", _pfs_and_median(50, "12", "10.0"), []),
        ("more than half before the median", _pfs_and_median(60, "9", "10.0"), []),
        ("the shorter of two medians", told_apart([*_pfs_and_median(52, "12", "10.0"), "arm=a endpoint=os unit=months value=9.0"]), [("warning", "OS median 9.0 months")]),
        ("a median in weeks", _pfs_and_median(52, "12", "40", "weeks"), [("warning", "OS median 40 weeks")]),
        # A tenth beyond 10.1 is 11.11.
        ("Kaplan–Meier, within a tenth of the median", _record(_rate("pfs", "52", "11.1", **KM), estimate("os", value="10.0")), [("warning", SAID)]),
        ("Kaplan–Meier, beyond a tenth of the median", _record(_rate("pfs", "52", "11.2", **KM), estimate("os", value="10.0")), [("error", SAID)]),
        # Before the progression-free median at least half are alive; a tenth beyond 9 is 9.9.
        ("survival below half at the start of the rounding", _median_and_os("10.0", 48, "9.95"), []),
        ("survival below half before the median", _median_and_os("10.0", 48, "9.9"), [("warning", f"PFS median 10.0 months does not go with OS 48 % at 9.9 months, {SAID}")]),
        ("survival of half by its rounding before the median", _median_and_os("10.0", 49, "6"), []),
        ("survival below half after the median", _median_and_os("10.0", 48, "11"), []),
        ("Kaplan–Meier, within a tenth of the rate", _record(estimate("pfs", value="9.9"), _rate("os", "40", 9, **KM)), [("warning", SAID)]),
        ("Kaplan–Meier, beyond a tenth of the rate", _record(estimate("pfs", value="10.0"), _rate("os", "40", 9, **KM)), [("error", SAID)]),
        ("not reached, survival below half", _median_and_os("NR", 48, "12"), [("warning", f"PFS median not reached does not go with OS 48 % at 12 months, {SAID}")]),
        ("not reached, survival of half", _median_and_os("NR", 49, "12"), []),
        ("not estimable, survival below half", _median_and_os("NE", 48, "12"), []),
        ("not reached beside a median of survival", ["arm=a endpoint=pfs unit=months value=NR", "arm=a endpoint=os unit=months value=12"], [("warning", f"PFS median not reached does not go with OS median 12 months, {SAID}")]),
        ("a median beside one that is not reached", ["arm=a endpoint=pfs unit=months value=12", "arm=a endpoint=os unit=months value=NR"], []),
    ],
}  # fmt: skip


def test_boundaries(says, boundary):
    """The rule is silent on one side of each of its limits and speaks on the other."""
    rule, given, expected = boundary
    assert expected == says(rule, given, expected)

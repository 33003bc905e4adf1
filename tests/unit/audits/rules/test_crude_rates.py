"""Rates at a time against counts: just inside and just outside."""

from builders import analysis_set, estimate, report, trial


def _deaths(rate, *, events=10, n=40, at=12, endpoint="os", **follow_up):
    """A record of a survival rate beside a median that has its events, and the follow-up."""
    numbers = [
        estimate(endpoint, value="20.0", events=events),
        estimate(endpoint, measure="landmark", at={"months": at}, value=rate),
    ]
    more = {"follow_up": follow_up} if follow_up else {}
    return [trial(reports={"smith-2020": report({"one": analysis_set("one", n)}, numbers, **more)})]


def _least(rate, months="12.1", statistic="minimum", **more):
    return _deaths(rate, months=months, statistic=statistic, **more)


def _median(rate, months="12.1", statistic="median", **more):
    return _least(rate, months, statistic, **more)


def _rate(value, n=52, other=45, **more):
    """A rate of n patients beside a proportion of another n of its arm."""
    rest = "".join(f" {key}={text}" for key, text in more.items())
    return [
        f"arm=a endpoint=pfs at=6 at_unit=months measure=landmark n={n} value={value}{rest}",
        f"arm=a endpoint=orr events=9 n={other}",
    ]


BOUNDARIES = {
    # 10 events of 40 patients leave 75 %, of half of them 50 %; 74 may be 75, and 73 74. 12.0 months
    # may be 11.95.
    "events-against-rate": [
        ("least follow-up, as low as by rounding", _least("74"), []),
        ("least follow-up, lower", _least("73"), [("error", "OS 73 % at 12 months, but 10 of 40 patients had an event, and with follow-up of minimum 12.1 months the rate cannot be below 75.0 %.")]),
        ("least follow-up, higher", _least("90"), []),
        ("least follow-up that may end before the time", _least("73", "12.0"), []),
        ("least follow-up in years", _deaths("73", years="1.1", statistic="min"), [("error", "with follow-up of min 1.1 years")]),
        ("of an endpoint that cannot be above another", _least("73", endpoint="pfs"), [("warning", "PFS 73 %")]),
        ("median follow-up, as low as by rounding", _median("49"), []),
        ("median follow-up, lower", _median("48"), [("warning", "with follow-up of median 12.1 months the rate cannot be below 50.0 %.")]),
        ("median follow-up that may end before the time", _median("48", "12.0"), []),
        ("median by reverse Kaplan–Meier", _median("48", statistic="reverse Kaplan–Meier median"), [("warning", "50.0 %.")]),
        ("mean follow-up", _median("48", statistic="mean"), []),
        ("follow-up in words that are no time", _least("73", statistic="minimum of 3 cuts,"), []),
        ("no follow-up", _deaths("10"), []),
        ("no events", [trial(reports={"smith-2020": report(estimates=[estimate("os", value="20.0"), estimate("os", measure="landmark", at={"months": 12}, value="10")], follow_up={"months": "12.0", "statistic": "minimum"})})], []),
        ("another endpoint", [trial(reports={"smith-2020": report(estimates=[estimate("os", value="20.0", events=10), estimate("pfs", measure="landmark", at={"months": 12}, value="10")], follow_up={"months": "12.0", "statistic": "minimum"})})], []),
    ],
    # 46.67 % is 21 of 45 and no count of 52, where 24 are 46.15 and 25 48.08.
    "rate-of-another-n": [
        ("a count of another n", _rate("46.67"), [("note", "PFS 46.67 % at 6 months is no count of its 52 patients but 21 of 45, an n of other rows of the arm: it may be a crude rate (by chance 0.7 in 100).")]),
        ("a count of its own n", _rate("46.15"), []),
        ("a count of neither", _rate("46.90"), []),
        ("without decimals", _rate("47"), []),
        # A printed digit is .15 % wide with what rounding and cutting off admit: of 33 other n 4.95
        # in 100 rates of one decimal are counts, of 34 5.1.
        ("by chance in 1 of 20", _rate("48.5", n=52, other=33), [("note", "16 of 33, an n of other rows of the arm: it may be a crude rate (by chance 4.9 in 100).")]),
        ("by chance in more than 1 of 20", _rate("47.1", n=52, other=34), []),
        ("two other n, by chance in more than 1 of 20", [*_rate("48.5", n=52, other=33), "arm=a endpoint=pfs unit=months value=4 n=40"], []),
        ("the n of another arm", [_rate("46.67")[0], "arm=b endpoint=orr events=9 n=45"], []),
        ("the n of a subgroup", [_rate("46.67")[0], "arm=a endpoint=orr events=9 n=45 subgroup=LMS"], []),
        ("the n of a contrast", [_rate("46.67")[0], "arm=a versus=b endpoint=pfs measure=hr value=0.8 n=45"], []),
        ("no arm is given", [line.removeprefix("arm=a ") for line in _rate("46.67")], []),
        ("no n of its own", [_rate("46.67")[0].replace("n=52 ", ""), _rate("46.67")[1]], []),
        ("none", _rate("0.00"), []),
        ("all", _rate("100.0", other=30), []),
    ],
}  # fmt: skip


def test_boundaries(says, boundary):
    """Each rule speaks just inside its boundary, and is silent just outside."""
    rule, given, expected = boundary
    assert expected == says(rule, given, expected)

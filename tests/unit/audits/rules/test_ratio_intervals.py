"""Intervals of contrasts against their counts and events."""

from math import exp, log, sqrt

import pytest
from scipy.stats import norm
from scipy.stats.contingency import odds_ratio

from builders import analysis_set, arm, contrast, estimate, randomised, report

Z = norm.isf(0.025)
RESPONSES = ["arm=a endpoint=orr events=27 n=74", "arm=b endpoint=orr events=10 n=76"]
CELLS = (27, 47, 10, 66)
ODDS = 27 * 66 / (47 * 10)
RISK = (27 / 74) / (10 / 76)


def _woolf(level=95, add=0.0):
    """The odds ratio's interval by Woolf (1955)."""
    a, b, c, d = (cell + add for cell in CELLS)
    half = norm.isf((100 - level) / 200) * sqrt(1 / a + 1 / b + 1 / c + 1 / d)
    return [a * d / (b * c) * exp(sign * half) for sign in (-1, 1)]


def _exact():
    """The conditional interval, as scipy has it."""
    found = odds_ratio([[27, 47], [10, 66]], kind="conditional").confidence_interval(0.95)
    return [found.low, found.high]


LOWS, HIGHS = zip(_woolf(), _woolf(add=0.5), _exact(), strict=True)
LOWEST = min(LOWS) * (min(LOWS) / ODDS) ** 0.1
HIGHEST = max(HIGHS) * (max(HIGHS) / ODDS) ** 0.1
NEAREST = max(LOWS) * (ODDS / min(LOWS)) ** 0.1
"""A tenth of the way beyond the outermost, and the innermost, of the three lower bounds."""


def _odds(bounds, level="95"):
    """Two response rates, and their odds ratio with an interval."""
    (low, high), given = bounds, f" level={level}" if level else ""
    return [
        *RESPONSES,
        f"arm=a versus=b endpoint=orr measure=or value=3.79 low={low:.6f} high={high:.6f}{given}",
    ]


def _of(measure, value, low, high):
    """The same of another measure, as texts."""
    return [
        *RESPONSES,
        f"arm=a versus=b endpoint=orr measure={measure} value={value} low={low} high={high} level=95",
    ]


def _hazard(width, level="95", **more):
    """A hazard ratio whose bounds lie so far apart on the log scale."""
    given = f" level={level}" if level else ""
    cells = "".join(f" {key}={value}" for key, value in more.items())
    return (
        f"arm=a versus=b endpoint=os measure=hr low=1.00000000 high={exp(width):.8f}{given}{cells}"
    )


def _patients(own, theirs, width):
    """Medians of two arms of so many patients, and their hazard ratio."""
    return [f"arm=a endpoint=os unit=months value=10 n={own}",
            f"arm=b endpoint=os unit=months value=10 n={theirs}", _hazard(width)]  # fmt: skip


def _record(**more):
    """A record of the two response rates and their odds ratio, with an interval of 90 %."""
    interval = {"level": 95, "low": "1.90", "high": "7.56"}
    own = contrast(endpoint="orr", measure="odds-ratio", value="3.79", interval=interval, **more)
    sets = {"one": analysis_set("one", 74), "two": analysis_set("two", 76)}
    rates = [estimate(events=27), estimate(of="two", events=10)]
    reports = {"smith-2020": report(sets, rates, contrasts=[own])}
    return randomised("alpha", arm("doxorubicin"), arm("ifosfamide"), reports=reports)


# 2/√100 = 0.2, of which 2 % may be missing: 2 × 1.96 × 0.196 = 0.76831; at 90 % 0.64478, at 80 %
# 0.50238, for one standard error 0.39201.
LEAST = 2 * Z * 0.196

BOUNDARIES = {
    "ratio-interval-against-counts": [
        ("Woolf", _odds(_woolf()), []),
        ("Woolf with a half added", _odds(_woolf(add=0.5)), []),
        ("exact", _odds(_exact()), []),
        ("one bound of each", _odds((_exact()[0], _woolf()[1])), []),
        ("a little lower than any", _odds((LOWEST * 1.0001, _woolf()[1])), []),
        ("lower than that", _odds((LOWEST * 0.9999, _woolf()[1])),
         [("warning", "the 95 % interval of the odds ratio of 27 of 74 against 10 of 76 is 1.676068 to 8.576854 (Woolf)")]),
        ("a little higher than any lower bound", _odds((NEAREST * 0.9999, _woolf()[1])), []),
        ("higher than that", _odds((NEAREST * 1.0001, _woolf()[1])), [("warning", "(Woolf), printed")]),
        ("a little higher than any", _odds((_woolf()[0], HIGHEST * 0.9999)), []),
        ("still higher", _odds((_woolf()[0], HIGHEST * 1.0001)), [("warning", "printed is 1.67")]),
        ("at 90 %", _odds(_woolf(90)), [("warning", "; it is that of Woolf, at 90 %.")]),
        ("at 80 %", _odds(_woolf(80)), [("warning", "; it is that of Woolf, at 80 %.")]),
        ("at 99 %", _odds(_woolf(99)), [("warning", "; it is that of Woolf, at 99 %.")]),
        ("one standard error", _odds(_woolf(68.27)),
         [("warning", "; it is that of Woolf, ± one standard error.")]),
        ("at 90 % and said so", _odds(_woolf(90), level="90"), []),
        ("at 95 % and said to be 90 %", _odds(_woolf(), level="90"),
         [("warning", "the 90 % interval of the odds ratio")]),
        ("no level", _odds(_woolf(), level=""), []),
        ("no level, at 90 %", _odds(_woolf(90), level=""),
         [("warning", ", taken as 95 %; it is that of Woolf, at 90 %.")]),
        ("at no level", _odds((2.5, 5.0)), [("warning", "printed is 2.500000 to 5.000000.")]),
        ("a risk ratio", _of("rr", "2.77", "1.45", "5.32"), []),
        ("a risk ratio at another level", _of("rr", "2.77", "1.61", "4.79"),
         [("warning", "of the risk ratio of 27 of 74 against 10 of 76 is 1.45 to 5.32 (log-Wald), printed is 1.61 to 4.79; it is that of log-Wald, at 90 %")]),
        ("a difference by Newcombe", _of("rd", "23.3", "9.6", "36.1"), []),
        ("a difference by Wald", _of("rd", "23.3", "10.0", "36.7"), []),
        ("a difference, narrower", _of("rd", "23.3", "15.0", "31.0"),
         [("warning", "of the risk difference of 27 of 74 against 10 of 76 is 9.6 to 36.1 (Newcombe)")]),
        ("another value is another matter", _of("or", "3.00", "2.50", "3.60"), []),
        ("a hazard ratio", _of("hr", "3.79", "2.50", "3.60"), []),
        ("one bound", _of("or", "3.79", "2.50", "NE"), []),
        ("three with it",
         ["arm=a endpoint=orr events=3 n=74", "arm=b endpoint=orr events=10 n=76",
          "arm=a versus=b endpoint=orr measure=or value=0.28 low=0.20 high=0.39 level=95"],
         [("warning", "3 of 74 against 10 of 76 is 0.07 to 1.06 (Woolf)")]),
        ("two with it",
         ["arm=a endpoint=orr events=2 n=74", "arm=b endpoint=orr events=10 n=76",
          "arm=a versus=b endpoint=orr measure=or value=0.18 low=0.10 high=0.33 level=95"], []),
        # 36 % of 470 are 167 to 173, 13 % of 470 59 to 65: 49 tables and more.
        ("percents of too many counts",
         ["arm=a endpoint=orr value=36 n=470", "arm=b endpoint=orr value=13 n=470",
          "arm=a versus=b endpoint=orr measure=or value=3.8 low=3.5 high=4.1 level=95"], []),
        ("percents of one count",
         ["arm=a endpoint=orr value=36 n=74", "arm=b endpoint=orr value=13 n=76",
          "arm=a versus=b endpoint=orr measure=or value=3.79 low=3.50 high=4.10 level=95"],
         [("warning", "27 of 74 against 10 of 76")]),
        ("adjusted", [_record(adjusted_for=["age"])], []),
        ("not adjusted", [_record()], [("warning", "of 27 of 74 against 10 of 76")]),
    ],
    "standard-error-bounded": [
        ("as narrow as events allow", [_hazard(LEAST + 2e-6, events=100)], []),
        ("narrower", [_hazard(LEAST - 2e-6, events=100)],
         [("warning", "OS: the 95 % interval 1.00000000 to 2.1561")]),
        ("in words", [_hazard(0.7, events=100)],
         [("warning", "has a standard error of 0.179 on the log scale, and 100 events give 0.200 or more; at 90 % it could be.")]),
        ("possible at 80 %", [_hazard(0.6, events=100)], [("warning", "more; at 80 % it could be.")]),
        ("possible for one standard error", [_hazard(0.45, events=100)],
         [("warning", "or more; at 68 % it could be.")]),
        ("possible at no level", [_hazard(0.38, events=100)], [("warning", "give 0.200 or more.")]),
        ("narrow at its own level", [_hazard(0.7, level="90", events=100)], []),
        ("no level", [_hazard(0.7, level="", events=100)],
         [("warning", "OS: the interval, taken as 95 %, 1.00")]),
        ("wider than events say", [_hazard(3, events=100)], []),
        ("as narrow as patients allow", _patients(60, 40, LEAST + 2e-6), []),
        ("narrower than patients allow", _patients(60, 40, LEAST - 2e-6),
         [("warning", "100 patients, all with the event, give 0.200 or more; at 90 %")]),
        ("one arm of unknown size", _patients(60, "", 0.1), []),
        ("events before patients", [*_patients(600, 400, 0.1)[:2], _hazard(0.7, events=100)],
         [("warning", "100 events give")]),
        ("nothing is known", [_hazard(0.1)], []),
        ("an odds ratio", [_hazard(0.1, events=100).replace("measure=hr", "measure=or")], []),
        ("both bounds alike", [_hazard(0, events=100)], []),
        ("a bound of 0",
         ["arm=a versus=b endpoint=os measure=hr low=0.00 high=0.90 level=95 events=9"], []),
        ("rounded widely",
         ["arm=a versus=b endpoint=os measure=hr low=0.8 high=1.0 level=95 events=100"],
         [("warning", "0.8 to 1.0 has a standard error of 0.057")]),
        ("rounded more widely",
         ["arm=a versus=b endpoint=os measure=hr low=0.5 high=0.9 level=95 events=100"], []),
    ],
}  # fmt: skip


def test_boundaries(says, boundary):
    """A rule is silent on one side of each of its limits and speaks on the other."""
    rule, given, expected = boundary
    assert expected == says(rule, given, expected)


@pytest.mark.parametrize("share", [0.5, 0.4, 0.2])
@pytest.mark.parametrize("risk", [1.0, 2.0])
def test_events_bound_the_information(share, risk):
    """Of each event the risk set tells p (1 − p), a quarter at most, whatever the hazards."""
    at_risk = share * risk / (share * risk + 1 - share)
    assert at_risk * (1 - at_risk) <= 1 / 4
    assert pytest.approx(log(ODDS)) == log(27 / 47) - log(10 / 66)

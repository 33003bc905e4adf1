"""Categories that exclude each other, and the whole that they cannot exceed."""

import pytest

from builders import estimate, report, trial
from kb.audits.rules.categories import categories_over_whole
from kb.audits.study import Study
from kb.rows.row import Row


def _group(*rates, n=32, **more):
    """Rates of one arm, `cr 2` as a count, or `cr 25%` as a percent."""
    rest = "".join(f" {key}={value}" for key, value in more.items())
    size = f" n={n}" if n else ""
    return [
        f"arm=a endpoint={endpoint} {f'value={number[:-1]}' if '%' in number else f'events={number}'}{size}{rest}"
        for endpoint, _, number in (one.partition(" ") for one in rates)
    ]


def _times(by):
    """A record of responses within a time, and of progression at no stated one."""
    numbers = [estimate(events=30, by=by) if by else estimate(events=30)]
    numbers.append(estimate("pd", measure="proportion", events=20))
    return trial(reports={"smith-2020": report(estimates=numbers)})


BOUNDARIES = {
    # 52 may be 51.5 and 49 48.5, which is 100 together; 49.1 is 49.05 at the least.
    "categories-over-whole": [
        ("as many as there are", _group("orr 20", "pd 12"), []),
        ("one more", _group("orr 20", "pd 13"),
         [("error", "ORR 20 of 32 + PD 13 of 32 make 103.1 %, and no patient is in two of them.")]),
        ("whole percents that rounding brings together", _group("orr 52%", "pd 49%", n=None), []),
        ("percents that it does not", _group("orr 52%", "pd 49.1%", n=None),
         [("warning", "ORR 52 % + PD 49.1 % make at least 100.6 %, and no patient")]),
        ("percents of one n", _group("orr 55%", "pd 52%", n=200), [("error", "make at least 106.0 %")]),
        ("one n is not printed", [*_group("orr 55%", n=200), "arm=a endpoint=pd value=52"], [("warning", "ORR 55 %")]),
        ("out of two n", [*_group("orr 55%", n=200), "arm=a endpoint=pd value=52 n=180"], []),
        ("out of two n, beside both",
         [*_group("orr 55%", n=200), "arm=a endpoint=pd value=52 n=180", "arm=a endpoint=sd value=47"],
         [("warning", "ORR 55 % + SD 47 %")]),
        ("counts of single categories, which another rule adds", _group("cr 20", "pd 13"), []),
        ("percents of single categories", _group("cr 62%", "pd 41%"), [("error", "CR 62 % + PD 41 %")]),
        ("control and progression", _group("dcr 80%", "pd 22%", n=None), [("warning", "DCR 80 % + PD 22 %")]),
        ("rates that overlap", _group("orr 60%", "dcr 80%", n=None), []),
        ("a part beside its sum", _group("cr 30%", "pr 40%", "orr 70%", n=None), []),
        ("the sum where it is more than its parts", _group("cr 20%", "pr 30%", "orr 70%", "pd 32%", n=None),
         [("warning", "ORR 70 % + PD 32 %")]),
        ("the parts where they are more than the sum", _group("cr 30%", "pr 40%", "orr 50%", "pd 33%", n=None),
         [("warning", "CR 30 % + PD 33 % + PR 40 %")]),
        ("a rate that is made of no category", _group("orr 60%", "cbr 70%", "pfr 80%", n=None), []),
        ("one category alone", _group("pd 100%", n=None), []),
        ("other criteria", [*_group("orr 60%", n=None), "arm=a endpoint=pd value=50 criteria=choi"], []),
        ("two arms", [*_group("orr 60%", n=None), "arm=b endpoint=pd value=50"], []),
        ("of no named arm", [one.replace("arm=a ", "") for one in _group("orr 60%", "pd 50%")], []),
        ("a rate without a number", [*_group("orr 60%"), "arm=a endpoint=pd n=32"], []),
        ("the first of two rows", [*_group("orr 60%", "pd 30%", n=None), "arm=a endpoint=pd value=50"], []),
        ("in a record", [_times(None)], [("error", "ORR 30 of 40 + PD 20 of 40 make 125.0 %")]),
        ("within a time", [_times({"weeks": 8})], []),
    ],
}  # fmt: skip


def test_boundaries(says, boundary):
    """A rule is silent on one side of each of its limits and speaks on the other."""
    rule, given, expected = boundary
    assert expected == says(rule, given, expected)


@pytest.mark.parametrize(("percent", "expected"), [("60", 1), ("50", 0)])
def test_no_word_is_looked_up_that_is_not_there(words, percent, expected):
    """Endpoints that the vocabulary lacks are in no category, and do not disturb the others."""
    rows = tuple(
        Row(str(at), "t", arm="a", endpoint=endpoint, measure="proportion", value=percent,
            value_source="reported")
        for at, endpoint in enumerate(("orr", "pd", "happiness"), start=1)
    )  # fmt: skip
    assert expected == len(list(categories_over_whole(Study(rows, words))))

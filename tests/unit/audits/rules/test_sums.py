"""Sums of the parts in one report against what another report prints."""

from builders import analysis_set, estimate, report, trial


def _counts(**parts):
    """Printed counts of endpoints; of stable disease and its sums, no definition is stated."""
    return [estimate(one, events=events, measure="proportion") for one, events in parts.items()]


def _percent(endpoint, value, **more):
    return estimate(endpoint, measure="proportion", value=value, **more)


def _two(parts, printed, n=40, paper=None, **news):
    """A paper that prints parts, and a news item that passes it on and prints the sum."""
    item = {"read": "news", "citation": {"container": "News", "year": 2021},
            "relays": {"report": "smith-2020"}, **news}  # fmt: skip
    given = {key: value for key, value in item.items() if value is not None}
    reports = {
        "smith-2020": report({"one": analysis_set("one", 40)}, parts, **(paper or {})),
        "news-2021": report({"one": analysis_set("one", n)}, printed, **given),
    }
    return [trial(reports=reports)]


def _three(parts, printed):
    """A paper and a news item with the same parts, and a review table that prints the sum."""
    [one] = _two(parts, parts)
    one["reports"]["review-2022"] = report(
        {"one": analysis_set("one", 40)}, printed, read="review-table",
        citation={"container": "Review", "year": 2022}, relays={"report": "smith-2020"},
    )  # fmt: skip
    return [one]


def _choi(**more):
    return {**more, "assessment": {"criteria": "choi"}}


PARTS = _counts(cr=2, pr=7)
DCR = [*PARTS, *_counts(sd=11)]
MONTHS = {"definition": {"stable-disease-for": {"months": 6}}}
CUT = {"relays": None, "data_cut": "2019-05-01"}

BOUNDARIES = {
    # 9 of 40 is 22.5 %, 20 of 40 is 50 %.
    "sum-against-report": [
        ("the same count", _two(PARTS, _counts(orr=9)), []),
        ("another count", _two(PARTS, _counts(orr=8)),
         [("warning", "ORR: printed is 8 of 40; in smith-2020 9 of 40 follow from CR 2 + PR 7.")]),
        ("the same percent", _two(PARTS, [_percent("orr", "22.5")]), []),
        ("a rounded percent", _two(PARTS, [_percent("orr", "23")]), []),
        ("another percent", _two(PARTS, [_percent("orr", "25")]),
         [("warning", "ORR: printed is 25 %; in smith-2020 9 of 40 follow from CR 2 + PR 7.")]),
        ("an approximate percent", _two(PARTS, [_percent("orr", "25", approximation="about")]), []),
        ("of another n", _two(PARTS, _counts(orr=8), n=39), []),
        ("of no n", _two(PARTS, [_percent("orr", "25")], n=None), []),
        ("at another cut", _two(PARTS, _counts(orr=8), **CUT), []),
        ("at the same cut", _two(PARTS, _counts(orr=8), paper={"data_cut": "2019-05"}, **CUT),
         [("warning", "ORR: printed is 8 of 40")]),
        ("in other criteria", _two(PARTS, [_choi(**one) for one in _counts(orr=8)],
                                   paper={"assessment": {"criteria": "recist-1.1"}}), []),
        ("within a time", _two(PARTS, [_percent("orr", "25", by={"months": 6})]),
         [("warning", "ORR: printed is 25 %")]),
        ("the parts in the news", _two(_counts(orr=8), PARTS),
         [("warning", "ORR: 9 of 40 follow from CR 2 + PR 7; printed is 8 of 40 in smith-2020.")]),
        ("disease control of no stated length", _two(DCR, _counts(dcr=18)),
         [("note", "DCR: printed is 18 of 40; in smith-2020 20 of 40 follow from ORR 9 + SD 11.")]),
        ("disease control of a stated length", _two(DCR, [{**one, **MONTHS} for one in _counts(dcr=18)]),
         [("note", "DCR: printed is 18 of 40")]),
        ("only a part is printed", _two(_counts(pr=7), _counts(orr=6)), []),
        ("two reports with the same parts, once", _three(PARTS, _counts(orr=8)),
         [("warning", "ORR: printed is 8 of 40; in smith-2020 9 of 40 follow from CR 2 + PR 7.")]),
        ("the sum in the same report is another rule", _two([*PARTS, *_counts(orr=8)], []), []),
    ],
}  # fmt: skip


def test_boundaries(says, boundary):
    """A rule is silent on one side of each of its limits and speaks on the other."""
    rule, given, expected = boundary
    assert expected == says(rule, given, expected)

"""Parts against sums, and rates against those that contain them."""

import pytest

from builders import estimate, report, told_apart, trial

CASES = [
    pytest.param(
        [
            "arm=a endpoint=cr events=2 n=32",
            "arm=a endpoint=pr events=6 n=32",
            "arm=a endpoint=orr events=8 n=32",
            "arm=a endpoint=sd events=10 n=32",
            "arm=a endpoint=dcr events=18 n=32",
        ],
        [],
        id="all fits",
    ),
    pytest.param(
        [
            "arm=a endpoint=cr events=2 n=32",
            "arm=a endpoint=pr events=6 n=32",
            "arm=a endpoint=orr events=9 n=32",
        ],
        [
            (
                (3, 1, 2),
                "components-against-sum",
                "error",
                "CR 2 of 32 + PR 6 of 32 make 8 patients; printed is ORR 9 of 32",
            ),
        ],
        id="off by one",
    ),
    pytest.param(
        ["arm=a endpoint=pr events=10 n=32", "arm=a endpoint=orr events=9 n=32"],
        [
            (
                (2, 1),
                "components-against-sum",
                "error",
                "PR 10 of 32 make 10 patients; printed is ORR 9 of 32",
            ),
        ],
        id="one part exceeds the sum",
    ),
    pytest.param(
        ["arm=a endpoint=pr events=6 n=32", "arm=a endpoint=orr events=8 n=32"],
        [],
        id="one part alone is less",
    ),
    pytest.param(
        [
            "arm=a endpoint=cr n=97 value=6",
            "arm=a endpoint=pr n=97 value=17.5",
            "arm=a endpoint=orr n=97 value=24.7",
        ],
        [
            (
                (3, 1, 2),
                "components-against-sum",
                "warning",
                "CR 6 % + PR 17.5 % make 23 patients; printed is ORR 24.7 %, 24 patients; 23 of 97 is 23.7 % (one digit changed?)",
            ),
        ],
        id="counts that follow from percents",
    ),
    pytest.param(
        ["arm=a endpoint=cr value=0", "arm=a endpoint=pr value=15", "arm=a endpoint=orr value=25"],
        [
            (
                (3, 1, 2),
                "components-against-sum",
                "warning",
                "CR 0 % + PR 15 % make 13.5 to 17.0 %; printed is ORR 25 %",
            ),
        ],
        id="percents without n",
    ),
    pytest.param(
        [
            "arm=a endpoint=cr value=2.1",
            "arm=a endpoint=pr value=15",
            "arm=a endpoint=orr value=17",
        ],
        [],
        id="percents without n that fit",
    ),
    pytest.param(
        [
            "arm=a endpoint=cr events=2 n=32",
            "arm=a endpoint=pr events=6 n=32",
            "arm=a endpoint=sd events=10 n=32",
            "arm=a endpoint=dcr events=14 n=32",
        ],
        [
            (
                (4, 1, 2, 3),
                "components-against-sum",
                "note",
                "CR 2 of 32 + PR 6 of 32 + SD 10 of 32 make 18 patients; printed is DCR 14 of 32",
            ),
        ],
        id="disease control not stated, below its parts",
    ),
    pytest.param(
        [
            "arm=a endpoint=cr events=2 n=32",
            "arm=a endpoint=pr events=6 n=32",
            "arm=a endpoint=sd events=10 n=32",
            "arm=a endpoint=dcr events=14 n=32 definition=stable-disease-for=16_weeks",
        ],
        [],
        id="definitions differ",
    ),
    pytest.param(
        [
            "arm=a endpoint=cr events=2 n=32 criteria=choi",
            "arm=a endpoint=pr events=6 n=32 criteria=choi",
            "arm=a endpoint=orr events=5 n=32 criteria=recist-1.1",
        ],
        [],
        id="other criteria",
    ),
    pytest.param(
        [
            "arm=a endpoint=cr events=0 n=128",
            "arm=a endpoint=pr events=26 n=128",
            "arm=a endpoint=sd events=50 n=128",
            "arm=a endpoint=pd events=27 n=128",
            "arm=a endpoint=ne events=26 n=128",
        ],
        [
            (
                (1, 2, 3, 4, 5),
                "components-against-n",
                "error",
                "CR 0 + PR 26 + SD 50 + PD 27 + NE 26 = 129, and the set has 128 patients",
            ),
        ],
        id="one patient too many in all",
    ),
    pytest.param(
        [
            "arm=a endpoint=cr events=0 n=128",
            "arm=a endpoint=pr events=26 n=128",
            "arm=a endpoint=sd events=50 n=128",
            "arm=a endpoint=pd events=27 n=128",
            "arm=a endpoint=ne events=20 n=128",
        ],
        [
            (
                (1, 2, 3, 4, 5),
                "components-against-n",
                "warning",
                "CR 0 + PR 26 + SD 50 + PD 27 + NE 20 = 123, and the set has 128 patients",
            ),
        ],
        id="patients missing in all",
    ),
    pytest.param(
        ["arm=a endpoint=pr events=26 n=128", "arm=a endpoint=sd events=50 n=128"],
        [],
        id="categories missing",
    ),
    pytest.param(
        ["arm=a endpoint=orr events=12 n=32", "arm=a endpoint=dcr events=10 n=32"],
        [
            (
                (1, 2),
                "rate-order",
                "error",
                "ORR 12 of 32 is above DCR 10 of 32, which contains it by definition",
            ),
        ],
        id="response above disease control",
    ),
    pytest.param(
        [
            "arm=a endpoint=cbr events=12 n=32 definition=stable-disease-for=16_weeks",
            "arm=a endpoint=dcr events=10 n=32",
        ],
        [
            (
                (1, 2),
                "rate-order",
                "warning",
                "CBR 12 of 32 is above DCR 10 of 32, which contains it by definition",
            ),
        ],
        id="one definition not stated",
    ),
    pytest.param(
        [
            "arm=a endpoint=cbr events=12 n=32 definition=stable-disease-for=16_weeks",
            "arm=a endpoint=dcr events=10 n=32 definition=stable-disease-for=24_weeks",
        ],
        [],
        id="two stated definitions",
    ),
    pytest.param(
        ["arm=a endpoint=orr value=25", "arm=a endpoint=dcr value=24.9"],
        [],
        id="above by rounding only",
    ),
]


@pytest.mark.parametrize(("lines", "expected"), CASES)
def test_findings(said, lines, expected):
    """The audit says this of these rows, and nothing else."""
    assert expected == said(*lines)


def _group(*rates, n=32, **more):
    """Rates of one set, `cr 2` as a count, or `cr 25%` as a percent."""
    rest = "".join(f" {key}={value}" for key, value in more.items())
    size = f" n={n}" if n else ""
    return [
        f"arm=a endpoint={endpoint} {f'value={number[:-1]}' if '%' in number else f'events={number}'}{size}{rest}"
        for endpoint, _, number in (one.partition(" ") for one in rates)
    ]


def _record(*estimates):
    """A record with these numbers of forty patients."""
    return trial(reports={"smith-2020": report(estimates=list(estimates))})


BOUNDARIES = {
    "components-against-sum": [
        ("the sum", _group("cr 2", "pr 6", "orr 8"), []),
        ("one more than the parts", _group("cr 2", "pr 6", "orr 9"),
         [("error", "CR 2 of 32 + PR 6 of 32 make 8 patients; printed is ORR 9 of 32.")]),
        ("one fewer than the parts", _group("cr 2", "pr 6", "orr 7"), [("error", "printed is ORR 7")]),
        ("a part is missing and the other as large", _group("pr 8", "orr 8"), []),
        ("a part is missing and the other larger", _group("pr 9", "orr 8"), [("error", "PR 9 of 32 make 9")]),
        ("a part is missing and the other smaller", _group("pr 1", "orr 8"), []),
        ("parts without the whole", _group("cr 2", "pr 6"), []),
        ("the whole without parts", _group("orr 8"), []),
        ("disease control not stated, more in its parts", _group("cr 2", "pr 6", "sd 10", "dcr 17"),
         [("note", "make 18 patients; printed is DCR 17 of 32")]),
        ("disease control not stated, fewer in its parts", _group("cr 2", "pr 6", "sd 10", "dcr 19"),
         [("error", "make 18 patients; printed is DCR 19 of 32")]),
        ("disease control not stated, more in some of its parts", _group("pr 6", "sd 10", "dcr 15"),
         [("error", "make 16 patients; printed is DCR 15 of 32")]),
        ("disease control said not to be stated", _group("cr 2", "pr 6", "sd 10", "dcr 17", definition="not-stated"),
         [("note", "DCR 17")]),
        ("disease control stated, more in its parts", _group("cr 2", "pr 6", "sd 10", "dcr 17", definition="16"),
         [("error", "DCR 17")]),
        ("stable disease defined otherwise",
         [*_group("cr 2", "pr 6", "dcr 17"), "arm=a endpoint=sd events=10 n=32 definition=16"], []),
        ("one definition not stated, one silent",
         [*_group("cr 2", "pr 6", "dcr 17"), "arm=a endpoint=sd events=10 n=32 definition=not-stated"],
         [("note", "DCR 17")]),
        ("out of another n", [*_group("cr 2", "pr 6"), "arm=a endpoint=orr events=9 n=33"], []),
        ("out of an n that is not printed", [*_group("cr 2", "pr 6"), "arm=a endpoint=orr events=9"],
         [("error", "printed is ORR 9.")]),
        ("the parts without n", [*_group("cr 2", "pr 6", n=None), "arm=a endpoint=orr events=9 n=32"],
         [("error", "CR 2 + PR 6 make 8 patients")]),
        ("of no named arm", [one.replace("arm=a ", "") for one in _group("cr 2", "pr 6", "orr 9")], []),
        ("of an arm that is named, beside the same of none",
         [*_group("cr 2", "pr 6"), "endpoint=orr events=9 n=32"], []),
        ("the first of two parts", [*_group("cr 2", "pr 6", "orr 8"), "arm=a endpoint=pr events=7 n=32"], []),
        ("the part out of the same n before one without",
         [*_group("cr 2", "orr 9"), "arm=a endpoint=pr events=7 n=32", "arm=a endpoint=pr events=6"], []),
        ("another criterion", [*_group("cr 2", "pr 6"), "arm=a endpoint=orr events=9 n=32 criteria=choi"], []),
        # 6.2 % of 32 is 2, 18.8 % 6, 25 % 8, and 28.1 % 9.
        ("counts that follow from percents", _group("cr 6.2%", "pr 18.8%", "orr 25%"), []),
        ("one count that follows from a percent", _group("cr 2", "pr 6", "orr 28.1%"),
         [("warning", "make 8 patients; printed is ORR 28.1 %, 9 patients; 8 of 32 is 25.0 %.")]),
        ("a part whose count follows from a percent", _group("cr 2", "pr 18.8%", "orr 9"),
         [("warning", "CR 2 of 32 + PR 18.8 % make 8 patients; printed is ORR 9 of 32.")]),
        ("a slip in the percent of the sum", _group("cr 2", "pr 7", "orr 21.8%"),
         [("warning", "9 of 32 is 28.1 % (two digits swapped?).")]),
        # 0 may be −1 to 1, 15 14.5 to 16, 18 17.5 to 19, 12 11.5 to 13, 13 12.5 to 14.
        ("percents that their rounding brings together", _group("cr 0%", "pr 15%", "orr 17%", n=None), []),
        ("percents too low", _group("cr 0%", "pr 15%", "orr 18%", n=None),
         [("warning", "CR 0 % + PR 15 % make 13.5 to 17.0 %; printed is ORR 18 %.")]),
        ("percents that their rounding brings together from above", _group("cr 0%", "pr 15%", "orr 13%", n=None), []),
        ("percents too high", _group("cr 0%", "pr 15%", "orr 12%", n=None), [("warning", "ORR 12 %.")]),
        ("a count beside percents", [*_group("cr 0%", "pr 15%", n=None), "arm=a endpoint=orr events=8 n=32"],
         [("warning", "make 13.5 to 17.0 %; printed is ORR 8 of 32.")]),
        ("parts as counts, the sum as a percent", [*_group("cr 2", "pr 6"), "arm=a endpoint=orr value=40"],
         [("warning", "CR 2 of 32 (6.3 %) + PR 6 of 32 (18.8 %) make 25.0 %; printed is ORR 40 %.")]),
        ("a part without a number", [*_group("cr 2"), "arm=a endpoint=pr n=32", "arm=a endpoint=orr events=9 n=32"], []),
        # 50 % of 197 is 98, 99 or, cut off, 100.
        ("the fewest of several counts", _group("cr 50%", "pr 12", "orr 110", n=197), []),
        ("the most of several counts", _group("cr 50%", "pr 12", "orr 112", n=197), []),
        ("more than several counts", _group("cr 50%", "pr 12", "orr 113", n=197),
         [("warning", "make 110 to 112 patients; printed is ORR 113 of 197.")]),
        ("fewer than several counts", _group("cr 50%", "pr 12", "orr 109", n=197),
         [("warning", "make 110 to 112 patients; printed is ORR 109 of 197.")]),
        ("several counts of the sum", _group("cr 90", "pr 11", "orr 50%", n=197),
         [("warning", "make 101 patients; printed is ORR 50 %, 98 to 100 patients; 101 of 197 is 51 %.")]),
    ],
    "components-against-n": [
        ("all of them", _group("cr 0", "pr 26", "sd 50", "pd 27", "ne 25", n=128), []),
        ("one more", _group("cr 0", "pr 26", "sd 50", "pd 27", "ne 26", n=128),
         [("error", "CR 0 + PR 26 + SD 50 + PD 27 + NE 26 = 129, and the set has 128 patients.")]),
        ("one fewer", _group("cr 0", "pr 26", "sd 50", "pd 27", "ne 24", n=128),
         [("warning", "= 127, and the set has 128 patients.")]),
        ("some are missing, as many", _group("pr 78", "sd 50", n=128), []),
        ("some are missing, more", _group("pr 79", "sd 50", n=128),
         [("error", "PR 79 + SD 50 = 129, and the set has 128 patients.")]),
        ("some are missing, fewer", _group("pr 26", "sd 50", n=128), []),
        ("one category alone", _group("pr 129", n=128), []),
        ("one count is not printed", [*_group("pr 79", n=128), "arm=a endpoint=sd value=40 n=128"], []),
        ("n is not printed", _group("pr 79", "sd 50", n=None), []),
        # 10.5 + 20.5 + 30.5 + 20.5 + 17.5 is 99.5, cut off up to 11 + 21 + 31 + 21 + 18, which is 102.
        ("all as percents", _group("cr 10%", "pr 20%", "sd 30%", "pd 20%", "ne 20%", n=None), []),
        ("all as percents, cut off", _group("cr 10%", "pr 20%", "sd 30%", "pd 19%", "ne 16%", n=None), []),
        ("all as percents, too few", _group("cr 10%", "pr 20%", "sd 30%", "pd 19%", "ne 15%", n=None),
         [("warning", "CR 10 % + PR 20 % + SD 30 % + PD 19 % + NE 15 % make at most 99.0 %, not 100.")]),
        ("all as percents of one n", _group("cr 10%", "pr 20%", "sd 30%", "pd 10%", "ne 10%", n=10),
         [("warning", "make at most 85.0 %, not 100.")]),
        ("some as percents", _group("cr 10%", "pr 20%", "sd 30%", "pd 19%", n=None), []),
        ("all as percents of two n", [*_group("cr 10%", "pr 20%", "sd 30%", "pd 10%", n=10), "arm=a endpoint=ne value=10 n=20"], []),
        ("one without a number", [*_group("cr 10%", "pr 20%", "sd 30%", "pd 10%", n=10), "arm=a endpoint=ne n=10"], []),
        ("of no named arm", [one.replace("arm=a ", "") for one in _group("pr 79", "sd 50", n=128)], []),
        ("n is not printed for the second", [*_group("pr 79", n=128), "arm=a endpoint=sd events=50"], [("error", "the set has 128")]),
        ("n is not printed for the first", ["arm=a endpoint=pr events=79", *_group("sd 50", n=128)], [("error", "the set has 128")]),
        ("out of two n", [*_group("pr 79", n=128), "arm=a endpoint=sd events=50 n=130"], []),
        ("other criteria", [*_group("pr 79", n=128), "arm=a endpoint=sd events=50 n=128 criteria=choi"], []),
    ],
    # 25 may be 24.5 to 26, 24.4 up to 24.5 and 24.3 up to 24.4.
    "rate-order": [
        ("as many", _group("orr 10", "dcr 10"), []),
        ("one more", _group("orr 11", "dcr 10"),
         [("error", "ORR 11 of 32 is above DCR 10 of 32, which contains it by definition.")]),
        ("a part of the sum is another rule", _group("cr 9", "orr 8"), []),
        ("a percent that just meets the rounding of the other", _group("orr 25%", "dcr 24.4%", n=None), []),
        ("a percent that just misses it", _group("orr 25%", "dcr 24.3%", n=None),
         [("error", "ORR 25 % is above DCR 24.3 %")]),
        ("out of another n", ["arm=a endpoint=orr events=11 n=32", "arm=a endpoint=dcr events=10 n=33"], []),
        ("out of an n that is not printed", ["arm=a endpoint=orr value=40 n=35", "arm=a endpoint=dcr value=30"],
         [("error", "ORR 40 % is above DCR 30 %")]),
        ("two definitions not stated", _group("cbr 11", "dcr 10"), [("error", "CBR 11 of 32")]),
        ("one definition not stated", ["arm=a endpoint=cbr events=11 n=32 definition=16", "arm=a endpoint=dcr events=10 n=32"],
         [("warning", "CBR 11 of 32")]),
        ("the other not stated", ["arm=a endpoint=cbr events=11 n=32", "arm=a endpoint=dcr events=10 n=32 definition=16"],
         [("warning", "CBR 11 of 32")]),
        ("one silent, one said not to be stated",
         ["arm=a endpoint=cbr events=11 n=32", "arm=a endpoint=dcr events=10 n=32 definition=not-stated"],
         [("error", "CBR 11 of 32")]),
        ("the same definition", _group("cbr 11", "dcr 10", definition="16"), [("error", "CBR")]),
        ("two definitions", ["arm=a endpoint=cbr events=11 n=32 definition=16", "arm=a endpoint=dcr events=10 n=32 definition=24"], []),
        ("a definition of one that cannot vary", ["arm=a endpoint=orr events=11 n=32", "arm=a endpoint=dcr events=10 n=32 definition=16"],
         [("error", "ORR 11 of 32")]),
        ("endpoints that are in no order", _group("pfr 11", "dcr 10"), []),
        ("of no named arm", [one.replace("arm=a ", "") for one in _group("orr 11", "dcr 10")], []),
        ("the lowest of several", told_apart([*_group("orr 13", "dcr 12"), "arm=a endpoint=dcr events=10 n=32", "arm=a endpoint=dcr events=11 n=32"]),
         [("error", "is above DCR 10 of 32")]),
        ("the lowest that is defined alike",
         [*_group("cbr 12", definition="16"), "arm=a endpoint=dcr events=10 n=32 definition=24", "arm=a endpoint=dcr events=11 n=32 definition=16"],
         [("error", "is above DCR 11 of 32")]),
        ("a rate without a number", ["arm=a endpoint=orr n=32", "arm=a endpoint=dcr events=10 n=32"], []),
        ("by `not_below`", [_record(estimate(events=11), estimate("dcr", measure="proportion", events=10, as_printed=True))],
         [("error", "ORR 11 of 40 is above DCR 10 of 40")]),
        ("by `not_below`, as many", [_record(estimate(events=10), estimate("dcr", measure="proportion", events=10))], []),
        ("at another time", [_record(estimate(events=11, by={"weeks": 8}), estimate("dcr", measure="proportion", events=10))], []),
    ],
}  # fmt: skip


def test_boundaries(says, boundary):
    """A rule is silent on one side of each of its limits and speaks on the other."""
    rule, given, expected = boundary
    assert expected == says(rule, given, expected)

"""Rates out of different denominators, and denominators that percents imply."""

import pytest

from builders import analysis_set, estimate, report, trial


def _lasting(n, *more, first=None, of="one", subgroup=None):
    """Survival of responders, with 8 responses of 40 patients printed beside it unless told more."""
    whole = {"of": of} if of else {}
    sets = {
        "one": analysis_set(),
        "part": analysis_set(n=n, subgroup=subgroup or {"responders": "objective"}, **whole),
    }
    response = {
        name: one
        for name, one in estimate(**({"events": 8} | (first or {}))).items()
        if one is not None
    }
    return [
        trial(reports={"smith-2020": report(sets, [response, estimate("pfs", of="part"), *more])})
    ]


CASES = [
    pytest.param(
        ["arm=a endpoint=orr events=8 n=38", "arm=a endpoint=dcr events=20 n=35"],
        [
            (
                (1, 2),
                "denominator-mixed",
                "note",
                "ORR is out of 38 and DCR out of 35 patients of one arm; they cannot be set off against each other",
            ),
        ],
        id="response and control out of different n",
    ),
    pytest.param(
        [
            "arm=a endpoint=orr events=8 n=38",
            "arm=a endpoint=dcr events=20 n=38",
            "arm=a endpoint=dcr events=20 n=35 criteria=choi",
        ],
        [],
        id="both out of both",
    ),
    pytest.param(
        ["arm=a endpoint=orr events=8 n=38", "arm=a endpoint=pfr events=20 n=35"],
        [],
        id="unrelated endpoints",
    ),
    pytest.param(
        ["arm=a endpoint=orr value=24.7", "arm=a endpoint=dcr value=82.5"],
        [
            (
                (1, 2),
                "denominator-implied",
                "note",
                "n is not printed; up to 150 only 97 admits these percents (ORR 24.7 % is 24, DCR 82.5 % is 80)",
            ),
        ],
        id="one n admits both percents",
    ),
    pytest.param(
        ["arm=a endpoint=orr value=25.0", "arm=a endpoint=dcr value=50.0"],
        [],
        id="several n admit them",
    ),
    pytest.param(
        [
            "report=r1 arm=a endpoint=orr events=2 n=12 subgroup=LMS",
            "report=r2 arm=a endpoint=orr value=28.6 subgroup=LMS",
        ],
        [
            (
                (2,),
                "percent-against-cohort-size",
                "note",
                "ORR: 28.6 % is no count out of 12, the size printed elsewhere; it fits n = 7, 14, 21",
            ),
            (
                (2, 1),
                "report-conflict",
                "note",
                "ORR: 28.6 % against 2 of 12 in r1; data cut not stated, so it may be another",
            ),
        ],
        id="no count of the size printed elsewhere",
    ),
    pytest.param(
        [
            "report=r1 arm=a endpoint=orr events=2 n=12 subgroup=LMS",
            "report=r2 arm=a endpoint=orr value=25.0 subgroup=LMS",
        ],
        [
            (
                (2, 1),
                "report-conflict",
                "note",
                "ORR: 25.0 % against 2 of 12 in r1; data cut not stated, so it may be another",
            ),
        ],
        id="a count of the size printed elsewhere",
    ),
]


@pytest.mark.parametrize(("lines", "expected"), CASES)
def test_findings(said, lines, expected):
    """The audit says this of these rows, and nothing else."""
    assert expected == said(*lines)


def _cohort(percent, n=12, **more):
    """The size of a cohort in one report, and a percent of it in another."""
    rest = "".join(f" {key}={value}" for key, value in more.items())
    return [
        f"report=r1 arm=a endpoint=pfr events=2 n={n}",
        f"report=r2 arm=a endpoint=orr value={percent}{rest}",
    ]


def _beside(cells, n=75, others=2):
    """A response of one arm, and other proportions of it out of one n."""
    rest = [f"arm=a endpoint={endpoint} events=9 n={n}" for endpoint in ("sd", "pd")[:others]]
    return [f"arm=a endpoint=orr {cells}", *rest]


def _planned(subgroup=None, **design):
    """A record of an arm planned for twelve, and a percent of it without n."""
    given = {"allocation": "single-arm", "timing": "prospective", "planned_n": "12", **design}
    part = {} if subgroup is None else {"subgroup": {"other": [subgroup]}}
    number = {key: value for key, value in estimate(value="28.6").items() if key != "events"}
    own = report({"one": analysis_set("one", None, **part)}, [number])
    return trial(design=given, reports={"smith-2020": own})


BOUNDARIES = {
    "denominator-mixed": [
        ("out of the same n", ["arm=a endpoint=orr events=8 n=38", "arm=a endpoint=dcr events=20 n=38"], []),
        ("out of one fewer", ["arm=a endpoint=orr events=8 n=38", "arm=a endpoint=dcr events=20 n=37"],
         [("note", "ORR is out of 38 and DCR out of 37 patients of one arm")]),
        ("in several steps", ["arm=a endpoint=cr events=8 n=38", "arm=a endpoint=dcr events=20 n=35"],
         [("note", "CR is out of 38 and DCR out of 35")]),
        ("the larger rate out of both", ["arm=a endpoint=orr events=8 n=38", "arm=a endpoint=dcr events=20 n=35", "arm=a endpoint=dcr events=20 n=38 criteria=choi"], []),
        ("the smaller rate out of both", ["arm=a endpoint=orr events=8 n=38", "arm=a endpoint=orr events=8 n=35 criteria=choi", "arm=a endpoint=dcr events=20 n=35"], []),
        ("endpoints that are in no order", ["arm=a endpoint=orr events=8 n=38", "arm=a endpoint=pfr events=20 n=35"], []),
        ("of two arms", ["arm=a endpoint=orr events=8 n=38", "arm=b endpoint=dcr events=20 n=35"], []),
        ("of two subgroups", ["arm=a endpoint=orr events=8 n=38", "arm=a endpoint=dcr events=20 n=35 subgroup=LMS"], []),
        ("in two reports", ["report=r1 arm=a endpoint=orr events=8 n=38", "report=r2 arm=a endpoint=dcr events=20 n=35"], []),
        ("one n is not printed", ["arm=a endpoint=orr events=8 n=38", "arm=a endpoint=dcr events=20"], []),
        ("of no named arm", ["endpoint=orr events=8 n=38", "endpoint=dcr events=20 n=35"], []),
        ("the same two endpoints twice", ["arm=a endpoint=orr events=8 n=38", "arm=a endpoint=orr events=8 n=37", "arm=a endpoint=dcr events=20 n=35"],
         [("note", "ORR is out of 38 and DCR out of 35")]),
    ],
    # 29 % is 21 of 72 or of 73, 22 of 75 and 22 of 77 (28.6), and no count out of 60 (17 is 28.3).
    "denominator-apart": [
        ("one n for all", _beside("value=29 n=75"), []),
        ("another n", _beside("value=29 n=72"),
         [("note", "ORR: 29 % is out of 72, and the 2 other proportions of the arm are out of 75, which it would fit as well.")]),
        ("only one other", _beside("value=29 n=72", others=1), []),
        ("the others out of two n", [*_beside("value=29 n=72"), "arm=a endpoint=ne events=3 n=74"], []),
        ("another arm out of a third n", [*_beside("value=29 n=72"), "arm=b endpoint=ne events=3 n=74"], [("note", "out of 75")]),
        ("another percent, of fewer others", _beside("value=28 n=72", n=60), [("note", "out of 60")]),
        ("no count of theirs", _beside("value=29 n=72", n=60), []),
        ("no count of its own, which another rule says", _beside("value=29.1 n=75", n=72), []),
        ("with its count", _beside("events=21 value=29 n=72"), []),
        ("a rate at a time", _beside("value=29 n=72 at=6 at_unit=weeks"), []),
        ("without a percent", _beside("n=72"), []),
        ("a percent above 100", _beside("value=129 n=72"), []),
        ("the others without n", ["arm=a endpoint=orr value=29 n=72", "arm=a endpoint=pr events=20", "arm=a endpoint=cr events=2"], []),
        ("of no named arm", [one.replace("arm=a ", "") for one in _beside("value=29 n=72")], []),
        ("two rows of the other n", [*_beside("value=29 n=72"), "arm=a endpoint=ne value=4 n=72"], []),
    ],
    # 24.7 % and 82.5 % are 24 and 80 of 97; 0.7 % and 48.7 % are possible out of 150 only, 0.7 % and
    # 2.6 % out of 151 only, 0.7 % and 47.7 % out of 149 and 151.
    "denominator-implied": [
        ("one n", ["arm=a endpoint=orr value=24.7", "arm=a endpoint=dcr value=82.5"],
         [("note", "up to 150 only 97 admits these percents (ORR 24.7 % is 24, DCR 82.5 % is 80)")]),
        ("several n", ["arm=a endpoint=orr value=25.0", "arm=a endpoint=dcr value=50.0"], []),
        ("no n", ["arm=a endpoint=orr value=24.7", "arm=a endpoint=dcr value=82.5", "arm=a endpoint=pd value=33.3"], []),
        ("150", ["arm=a endpoint=orr value=0.7", "arm=a endpoint=dcr value=48.7"], [("note", "only 150 admits")]),
        ("151", ["arm=a endpoint=orr value=0.7", "arm=a endpoint=dcr value=2.6"], []),
        ("149, and 151 is not tried", ["arm=a endpoint=orr value=0.7", "arm=a endpoint=dcr value=47.7"], [("note", "only 149 admits")]),
        ("one percent", ["arm=a endpoint=orr value=24.7"], []),
        ("the same percent twice", ["arm=a endpoint=orr value=24.7", "arm=a endpoint=dcr value=24.7"], []),
        ("one without a decimal", ["arm=a endpoint=orr value=24.7", "arm=a endpoint=dcr value=82"], []),
        ("one of 0", ["arm=a endpoint=orr value=0.7", "arm=a endpoint=dcr value=48.7", "arm=a endpoint=pd value=0.0"], [("note", "(ORR 0.7 % is 1, DCR 48.7 % is 73).")]),
        ("one of 100", ["arm=a endpoint=orr value=0.7", "arm=a endpoint=dcr value=48.7", "arm=a endpoint=pfr value=100.0"], [("note", "(ORR 0.7 % is 1, DCR 48.7 % is 73).")]),
        ("one of 0 alone", ["arm=a endpoint=orr value=0.7", "arm=a endpoint=dcr value=0.0"], []),
        ("n is printed", ["arm=a endpoint=orr value=24.7 n=97", "arm=a endpoint=dcr value=82.5 n=97"], []),
        ("n is printed for one", ["arm=a endpoint=orr value=24.7 n=97", "arm=a endpoint=dcr value=82.5"], []),
        ("by other criteria", ["arm=a endpoint=orr value=24.7", "arm=a endpoint=dcr value=82.5 criteria=choi"], []),
        ("of two arms", ["arm=a endpoint=orr value=24.7", "arm=b endpoint=dcr value=82.5"], []),
        ("of no named arm", ["endpoint=orr value=24.7", "endpoint=dcr value=82.5"], []),
        ("of the subgroup of no named arm", ["subgroup=LMS endpoint=orr value=24.7", "subgroup=LMS endpoint=dcr value=82.5"], []),
    ],
    "responders-against-count": [
        ("as many", _lasting(8), []),
        ("more", _lasting(9), [("note", "PFS is of 9 responders; one has ORR 8.")]),
        ("fewer", _lasting(7), [("note", "PFS is of 7 responders; one has ORR 8.")]),
        ("one of two counts", _lasting(9, estimate(events=9, id="second")), []),
        ("none of two counts", _lasting(7, estimate(events=9, id="second")), [("note", "one has ORR 8 and ORR 9.")]),
        ("two durations of one set", _lasting(7, estimate("os", of="part", value="9")), [("note", "is of 7 responders")]),
        ("no n", _lasting(None), []),
        ("a count that is not printed", _lasting(7, first={"events": None, "value": "20"}), []),
        ("a count of another endpoint", _lasting(7, first={"endpoint": "dcr"}), []),
        ("a part of no set", _lasting(7, of=None), []),
        ("a subgroup of another kind", _lasting(7, subgroup={"age": "over 65"}), []),
    ],
    # 28.6 % is 2 of 7, 4 of 14, 6 of 21, 8 of 28; no count out of 3, 4 or 12.
    "percent-against-cohort-size": [
        ("a count", _cohort("25.0"), []),
        ("no count", _cohort("28.6"), [("note", "28.6 % is no count out of 12, the size printed elsewhere; it fits n = 7, 14, 21.")]),
        ("cut off", _cohort("16.6"), []),
        ("without a decimal", _cohort("29"), []),
        ("above 100", _cohort("100.5"), []),
        ("four n at most", _cohort("28.6", 30), [("note", "out of 30, the size printed elsewhere; it fits n = 7, 14, 21, 28.")]),
        ("n up to twice the size", _cohort("28.6", 4), [("note", "it fits n = 7.")]),
        ("n beyond twice the size", _cohort("28.6", 3), []),
        ("of another subgroup", _cohort("28.6", subgroup="LMS"), []),
        ("printed with its n", [*_cohort("28.6")[:1], "report=r2 arm=a endpoint=orr value=28.6 n=13"], []),
        ("of another arm", [*_cohort("28.6")[:1], "report=r2 arm=b endpoint=orr value=28.6"], []),
        ("of one of two sizes", [*_cohort("28.6"), "report=r3 arm=a endpoint=pfr events=2 n=14"], []),
        ("of neither of two sizes", [*_cohort("28.6"), "report=r3 arm=a endpoint=pfr events=2 n=13"],
         [("note", "no count out of 12 or 13, the size printed elsewhere; it fits n = 7, 14, 21.")]),
        ("n up to twice the larger of two sizes", [*_cohort("28.6"), "report=r3 arm=a endpoint=pfr events=2 n=3"],
         [("note", "no count out of 3 or 12, the size printed elsewhere; it fits n = 7, 14, 21.")]),
        ("of a planned size", [_planned()], [("note", "no count out of 12, the size planned; it fits n = 7, 14, 21.")]),
        ("of another planned size", [_planned(planned_n="14")], []),
        ("of a planned size that is no number", [_planned(planned_n="12-15")], []),
        ("of a part of the planned patients", [_planned("women")], []),
        ("of no named arm", [one.replace("arm=a ", "") for one in _cohort("28.6")], []),
        ("of one of twelve sizes, or none", [*_cohort("28.6"), *(f"report=r{n} arm=a endpoint=pfr events=2 n={n}" for n in (5, 9, 10, 13, 15, 16, 18, 19, 20, 23, 24))],
         [("note", "it fits n = 7, 14, 21, 28.")]),
        ("of thirteen sizes, which are no size", [*_cohort("28.6"), *(f"report=r{n} arm=a endpoint=pfr events=2 n={n}" for n in (3, 5, 9, 10, 13, 15, 16, 18, 19, 20, 23, 24))], []),
    ],
}  # fmt: skip


def test_boundaries(says, boundary):
    """A rule is silent on one side of each of its limits and speaks on the other."""
    rule, given, expected = boundary
    assert expected == says(rule, given, expected)

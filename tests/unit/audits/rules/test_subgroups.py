"""Parts of a set against the whole, in patients and events."""

import pytest

from builders import analysis_set, estimate, report, trial

CASES = [
    pytest.param(
        [
            "arm=a endpoint=orr events=8 n=32",
            "arm=a endpoint=orr events=4 n=20 subgroup=LMS",
            "arm=a endpoint=orr events=4 n=12 subgroup=liposarcoma",
        ],
        [
            (
                (2, 3),
                "subgroup-beside-whole",
                "note",
                "ORR of histology=leiomyosarcoma, histology=liposarcoma stands beside the whole that contains it",
            ),
        ],
        id="parts that fit",
    ),
    pytest.param(
        ["arm=a endpoint=orr events=8 n=32", "arm=a endpoint=orr events=9 n=20 subgroup=LMS"],
        [
            (
                (2, 1),
                "subgroup-over-whole",
                "error",
                "ORR: the subgroup histology=leiomyosarcoma has 9 events, the whole has 8",
            ),
            (
                (2,),
                "subgroup-beside-whole",
                "note",
                "ORR of histology=leiomyosarcoma stands beside the whole that contains it",
            ),
        ],
        id="more events than the whole",
    ),
    pytest.param(
        ["arm=a endpoint=orr events=8 n=32", "arm=a endpoint=orr events=2 n=40 subgroup=LMS"],
        [
            (
                (2, 1),
                "subgroup-over-whole",
                "error",
                "ORR: the subgroup histology=leiomyosarcoma has 40 patients, the whole has 32",
            ),
            (
                (2,),
                "subgroup-beside-whole",
                "note",
                "ORR of histology=leiomyosarcoma stands beside the whole that contains it",
            ),
        ],
        id="more patients than the whole",
    ),
    pytest.param(
        ["arm=a endpoint=orr events=30 n=32", "arm=a endpoint=orr events=2 n=20 subgroup=LMS"],
        [
            (
                (2, 1),
                "subgroup-over-whole",
                "error",
                "ORR: the subgroup histology=leiomyosarcoma has 18 patients without the event, the whole has 2",
            ),
            (
                (2,),
                "subgroup-beside-whole",
                "note",
                "ORR of histology=leiomyosarcoma stands beside the whole that contains it",
            ),
        ],
        id="more non-events than the whole",
    ),
    pytest.param(
        [
            "arm=a endpoint=orr events=8 n=32",
            "arm=a endpoint=orr events=5 n=20 subgroup=LMS",
            "arm=a endpoint=orr events=4 n=12 subgroup=liposarcoma",
        ],
        [
            (
                (1, 2, 3),
                "parts-against-whole",
                "error",
                "ORR: the subgroups have 9 events among 32 patients, the whole 8 among 32",
            ),
            (
                (2, 3),
                "subgroup-beside-whole",
                "note",
                "ORR of histology=leiomyosarcoma, histology=liposarcoma stands beside the whole that contains it",
            ),
        ],
        id="parts have other events",
    ),
    pytest.param(
        [
            "arm=a endpoint=orr events=8 n=32",
            "arm=a endpoint=orr events=4 n=20 subgroup=LMS",
            "arm=a endpoint=orr events=3 n=14 subgroup=liposarcoma",
        ],
        [
            (
                (1, 2, 3),
                "parts-against-whole",
                "warning",
                "ORR: the subgroups have 34 patients, the whole has 32",
            ),
            (
                (2, 3),
                "subgroup-beside-whole",
                "note",
                "ORR of histology=leiomyosarcoma, histology=liposarcoma stands beside the whole that contains it",
            ),
        ],
        id="parts have more patients",
    ),
    pytest.param(
        [
            "arm=a endpoint=orr events=8 n=32",
            "arm=a endpoint=orr events=5 n=20 subgroup=LMS",
            "arm=a endpoint=orr events=4 n=12 subgroup=uterine-leiomyosarcoma",
        ],
        [
            (
                (2, 3),
                "subgroup-beside-whole",
                "note",
                "ORR of histology=leiomyosarcoma, histology=uterine-leiomyosarcoma stands beside the whole that contains it",
            ),
        ],
        id="one histology under the other",
    ),
    pytest.param(
        [
            "arm=a endpoint=orr events=8 n=32",
            "arm=a endpoint=orr events=5 n=20 subgroup=biomarker=PD-L1",
            "arm=a endpoint=orr events=5 n=20 subgroup=biomarker=TLS",
        ],
        [
            (
                (2, 3),
                "subgroup-beside-whole",
                "note",
                "ORR of biomarker=PD-L1, biomarker=TLS stands beside the whole that contains it",
            ),
        ],
        id="parts of another kind may overlap",
    ),
    pytest.param(
        ["arm=a endpoint=orr events=8 n=32", "arm=b endpoint=orr events=9 n=20 subgroup=LMS"],
        [],
        id="another arm",
    ),
    pytest.param(
        [
            "arm=a endpoint=orr events=8",
            "arm=a endpoint=orr events=4 n=20 subgroup=LMS",
            "arm=a endpoint=orr events=4 n=12 subgroup=liposarcoma",
        ],
        [
            (
                (2, 3),
                "subgroup-beside-whole",
                "note",
                "ORR of histology=leiomyosarcoma, histology=liposarcoma stands beside the whole that contains it",
            ),
        ],
        id="one n is not printed",
    ),
    pytest.param(
        [
            "arm=a endpoint=orr n=32",
            "arm=a endpoint=orr events=4 n=20 subgroup=LMS",
            "arm=a endpoint=orr events=4 n=12 subgroup=liposarcoma",
        ],
        [
            (
                (2, 3),
                "subgroup-beside-whole",
                "note",
                "ORR of histology=leiomyosarcoma, histology=liposarcoma stands beside the whole that contains it",
            ),
        ],
        id="one count is not printed",
    ),
    pytest.param(
        [
            "arm=a endpoint=orr events=8 n=32",
            "arm=a endpoint=orr events=4 n=20 subgroup=LMS",
            "arm=a endpoint=orr events=4 n=19 subgroup=leiomyosarcoma",
        ],
        [
            (
                (2, 3),
                "row-conflict",
                "note",
                "2 rows may give one quantity differently: ORR, 4 of 20 against 4 of 19; "
                "not stated: time, assessor, report",
            ),
            (
                (2, 3),
                "subgroup-beside-whole",
                "note",
                "ORR of histology=leiomyosarcoma stands beside the whole that contains it",
            ),
        ],
        id="one histology twice",
    ),
]


@pytest.mark.parametrize(("lines", "expected"), CASES)
def test_findings(said, lines, expected):
    """The audit says this of these rows, and nothing else."""
    assert expected == said(*lines)


def _parts(whole, *parts):
    """A whole and its subgroups, each `8/32`, or `25%/32` where the count is not printed."""
    rows = []
    for histology, number in zip(
        (None, "LMS", "liposarcoma", "angiosarcoma"), (whole, *parts), strict=False
    ):
        count, _, n = number.partition("/")
        cells = f"value={count[:-1]}" if "%" in count else f"events={count}" if count else ""
        size = f" n={n}" if n else ""
        group = f" subgroup={histology}" if histology else ""
        rows.append(f"arm=a endpoint=orr {cells}{size}{group}")
    return rows


def _wholes(events, n, other=30):
    """A record of 8 of 40, of 9 of 30, and of women, of whom nothing says in which they are."""
    sets = {
        "every": analysis_set("one", 40),
        "evaluable": analysis_set("one", other, population="response-evaluable"),
        "women": analysis_set("one", n, subgroup={"other": ["women"]}),
    }
    numbers = [estimate(of="every", events=8), estimate(of="evaluable", events=9)]
    numbers.append(estimate(of="women", events=events))
    return trial(reports={"smith-2020": report(sets, numbers)})


def _record(**events):
    """A record of women among the evaluable patients among all of them."""
    sets = {
        "every": analysis_set("one", 40),
        "evaluable": analysis_set("one", 30, of="every"),
        "women": analysis_set("one", 20, of="evaluable", subgroup={"other": ["women"]}),
        "old": analysis_set("one", 9, of="women", subgroup={"other": ["women over 65"]}),
    }
    numbers = [estimate(of=name, events=count) for name, count in events.items()]
    return trial(reports={"smith-2020": report(sets, numbers)})


BOUNDARIES = {
    "subgroup-over-whole": [
        ("all patients", _parts("8/32", "8/32"), []),
        ("one patient more", _parts("8/32", "8/33"), [("error", "the subgroup histology=leiomyosarcoma has 33 patients, the whole has 32.")]),
        ("all events", _parts("8/32", "8/20"), []),
        ("one event more", _parts("8/32", "9/20"), [("error", "has 9 events, the whole has 8.")]),
        ("all without the event", _parts("8/32", "2/26"), []),
        ("one more without the event", _parts("8/32", "1/26"), [("error", "has 25 patients without the event, the whole has 24.")]),
        ("a part without n", _parts("8/32", "9"), [("error", "has 9 events, the whole has 8.")]),
        ("a part without n, all events", _parts("8/32", "8"), []),
        ("a whole without n", _parts("8", "9/20"), [("error", "has 9 events, the whole has 8.")]),
        ("a whole without n, and a larger part without the event", _parts("8", "2/200"), []),
        ("a whole without a count", _parts("/32", "9/20"), []),
        ("a whole without a count, one patient more", _parts("/32", "9/33"), [("error", "has 33 patients")]),
        # 50 % of 20 is 10, and 48 % none; 30 % of 197 is 59, 60 or, cut off, 61 (30.96).
        ("counts that follow from percents", _parts("10/32", "50%/20"), []),
        ("one more that follows from a percent", _parts("9/32", "50%/20"), [("error", "has 10 events, the whole has 9.")]),
        ("the fewest that a percent admits", _parts("59/400", "30%/197"), []),
        ("fewer than a percent admits", _parts("58/400", "30%/197"), [("error", "has 59 events, the whole has 58.")]),
        ("more without the event than a percent admits", _parts("390/400", "30%/197"), [("error", "has 136 patients without the event, the whole has 10.")]),
        ("two wholes, as many patients as the larger", [_wholes(9, 40)], []),
        ("two wholes, one patient more than the larger", [_wholes(9, 41)], [("error", "has 41 patients, the whole has 40.")]),
        ("two wholes, as many events as the most", [_wholes(9, 20)], []),
        ("two wholes, one event more than the most", [_wholes(10, 20)], [("error", "has 10 events, the whole has 9.")]),
        ("two wholes, as many without the event as the most", [_wholes(8, 40)], []),
        ("two wholes, one more without the event than the most", [_wholes(7, 40)], [("error", "has 33 patients without the event, the whole has 32.")]),
        ("two wholes, the n of one not printed, and more patients", [_wholes(9, 41, None)], []),
        ("another arm", ["arm=a endpoint=orr events=8 n=32", "arm=b endpoint=orr events=9 n=20 subgroup=LMS"], []),
        ("another endpoint", ["arm=a endpoint=orr events=8 n=32", "arm=a endpoint=pfr events=9 n=20 subgroup=LMS"], []),
        ("another report", ["report=r1 arm=a endpoint=orr events=8 n=32", "report=r2 arm=a endpoint=orr events=9 n=20 subgroup=LMS"], []),
        ("other criteria", ["arm=a endpoint=orr events=8 n=32 criteria=choi", "arm=a endpoint=orr events=9 n=20 subgroup=LMS"], []),
        ("the parent that is named", [_record(every=9, evaluable=3, women=4)], [("error", "the subgroup other=women has 4 events, the whole has 3.")]),
        ("the parent's parent where it prints nothing", [_record(every=9, women=4)], []),
        ("the parent's parent where it prints fewer", [_record(every=3, women=4)], [("error", "has 4 events, the whole has 3.")]),
        ("the whole above another subgroup", [_record(every=9, evaluable=3, old=4)], [("error", "women over 65 has 4 events, the whole has 3.")]),
    ],
    "parts-against-whole": [
        ("all patients and all events", _parts("8/32", "4/20", "4/12"), []),
        ("all patients and one event more", _parts("8/32", "5/20", "4/12"),
         [("error", "the subgroups have 9 events among 32 patients, the whole 8 among 32.")]),
        ("all patients and one event fewer", _parts("8/32", "3/20", "4/12"),
         [("error", "the subgroups have 7 events among 32 patients, the whole 8 among 32.")]),
        ("one patient fewer and one event fewer", _parts("8/32", "3/20", "4/11"), []),
        ("one patient fewer and all events", _parts("8/32", "4/20", "4/11"), []),
        ("one patient fewer and one event more", _parts("8/32", "5/20", "4/11"),
         [("error", "the subgroups have 9 events among 31 patients, the whole 8 among 32.")]),
        ("one patient more", _parts("8/32", "4/20", "4/13"), [("warning", "the subgroups have 33 patients, the whole has 32.")]),
        ("one patient more and one event more", _parts("8/32", "5/20", "4/13"), [("warning", "have 33 patients")]),
        ("one subgroup", _parts("8/32", "9/32"), []),
        ("three subgroups", _parts("8/32", "4/20", "4/10", "1/2"), [("error", "have 9 events among 32 patients")]),
        ("a count that is not printed", _parts("8/32", "40%/20", "1/12"), []),
        ("a count of the whole that is not printed", _parts("25%/32", "9/20", "1/12"), []),
        ("an n that is not printed", _parts("8/32", "9", "1/12"), []),
        ("an n of the whole that is not printed", _parts("8", "9/20", "1/12"), []),
        ("two wholes", [*_parts("8/32", "5/20", "4/12"), "arm=a endpoint=orr events=8 n=32"], []),
        ("one histology under the other",
         ["arm=a endpoint=orr events=8 n=32", "arm=a endpoint=orr events=5 n=20 subgroup=LMS",
          "arm=a endpoint=orr events=4 n=12 subgroup=uterine-leiomyosarcoma"], []),
        ("one histology twice",
         ["arm=a endpoint=orr events=8 n=32", "arm=a endpoint=orr events=5 n=20 subgroup=LMS",
          "arm=a endpoint=orr events=4 n=12 subgroup=LMS"], []),
        ("subgroups of another kind",
         ["arm=a endpoint=orr events=8 n=32", "arm=a endpoint=orr events=5 n=20 subgroup=biomarker=PD-L1",
          "arm=a endpoint=orr events=4 n=12 subgroup=biomarker=TLS"], []),
    ],
}  # fmt: skip


def test_boundaries(says, boundary):
    """A rule is silent on one side of each of its limits and speaks on the other."""
    rule, given, expected = boundary
    assert expected == says(rule, given, expected)

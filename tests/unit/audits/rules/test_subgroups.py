"""Parts of a set against the whole, in patients and events."""

import pytest

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
                "warning",
                "ORR stands twice in one report: 4 of 20 against 4 of 19",
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

"""Parts against sums, and rates against those that contain them."""

import pytest

CASES = [
    pytest.param(
        [
            "endpoint=cr events=2 n=32",
            "endpoint=pr events=6 n=32",
            "endpoint=orr events=8 n=32",
            "endpoint=sd events=10 n=32",
            "endpoint=dcr events=18 n=32",
        ],
        [],
        id="all fits",
    ),
    pytest.param(
        ["endpoint=cr events=2 n=32", "endpoint=pr events=6 n=32", "endpoint=orr events=9 n=32"],
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
        ["endpoint=pr events=10 n=32", "endpoint=orr events=9 n=32"],
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
        ["endpoint=pr events=6 n=32", "endpoint=orr events=8 n=32"],
        [],
        id="one part alone is less",
    ),
    pytest.param(
        ["endpoint=cr n=97 value=6", "endpoint=pr n=97 value=17.5", "endpoint=orr n=97 value=24.7"],
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
        ["endpoint=cr value=0", "endpoint=pr value=15", "endpoint=orr value=25"],
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
        ["endpoint=cr value=2.1", "endpoint=pr value=15", "endpoint=orr value=17"],
        [],
        id="percents without n that fit",
    ),
    pytest.param(
        [
            "endpoint=cr events=2 n=32",
            "endpoint=pr events=6 n=32",
            "endpoint=sd events=10 n=32",
            "endpoint=dcr events=14 n=32",
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
            "endpoint=cr events=2 n=32",
            "endpoint=pr events=6 n=32",
            "endpoint=sd events=10 n=32",
            "endpoint=dcr events=14 n=32 definition=stable-disease-for=16_weeks",
        ],
        [],
        id="definitions differ",
    ),
    pytest.param(
        [
            "endpoint=cr events=2 n=32 criteria=choi",
            "endpoint=pr events=6 n=32 criteria=choi",
            "endpoint=orr events=5 n=32 criteria=recist-1.1",
        ],
        [],
        id="other criteria",
    ),
    pytest.param(
        [
            "endpoint=cr events=0 n=128",
            "endpoint=pr events=26 n=128",
            "endpoint=sd events=50 n=128",
            "endpoint=pd events=27 n=128",
            "endpoint=ne events=26 n=128",
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
            "endpoint=cr events=0 n=128",
            "endpoint=pr events=26 n=128",
            "endpoint=sd events=50 n=128",
            "endpoint=pd events=27 n=128",
            "endpoint=ne events=20 n=128",
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
        ["endpoint=pr events=26 n=128", "endpoint=sd events=50 n=128"],
        [],
        id="categories missing",
    ),
    pytest.param(
        ["endpoint=orr events=12 n=32", "endpoint=dcr events=10 n=32"],
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
            "endpoint=cbr events=12 n=32 definition=stable-disease-for=16_weeks",
            "endpoint=dcr events=10 n=32",
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
            "endpoint=cbr events=12 n=32 definition=stable-disease-for=16_weeks",
            "endpoint=dcr events=10 n=32 definition=stable-disease-for=24_weeks",
        ],
        [],
        id="two stated definitions",
    ),
    pytest.param(
        ["endpoint=orr value=25", "endpoint=dcr value=24.9"],
        [],
        id="above by rounding only",
    ),
]


@pytest.mark.parametrize(("lines", "expected"), CASES)
def test_findings(said, lines, expected):
    """The audit says this of these rows, and nothing else."""
    assert expected == said(*lines)

"""What a trial says of its sets."""

import pytest

from builders import analysis_set, arm, base_of, randomised, report


@pytest.mark.parametrize(
    ("lines", "expected"),
    [(("first", "first"), "first"), (("first", "second"), "mixed"), (("second", "first"), "mixed")],
)
def test_line_of_a_set_of_two_arms(lines, expected):
    """The line on which its arms agree; else it is mixed."""
    arms = [
        arm(drug, population={"histologies": ["soft-tissue-sarcoma"], "line": line, "from": "smith-2020"})
        for drug, line in zip(("doxorubicin", "anlotinib"), lines, strict=True)
    ]  # fmt: skip
    both = report({"both": analysis_set(["one", "two"], n=80)}, [])
    found = base_of(randomised("alpha", *arms, reports={"smith-2020": both}))["alpha"]
    assert expected == found.line_of(found.reports["smith-2020"].analysis_sets["both"])

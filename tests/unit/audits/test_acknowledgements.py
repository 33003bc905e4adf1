"""Findings that a record acknowledges, and acknowledgements that silence nothing."""

from builders import estimate, report, trial


def _seen(at, finding="percent-against-count", value="27"):
    """A record of ten of forty, printed as 27 %, that acknowledges a finding."""
    number = estimate(events=10, value=value, as_printed=True)
    seen = [{"finding": finding, "at": at, "note": "so in the table"}]
    return [trial(reports={"smith-2020": report(estimates=[number])}, acknowledged=seen)]


NUMBER = "alpha/smith-2020/one/orr/proportion"

BOUNDARIES = {
    "stale-acknowledgement": [
        ("at the number", _seen(NUMBER), []),
        ("at its set", _seen("alpha/smith-2020/one"), []),
        ("at its report", _seen("alpha/smith-2020"), []),
        ("at its trial", _seen("alpha"), []),
        ("of another rule", _seen(NUMBER, "percent-truncated"), [("warning", f"percent-truncated is acknowledged at {NUMBER}, and there is no such finding.")]),
        ("of nothing", _seen(NUMBER, value="25"), [("warning", "percent-against-count is acknowledged at")]),
        ("nothing is acknowledged", [trial()], []),
    ],
}  # fmt: skip


def test_boundaries(says, boundary):
    """A rule is silent on one side of each of its limits and speaks on the other."""
    rule, given, expected = boundary
    assert expected == says(rule, given, expected)

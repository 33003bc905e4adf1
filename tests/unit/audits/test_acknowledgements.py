"""Findings that a record acknowledges, and acknowledgements that silence nothing."""

from builders import analysis_set, base_of, estimate, report, trial
from kb.audits import judged
from kb.audits.doses import doses


def _seen(at, finding="percent-against-count", value="27", of="one"):
    """A record of ten of forty, printed as 27 %, that acknowledges a finding."""
    number = estimate(events=10, value=value, of=of, as_printed=True)
    sets = {"one": analysis_set(), "one-b": analysis_set()}
    seen = [{"finding": finding, "at": at, "note": "so in the table"}]
    return [trial(reports={"smith-2020": report(sets, [number])}, acknowledged=seen)]


NUMBER = "alpha/smith-2020/one/orr/proportion"

BOUNDARIES = {
    "stale-acknowledgement": [
        ("at the number", _seen(NUMBER), []),
        ("at its set", _seen("alpha/smith-2020/one"), []),
        ("at its report", _seen("alpha/smith-2020"), []),
        ("at its trial", _seen("alpha"), []),
        ("at a set whose name only begins so", _seen("alpha/smith-2020/one", of="one-b"), [("warning", "is acknowledged at alpha/smith-2020/one, and")]),
        ("of another rule", _seen(NUMBER, "percent-truncated"), [("warning", f"percent-truncated is acknowledged at {NUMBER}, and there is no such finding.")]),
        ("of nothing", _seen(NUMBER, value="25"), [("warning", "percent-against-count is acknowledged at")]),
        ("nothing is acknowledged", [trial()], []),
    ],
}  # fmt: skip


def test_boundaries(says, boundary):
    """A rule is silent on one side of each of its limits and speaks on the other."""
    rule, given, expected = boundary
    assert expected == says(rule, given, expected)


def test_judged():
    """Findings stand the worst first; those that are acknowledged stand apart, with the reason."""
    numbers = [
        estimate(events=11, value="27", id="cut"),
        estimate(events=10, value="27", as_printed=True, id="wrong"),
        estimate(events=10, value="30", as_printed=True, id="seen"),
    ]
    at = "alpha/smith-2020/one/orr/proportion"
    seen = [
        {"finding": "percent-against-count", "at": f"{at}#seen", "note": "so in the table"},
        {"finding": "rate-order", "at": "alpha/smith-2020/one", "note": "so in the text"},
    ]
    own = trial(reports={"smith-2020": report(estimates=numbers)}, acknowledged=seen)
    base = base_of(own)
    standing, acknowledged = judged(base["alpha"], base.vocabulary, doses(base))
    assert [
        ("error", "percent-against-count", "alpha", "smith-2020"),
        ("warning", "stale-acknowledgement", "alpha", "smith-2020"),
        ("note", "percent-truncated", "alpha", "smith-2020"),
    ] == [(one.severity, one.rule, one.trial, one.report) for one in standing]
    assert [("percent-against-count", "so in the table")] == [
        (one.rule, why.note) for one, why in acknowledged
    ]

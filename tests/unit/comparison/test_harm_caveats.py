"""What makes harms hard to compare: just where each rule speaks, and just where it is silent."""

from typing import Any

import pytest

from kb.comparison.harm_caveats import RULES, caveats_of
from kb.rows.harm import HarmRow


def row(trial="alpha", **more):
    """A row of harms with a number."""
    one: dict[str, Any] = {
        "event": "any",
        "report": "r",
        "set": "one",
        "events": 1,
        "relation": "any",
    } | more
    return HarmRow(f"{trial}/r/one/harm/{one['event']}@{one.get('grade', '')}", trial, **one)


CASES = {
    "attribution-differs": (
        [row(), row("beta", relation="treatment-related")], [row(), row("beta")],
        "attribution is of any cause (alpha); treatment-related (beta)",
    ),
    "severe-grades-differ": (
        [row(grade="3-4"), row("beta", grade=">=3"), row("gamma", grade="3")],
        [row(grade="3-5"), row("beta", grade=">=3"), row("gamma", grade="any"), row(grade="5")],
        "severe events are grade 3-4 (alpha); 3-5 (beta); 3 (gamma)",
    ),
    "safety-sets-differ": (
        [row(analysis_set="safety"), row("beta", analysis_set="intention-to-treat")],
        [row(analysis_set="safety"), row("beta", analysis_set="treated", set="")],
        "analysis sets are safety (alpha); intention to treat (beta)",
    ),
    "set-not-stated": (
        [row(set="")], [row()], "the source names no set, so that n is not known: alpha/r",
    ),
    "not-patients": (
        [row(counted="cycles"), row("beta", counted="not-stated")],
        [row(counted="patients"), row("beta")],
        "numbers are of cycles (alpha); of patients or of events, which is not said (beta)",
    ),
    "read-second-hand": (
        [row(read="news"), row("beta", relays="10.1/x", read="abstract")], [row(read="abstract")],
        "passed on: alpha/r, beta/r",
    ),
    "erratum-noted": (
        [row(erratum="printed 1, should read 2")], [row()],
        "alpha/r/one/harm/any@: printed 1, should read 2",
    ),
    "threshold-unknown": (
        [row(event="nausea")], [row()],
        "reports name the events above a threshold of their own; an event that is not named here "
        "may have occurred",
    ),
}  # fmt: skip


@pytest.mark.parametrize("rule", list(CASES))
def test_caveats(rule):
    """Each rule says what differs, and nothing where nothing does."""
    loud, silent, message = CASES[rule]
    assert [message] == [one.message for one in caveats_of(loud) if one.rule == rule]
    assert [] == [one for one in caveats_of(silent) if one.rule == rule]


def test_every_rule_has_a_case():
    """A rule without a case here fails."""
    assert len(RULES) == len(CASES)
    assert list(CASES) == [rule.__name__.replace("_", "-") for rule in RULES]


def test_what_has_no_number_does_not_differ():
    """An event that is only named makes no percents unlike."""
    named = row("beta", relation="treatment-related", events=None)
    assert [] == [one for one in caveats_of([row(), named]) if one.rule == "attribution-differs"]

"""What two bases print differently."""

import json
from dataclasses import astuple

import kb
from builders import analysis_set, base_of, estimate, report, trial
from kb.comparison.changes import KINDS
from kb.exporters import text_of

OLD = base_of(
    trial("alpha", reports={"smith-2020": report(estimates=[estimate(value="25.0")])}),
    trial("beta"),
)
CHANGED = report(
    {"one": analysis_set()}, [estimate(value="27.5", events=11), estimate("pfs", value="7.0")]
)
NEW = base_of(trial("alpha", reports={"smith-2020": CHANGED}))
NUMBER = "alpha/smith-2020/one/orr/proportion"


def test_changes_by_number():
    """Every field that differs is a change; a number that only one base has is one."""
    assert [
        (NUMBER, "changed", "events", "10", "11"),
        (NUMBER, "changed", "value", "25.0", "27.5"),
        ("alpha/smith-2020/one/pfs/median", "added", "value", "", "7.0"),
        ("beta/smith-2020/one/orr/proportion", "removed", "value", "25", ""),
    ] == [astuple(one) for one in kb.diff(OLD, NEW).changes]


def test_a_base_and_itself():
    """A base does not differ from itself."""
    assert 0 == len(kb.diff(OLD, OLD))
    assert "Numbers: 0 added, 0 removed, 0 changed" in kb.render(kb.diff(OLD, OLD))


def test_changes_as_table_and_rows():
    """The title counts numbers, not fields; JSON and CSV have one row per change."""
    found = kb.diff(OLD, NEW)
    assert kb.render(found).startswith("Numbers: 1 added, 1 removed, 1 changed\n")
    rows = json.loads(text_of(found, "json"))["rows"]
    assert {
        "address": NUMBER, "kind": "changed", "field": "events", "old": "10", "new": "11",
    } == rows[0]  # fmt: skip
    assert 5 == len(text_of(found, "csv").splitlines())
    assert "address,kind,field,old,new\n" == text_of(kb.diff(OLD, OLD), "csv")


def test_what_is_shown_of_a_number():
    """An added number is shown by its value, else its state, else its count."""
    numbers = [
        estimate(value="25.0", id="value"),
        estimate(events=None, value="not-given", id="state"),
        estimate(events=9, id="count"),
    ]
    del numbers[1]["events"]
    sets = {"one": analysis_set(n=None)}
    shown = {
        one.address.partition("#")[2]: (one.kind, one.old, one.new)
        for one in kb.diff(base_of(trial("beta")), _only_alpha(sets, numbers)).changes
        if one.address.startswith("alpha")
    }
    assert {
        "value": ("added", "", "25.0"), "state": ("added", "", "not-given"), "count": ("added", "", "9"),
    } == shown  # fmt: skip


def _only_alpha(sets, numbers):
    return base_of(trial("alpha", reports={"smith-2020": report(sets, numbers)}))


def test_a_field_that_came_or_went():
    """Silence is shown as nothing, also where a field is a number."""
    with_n, without = (_only_alpha({"one": analysis_set(n=n)}, [estimate()]) for n in (40, None))
    found = {one.field: (one.old, one.new) for one in kb.diff(with_n, without).changes}
    assert ("40", "") == found["n"]
    assert ("25", "") == found["value"]
    assert KINDS == ("added", "removed", "changed")

"""Every printed number of a base as a row, with the reason if a comparison sets it aside."""

from builders import analysis_set, arm, base_of, contrast, estimate, randomised, report, trial
from kb.exporters.estimates import estimates


def test_every_number():
    """Estimates and contrasts of every endpoint are there, also those of other measures."""
    sets = {"one": analysis_set("one"), "two": analysis_set("two")}
    printed = [estimate(), estimate("pfs"), estimate("os", of="two")]
    body = {**report(sets, printed), "contrasts": [contrast()]}
    base = base_of(
        randomised("alpha", arm("anlotinib"), arm("doxorubicin"), reports={"smith-2020": body})
    )
    assert [
        "alpha/smith-2020/one/orr/proportion",
        "alpha/smith-2020/one/pfs/median",
        "alpha/smith-2020/two/os/median",
        "alpha/smith-2020/one:two/pfs/hazard-ratio",
    ] == [row.address for row in estimates(base).rows]


def test_reason_for_setting_aside():
    """An earlier release stays in, with the reason why a comparison hides it."""
    later = report({"one": analysis_set(n=55)}, [estimate()], citation={"year": 2023})
    base = base_of(trial("alpha", reports={"smith-2020": report(), "late-2023": later}))
    assert [("smith-2020", True), ("late-2023", False)] == [
        (row.report, row.set_aside.startswith("an earlier release")) for row in estimates(base).rows
    ]


def test_filters():
    """Filters are those of every other view."""
    base = base_of(trial("alpha"), trial("beta", phase="3"))
    assert ["beta"] == [row.trial for row in estimates(base, phase="3").rows]

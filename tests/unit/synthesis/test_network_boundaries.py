"""Which contrasts make a network, and why the others do not."""

from math import log, sqrt
from typing import Any

import pytest

import kb
from builders import VOCABULARY, analysis_set, arm, base_of, contrast, estimate, report, trial
from kb.synthesis.network import spread

TREATMENTS = {
    "dox": ["doxorubicin"], "ifo": ["ifosfamide"], "anlo": ["anlotinib"], "axi": ["axitinib"],
    "dox-placebo": ["doxorubicin", "placebo"], "placebo": ["placebo"],
}  # fmt: skip


def _trial(name, *arms, ratios=None, read="full-text", sets=None, **more):
    """A trial of some arms with the ratios of pairs of them, each 0.80 unless told otherwise."""
    ratios = ratios or [(arms[0], arms[1], {})]
    own = {one: analysis_set(one) for one in arms} | (sets or {})
    numbers = [contrast(one, other, **told) for one, other, told in ratios]
    return trial(
        name,
        design={"allocation": "randomised", "timing": "prospective", "comparative": True},
        arms={one: arm(*TREATMENTS[one]) for one in arms},
        reports={"smith-2020": report(own, [], contrasts=numbers, read=read)},
        **more,
    )


def _network(*trials, measure="hazard-ratio", endpoint="pfs", **options):
    found = kb.compare(base_of(*trials), endpoint, measure=measure)
    return kb.network(found, model="common", **options)


def _aside(found):
    return [(one.row.address.partition("smith-2020/")[2], one.why) for one in found.rows_set_aside]


A = _trial("a", "ifo", "dox")
B = _trial("b", "anlo", "dox")


def test_two_contrasts():
    """Each treatment is the active drugs of its arm, and each contrast is used once."""
    found = _network(A, B)
    assert ("anlotinib", "doxorubicin", "ifosfamide") == found.treatments
    assert (("a", "ifosfamide", "doxorubicin"), ("b", "anlotinib", "doxorubicin")) == found.pairs
    assert ("pfs", "hazard-ratio", "lower", (), {}) == (
        found.endpoint, found.measure, found.better, found.rows_set_aside, found.accepted,
    )  # fmt: skip
    assert ["a", "b"] == [one.row.trial for one in found.contrasts]
    assert pytest.approx(log(0.8)) == found.effect("anlotinib", "doxorubicin").value


def test_an_arm_without_active_drugs():
    """Placebo alone is no active drug, and beside a drug it is nothing."""
    found = _network(_trial("a", "dox", "placebo"), _trial("b", "anlo", "dox-placebo"))
    assert {"anlotinib", "doxorubicin", "no-active-drug"} == set(found.treatments)


def test_spread():
    """The spread is the square root of tau²."""
    found = _network(A, B)
    assert sqrt(found.tau2) == pytest.approx(spread(found), nan_ok=True)


BETTER = {("higher", "hazard-ratio"): "lower", ("lower", "hazard-ratio"): "higher",
          ("none", "hazard-ratio"): "", ("higher", "odds-ratio"): "higher",
          ("lower", "risk-ratio"): "lower"}  # fmt: skip


@pytest.mark.parametrize(("more", "measure"), list(BETTER))
def test_which_direction_is_better(more, measure):
    """A hazard goes the other way round; of an endpoint that is neither, no direction is better."""
    term = {**VOCABULARY["endpoints"]["pfs"], "better": more}
    term["measures"] = ["hazard-ratio", "odds-ratio", "risk-ratio"]
    words = {**VOCABULARY, "endpoints": {**VOCABULARY["endpoints"], "pfs": term}}
    base = base_of(
        *(_trial(n, one, "dox", ratios=[(one, "dox", {"measure": measure})])
          for n, one in (("a", "ifo"), ("b", "anlo"))),
        vocabulary=words,
    )  # fmt: skip
    found = kb.network(kb.compare(base, "pfs", measure=measure), model="common")
    assert (BETTER[more, measure], measure) == (found.better, found.measure)


@pytest.mark.parametrize(
    ("trials", "options", "said"),
    [
        ((A, B), {"endpoint": "pfs,os"}, "one endpoint makes a network, got 2"),
        ((A, B), {"endpoint": "os"}, "no randomised ratio can be used: 4 arms recorded, none with os"),
        (
            (_trial("a", "ifo", "dox", ratios=[("ifo", "dox", {"kind": "prognostic"})]),), {},
            r"no randomised ratio can be used \(a: a prognostic number is no randomised contrast\)",
        ),
        (
            (
                _trial("a", "ifo", "dox", ratios=[("ifo", "dox", {"endpoint": "orr", "measure": "odds-ratio"})]),
                _trial("b", "anlo", "dox", ratios=[("anlo", "dox", {"endpoint": "orr", "measure": "risk-ratio"})]),
            ),
            {"endpoint": "orr", "measure": "all"},
            "one measure makes a network, got odds-ratio, risk-ratio",
        ),
    ],
    ids=["endpoints", "nothing", "no contrast", "measures"],
)  # fmt: skip
def test_refusals(trials, options, said):
    """One endpoint and one measure make a network, of at least one ratio that can be used."""
    with pytest.raises(ValueError, match=said):
        _network(*trials, **options)


def test_reasons_of_the_gate():
    """Reasons apply as for `pool`, but for treatments and their direction, which are its matter."""
    turned = _trial("b", "dox", "ifo")
    assert {} == _network(A, turned).accepted
    late = _trial("b", "anlo", "dox", read="news")
    with pytest.raises(kb.NotComparableError, match="read-second-hand"):
        _network(A, late)
    assert {"read-second-hand"} == set(_network(A, late, accept=["read-second-hand"]).accepted)


def test_a_subgroup_is_no_arm():
    """A contrast of subgroups is set aside, also where the whole is not printed."""
    sets = {f"{one}-old": analysis_set(one, subgroup={"age": "over 65"}) for one in ("axi", "dox")}
    only = _trial("c", "axi", "dox", sets=sets, ratios=[("axi-old", "dox-old", {})])
    found = _network(A, B, only)
    assert [("axi-old:dox-old/pfs/hazard-ratio", "a subgroup; the network is of whole arms")] == (
        _aside(found)
    )
    assert "axitinib" not in found.treatments


def test_the_first_of_several_contrasts_of_two_arms():
    """Of several ratios of two arms the first is used; the other way round is another pair."""
    twice = _trial(
        "a", "ifo", "dox",
        ratios=[("ifo", "dox", {"id": "first"}), ("ifo", "dox", {"id": "second", "value": "0.70"})],
    )  # fmt: skip
    found = _network(twice, B)
    taken = "a/smith-2020/ifo:dox/pfs/hazard-ratio#first"
    assert [
        ("ifo:dox/pfs/hazard-ratio#second", f"the same arms as {taken}, which stands first")
    ] == (_aside(found))
    assert pytest.approx(log(0.8)) == found.effect("ifosfamide", "doxorubicin").value


def test_two_arms_of_one_treatment():
    """Arms that differ in a placebo alone are one treatment, and tell nothing."""
    found = _network(A, B, _trial("c", "dox", "dox-placebo"))
    assert [("dox:dox-placebo/pfs/hazard-ratio", "both arms are doxorubicin")] == _aside(found)
    assert 2 == len(found.pairs)


def test_three_arms():
    """All three ratios of three arms enter; of two of them the first alone."""
    level = {"interval": {"level": 95, "low": "0.75", "high": "1.3333"}}
    back = {"interval": {"level": 95, "low": "0.9375", "high": "1.6667"}}
    whole = [
        ("ifo", "dox", {}),
        ("anlo", "ifo", {"value": "1.00", **level}),
        ("dox", "anlo", {"value": "1.25", **back}),
    ]
    found = _network(_trial("a", "ifo", "dox", "anlo", ratios=whole))
    assert (3, []) == (len(found.pairs), _aside(found))
    found = _network(_trial("a", "ifo", "dox", "anlo", ratios=whole[:2]), B)
    assert [
        ("anlo:ifo/pfs/hazard-ratio", "one of several arms whose ratios are not all printed")
    ] == _aside(found)
    assert (("a", "ifosfamide", "doxorubicin"), ("b", "anlotinib", "doxorubicin")) == found.pairs


CAUTIONS: dict[str, dict[str, Any]] = {
    "lines-differ": {"population": {"line": "second", "from": "smith-2020"}},
    "histologies-differ": {"population": {"histologies": ["liposarcoma"], "line": "first", "from": "smith-2020"}},
    "read-second-hand": {"read": "news"},
}  # fmt: skip


@pytest.mark.parametrize("rule", list(CAUTIONS))
def test_cautions(rule):
    """What may break transitivity stands beside the network, with the caveat's own words."""
    odd = _trial("b", "anlo", "dox", **CAUTIONS[rule])
    accept = ["lines-mixed", "read-second-hand"]
    found = _network(A, odd, accept=accept)
    assert rule in [one.partition(":")[0] for one in found.cautions]
    assert () == _network(A, B, accept=accept).cautions


@pytest.mark.parametrize(
    ("rule", "more"),
    [
        ("criteria-differ", {"assessment": {"criteria": "recist-1.1"}}),
        ("assessors-differ", {"assessment": {"assessor": "investigator"}}),
        ("maturity-differs", {"follow_up": {"months": "12"}}),
    ],
)
def test_cautions_of_reports(rule, more):
    """Criteria, assessors and follow-up that differ are named too; what is harmless is not."""
    odd = _trial("b", "anlo", "dox")
    odd["reports"]["smith-2020"].update(more)
    odd["reports"]["smith-2020"]["contrasts"][0]["approximation"] = "about"
    (said,) = _network(A, odd).cautions
    assert said.startswith(f"{rule}: not stated (a); ")


def test_a_table_of_ones_own(tmp_path):
    """Arms of a table are treatments by their name; what cannot be tested of them is a caution."""
    path = tmp_path / "own.csv"
    path.write_text(
        "study,arm,versus,endpoint,measure,value,low,high,level\n"
        "A,x,z,pfs,HR,0.80,0.60,1.07,95\nB,y,z,pfs,HR,0.50,0.35,0.71,95\n",
        encoding="utf-8",
    )
    table = kb.table(path, vocabulary=base_of(A).vocabulary)
    found = kb.network(kb.compare(table, "pfs", measure="hazard-ratio"), model="common")
    assert (("x", "y", "z"), (("A", "x", "z"), ("B", "y", "z"))) == (found.treatments, found.pairs)
    assert [
        "not-testable: line, histology, design",
        "not-testable: regimen: no class follows from x",
    ] == [said.partition(", analysis_set")[0].partition(", y")[0] for said in found.cautions]


def test_rows_that_are_no_contrasts():
    """A median among the rows is no contrast and is set aside."""
    counted = _trial("c", "axi", "dox")
    counted["reports"]["smith-2020"]["estimates"] = [estimate("pfs", of="axi")]
    found = _network(A, B, counted, measure="all")
    assert [("axi/pfs/median", "a median number is no randomised contrast")] == _aside(found)

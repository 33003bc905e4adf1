"""What a refusal offers, typed: older reports come up, and are left out too."""

import shlex
from typing import Any

import pytest

import kb
from builders import analysis_set, arm, base_of, contrast, estimate, report, trial
from kb.comparison.again import answers_with
from kb.query.filters import FILTERS

KEYWORDS = {one.option: one for one in FILTERS}


def _typed(option: str) -> dict[str, Any]:
    """An option as keywords."""
    asked: dict[str, Any] = {}
    words = iter(shlex.split(option))
    for word in words:
        one = KEYWORDS[word]
        if one.flag:
            asked[one.name] = True
        else:
            asked.setdefault(one.name, []).append(next(words))
    return asked


def _released(*years, read="full-text", **more):
    """A report of each year that prints a response rate of the same arm."""
    named = {f"smith-{year}": year for year in years}
    return {
        name: report(
            {"one": analysis_set()},
            [estimate(**more)],
            read=read,
            citation={"authors": ["Smith J"], "title": name, "container": "J", "year": year},
        )
        for name, year in named.items()
    }


ALIKE = [trial(name) for name in ("alpha", "gamma")]


def _offers(base, reason, endpoint="orr", **options):
    """What is offered for a reason, and all options together."""
    with pytest.raises(kb.NotComparableError) as raised:
        kb.pool(kb.compare(base, endpoint, **options))
    return raised.value.options[reason], raised.value.together


@pytest.mark.parametrize(
    ("reason", "more"),
    [("read-second-hand", {"read": "news"}), ("quantities-differ", {"by": {"weeks": 16}})],
)
def test_older_reports_are_left_out_too(reason, more):
    """An address is no way out where an older report says the same: the trial is."""
    years = [f"{place}" for place in range(2016, 2024)]
    reports = {"smith-2020": report(estimates=[]), **_released(*years, **more)}
    base = base_of(*ALIKE, trial("beta", reports=reports))
    offered, together = _offers(base, reason)
    for option in (*offered, shlex.join(together)):
        pooled = kb.pool(kb.compare(base, "orr", **_typed(option)))
        assert {"alpha", "gamma"} >= {row.trial for row in pooled.rows}


def test_one_more_address_where_that_is_enough():
    """What comes up is left out by its own address first, so that the rest of a trial stays."""
    sets = {"one": analysis_set(), "two": analysis_set("two")}
    both = [estimate(of="one", by={"weeks": 16}), estimate(of="two")]
    older = report(sets, [both[0]], citation={"title": "T", "container": "J", "year": 2018})
    arms = {"one": arm("doxorubicin"), "two": arm("doxorubicin")}
    reports = {"smith-2020": report(sets, both), "smith-2018": older}
    base = base_of(*ALIKE, trial("beta", arms=arms, reports=reports))
    offered, _ = _offers(base, "quantities-differ")
    kept = kb.compare(base, "orr", **_typed(offered[0]))
    assert ["alpha", "gamma", "beta"] == [row.trial for row in kb.pool(kept).rows]


def test_a_filter_takes_the_place_of_its_namesake():
    """The rows are those of the command that is pasted: the new class alone, more left out."""
    drugs = {"alpha": ["doxorubicin"], "beta": ["anlotinib"], "gamma": ["epirubicin"]}
    base = base_of(*(trial(name, arms={"one": arm(*own)}) for name, own in drugs.items()))
    found = kb.compare(base, "orr", drug="doxorubicin", exclude="gamma")
    words = ("--drug", "anlotinib", "--exclude", "alpha")
    assert ["beta"] == [row.trial for row in answers_with(found, words)]
    assert [] == list(answers_with(found, ("--drug", "epirubicin")))
    assert ["alpha"] == [row.trial for row in answers_with(found, ("--one-per-trial",))]
    assert [] == list(answers_with(found, ("--measure", "median")))


def test_a_table_keeps_its_answers(tmp_path):
    """What is not of records is not asked again."""
    path = tmp_path / "own.csv"
    path.write_text("study,endpoint,events,n\nA,orr,3,20\n", encoding="utf-8")
    found = kb.compare(kb.table(path), "orr")
    assert found.answers == answers_with(found, ("--exclude", "A"))


def test_patients_of_a_table_go_by_its_words(tmp_path):
    """A table has no addresses: the arm and the study are named as it names them."""
    path = tmp_path / "own.csv"
    path.write_text("study,arm,endpoint,events,n\nA,x,orr,3,20\nA,x,orr,4,20\n", encoding="utf-8")
    with pytest.raises(kb.NotComparableError) as raised:
        kb.pool(kb.compare(kb.table(path), "orr"))
    assert {"patients-shared": "both are about x of A"} == raised.value.reasons


def _arms(trial_id, *contrasts, drugs=("anlotinib", "axitinib", "placebo")):
    names = ("one", "two", "three")
    arms = {name: arm(drug) for name, drug in zip(names, drugs, strict=True)}
    sets = {name: analysis_set(name) for name in names}
    return trial(
        trial_id,
        design={"allocation": "randomised", "timing": "prospective", "comparative": True},
        arms=arms,
        reports={"smith-2020": report(sets, [], contrasts=list(contrasts))},
    )


def _ratios(*trials):
    return kb.compare(base_of(*trials), "pfs", measure="hazard-ratio")


def test_a_trial_of_three_arms_is_joined():
    """A network takes all pairs of a trial: that they share arms is no reason against them."""
    alike: dict[str, Any] = {
        "value": "1.00",
        "interval": {"level": 95, "low": "0.75", "high": "1.33"},
    }
    pairs = [("one", "three"), ("two", "three"), ("one", "two")]
    found = kb.network(_ratios(_arms("alpha", *(contrast(*pair, **alike) for pair in pairs))))
    assert (3, {}) == (len(found.contrasts), dict(found.accepted))


def test_the_same_arms_turned_round_are_one_study():
    """Two readings of one comparison count once, whichever way round each is printed."""
    found = _ratios(
        _arms("alpha", contrast("one", "three"), contrast("three", "one", id="central"))
    )
    with pytest.raises(kb.NotComparableError) as raised:
        kb.pool(found)
    assert "patients-shared" in raised.value.reasons
    pooled = kb.pool(found, accept=tuple(raised.value.reasons))
    assert (1, 1) == (pooled.k, len(pooled.rows_set_aside))


def test_a_control_arm_counts_once():
    """Two doses against one control arm are not two studies of their own."""
    alike = ("anlotinib", "anlotinib", "placebo")
    found = _ratios(_arms("alpha", contrast("one", "three"), contrast("two", "three"), drugs=alike))
    with pytest.raises(kb.NotComparableError) as raised:
        kb.pool(found)
    assert {"patients-shared": "both are about arm three of alpha"} == raised.value.reasons
    assert 1 == kb.pool(found, accept="patients-shared").k

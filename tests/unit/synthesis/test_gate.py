"""The gate: one test per reason, that it refuses, that it can be accepted, and that it is silent."""

import shlex
from pathlib import Path
from typing import Any

import pytest

import kb
from builders import analysis_set, arm, base_of, contrast, estimate, randomised, report, trial
from kb.exporters.pooled import pooled as written
from kb.query.filters import FILTERS
from kb.rows.row import Row
from kb.synthesis.gate.likeness import criteria_mixed
from kb.synthesis.gate.reasons import REASONS

POPULATION = {"histologies": ["soft-tissue-sarcoma"], "line": "first", "from": "smith-2020"}


def _with(trial_id, set_more=None, estimate_more=None, report_more=None, **more):
    own = report(
        {"one": analysis_set(**(set_more or {}))},
        [estimate(**(estimate_more or {}))],
        **(report_more or {}),
    )
    return trial(trial_id, reports={"smith-2020": own}, **more)


PLAIN = _with("alpha")
OTHERS = {
    "read-second-hand": _with("beta", report_more={"read": "news"}),
    "sets-mixed": _with("beta", {"population": "response-evaluable"}),
    "lines-mixed": _with("beta", population={**POPULATION, "line": "second"}),
    "timing-mixed": _with("beta", design={"allocation": "single-arm", "timing": "retrospective"}),
    "erratum-on-row": _with(
        "beta",
        report_more={
            "errata": [{"at": "estimates/one/orr/proportion", "printed": "10", "should_read": "11"}]
        },
    ),
    "quantities-differ": _with("beta", estimate_more={"by": {"weeks": 16}}),
    "regimens-unlike": _with("beta", arms={"one": arm("anlotinib")}),
    "subgroups-mixed": _with("beta", {"subgroup": {"age": ["over 65"]}}),
}


def _reasons(*trials, endpoint="orr", accept=(), **options):
    found = kb.compare(base_of(*trials), endpoint, **options)
    try:
        pooled = kb.pool(found, accept=accept)
    except kb.NotComparableError as error:
        return error.reasons
    return dict(pooled.accepted)


def test_alike_rows_pass():
    """Two trials that are the same thing are pooled without a word."""
    assert {} == _reasons(PLAIN, _with("beta"))


@pytest.mark.parametrize("reason", list(OTHERS))
def test_reason(reason):
    """One difference is one reason; accepted by its id it is named in the result."""
    assert {reason} == set(_reasons(PLAIN, OTHERS[reason]))
    assert {reason} == set(_reasons(PLAIN, OTHERS[reason], accept=[reason]))


def test_confirmed_with_unconfirmed():
    """Two stated ways of judging are a reason; a stated one beside an unstated one is not."""
    stated = [
        _with(name, estimate_more={"assessment": {"confirmed": value}})
        for name, value in (("beta", "confirmed"), ("gamma", "unconfirmed"))
    ]
    assert {} == _reasons(PLAIN, stated[0])
    assert {"confirmation-mixed"} == set(_reasons(PLAIN, *stated))


@pytest.mark.parametrize(
    ("one", "other", "mixed"),
    [("recist-1.0", "recist-1.1", ""), ("recist-1.1", "", ""), ("recist-1.1", "choi", "choi (b)")],
)
def test_criteria(one, other, mixed):
    """Versions of RECIST are alike, what is not stated is left, and Choi is another thing."""
    rows = [Row("1", "a", criteria=one), Row("2", "b", criteria=other)]
    found = criteria_mixed(rows, base_of(PLAIN))
    assert mixed == found.rpartition(" with ")[2]


@pytest.mark.parametrize(
    ("one", "other", "mixed"),
    [
        ("second", "maintenance", True),
        ("previously-treated", "neoadjuvant", True),
        ("second", "previously-treated", False),
        ("second", "not-stated", False),
    ],
)
def test_lines(one, other, mixed):
    """Maintenance and treatment around surgery are no later lines."""
    trials = [
        _with(name, population={**POPULATION, "line": line})
        for name, line in (("alpha", one), ("beta", other))
    ]
    assert ({"lines-mixed"} if mixed else set()) == set(_reasons(*trials))


def test_evaluable_with_treated():
    """Evaluable patients only beside all treated are different denominators."""
    evaluable, treated, unsaid = (
        _with(name, {"population": value})
        for name, value in (
            ("alpha", "response-evaluable"),
            ("beta", "treated"),
            ("gamma", "not-stated"),
        )
    )
    assert {"sets-mixed"} == set(_reasons(evaluable, treated))
    assert {} == _reasons(evaluable, unsaid)


def test_histology_parts_stand_by_whole_trials():
    """A part of one trial and the whole of another are what a filter by histology asks for."""
    part = _with("beta", {"subgroup": {"histology": ["leiomyosarcoma"]}})
    assert {} == _reasons(PLAIN, part)


def test_times_with_different_starts():
    """Times from the start of maintenance are not times from the start of treatment."""
    trials = [
        _with(name, estimate_more={"endpoint": "pfs", "origin": origin})
        for name, origin in (
            ("alpha", "randomisation"),
            ("beta", "first-dose"),
            ("gamma", "maintenance-start"),
        )
    ]
    options = {"endpoint": "pfs", "measure": "median"}
    assert {} == _reasons(*trials[:2], **options)
    assert {"origins-mixed"} == set(_reasons(*trials, **options))


def test_refusal_says_how_to_accept():
    """The message lists the reasons, each with its sentence, and how to accept them."""
    found = kb.compare(base_of(PLAIN, OTHERS["lines-mixed"]), "orr")
    with pytest.raises(
        kb.NotComparableError, match=r"lines-mixed: first line \(alpha\) with second \(beta\)"
    ) as raised:
        kb.pool(found)
    assert str(raised.value).endswith("accept with: lines-mixed")


def test_unknown_reason():
    """A reason that is none is refused with the list of those there are."""
    with pytest.raises(
        ValueError, match="'everything' is not a reason; there are quantities-differ"
    ):
        kb.pool(kb.compare(base_of(PLAIN), "orr"), accept=["everything"])


def test_two_reports_of_one_arm_share_patients():
    """Two reports of the same arm are never pooled by accident."""
    later = report({"one": analysis_set()}, [estimate()], citation={"year": 2023})
    twice = trial(reports={"smith-2020": report(), "late-2023": later})
    assert {"patients-shared"} == set(_reasons(twice, reports="all"))


def test_declared_overlap_between_trials():
    """Patients that a record says are in another trial too are shared."""
    other = _with(
        "beta", overlaps=[{"sets": ["smith-2020/one", "alpha/smith-2020/one"], "patients": "some"}]
    )
    assert {"patients-shared"} == set(_reasons(PLAIN, other))


def test_subgroups_give_way_to_their_whole():
    """A subgroup whose whole is there is set aside, and said so."""
    own = report(
        {
            "one": analysis_set(),
            "lms": analysis_set(n=9, of="one", subgroup={"histology": ["leiomyosarcoma"]}),
        },
        [estimate(), estimate(of="lms", events=2)],
    )
    pooled = kb.pool(kb.compare(base_of(trial(reports={"smith-2020": own}), _with("beta")), "orr"))
    assert ["alpha/smith-2020/lms/orr/proportion"] == [
        one.row.address for one in pooled.rows_set_aside
    ]
    assert 2 == pooled.k


def test_rows_without_count_are_set_aside():
    """A percent that fits no count is set aside with its reason, and nothing is guessed."""
    odd = _with("beta", {"n": 300}, {"value": "25", "events": 75})
    del odd["reports"]["smith-2020"]["estimates"][0]["events"]
    pooled = kb.pool(kb.compare(base_of(PLAIN, _with("gamma"), odd), "orr"))
    assert ["no single count fits the percent"] == [one.why for one in pooled.rows_set_aside]


def test_nothing_left():
    """Where no row can be used a ValueError says why."""
    odd = _with("beta", {"n": None})
    with pytest.raises(ValueError, match=r"nothing is left to pool \(beta: n is not printed\)"):
        kb.pool(kb.compare(base_of(odd), "orr"))


def _ratio(trial_id, **more):
    both = report(
        {"one": analysis_set("one"), "two": analysis_set("two")}, [], contrasts=[contrast(**more)]
    )
    return randomised(
        trial_id, arm("doxorubicin", "ifosfamide"), arm("doxorubicin"), reports={"smith-2020": both}
    )


def test_p_of_unstated_sides():
    """A standard error from a p-value of unstated sides needs to be accepted."""
    from_p = _ratio("beta", p=".04")
    del from_p["reports"]["smith-2020"]["contrasts"][0]["interval"]
    options = {"endpoint": "pfs", "measure": "hazard-ratio"}
    assert {"p-sides"} == set(_reasons(_ratio("alpha"), from_p, **options))
    assert {"p-sides"} == set(_reasons(_ratio("alpha"), from_p, accept=["p-sides"], **options))


def test_reversed_arms():
    """The same regimens the other way round are named, even if different comparisons are accepted."""
    both = _ratio("beta")["reports"]
    turned = randomised("beta", arm("doxorubicin"), arm("doxorubicin", "ifosfamide"), reports=both)
    options = {"endpoint": "pfs", "measure": "hazard-ratio"}
    found = _reasons(_ratio("alpha"), turned, accept=["treatments-differ"], **options)
    assert {"arms-reversed"} == set(found) - {"treatments-differ"}


def test_adjusted_ratios():
    """An adjusted ratio beside one that is not adjusted is a reason."""
    options = {"endpoint": "pfs", "measure": "hazard-ratio"}
    adjusted = _ratio("beta", adjusted_for=["age"])
    assert {"adjusted-mixed"} == set(_reasons(_ratio("alpha"), adjusted, **options))


def test_different_comparisons_are_not_one():
    """Two comparisons of different regimens are refused by `pool`, and joined by `network`."""
    other = randomised(
        "beta",
        arm("doxorubicin", "anlotinib"),
        arm("doxorubicin"),
        reports=_ratio("beta")["reports"],
    )
    options = {"endpoint": "pfs", "measure": "hazard-ratio"}
    assert {"treatments-differ"} == set(_reasons(_ratio("alpha"), other, **options))
    assert {} == dict(
        kb.network(
            kb.compare(base_of(_ratio("alpha"), other), "pfs", measure="hazard-ratio")
        ).accepted
    )


def test_other_contrasts_are_never_pooled():
    """A prognostic contrast is set aside, whatever is accepted."""
    found = kb.compare(
        base_of(_ratio("alpha"), _ratio("beta", kind="prognostic")), "pfs", measure="hazard-ratio"
    )
    pooled = kb.pool(found, accept=list(REASONS))
    assert ["a prognostic number is no randomised contrast"] == [
        one.why for one in pooled.rows_set_aside
    ]


def test_every_reason_is_documented():
    """Each reason has a docstring and its line in the guide."""
    guide = Path(__file__).parents[3] / "docs" / "how-to" / "pool.md"
    rows = [line for line in guide.read_text(encoding="utf-8").splitlines() if line[:3] == "| `"]
    reasons = rows[: len(REASONS)]
    assert list(REASONS) == [line.split("`")[1] for line in reasons]
    assert [one.options for one in REASONS.values()] == [
        line.split("|")[3].strip().replace("`", "") for line in reasons
    ]
    assert all(one.rule.__doc__ for one in REASONS.values())


KEYWORDS = {one.option: one.name for one in FILTERS}


def _typed(option):
    """An option as keywords: its words without quotes, flags as yes."""
    asked: dict[str, Any] = {}
    words = shlex.split(option)
    for place, word in enumerate(words):
        if word == "--measure":
            asked["measure"] = words[place + 1]
        elif word.startswith("--"):
            value = words[place + 1] if place + 1 < len(words) else ""
            name = KEYWORDS[word]
            if value.startswith("--") or not value:
                asked[name] = True
            else:
                asked.setdefault(name, []).append(value)
    return asked


TWO = {
    "one": analysis_set(),
    "seen": analysis_set(n=30, population="response-evaluable"),
}
SATISFIED = {
    **{reason: (PLAIN, other) for reason, other in OTHERS.items()},
    "patients-shared": (
        trial("beta", reports={"smith-2020": report(TWO, [estimate(), estimate(of="seen")])}),
    ),
    "confirmation-mixed": tuple(
        _with(name, estimate_more={"assessment": {"confirmed": value}})
        for name, value in (("alpha", "confirmed"), ("beta", "unconfirmed"))
    ),
}


def _refused(found):
    try:
        kb.pool(found)
    except kb.NotComparableError as error:
        return error.reasons
    return {}


@pytest.mark.parametrize("reason", list(SATISFIED))
def test_an_option_satisfies(reason):
    """What a refusal offers may be typed, and the reason is gone; all together nothing is refused."""
    base = base_of(*SATISFIED[reason])
    with pytest.raises(kb.NotComparableError) as raised:
        kb.pool(kb.compare(base, "orr"))
    offered = raised.value.options[reason]
    assert offered
    for option in offered:
        found = kb.compare(base, "orr", **_typed(option))
        assert found.rows
        assert reason not in _refused(found)
    assert f"    satisfied by {' or '.join(offered)}" in raised.value.lines


def test_options_that_satisfy_everything():
    """Several reasons at once: the words together keep rows that are pooled."""
    base = base_of(
        PLAIN, _with("beta"), OTHERS["lines-mixed"] | {"id": "gamma"},
        _with("delta", report_more={"read": "news"}),
    )  # fmt: skip
    with pytest.raises(kb.NotComparableError) as raised:
        kb.pool(kb.compare(base, "orr"))
    assert {"lines-mixed", "read-second-hand"} == set(raised.value.reasons)
    asked = _typed(shlex.join(raised.value.together))
    pooled = kb.pool(kb.compare(base, "orr", **asked))
    assert (["alpha", "beta"], {}) == ([row.trial for row in pooled.rows], dict(pooled.accepted))


def test_nothing_satisfies_two_rows():
    """Where one row would be left no command is made of the options."""
    with pytest.raises(kb.NotComparableError) as raised:
        kb.pool(kb.compare(base_of(PLAIN, OTHERS["sets-mixed"]), "orr"))
    assert () == raised.value.together
    assert ("--set response-evaluable", "--set intention-to-treat") == tuple(
        sorted(raised.value.options["sets-mixed"], reverse=True)
    )


def test_what_was_not_needed():
    """An accepted reason that nothing was refused for is named; commas and repetition are read."""
    found = kb.compare(base_of(PLAIN, OTHERS["lines-mixed"]), "orr")
    pooled = kb.pool(found, accept=["timing-mixed,lines-mixed", "timing-mixed"])
    assert (("timing-mixed",), {"lines-mixed"}) == (pooled.not_needed, set(pooled.accepted))
    assert () == kb.pool(found, accept="lines-mixed").not_needed
    joined = kb.compare(base_of(_ratio("alpha")), "pfs", measure="hazard-ratio")
    assert ("p-sides",) == kb.network(joined, accept=iter(["p-sides"])).not_needed


def _readings(*words):
    """A trial of forty patients whose responses are printed by these criteria."""
    printed = [
        estimate(id=one.replace(".", "-"), events=10 + place, assessment={"criteria": one})
        for place, one in enumerate(words)
    ]
    return trial("twice", reports={"smith-2020": report(None, printed)})


def test_readings_of_the_same_patients_are_one_study():
    """Whatever is accepted, one reading is pooled, and the other is named with what stands for it."""
    found = kb.compare(base_of(PLAIN, _readings("not-stated", "recist-1.1")), "orr")
    pooled = kb.pool(found, accept=list(REASONS))
    assert (2, ["alpha", "twice"]) == (pooled.k, [row.trial for row in pooled.rows])
    assert {"twice/smith-2020/one/orr/proportion#not-stated":
            "patients of twice/smith-2020/one/orr/proportion#recist-1-1, which is used"} == {
        one.row.address: one.why for one in pooled.rows_set_aside
    }  # fmt: skip


def test_medians_of_two_assessors_are_one_study():
    """The medians and the ratios of two assessors count once too."""
    both = [estimate("pfs", id=one, assessment={"assessor": one}) for one in ("not-stated", "investigator")]  # fmt: skip
    body = report(None, both)
    found = kb.compare(base_of(trial(reports={"smith-2020": body})), "pfs", measure="median")
    pooled = kb.pool(found, accept=REASONS)
    assert (1, ["investigator"]) == (pooled.k, [row.id for row in pooled.rows])
    ratios = _ratio("alpha")
    printed = ratios["reports"]["smith-2020"]["contrasts"]
    printed += [{**printed[0], "id": "again", "assessment": {"assessor": "investigator"}}]
    found = kb.compare(base_of(ratios, _ratio("beta")), "pfs", measure="hazard-ratio")
    assert ["again", ""] == [row.id for row in kb.pool(found, accept=REASONS).rows]


def test_two_arms_are_two_studies():
    """Arms of one trial hold different patients, and both are pooled."""
    base = base_of(randomised("alpha", arm("doxorubicin"), arm("doxorubicin", "placebo")))
    assert 2 == kb.pool(kb.compare(base, "orr")).k


def test_a_group_of_one_trial_has_no_subtotal():
    """A group of several trials has one, whatever its lines; one of a single trial is named."""
    second = OTHERS["lines-mixed"] | {"id": "gamma"}
    found = kb.compare(base_of(PLAIN, _with("beta"), second), "orr")
    pooled = kb.pool(found, accept=["lines-mixed"], by="line")
    assert (("second",), ["first", "second"]) == (
        pooled.single,
        [one.label for one in pooled.parts],
    )
    assert pooled.parts_are.endswith("; of one trial, so without a subtotal: second")
    assert ["second"] == written(pooled)["single"]
    assert "one trial" in kb.render(pooled)
    assert () == kb.pool(found, accept=["lines-mixed"], leave_one_out=True).single


def _against_placebo(name, drug, histology):
    """A hazard ratio of a drug against placebo in patients of one histology."""
    people = {"histologies": [histology], "line": "second", "from": "smith-2020"}
    return randomised(
        name, arm(drug), arm("placebo"), population=people, reports=_ratio(name)["reports"]
    )


def _joined(*trials, accept=(), **criteria):
    found = kb.compare(base_of(*trials), "pfs", measure="hazard-ratio", **criteria)
    return kb.network(found, accept=accept)


def test_osteosarcoma_and_soft_tissue_sarcoma_do_not_meet_at_placebo():
    """A network is of one kind of sarcoma; a filter of histology satisfies the reason."""
    bone = _against_placebo("bone", "anlotinib", "osteosarcoma")
    soft = _against_placebo("soft", "axitinib", "leiomyosarcoma")
    fat = _against_placebo("fat", "pembrolizumab", "liposarcoma")
    with pytest.raises(kb.NotComparableError) as raised:
        _joined(bone, soft, fat)
    assert {"histologies-mixed"} == set(raised.value.reasons)
    assert "--histology soft-tissue-sarcoma" in raised.value.options["histologies-mixed"]
    assert ("--histology", "soft-tissue-sarcoma") == raised.value.together
    kept = _joined(bone, soft, fat, histology="soft-tissue-sarcoma")
    assert (["soft", "fat"], {}) == ([one.row.trial for one in kept.contrasts], dict(kept.accepted))
    assert {"histologies-mixed"} == set(_joined(bone, soft, accept="histologies-mixed").accepted)


def test_parts_of_a_network_may_differ():
    """Trials that share no treatment never meet, and a trial of any sarcoma is like each."""
    apart = randomised(
        "bone", arm("ifosfamide"), arm("epirubicin"), reports=_ratio("bone")["reports"],
        population={"histologies": ["osteosarcoma"], "line": "second", "from": "smith-2020"},
    )  # fmt: skip
    soft = _against_placebo("soft", "axitinib", "leiomyosarcoma")
    assert {} == dict(_joined(apart, soft).accepted)
    anyone = _against_placebo("any", "anlotinib", "sarcoma")
    assert {} == dict(_joined(anyone, soft).accepted)


def test_a_table_takes_no_filter(tmp_path):
    """Rows of a table are left out of the table: no option is offered that would be refused."""
    path = tmp_path / "own.csv"
    path.write_text("study,endpoint,events,n,criteria\na,orr,5,20,choi\nb,orr,6,20,RECIST 1.1\n")
    own = kb.table(path, vocabulary=base_of(PLAIN).vocabulary)
    with pytest.raises(kb.NotComparableError) as raised:
        kb.pool(kb.compare(own, "orr"))
    assert () == raised.value.together
    assert {("leaving rows out of the table",)} == set(raised.value.options.values())


def test_trials_meet_by_way_of_others():
    """Two trials without a common treatment meet where a third, of any sarcoma, connects them."""
    bone = _against_placebo("bone", "anlotinib", "osteosarcoma")
    people = {"histologies": ["leiomyosarcoma"], "line": "second", "from": "smith-2020"}
    soft = randomised(
        "soft", arm("axitinib"), arm("ifosfamide"), population=people,
        reports=_ratio("soft")["reports"],
    )  # fmt: skip
    assert {} == dict(_joined(bone, soft).accepted)
    anyone = _against_placebo("any", "ifosfamide", "sarcoma")
    with pytest.raises(kb.NotComparableError) as raised:
        _joined(bone, soft, anyone)
    assert "osteosarcoma (bone)" in raised.value.reasons["histologies-mixed"]
    assert "any" not in raised.value.reasons["histologies-mixed"]


def test_histologies_are_pooled_side_by_side():
    """It is no reason against a pooled estimate, in which every trial is seen."""
    people = {"histologies": ["osteosarcoma"], "line": "first", "from": "smith-2020"}
    assert {} == _reasons(PLAIN, _with("beta", population=people))


def _of_p(trial_id):
    """A ratio with a p-value of unstated sides and no interval."""
    body = _ratio(trial_id, p=".04")
    del body["reports"]["smith-2020"]["contrasts"][0]["interval"]
    return body


def _turned(trial_id):
    """The regimens of `_ratio` the other way round."""
    arms = arm("doxorubicin"), arm("doxorubicin", "ifosfamide")
    return randomised(trial_id, *arms, reports=_ratio(trial_id)["reports"])


def _other(trial_id):
    """Another drug beside doxorubicin."""
    arms = arm("doxorubicin", "anlotinib"), arm("doxorubicin")
    return randomised(trial_id, *arms, reports=_ratio(trial_id)["reports"])


CONTRASTS = {
    "treatments-differ": _other("beta"),
    "arms-reversed": _turned("beta"),
    "adjusted-mixed": _ratio("beta", adjusted_for=["age"]),
    "p-sides": _of_p("beta"),
    "origins-mixed": _ratio("beta", origin="diagnosis"),
}
EARLIER = {"origins-mixed": {"origin": "randomisation"}}


@pytest.mark.parametrize("reason", list(CONTRASTS))
def test_an_option_satisfies_contrasts(reason):
    """What is offered for ratios may be typed too, and keeps most rows where it can."""
    alike = [_ratio(name, **EARLIER.get(reason, {})) for name in ("alpha", "gamma")]
    base = base_of(*alike, CONTRASTS[reason])
    asked: dict[str, Any] = {"measure": "hazard-ratio"}
    with pytest.raises(kb.NotComparableError) as raised:
        kb.pool(kb.compare(base, "pfs", **asked))
    offered = raised.value.options[reason]
    assert "--exclude beta" == offered[0]
    for option in offered:
        found = kb.compare(base, "pfs", **asked, **_typed(option))
        assert found.rows
        assert reason not in _refused(found)

"""A reviewer's own table as an answer: contrasts of its counts, and what it cannot say."""

import pytest

import kb
from kb.stats.proportions.two_group import odds_ratio, risk_difference

HEAD = "study,arm,endpoint,measure,events,n"


def _table(tmp_path, *lines, head=HEAD):
    path = tmp_path / "own.csv"
    path.write_text("\n".join([head, *lines, ""]), encoding="utf-8")
    return kb.table(path)


def _ratios(tmp_path, *lines, head=HEAD, measure="odds-ratio"):
    found = kb.compare(_table(tmp_path, *lines, head=head), "orr", measure=measure)
    return [(row.trial, row.arm, row.versus) for row in found.rows]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["A,x,orr,,5,20", "A,placebo,orr,,2,20"], [("A", "x", "placebo")]),
        (["A,placebo,orr,,2,20", "A,x,orr,,5,20"], [("A", "x", "placebo")]),
        (["A,x,orr,,5,20", "A,y,orr,,2,20"], [("A", "x", "y")]),
        (["A,x,orr,,5,20", "A,y,orr,,2,20", "B,x,orr,,5,20", "B,z,orr,,2,20"],
         [("A", "y", "x"), ("B", "z", "x")]),
        (["A,x,orr,,5,20"], []),
        (["A,x,orr,,5,20", "B,y,orr,,2,20"], []),
        (["A,,orr,,5,20", "A,y,orr,,2,20"], []),
        (["A,x,orr,,5,20", "A,y,orr,,,20"], []),
        (["A,x,orr,,5,20", "A,x,orr,,6,20", "A,y,orr,,2,20"], []),
        (["A,x,orr,,5,20", "A,y,orr,,3,20", "A,control,orr,,2,20"],
         [("A", "x", "y"), ("A", "x", "control"), ("A", "y", "control")]),
    ],
    ids=["control last", "control first", "the last stands for it", "the arm of most studies",
         "one arm", "two studies", "an arm without a name", "no count", "an arm twice",
         "three arms in every pair"],
)  # fmt: skip
def test_arms_of_a_study_are_set_side_by_side(tmp_path, lines, expected):
    """Each pair of arms with counts is a contrast, against the arm that is the reference."""
    assert expected == _ratios(tmp_path, *lines)


def test_the_contrast_is_that_of_the_counts(tmp_path):
    """Odds ratio by Woolf, difference by Newcombe, as of records."""
    table = _table(tmp_path, "A,x,orr,,15,50", "A,placebo,orr,,8,52")
    (row,) = kb.compare(table, "orr", measure="odds-ratio").rows
    expected = odds_ratio(15, 50, 8, 52)
    assert (expected.value, expected.low) == pytest.approx((float(row.value), float(row.low)))
    (row,) = kb.compare(table, "orr", measure="risk-difference", level=90).rows
    difference = risk_difference(15, 50, 8, 52, level=90)
    assert 100 * difference.high == pytest.approx(float(row.high))


def test_what_is_printed_is_not_computed(tmp_path):
    """A contrast that the table prints stands, whichever way round; no other is computed."""
    head = "study,arm,versus,endpoint,measure,value,low,high,level,events,n"
    lines = ["A,x,,orr,,,,,,5,20", "A,y,,orr,,,,,,2,20", "A,y,x,orr,OR,0.4,0.1,2.2,95,,"]
    found = kb.compare(_table(tmp_path, *lines, head=head), "orr", measure="odds-ratio")
    assert [("y", "x", "reported")] == [
        (row.arm, row.versus, row.value_source) for row in found.rows
    ]


def test_a_layout_names_the_reference(tmp_path):
    """In a layout with columns for each arm it is the second, or the one that the headers say."""
    found = _ratios(tmp_path, "A,14,28,10,26", head="study,Ee,Ne,Ec,Nc")
    assert 1 == len(found)
    assert "control" in found[0][2]
    head = "Study,Doxorubicin n,Doxorubicin N,Combination n,Combination N"
    assert [("A", "Combination", "Doxorubicin")] == _ratios(tmp_path, "A,5,20,8,20", head=head)


def test_two_arms_of_one_study_are_not_pooled(tmp_path):
    """Neither as proportions, nor without a word: the gate says what would."""
    table = _table(tmp_path, "A,x,orr,,5,20", "A,y,orr,,2,20", "B,x,orr,,3,20")
    with pytest.raises(kb.NotComparableError) as raised:
        kb.pool(kb.compare(table, "orr", measure="proportion"))
    assert "A: x, y" == raised.value.reasons["arms-of-one-study"]
    assert "--measure odds-ratio" in raised.value.options["arms-of-one-study"][0]


def test_regimens_of_arms_are_known(tmp_path):
    """Arms whose drugs have no class in common are refused; what cannot be tested is named."""
    table = _table(
        tmp_path,
        "A,doxorubicin,orr,,5,20",
        "B,anlotinib,orr,,2,20",
        "C,ipilimumab + nivolumab,orr,,3,20",
    )
    found = kb.compare(table, "orr", measure="proportion")
    with pytest.raises(kb.NotComparableError, match="regimens-unlike"):
        kb.pool(found)
    assert ["line, histology, design, analysis_set, criteria, assessor, confirmed, follow_up, "
            "data_cut, report: no column says"] == [
        one.message for one in found.caveats if one.rule == "not-testable"
    ]  # fmt: skip


def test_what_cannot_be_tested(tmp_path):
    """A column that says something is not named; arms that name no drug are, and no arms too."""
    head = "study,arm,endpoint,events,n,line,histology,design,criteria,assessor,confirmed"
    lines = ["A,B,orr,5,20,first,LMS,RCT,RECIST 1.1,investigator,yes",
             "B,wonderine,orr,5,20,second,LMS,RCT,RECIST 1.1,investigator,no"]  # fmt: skip
    found = kb.compare(_table(tmp_path, *lines, head=head), "orr")
    assert {
        "lines-differ": ["first line (A); second line (B)"],
        "confirmation-differs": ["confirmed (A); unconfirmed (B)"],
        "not-testable": ["analysis_set, follow_up, data_cut, report: no column says",
                         "regimen: no class follows from B, wonderine"],
    } == {
        rule: [one.message for one in found.caveats if one.rule == rule]
        for rule in ("lines-differ", "confirmation-differs", "not-testable")
    }  # fmt: skip
    bare = kb.compare(_table(tmp_path, "A,5,20", head="study,events,n"), "orr")
    assert "regimen: no column says" in [one.message for one in bare.caveats]


def test_a_value_that_may_be_a_fraction_is_set_aside(tmp_path):
    """Nobody knows what 0.55 is among percents, so it is no answer until somebody says."""
    head = "study,arm,endpoint,measure,value,n"
    lines = ["A,x,orr,proportion,30.8,52", "B,x,orr,proportion,0.55,40"]
    found = kb.compare(_table(tmp_path, *lines, head=head), "orr")
    assert ["A"] == [row.trial for row in found.rows]
    (aside,) = found.set_aside
    assert ("B", True) == (aside.trial, "0.55 stands among percents" in aside.set_aside)


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (["A,x,pfs,median,6.2,months"], ""),
        (["A,x,pfs,median,6.2,"], "no unit of time is stated (A)"),
        (["A,x,pfs,median,6.2,months", "B,x,pfs,median,27,weeks"], ""),
        (["A,x,pfs,median,6.2,months", "B,x,pfs,median,27,"], "no unit of time is stated (B)"),
        (["A,x,pfs,median,6.2,", "A,y,pfs,median,27,"], "no unit of time is stated (A)"),
    ],
    ids=["months", "none", "a unit each", "one has none", "two arms of one study"],
)  # fmt: skip
def test_a_median_without_a_unit(tmp_path, lines, message):
    """A median may be one of months, weeks or days where its row does not say so."""
    head = "study,arm,endpoint,measure,value,unit"
    found = kb.compare(_table(tmp_path, *lines, head=head), "pfs", measure="median")
    assert [message][: bool(message)] == [
        one.message for one in found.caveats if one.rule == "unit-not-stated"
    ]


def test_a_percent_needs_no_unit_of_time(tmp_path):
    """Only a median is of a time."""
    found = kb.compare(_table(tmp_path, "A,x,orr,,5,20"), "orr")
    assert "unit-not-stated" not in {one.rule for one in found.caveats}


def test_what_stands_beside_a_doubtful_value_is_an_answer(tmp_path):
    """Where endpoints are columns the doubt is of one of them, and the others of the line stay."""
    table = _table(tmp_path, "A,x,52,30.8,82.7", "B,x,40,0.55,70", head="Study,Arm,N,ORR %,DCR %")
    found = kb.compare(table, "orr,dcr")
    assert [("A", "orr"), ("A", "dcr"), ("B", "dcr")] == [
        (row.trial, row.endpoint) for row in found.rows
    ]
    assert [("B", "orr")] == [(row.trial, row.endpoint) for row in found.set_aside]

"""The numbers of the corpus that follow from printed parts: worked out by hand, arm by arm.

The tables were made from the records by rule, without this program; `−` is a minus, `–` a part that
the source does not print.
"""

import pytest

import kb
from kb.rows.cached import rows_by_trial
from kb.rows.sums import computed_sum, lower_bound

BASE = kb.load()
ROWS = [row for rows in rows_by_trial(BASE).values() for row in rows]
FOUND = {row.address: row for row in ROWS if computed_sum(row)}

RESPONSE = """
angiosarcoma-ici-florou/florou-2019/all @12wk | 5/7 | PR 5; CR 0, as PR 5 + SD – + PD 2 = n 7
axi-pembro/cancernetwork-undated/evaluable | 5/29 | PR 5; CR 0, as PR 5 + SD 9 + PD 15 = n 29
cmb305-atezolizumab/biomarker-research-2023/atezolizumab | 0/44 | CR 0 + PR 0
congrats/onclive-2025/combination | 3/30 | PR 3; CR 0, as PR 3 + SD 14 + PD 13 = n 30
congrats/onclive-2025/nivolumab | 6/33 | PR 6; CR 0, as PR 6 + SD 12 + PD 15 = n 33
cyclo-metronomic-regina-elena/riva-2025/evaluable | 1/18 | PR 1; CR 0, as PR 1 + SD 6 + PD 11 = n 18
cyclo-metronomic-second-line/annals-research-oncology-undated/all | 0/45 | CR 0 + PR 0
cyclo-topo-ewing-farhat/farhat-2013/evaluable | 3/13 | PR 3; CR 0, as PR 3 + SD 4 + PD 6 = n 13
eva/pink-2021/all | 9/26 | CR 2 + PR 7
geddis/cruk-undated/doxorubicin | 25/129 | CR 2 + PR 23
geddis/cruk-undated/gemcitabine-docetaxel | 26/128 | CR 0 + PR 26; the printed parts make 129 of 128
imatinib-sirolimus-chordoma/annals-of-oncology-2009/evaluable @3mo#recist | 1/9 | PR 1; CR 0, as PR 1 + SD 7 + PD 1 = n 9
imatinib-sirolimus-chordoma/annals-of-oncology-2009/evaluable @3mo#choi | 7/9 | PR 7; CR 0, as PR 7 + SD 1 + PD 1 = n 9
lms-02/pautier-2015/uterine | 28/47 | PR 28; CR 0, as PR 28 + SD 13 = DCR 41
lurbinectedin-multi-strata-cote/cote-2020/stratum-b @24wk | 1/10 | PR 1; CR 0, as PR 1 + SD 1 = DCR 2
nivo-pazopanib-paoluzzi/paoluzzi-2016/evaluable | 3/24 | PR 3; CR 0, as PR 3 + SD 9 + PD 12 = n 24
regomune/esmo-2022/evaluable | 4/43 | PR 4; CR 0, as PR 4 + SD 17 + PD 22 = n 43
sarc028/burgess-2017/pd-l1-positive | 2/2 | CR 1 + PR 1
sarc028/ons-2017/pd-l1-positive | 2/2 | CR 1 + PR 1
sorafenib-dacarbazine-case-series/pubmed-23157681-undated/evaluable | 3/14 | CR 0 + PR 3
tmz-bev-sft-park/park-2011/all | 11/14 | PR 11; CR 0, as PR 11 + SD 2 + PD 1 = n 14
trabectedin-irinotecan-herzog/herzog-2016/all | 1/12 | PR 1; CR 0, as PR 1 + SD 5 + PD 6 = n 12
"""
CONTROL = """
acse-pembrolizumab/ascopost-2023/all @12wk | 48/97 | ORR 6 + SD 42
angiosarcoma-ici-florou/florou-2019/all @12wk | 5/7 | n 7 − PD 2 (parts fill n)
anlo-chemo-ni/ni-2024/all | 12/14 | ORR 5 + SD 7
atezolizumab-asps/ascopost-2023/all | 47/52 | ORR 19 + SD 28
axi-pembro/cancernetwork-undated/evaluable | 14/29 | n 29 − PD 15 (parts fill n)
cabo-bone-hellenic/pmc-undated/all | 9/16 | ORR 0 + SD 9
cmb305-atezolizumab/biomarker-research-2023/atezolizumab | 17/44 | ORR 0 + SD 17
cyclo-metronomic-second-line/annals-research-oncology-undated/all | 22/45 | ORR 0 + SD 22
cyclo-topo-ewing-farhat/farhat-2013/evaluable | 7/13 | n 13 − PD 6 (parts fill n)
docetaxel-irinotecan-ewing/inventi-undated/all | 4/9 | ORR 3 + SD 1
figitumumab-juergens/juergens-2011/evaluable | 40/106 | ORR 15 + SD 25
ganitumab-tap/tap-2012/evaluable | 19/35 | ORR 2 + SD 17
ganitumab-tap/cancertherapyadvisor-undated/evaluable | 19/35 | ORR 2 + SD 17
ganitumab-tap/mdlinx-2012/evaluable | 19/35 | ORR 2 + SD 17
geddis/cruk-undated/doxorubicin | 85/129 | ORR 25 + SD 60
geddis/cruk-undated/gemcitabine-docetaxel | 76/128 | ORR 26 + SD 50; the printed parts make 129 of 128
gog-gem-doc-second-line-ulms/hensley-2008/evaluable | 37/48 | ORR 13 + SD 24
imatinib-sirolimus-chordoma/annals-of-oncology-2009/evaluable @3mo#recist | 8/9 | n 9 − PD 1 (parts fill n)
imatinib-sirolimus-chordoma/annals-of-oncology-2009/evaluable @3mo#choi | 8/9 | n 9 − PD 1 (parts fill n)
immunosarc/palmerini-2025/evaluable | 21/38 | ORR 2 + SD 19
kapkey/mednet-undated/all | 17/17 | ORR 12 + SD 5
kapkey/ascopost-2022/all | 17/17 | ORR 12 + SD 5
kapkey/cancer-discovery-2022/all | 17/17 | ORR 12 + SD 5
leader/pmc-9630518-undated/all | 27/30 | ORR 6 + SD 21
olaparib-ewing-choy/choy-2014/all | 4/12 | ORR 0 + SD 4
olaparib-ewing-choy/researcher-life-undated/all | 4/12 | ORR 0 + SD 4
regomune/esmo-2022/evaluable | 21/43 | n 43 − PD 22 (parts fill n)
selinexor-phase-1-gounder/cancernetwork-undated/evaluable | 30/52 | ORR 0 + SD 30
sft-chemo-park/park-2013/first-line | 16/18 | ORR 0 + SD 16
sorafenib-dacarbazine-case-series/pubmed-23157681-undated/evaluable | 9/14 | ORR 3 + SD 6
tmz-bev-sft-park/park-2011/all | 13/14 | n 14 − PD 1 (parts fill n)
tmz-bev-sft-park/healio-2012/all | 13/14 | ORR 11 + SD 2
trabectedin-irinotecan-herzog/herzog-2016/all | 6/12 | n 12 − PD 6 (parts fill n)
trabectedin-nivolumab-series/sm-j-sarcoma-res-undated/efficacy | 16/22 | ORR 4 + SD 12
"""
REFUSED = """
atezolizumab-asps/biomarker-research-2023/all/orr
atezolizumab-asps/biomarker-research-2023/all/dcr
atezolizumab-asps/cancertherapyadvisor-undated/all/dcr
axi-pembro/ascopost-2019/evaluable/dcr
cmb305-atezolizumab/biomarker-research-2023/combination/dcr
dacarbazine-van-tine/van-tine-2021/all/dcr
gem-doc-lms-first-line/clin-sarcoma-res-2015/all/dcr
gog-gem-doc-first-line-ulms/hensley-2008/enrolled/dcr
imatinib-chordoma-stacchiotti/stacchiotti-undated/evaluable/dcr
kapkey/ascopost-2022/all/orr
kapkey/cancer-discovery-2022/all/orr
metropholys/onclive-2026/doxorubicin-response/orr
imatinib-everolimus-chordoma/cancer-2018/choi/dcr
imatinib-everolimus-chordoma/cancer-2018/recist/dcr
pazopanib-vascular-kollar/signal-transduct-target-ther-2019/all/dcr
pazopanib-yoo/signal-transduct-target-ther-2019/all/dcr
"""
LOWER_BOUNDS = 36
OF_TRIALS = 23
"""Of the 40 figures of 25 trials that print partial or complete responses only, those that leave
some: above zero, and with no percent that is not that of the count."""


def _table(text, endpoint):
    found = {}
    for line in text.strip().splitlines():
        where, count, formula = (cell.strip() for cell in line.split(" | "))
        place, _, tail = where.partition(" ")
        events, n = map(int, count.split("/"))
        found[f"{place}/{endpoint}/proportion{tail}"] = (events, n, formula)
    return found


EXPECTED = _table(RESPONSE, "orr") | _table(CONTROL, "dcr")


def test_sizes():
    """Twenty-two response rates of eighteen trials, thirty-four of disease control of 26."""
    both = [_table(RESPONSE, "orr"), _table(CONTROL, "dcr")]
    assert [22, 34] == [len(one) for one in both]
    assert [18, 26] == [len({address.split("/")[0] for address in one}) for one in both]


def test_every_sum():
    """Exactly these sums follow, each with its count, its n and its formula."""
    exact = {
        address: (row.events, row.n, row.formula)
        for address, row in FOUND.items()
        if not lower_bound(row)
    }
    assert exact == EXPECTED


@pytest.mark.parametrize("start", REFUSED.split())
def test_refused(start):
    """What cannot be told from the printed parts gives no exact number."""
    trial, report, of, _ = start.split("/")
    assert any((row.trial, row.report, row.set) == (trial, report, of) for row in ROWS)
    found = [row for address, row in FOUND.items() if address.startswith(f"{start}/")]
    assert [] == [row for row in found if not lower_bound(row)]


def test_lower_bounds():
    """How many there are; each has no interval, and no number of its patients beside.

    One has a percent, or where neither n nor a percent is printed a count.
    """
    own = [row for row in FOUND.values() if lower_bound(row)]
    assert LOWER_BOUNDS == len(own)
    assert OF_TRIALS == len({row.trial for row in own})
    known = {
        (row.trial, row.arm, row.subgroup, row.endpoint)
        for row in ROWS
        if row.measure == "proportion" and not lower_bound(row)
    }
    for row in own:
        assert (row.events is None) == bool(row.value)
        assert "" == row.low == row.high == row.interval_source
        assert 0 < float(row.value) <= 100 if row.value else 0 < row.events
        assert row.value or row.n is None
        assert (row.trial, row.arm, row.subgroup, row.endpoint) not in known


def test_addresses_are_distinct():
    """No computed number has the address of another number."""
    addresses = [row.address for row in ROWS]
    assert len(addresses) == len(set(addresses))


def test_the_question_that_had_no_answer():
    """Responses of two trials that print only their parts: 4 of 43, 3 of 30 and 6 of 33."""
    found = kb.compare(BASE, "orr", trial=["regomune", "congrats"])
    assert [("regomune", 4, 43), ("congrats", 3, 30), ("congrats", 6, 33)] == [
        (row.trial, row.events, row.n) for row in found.rows
    ]


def test_a_bound_is_never_pooled():
    """The lower bounds of the corpus are shown, and set aside where numbers are pooled."""
    own = next(row for row in FOUND.values() if lower_bound(row) and row.n)
    shown = kb.compare(BASE, own.endpoint, trial=[own.trial, "regomune", "eva"])
    assert own.address in {row.address for row in shown.rows}
    from kb.synthesis.gate.reasons import REASONS

    pooled = kb.pool(shown, accept=REASONS)
    assert own.address not in {row.address for row in pooled.rows}
    reasons = [one.why for one in pooled.rows_set_aside if one.row.address == own.address]
    assert [f"a lower bound is no count ({own.formula})"] == reasons


def test_the_one_contradiction():
    """Of all sums one differs from a printed number: it is a note at the review table."""
    found = [one for one in kb.audit(BASE) if one.rule == "sum-against-report"]
    assert [("kapkey/albarran-2023/all/dcr/proportion", "note")] == [
        (one.address, one.severity) for one in found
    ]

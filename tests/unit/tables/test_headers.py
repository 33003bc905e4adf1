"""What the columns of a table are taken for: the specification, header by header."""

import csv
import random

import pytest

from builders import base_of, trial
from kb.tables.headers import plan_of
from kb.tables.plan import FIELDS
from kb.tables.sheet import Line
from kb.tables.table import nearest_vocabulary

WORDS = nearest_vocabulary()


def _cells(text):
    return next(csv.reader([text]))


def _plan(header, *rows, mapping=None):
    lines = [Line(number, number + 1, _cells(row)) for number, row in enumerate(rows, start=1)]
    return plan_of(_cells(header), WORDS, mapping=mapping, lines=lines)


def _short(header, *rows, mapping=None):
    """The entries of a header as lines: `name: field=header, field:constant`."""
    names = _cells(header)
    found = []
    for one in _plan(header, *rows, mapping=mapping).entries:
        fields = [f"{field}={names[column]}" for field, column in sorted(one.fields.items())]
        constants = [f"{field}:{text}" for field, text in sorted(one.constants.items())]
        log = ["log"] if one.log else []
        found.append(f"{one.name or '-'}| {', '.join([*fields, *constants, *log])}")
    return found


ORR = "endpoint:orr, measure:proportion"

SPECIFICATION = [
    # exact columns of the interface, in any case and with spaces or underscores
    ("study,arm,endpoint,measure,events,n", [
        "-| arm=arm, endpoint=endpoint, events=events, measure=measure, n=n, study=study"]),
    ("study,arm,endpoint,measure,at,at_unit,value,low,high,n", [
        "-| arm=arm, at=at, at_unit=at_unit, endpoint=endpoint, high=high, low=low, "
        "measure=measure, n=n, study=study, value=value"]),
    ("Study,AT UNIT,Data cut,follow-up,N", [
        "-| at_unit=AT UNIT, data_cut=Data cut, follow_up=follow-up, n=N, study=Study"]),
    ("study,line,histology,design,year,value,se", [
        "-| design=design, histology=histology, line=line, se=se, study=study, value=value, "
        "year=year"]),
    # who: spellings of one field are ranked, what is worse is kept
    ("studyCode,Study,n,event", ["-| events=event, n=n, study=Study"]),
    ("Author,Trial,N,responders", ["-| events=responders, n=N, study=Trial"]),
    ("Reference,Trial,N,Responses", ["-| events=Responses, n=N, report=Reference, study=Trial"]),
    ("First author,Drugs,No.,n_responses", [
        "-| arm=Drugs, events=n_responses, n=No., study=First author"]),
    ("Trial,N,Source,Drug,Dose,Cutoff,Event", [
        "-| arm=Drug, events=Event, n=N, report=Source, study=Trial"]),
    ("basket,n_patients,n_responses", ["-| events=n_responses, histology=basket, n=n_patients"]),
    ("study,treatment,responders,sampleSize", [
        "-| arm=treatment, events=responders, n=sampleSize, study=study"]),
    ("studlab,treat,event,n", ["-| arm=treat, events=event, n=n, study=studlab"]),
    ("Study,Median follow-up (months),Line of therapy,Tumour type,Patients (n),events", [
        "-| events=events, follow_up=Median follow-up (months), histology=Tumour type, "
        "line=Line of therapy, n=Patients (n), study=Study"]),
    # n and N
    ("Study,n,N", ["-| events=n, n=N, study=Study"]),
    ("Study,n,N,%", ["-| events=n, n=N, study=Study, value=%"]),
    ("Study,endpoint,N,n (%),Follow-up (range)", [
        "-| endpoint=endpoint, events=n (%), follow_up=Follow-up (range), n=N, study=Study"]),
    ("Study,N,value", ["-| n=N, study=Study, value=value"]),
    ("Study,ORR n,ORR N", [f"-| events=ORR n, n=ORR N, study=Study, {ORR}"]),
    ("Study,ORR n,N", [f"-| events=ORR n, n=N, study=Study, {ORR}"]),
    # endpoints as columns
    ("Author,Year,Regimen,N,ORR %,DCR %,mPFS (95% CI)", [
        f"orr| arm=Regimen, n=N, study=Author, value=ORR %, year=Year, {ORR}",
        "dcr| arm=Regimen, n=N, study=Author, value=DCR %, year=Year, endpoint:dcr, "
        "measure:proportion",
        "pfs| arm=Regimen, n=N, study=Author, value=mPFS (95% CI), year=Year, endpoint:pfs, "
        "level:95, measure:median"]),
    ("Study,ORR n (%),ORR (95% CI)", [
        "-| events=ORR n (%), study=Study, value=ORR (95% CI), endpoint:orr, level:95, "
        "measure:proportion"]),
    ("Study,Overall response,Responders,Disease control (%)", [
        f"orr| events=Responders, study=Study, value=Overall response, {ORR}",
        "dcr| study=Study, value=Disease control (%), endpoint:dcr, measure:proportion"]),
    ("Study,ORR %,95% CI low,95% CI high", [
        "-| high=95% CI high, low=95% CI low, study=Study, value=ORR %, endpoint:orr, level:95, "
        "measure:proportion"]),
    ("Study,ORR %,ORR 90% CI", [
        "-| interval=ORR 90% CI, study=Study, value=ORR %, endpoint:orr, level:90, "
        "measure:proportion"]),
    ("Study,median OS,OS lower,OS upper", [
        "-| high=OS upper, low=OS lower, study=Study, value=median OS, endpoint:os, "
        "measure:median"]),
    ("Study,PFS (months),LCL,UCL,DoR (weeks)", [
        "pfs| high=UCL, low=LCL, study=Study, value=PFS (months), endpoint:pfs, measure:median, "
        "unit:months",
        "dor| study=Study, value=DoR (weeks), endpoint:dor, measure:median, unit:weeks"]),
    ("Study,6-month PFS (%),PFS at 12 weeks,1-yr OS", [
        "pfs 6 months| study=Study, value=6-month PFS (%), at:6, at_unit:months, endpoint:pfs, "
        "measure:landmark",
        "pfs 12 weeks| study=Study, value=PFS at 12 weeks, at:12, at_unit:weeks, endpoint:pfs, "
        "measure:landmark",
        "os 1 years| study=Study, value=1-yr OS, at:1, at_unit:years, endpoint:os, "
        "measure:landmark"]),
    ("Study,6mPFS", ["-| study=Study, value=6mPFS, at:6, at_unit:months, endpoint:pfs, "
                     "measure:landmark"]),
    ("Study,cORR,ORR", [
        "orr confirmed| study=Study, value=cORR, confirmed:yes, endpoint:orr, measure:proportion",
        f"orr| study=Study, value=ORR, {ORR}"]),
    ("Study,n,CR,PR,SD,PD", [
        f"{one.lower()}| n=n, study=Study, value={one}, endpoint:{one.lower()}, measure:proportion"
        for one in ("CR", "PR", "SD", "PD")]),
    ("Study,Toxicity n,Toxicity %", [
        "-| events=Toxicity n, study=Study, value=Toxicity %, endpoint:Toxicity, "
        "measure:proportion"]),
    ("Study,n/N ORR,%,95% CI", [
        "-| events=n/N ORR, interval=95% CI, study=Study, value=%, endpoint:orr, level:95, "
        "measure:proportion"]),
    ("Study,Responders/Total,ORR,DCR", [
        f"orr| events=Responders/Total, study=Study, value=ORR, {ORR}",
        "dcr| study=Study, value=DCR, endpoint:dcr, measure:proportion"]),
    ("Study,trial arm,N randomised,N evaluable,Number responding,orr_lo,orr_hi,orr", [
        "-| arm=trial arm, events=Number responding, high=orr_hi, low=orr_lo, n=N evaluable, "
        f"study=Study, value=orr, {ORR}"]),
    ("Study,ORR by IRC,ORR (investigator),ORR (RECIST 1.1)", [
        "orr central| study=Study, value=ORR by IRC, assessor:central, endpoint:orr, "
        "measure:proportion",
        "orr investigator| study=Study, value=ORR (investigator), assessor:investigator, "
        "endpoint:orr, measure:proportion",
        "orr recist-1.1| study=Study, value=ORR (RECIST 1.1), criteria:recist-1.1, endpoint:orr, "
        "measure:proportion"]),
    ("Study,ORR % (n),lower,upper,level", [
        f"-| high=upper, level=level, low=lower, study=Study, value=ORR % (n), {ORR}"]),
    ("Study,95% CI,ORR,mPFS (90% CI),level", [
        "orr| interval=95% CI, study=Study, value=ORR, endpoint:orr, level:95, measure:proportion",
        "pfs| study=Study, value=mPFS (90% CI), endpoint:pfs, level:90, measure:median"]),
    ("trial_id,arm_name,n_evaluable,n_response,pct_response,ci_l,ci_u", [
        "-| arm=arm_name, events=n_response, high=ci_u, low=ci_l, n=n_evaluable, study=trial_id, "
        f"value=pct_response, {ORR}"]),
    ("Study,Objective responses,ORR,DCR", [
        f"orr| events=Objective responses, study=Study, value=ORR, {ORR}",
        "dcr| study=Study, value=DCR, endpoint:dcr, measure:proportion"]),
    # contrasts
    ("Author,Intervention,Comparator,Outcome,Effect measure,Effect size,Lower CI,Upper CI", [
        "-| arm=Intervention, endpoint=Outcome, high=Upper CI, low=Lower CI, "
        "measure=Effect measure, study=Author, value=Effect size, versus=Comparator"]),
    ("Study,Regimen,Comparator,OS HR,LCL,UCL,p", [
        "-| arm=Regimen, high=UCL, low=LCL, p=p, study=Study, value=OS HR, versus=Comparator, "
        "endpoint:os, measure:hazard-ratio"]),
    ("Study,PFS HR (95% CI),HR p", [
        "-| p=HR p, study=Study, value=PFS HR (95% CI), endpoint:pfs, level:95, "
        "measure:hazard-ratio"]),
    ("Study,logHR,selogHR", ["-| se=selogHR, study=Study, value=logHR, measure:hazard-ratio, log"]),
    ("Study,HR,logHR", ["-| study=Study, value=HR, measure:hazard-ratio"]),
    ("Study,OR,lower,upper", ["-| high=upper, low=lower, study=Study, value=OR, "
                              "measure:odds-ratio"]),
    ("Study,Experimental,Control,RR", [
        "-| arm=Experimental, study=Study, value=RR, versus=Control, measure:risk-ratio"]),
    ("Study,mPFS,95% CI,HR,95% CI.1,p,mOS,95% CI.2,HR.1,95% CI.3,p.1", [
        "pfs| interval=95% CI, study=Study, value=mPFS, endpoint:pfs, level:95, measure:median",
        "pfs hazard-ratio| interval=95% CI.1, p=p, study=Study, value=HR, endpoint:pfs, level:95, "
        "measure:hazard-ratio",
        "os| interval=95% CI.2, study=Study, value=mOS, endpoint:os, level:95, measure:median",
        "os hazard-ratio| interval=95% CI.3, p=p.1, study=Study, value=HR.1, endpoint:os, "
        "level:95, measure:hazard-ratio"]),
    ("Study,endpoint,ORR,HR", [
        f"orr| study=Study, value=ORR, {ORR}",
        "hazard-ratio| endpoint=endpoint, study=Study, value=HR, measure:hazard-ratio"]),
    # two arms
    ("study,Ee,Ne,Ec,Nc", [
        "experimental| events=Ee, n=Ne, study=study, arm:experimental",
        "control| events=Ec, n=Nc, study=study, arm:control, reference:yes"]),
    ("study,ai,bi,n1i,ci,di,n2i", [
        "experimental| events=ai, n=n1i, study=study, arm:experimental",
        "control| events=ci, n=n2i, study=study, arm:control, reference:yes"]),
    ("author,event.e,n.e,event.c,n.c", [
        "experimental| events=event.e, n=n.e, study=author, arm:experimental",
        "control| events=event.c, n=n.c, study=author, arm:control, reference:yes"]),
    ("author,r1,n1,r2,n2", [
        "1| events=r1, n=n1, study=author, arm:1",
        "2| events=r2, n=n2, study=author, arm:2, reference:yes"]),
    ("Study,Combination n,Combination N,Doxorubicin n,Doxorubicin N,OR", [
        "Combination| events=Combination n, n=Combination N, study=Study, arm:Combination",
        "Doxorubicin| events=Doxorubicin n, n=Doxorubicin N, study=Study, arm:Doxorubicin, "
        "reference:yes",
        "odds-ratio Combination v Doxorubicin| study=Study, value=OR, arm:Combination, "
        "measure:odds-ratio, versus:Doxorubicin"]),
    ("Study,ORR doxorubicin + ifosfamide (%),ORR doxorubicin (%),Disease control rate", [
        f"orr doxorubicin + ifosfamide| study=Study, value=ORR doxorubicin + ifosfamide (%), "
        f"arm:doxorubicin + ifosfamide, {ORR}",
        f"orr doxorubicin| study=Study, value=ORR doxorubicin (%), arm:doxorubicin, {ORR}, "
        "reference:yes",
        "dcr| study=Study, value=Disease control rate, endpoint:dcr, measure:proportion"]),
    ("Study,events_trt,n_trt,events_ctl,n_ctl", [
        "trt| events=events_trt, n=n_trt, study=Study, arm:trt",
        "ctl| events=events_ctl, n=n_ctl, study=Study, arm:ctl, reference:yes"]),
    ("Study,events_1,n_1,events_2,n_2,OR,p", [
        "1| events=events_1, n=n_1, study=Study, arm:1",
        "2| events=events_2, n=n_2, study=Study, arm:2, reference:yes",
        "odds-ratio 1 v 2| p=p, study=Study, value=OR, arm:1, measure:odds-ratio, versus:2"]),
    ("Study,events_1,n_1,events_2,n_2,value,low,high", [
        "1| events=events_1, n=n_1, study=Study, arm:1",
        "2| events=events_2, n=n_2, study=Study, arm:2, reference:yes",
        "1 v 2| high=high, low=low, study=Study, value=value, arm:1, versus:2"]),
    ("Study,N A,N B,ORR A (%),ORR B (%),p", [
        f"orr A| n=N A, study=Study, value=ORR A (%), arm:A, {ORR}",
        f"orr B| n=N B, study=Study, value=ORR B (%), arm:B, {ORR}, reference:yes",
        "orr A v B| p=p, study=Study, arm:A, endpoint:orr, versus:B"]),
    ("Study,Treatment,Placebo,Treatment ORR n,Treatment N,Placebo ORR n,Placebo N,PFS HR", [
        f"orr Treatment| arm=Treatment, events=Treatment ORR n, n=Treatment N, study=Study, {ORR}",
        f"orr Placebo| arm=Placebo, events=Placebo ORR n, n=Placebo N, study=Study, {ORR}, "
        "reference:yes",
        "pfs hazard-ratio Treatment v Placebo| arm=Treatment, study=Study, value=PFS HR, "
        "versus=Placebo, endpoint:pfs, measure:hazard-ratio"]),
    ("Study,Arm 1,Arm 2,n arm 1,n arm 2,ORR arm 1,ORR arm 2", [
        f"orr 1| arm=Arm 1, n=n arm 1, study=Study, value=ORR arm 1, {ORR}",
        f"orr 2| arm=Arm 2, n=n arm 2, study=Study, value=ORR arm 2, {ORR}, reference:yes"]),
    ("studlab,treat1,treat2,event1,n1,event2,n2", [
        "1| arm=treat1, events=event1, n=n1, study=studlab",
        "2| arm=treat2, events=event2, n=n2, study=studlab, reference:yes"]),
    ("Study,Intervention (n),Control (n),Events intervention,Events control", [
        "Intervention| events=Events intervention, n=Intervention (n), study=Study, "
        "arm:Intervention",
        "Control| events=Events control, n=Control (n), study=Study, arm:Control, reference:yes"]),
    ("study,N.treat,Y.treat,N.ctrl,Y.ctrl", [
        "treat| events=Y.treat, n=N.treat, study=study, arm:treat",
        "ctrl| events=Y.ctrl, n=N.ctrl, study=study, arm:ctrl, reference:yes"]),
    ("Study,Group A (n/N),Group B (n/N),RR (95% CI),P-value", [
        "A| events=Group A (n/N), study=Study, arm:A",
        "B| events=Group B (n/N), study=Study, arm:B, reference:yes",
        "risk-ratio A v B| p=P-value, study=Study, value=RR (95% CI), arm:A, level:95, "
        "measure:risk-ratio, versus:B"]),
    # layouts of programs
    ("study,treatment,n,r", ["-| arm=treatment, events=r, n=n, study=study"]),
    ("Study,treat1,treat2,n1,n2,TE,seTE", [
        "-| arm=treat1, se=seTE, study=Study, value=TE, versus=treat2, log"]),
    ("studyCode,Study,treat1,treat2,hr,lower,upper", [
        "-| arm=treat1, high=upper, low=lower, study=Study, value=hr, versus=treat2, "
        "measure:hazard-ratio"]),
    ("Study,T,R,N", ["-| arm=T, events=R, n=N, study=Study"]),
    ("Study,T.1,N.1,R.1,T.2,N.2,R.2,T.3,N.3,R.3", [
        f"{one}| arm=T.{one}, events=R.{one}, n=N.{one}, study=Study" for one in "123"]),
    ("Analysis name,Study,Study year,GIV Mean,GIV SE,Experimental cases,Experimental N,"
     "Control cases,Control N,Weight,Mean,CI start,CI end,Log scale data,Effect measure", [
        "Experimental v Control| endpoint=Analysis name, high=CI end, low=CI start, "
        "measure=Effect measure, se=GIV SE, study=Study, value=Mean, year=Study year, arm:Experimental, versus:Control",
        "Experimental| endpoint=Analysis name, events=Experimental cases, n=Experimental N, "
        "study=Study, year=Study year, arm:Experimental",
        "Control| endpoint=Analysis name, events=Control cases, n=Control N, study=Study, "
        "year=Study year, arm:Control, reference:yes"]),
    ("Covidence #,Study ID,Title,Reviewer Name,ORR Intervention n,ORR Intervention N", [
        "-| events=ORR Intervention n, n=ORR Intervention N, study=Study ID, arm:Intervention, "
        "endpoint:orr, measure:proportion"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("header", "expected"),
    SPECIFICATION,
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_what_a_header_is_taken_for(header, expected):
    """Every line of the specification."""
    assert expected == _short(header)


KEPT = [
    "value of it", "rate 1", "Result", "Dose", "Cutoff", "Title", "Country", "Phase", "PFS", "PFS6",
    "PFS-6", "TTP", "RR", "OR", "SD", "OS", "Age (SD)", "PD-L1 (%)", "ORR definition",
    "Treatment duration", "Control group age", "Prior lines", "Response", "Treatment (months)", "effect", "HR SE", "n1", "Grade 3 %",
    "logOS", "TTR at 6 months", "SD ≥6 months (%)", "n/a", "RR (%)", "HR %", "", "Female, %", "PFS events",
]  # fmt: skip


@pytest.mark.parametrize("header", KEPT)
def test_a_header_alone_is_not_overclaimed(header):
    """What may be something else, and what nobody knows, is kept and listed."""
    plan = plan_of(["study", "n", "events", header], WORDS)
    assert ("", 3, header) == (plan.taken[3].field, plan.taken[3].column, plan.taken[3].header)
    assert [{"study": 0, "n": 1, "events": 2}] == [one.fields for one in plan.entries]


@pytest.mark.parametrize(
    ("header", "why"),
    [
        ("Study,ORR,PFS", "says neither median, rate at a time nor ratio"),
        ("Study,ORR,SD", "may be something else"),
        ("Study,ORR,RR", "may be a risk-ratio or something else"),
        ("Study,ORR,p", "of which number is not said"),
        ("Study,ORR,studyCode", "study is taken from 'Study'"),
        ("HR,Study,logHR", "the ratio itself stands in another column"),
        ("Study,event1,n1", ""),
        ("treat1,treat2,n1", "nothing is counted or printed of it"),
    ],
)
def test_why_a_column_is_kept(header, why):
    """A column that is not used says why, where more is known than that it is unknown."""
    assert ("", why) == (_plan(header).taken[2].field, _plan(header).taken[2].about)


@pytest.mark.parametrize(
    ("header", "message"),
    [
        ("Study,ORR,ORR %", "the columns 'ORR' and 'ORR %' are both taken for orr.value; "
                            "say which with --map orr.value=ORR"),
        ("Study,N patients,n evaluable,ORR", "the columns 'N patients' and 'n evaluable' are both "
                                             'taken for n; say which with --map n="N patients"'),
        ("Study,mPFS,median PFS", "the columns 'mPFS' and 'median PFS' are both taken for "
                                  "pfs.median.value; say which with --map pfs.median.value=mPFS"),
        ("events,n,events", "the header 'events' stands 2 times; rename one"),
        ("n_A,n_B,ORR A,ORR A %", "the columns 'ORR A' and 'ORR A %' are both taken for "
                                  "orr.value of arm A; rename one, or say with --map "
                                  "which is whose, as in events=…, versus.events=…"),
        ("Study,ORR,lower,LCL", "the columns 'lower' and 'LCL' are both taken for orr.low; say "
                                "which with --map orr.low=lower"),
    ],
)  # fmt: skip
def test_two_columns_for_one_field(header, message):
    """Which of two columns is meant is asked, with the option that says it."""
    with pytest.raises(ValueError, match=r"both taken|stands 2 times") as refused:
        _plan(header)
    assert message == str(refused.value)


def test_rates_of_what_the_vocabulary_lacks():
    """In a layout of two arms the cells say that a column holds rates; without them it is kept."""
    header = "trial,n_A,n_B,toxicity A,toxicity B,p"
    row = "POP-RT,110,112,20.0% (22/110),8.9% (10/112),0.02"
    assert [
        "toxicity A| n=n_A, study=trial, value=toxicity A, arm:A, endpoint:toxicity, "
        "measure:proportion",
        "toxicity B| n=n_B, study=trial, value=toxicity B, arm:B, endpoint:toxicity, "
        "measure:proportion, reference:yes",
        "toxicity A v B| p=p, study=trial, arm:A, endpoint:toxicity, versus:B",
    ] == _short(header, row)
    ages = _plan("trial,n_A,n_B,age A,age B", "x,10,12,61,63")
    assert ["study"] == [one.field for one in ages.taken if one.field]


def test_arms_over_rates():
    """Two arms as headers, and rates in their cells, are the numbers of these arms."""
    assert [
        "Treatment| endpoint=Outcome, events=Treatment, study=Study, arm:Treatment",
        "Placebo| endpoint=Outcome, events=Placebo, study=Study, arm:Placebo, reference:yes",
        "Treatment v Placebo| endpoint=Outcome, p=p, study=Study, arm:Treatment, versus:Placebo",
    ] == _short("Study,Outcome,Treatment,Placebo,p", "a,ORR,16/52,4 / 50,0.01")
    assert ["-| arm=Treatment, study=Study, versus=Placebo"] == [
        one.replace("Control", "Placebo")
        for one in _short("Study,Treatment,Control", "a,doxorubicin,placebo")
    ]


def test_a_ratio_that_is_a_percent():
    """RR over percents is no ratio; the level of an interval is no percent."""
    header = "Study,N,RR,95% CI"
    assert "" == _plan(header, "a,52,30.8%,18.7-45.1").taken[2].field
    assert "a ratio by its header, and percents by its cells" == (
        _plan(header, "a,52,30.8%,18.7-45.1").taken[2].about
    )
    assert "value" == _plan("Study,N,RR (95% CI)", "a,52,0.8 (95% CI 0.6-1.1)").taken[2].field


def test_times_in_cells():
    """Where a header says an endpoint only, a unit of time in a cell makes it a median."""
    assert ["-| n=N, study=Study, value=PFS, endpoint:pfs, measure:median"] == _short(
        "Study,N,PFS", "a,30,NR", "b,40,6.2 mo"
    )
    assert "" == _plan("Study,N,PFS", "a,30,6.2").taken[2].field


def test_the_arm_that_is_compared_with():
    """Where cells name two arms, the reference is the one that is always placebo or untreated."""
    header = "Study,T.1,N.1,R.1,T.2,N.2,R.2"
    first = _plan(header, "a,Placebo,47,0,Infliximab,49,15", "b,control,62,5,Adalimumab,67,37")
    second = _plan(header, "a,Infliximab,47,0,Placebo,49,15")
    neither = _plan(header, "a,Placebo,47,0,Infliximab,49,15", "b,Infliximab,2,1,Placebo,67,37")
    found = [
        [one.constants.get("reference") for one in each.entries]
        for each in (first, second, neither)
    ]
    assert [["yes", None], [None, "yes"], [None, "yes"]] == found


COVIDENCE = "Covidence #,Study ID,Title,Reviewer Name,ORR Intervention n,ORR Intervention N"


def test_lines_of_two_readers():
    """Lines on which readers agreed are used; a study without one is named."""
    one = ["12,A,t,One,16,52", "12,A,t,Two,16,53", "12,A,t,Consensus,16,52"]
    two = ["13,B,t,One,1,5", "13,B,t,Two,1,5"]
    assert (3, "Consensus") == _plan(COVIDENCE, *one).kept
    assert ("lines are used whose Reviewer Name is Consensus",) == _plan(COVIDENCE, *one).said
    assert "without a line of Consensus, so not used: B" == _plan(COVIDENCE, *one, *two).said[1]
    assert (3, "Consensus") == _plan(COVIDENCE).kept
    nobody = _plan(COVIDENCE, *two)
    assert (None, ("no line is headed Consensus: the lines of all readers are used",)) == (
        nobody.kept,
        nobody.said,
    )


@pytest.mark.parametrize(
    ("header", "preset"),
    [
        ("study,Ee,Ne,Ec,Nc", "meta two arms"),
        ("study,EE,NE,EC,NC", ""),
        ("study,event_e,n_e,event_c,n_c", "meta two arms"),
        ("study,ai,n1i,ci,n2i", "metafor two arms"),
        ("study,ai,bi,ci,di", "metafor 2×2 table"),
        ("trial,author,year,tpos,tneg,cpos,cneg", "metafor 2×2 table"),
        ("study,yi,sei", "metafor effects"),
        ("studlab,TE,seTE", "netmeta contrasts"),
        ("study,t,r,n", "MetaInsight long"),
        ("Study,ORR", ""),
    ],
)
def test_which_layout_it_is(header, preset):
    """Layouts are recognised by their headers, those of one or two letters by their case too."""
    assert preset == _plan(header).preset


def test_remarks_on_layouts():
    """What a layout leaves open, and which scale its numbers are on, is said."""
    said = _plan("Study,Experimental N,Control N,Mean,CI start,CI end").said
    assert said[0].startswith("Mean, CI start and CI end are taken as printed, on the natural")
    assert "which ratio the table does not say" in _plan("Study,treat1,treat2,TE,seTE").said[0]
    assert "n is the sum of two columns" in _plan("study,ai,bi,ci,di").said[0]


def test_what_people_are_told_of_a_column():
    """Beside its field a column says of which endpoint, time and arm it is, and why."""
    plan = _plan("Study,n_A,n_B,6-month PFS A,mPFS A (95% CI),PFS HR,HR p,Site")
    assert [
        ("study", "", "as named"),
        ("n", "arm A", "known spelling"),
        ("", "nothing is counted or printed of it", ""),
        ("value", "pfs at 6 months, arm A", "known spelling"),
        ("value", "median pfs, arm A, 95 % interval", "known spelling"),
        ("value", "hazard ratio pfs", "known spelling"),
        ("p", "hazard ratio pfs", "stands beside it"),
        ("", "", ""),
    ] == [(one.field, one.about, one.how) for one in plan.taken]


WORDS_OF_HEADERS = [
    "ORR",
    "PFS",
    "OS",
    "n",
    "N",
    "%",
    "HR",
    "OR",
    "p",
    "median",
    "m",
    "6",
    "month",
    "95",
    "90",
    "CI",
    "lower",
    "upper",
    "A",
    "B",
    "1",
    "2",
    "e",
    "c",
    "control",
    "Treatment",
    "placebo",
    "events",
    "total",
    "Study",
    "Author",
    "toxicity",
    "SD",
    "log",
    "se",
    "arm",
    "T",
    "R",
    "TE",
    "seTE",
    "treat1",
    "treat2",
    "Regimen",
    "Comparator",
    "(",
    ")",
    "[",
    "/",
    "_",
    "rate",
    "at",
    "confirmed",
    "value",
    "level",
]


@pytest.mark.parametrize(
    ("cells", "fields"),
    [
        (["anaemia", "neutropenia G3-4"], ["endpoint", "n", "events"]),
        (["anaemia", "NR"], ["endpoint", "n", "events"]),
        (["NR", "NA"], ["", "n", "events"]),
        (["12", "anaemia"], ["", "n", "events"]),
        (["n = 12", "n = 13"], ["", "n", "events"]),
    ],
    ids=["names", "a name is missing", "none is reported", "one counts", "both count"],
)
def test_an_event_that_is_named(cells, fields):
    """A column headed `event` whose cells are names says which event is counted."""
    lines = [Line(at, at + 1, (text, "97", "12")) for at, text in enumerate(cells, start=1)]
    plan = plan_of(("event", "n", "events"), WORDS, lines=lines)
    assert fields == [one.field for one in plan.taken]


def test_whatever_the_header():
    """Any words make a plan or a question: columns once each, used ones those of its entries."""
    drawn = random.Random(10)  # noqa: S311  (the same headers each time)
    read = 0
    for _ in range(150):
        header = [
            drawn.choice(" _.").join(drawn.choices(WORDS_OF_HEADERS, k=drawn.choice([1, 1, 2, 3])))
            for _ in range(drawn.randint(1, 8))
        ]
        cells = [drawn.choice(["16/52", "30.8%", "6.2 mo", "x", ""]) for _ in header]
        try:
            plan = plan_of(header, WORDS, lines=[Line(1, 2, cells)])
        except ValueError:
            continue
        read += 1
        used = {column for one in plan.entries for column in one.fields.values()}
        assert list(range(len(header))) == [one.column for one in plan.taken]
        assert used == {one.column for one in plan.taken if one.field}
        for one in plan.entries:
            assert len(one.fields) == len(set(one.fields.values()))
            assert set() == set(one.fields) & set(one.constants)
            assert set(one.fields) | set(one.constants) <= set(FIELDS)
            assert set(one.own) <= set(one.fields.values())
        assert len(plan.entries) == len({one.name for one in plan.entries})
    assert read > 100


def test_the_endpoints_are_those_of_the_vocabulary():
    """A base that lacks an endpoint does not know its headers."""
    words = base_of(trial()).vocabulary
    assert set(words.endpoints) >= {"orr"}
    assert "value" == plan_of(["ORR (%)"], words).taken[0].field

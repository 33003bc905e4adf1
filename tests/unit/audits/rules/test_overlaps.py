"""Which rows share patients."""

from builders import analysis_set, report, trial


def _rates(*cells):
    """Response rates, each with the arm and what else is told of it."""
    return [f"endpoint=orr events=4 n=20 {one}" for one in cells]


def _declared(*sets, patients="some", **more):
    """A record that says that two of its sets share patients."""
    own = {"one": analysis_set("one", 40), "expansion": analysis_set("one", 12)}
    overlap = {"sets": list(sets), "patients": patients, **more}
    return trial(reports={"smith-2020": report(own)}, overlaps=[overlap])


def _sharing(trial_id, *others, **more):
    """A trial that shares its registration with others."""
    return trial(
        trial_id, registrations=["NCT01234567"], shares_registration_with=list(others), **more
    )


BOTH = ["smith-2020/one", "smith-2020/expansion"]
ACROSS = {
    "overlaps": [{"sets": ["smith-2020/one", "beta/smith-2020/one"], "patients": "not-stated"}]
}


BOUNDARIES = {
    "pooled-beside-arms": [
        ("two arms together", _rates("arm=a", "arm=b", "arm=a;b"), [("note", "ORR of a and b together stands beside the same of single arms")]),
        ("beside one of them", _rates("arm=a", "arm=a;b"), [("note", "ORR of a and b together")]),
        ("beside another arm", _rates("arm=c", "arm=a;b"), []),
        ("alone", _rates("arm=a;b"), []),
        ("beside the same arms", _rates("arm=a;b", "arm=b;a subgroup=LMS"), []),
        ("two arms beside three", _rates("arm=a;b", "arm=a;b;c"), [("note", "ORR of a and b and c together")]),
        ("another endpoint", ["arm=a endpoint=pfr events=4 n=20", "arm=a;b endpoint=orr events=8 n=40"], []),
        ("another subgroup", _rates("arm=a subgroup=LMS", "arm=a;b"), []),
        ("the same subgroup", _rates("arm=a subgroup=LMS", "arm=a;b subgroup=LMS"), [("note", "ORR of a and b together")]),
        ("in another report", _rates("report=r1 arm=a", "report=r2 arm=a;b"), []),
        ("one note a report", _rates("arm=a", "arm=b", "arm=c", "arm=a;b", "arm=b;c"), [("note", "ORR of a and b together")]),
        ("a contrast", ["arm=a endpoint=orr events=4 n=20", "arm=a;b versus=c endpoint=orr p=.5"], []),
    ],
    "subgroup-beside-whole": [
        ("a subgroup beside its whole", _rates("arm=a", "arm=a subgroup=LMS"), [("note", "ORR of histology=leiomyosarcoma stands beside the whole that contains it.")]),
        ("one note a report", _rates("arm=a", "arm=a subgroup=LMS", "arm=a subgroup=liposarcoma"), [("note", "ORR of histology=leiomyosarcoma, histology=liposarcoma stands")]),
        ("no whole", _rates("arm=a subgroup=LMS", "arm=a subgroup=liposarcoma"), []),
        ("the whole of another arm", _rates("arm=b", "arm=a subgroup=LMS"), []),
        ("the whole of another endpoint", ["arm=a endpoint=pfr events=4 n=20", *_rates("arm=a subgroup=LMS")], []),
        ("the whole of another report", _rates("report=r1 arm=a", "report=r2 arm=a subgroup=LMS"), []),
        ("a contrast", ["arm=a versus=c endpoint=orr p=.5", "arm=a versus=c endpoint=orr p=.4 subgroup=LMS"], []),
    ],
    "overlap": [
        ("declared", [_declared(*BOTH)], [("note", "shares patients (some) with alpha/smith-2020/expansion.")]),
        ("declared with a note", [_declared(*BOTH, note="cohort 2")], [("note", "with alpha/smith-2020/expansion (cohort 2).")]),
        ("declared in more than one word", [_declared(*BOTH, patients="all-or-most")], [("note", "shares patients (all or most) with")]),
        ("not declared", [trial()], []),
        ("a registration in common", [_sharing("alpha", "beta"), _sharing("beta", "alpha")],
         [("note", "has a registration in common with beta, and no overlap is declared."), ("note", "in common with alpha, and no")]),
        ("a registration in common, and an overlap declared", [_sharing("alpha", "beta", **ACROSS), _sharing("beta", "alpha")],
         [("note", "shares patients (not stated) with beta/smith-2020/one."), ("note", "in common with alpha, and no")]),
        ("no registration in common", [trial("alpha"), trial("beta")], []),
    ],
}  # fmt: skip


def test_boundaries(says, boundary):
    """A rule is silent on one side of each of its limits and speaks on the other."""
    rule, given, expected = boundary
    assert expected == says(rule, given, expected)


def test_rows(said):
    """The note of a report is about the rows of several arms and those of the arms in any of them."""
    lines = _rates("arm=a", "arm=b", "arm=c", "arm=d", "arm=a;b", "arm=b;c")
    assert [(5, 6, 1, 2, 3)] == [rows for rows, _, _, _ in said(*lines)]


def test_address(found):
    """A declared overlap is reported at the first of the trial's own sets."""
    own = _sharing("alpha", "beta", **ACROSS)
    assert [("alpha/smith-2020/one", "overlap"), ("beta", "overlap")] == [
        (address, rule) for address, rule, _, _ in found(own, _sharing("beta", "alpha"))
    ]

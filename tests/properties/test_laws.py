"""Laws that hold for any base: addresses, filters, rows, and a reader that never raises."""

from hypothesis import given, strategies as st

import kb
from builders import analysis_set, arm, base_of, estimate, report, trial, write_base
from kb.model.address import Address
from kb.store.knowledge_base import check

SLUGS = st.from_regex(r"[a-z][a-z0-9-]{0,12}", fullmatch=True)
DRUGS = st.lists(
    st.sampled_from(["doxorubicin", "epirubicin", "ifosfamide", "anlotinib", "pembrolizumab"]),
    min_size=1,
    max_size=3,
    unique=True,
)


@st.composite
def trials(draw, trial_id):
    """A trial with one arm and one response rate, everything drawn."""
    n = draw(st.integers(5, 80))
    events = draw(st.integers(0, n))
    own = report(
        {"one": analysis_set(n=n)},
        [estimate(events=events)],
        citation={"year": draw(st.integers(2000, 2026))},
    )
    return trial(
        trial_id,
        arms={"one": arm(*draw(DRUGS))},
        phase=draw(st.sampled_from(["1", "2", "1/2", "3"])),
        reports={"smith-2020": own},
        population={
            "histologies": [draw(st.sampled_from(["sarcoma", "leiomyosarcoma", "osteosarcoma"]))],
            "line": draw(st.sampled_from(["first", "second", "mixed"])),
            "from": "smith-2020",
        },
    )


@given(
    SLUGS,
    SLUGS,
    SLUGS,
    SLUGS,
    st.sampled_from(["proportion", "median", "landmark", "hazard-ratio"]),
    st.sampled_from(["", "6mo", "12.5wk", "1y", "90d"]),
    st.sampled_from(["", "choi", "central"]),
)
def test_addresses_round_trip(trial_id, report_id, set_id, endpoint, measure, at, own):
    """Reading what was written gives the same address."""
    address = Address(trial_id, report_id, set_id, endpoint, measure, at, own)
    assert address == Address.parse(str(address))


@given(trials("alpha"), trials("beta"), trials("gamma"))
def test_adding_a_trial_changes_no_other_row(one, two, three):
    """The rows of two trials are the same with and without a third beside them."""
    small = kb.compare(base_of(one, two), "orr")
    large = kb.compare(base_of(one, two, three), "orr", trial=["alpha", "beta"])
    assert small.rows == large.rows
    assert small.caveats == large.caveats


@given(trials("alpha"), trials("beta"), trials("gamma"))
def test_filters_commute(one, two, three):
    """Two filters together are the intersection of each alone."""
    base = base_of(one, two, three)
    names = [
        {(each.trial.id, each.arm_id) for each in kb.select(base, **criteria)}
        for criteria in (
            {"drug": "doxorubicin"},
            {"line": "first"},
            {"drug": "doxorubicin", "line": "first"},
        )
    ]
    assert names[0] & names[1] == names[2]


@given(trials("alpha"))
def test_computed_intervals_hold_their_value(one):
    """A computed interval of any method contains the observed percent."""
    row = kb.compare(base_of(one), "orr").rows[0]
    share = 100 * row.events / row.n
    for method in ("clopper-pearson", "wilson", "agresti-coull", "jeffreys", "mid-p"):
        again = kb.compare(base_of(one), "orr", interval=method).rows[0]
        assert float(again.low) - 1e-6 <= share <= float(again.high) + 1e-6


@given(st.text(max_size=400))
def test_any_file_is_read_without_raising(tmp_path_factory, text):
    """Whatever a file holds, it gives problems and hides no other record."""
    root = write_base(tmp_path_factory.mktemp("any") / "base", trial("good"))
    (root / "trials" / "any.yaml").write_bytes(text.encode("utf-8", errors="surrogatepass"))
    assert {"any.yaml"} == {one.place.path.rpartition("/")[2] for one in check(root)}
    assert "good" in kb.load(root, strict=False)


@given(st.data())
def test_a_cut_record_is_read_without_raising(tmp_path_factory, data):
    """A record with a piece cut out is read to the end, and every problem has a sentence."""
    from builders import text as as_text

    whole = as_text(trial("cut"))
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, len(whole)))
    root = write_base(tmp_path_factory.mktemp("cut") / "base")
    (root / "trials" / "cut.yaml").write_text(whole[:start] + whole[end:], encoding="utf-8")
    for problem in check(root):
        assert problem.rule
        assert "\n" not in problem.message
        assert "Input should" not in problem.message

"""Pooled estimates, their models and networks as tables."""

from math import exp

import pytest

import kb
from builders import VOCABULARY, analysis_set, arm, base_of, estimate, report, trial
from kb.rendering.views import table_of
from kb.stats.pooling.multiverse import multiverse
from kb.synthesis.alternatives import alternatives

RATES = "study,arm,endpoint,events,n\nS,A,orr,4,20\nT,A,orr,9,30\nU,B,orr,16,40\n"
RATIOS = (
    "study,arm,versus,endpoint,measure,value,low,high,level\n"
    "Alpha,A,B,os,hazard-ratio,0.80,0.60,1.07,95\n"
    "Beta,B,C,os,hazard-ratio,0.90,0.70,1.16,90\n"
)
THIRD = "Gamma,A,C,os,hazard-ratio,0.75,0.55,1.02,95\n"
WIDE = "Delta,A,B,os,hazard-ratio,2.50,2.00,3.12,95\n"
PARTED = "Omega,X,Y,os,hazard-ratio,1.50,1.00,2.25,95\n"
WORDS = base_of(trial(), vocabulary=VOCABULARY).vocabulary


def _compared(folder, text, endpoint="orr", **options):
    path = folder / "own.csv"
    path.write_text(text, encoding="utf-8")
    return kb.compare(kb.table(path, vocabulary=WORDS), endpoint, **options)


def _notes(table):
    return {note.heading: note.lines for note in table.notes}


def _base():
    def one(name, events, line="first", read="full-text"):
        body = report({"one": analysis_set()}, [estimate(events=events)], read=read)
        people = {"histologies": ["sarcoma"], "line": line, "from": "smith-2020"}
        return trial(name, population=people, reports={"smith-2020": body})

    return base_of(one("alpha", 10), one("beta", 14), one("gamma", 4, line="second"))


def test_pooled_rows(tmp_path):
    """The rows with their counts, then the pooled line with their sums."""
    view = kb.pool(_compared(tmp_path, RATES))
    table = table_of(view)
    assert "Objective response rate, pooled" == table.title
    assert ["", "Pooled"] == [section.heading for section in table.sections]
    assert ("S", "A", "not stated", "4/20", "20.0%", "5.7%–43.7%", "") == table.lines[0]
    name, *_, count, value, interval, source = table.lines[-1]
    assert ("Pooled, k = 3", "29/90", "") == (name, count, source)
    assert f"{100 * view.value:.1f}%" == value
    assert f"{100 * view.low:.1f}%–{100 * view.high:.1f}%" == interval
    assert {"Method", "Notes", "Caveats"} == set(_notes(table))
    assert view.notes == _notes(table)["Notes"]


@pytest.mark.parametrize(("level", "heading"), [(95, "95% interval"), (80, "80% interval")])
def test_level_of_a_row(level, heading, tmp_path):
    """Intervals are headed by the level of the pooled one; a row of another level says its own."""
    table = table_of(
        kb.pool(
            _compared(tmp_path, RATIOS, "os", measure="hazard-ratio"),
            accept=["treatments-differ", "regimens-unlike"],
            level=level,
        )
    )
    assert heading == table.columns[5].heading
    own = ["0.60–1.07", "0.70–1.16"]
    printed = [95, 90]
    assert [
        bounds if one == level else f"{bounds} ({one}%)"
        for bounds, one in zip(own, printed, strict=True)
    ] == [line[5] for line in table.lines[:2]]
    assert ["", "", ""] == [line[3] for line in table.lines]
    assert _notes(table)["Standard errors"] == (
        "from 95% interval: Alpha",
        "from 90% interval: Beta",
    )


def test_groups(tmp_path):
    """Groups stand beneath the whole under the test between them."""
    view = kb.pool(_compared(tmp_path, RATES), by="arm")
    section = table_of(view).sections[2]
    assert view.parts_are == section.heading
    assert [("A", "k = 2"), ("B", "k = 1")] == [(line[0], line[3]) for line in section.lines]


def test_notes_of_records():
    """What was accepted, set aside and hard to compare stands beneath."""
    half = report(
        {"one": analysis_set(), "lms": analysis_set(n=9, of="one",
                                                    subgroup={"histology": ["leiomyosarcoma"]})},
        [estimate(), estimate(of="lms", events=2)],
    )  # fmt: skip
    base = base_of(*[trial(one, reports={"smith-2020": half}) for one in ("alpha", "beta")])
    notes = _notes(table_of(kb.pool(kb.compare(base, "orr"))))
    aside = "alpha/smith-2020 (lms; orr/proportion): a part of smith-2020/one, which is used"
    assert aside == notes["Set aside"][0]
    assert "Accepted in spite of" not in notes
    mixed = _notes(table_of(kb.pool(kb.compare(_base(), "orr"), accept=["lines-mixed"])))
    assert mixed["Accepted in spite of"][0].startswith("lines-mixed: first line")
    assert any(line.startswith("lines-differ: ") for line in mixed["Caveats"])
    assert ("Trial", "smith-2020/one") == (
        table_of(kb.pool(kb.compare(base, "orr"))).columns[0].heading,
        table_of(kb.pool(kb.compare(base, "orr"))).lines[0][-1],
    )


def test_prediction(tmp_path):
    """The prediction interval is on the printed scale."""
    view = kb.pool(_compared(tmp_path, RATES), method="logit")
    said = f"{100 * view.prediction_low:.1f}%–{100 * view.prediction_high:.1f}%"
    assert f"prediction interval {said}" == _notes(table_of(view))["Method"][2]


def test_alternatives(tmp_path):
    """Every model in a line with whose default it is; what was accepted travels with it."""
    view = kb.pool(_compared(tmp_path, RATES))
    table = table_of(alternatives(view))
    found = {line[:4]: line for line in table.lines}
    assert "–" == found["glmm", "common", "–", "none"][2]
    assert f"{100 * view.value:.1f}%" == found["glmm", "random", "ml", "none"][4]
    assert "rma.glmm" in found["glmm", "random", "ml", "none"][7]
    assert (table.lines, ()) == (table_of(multiverse([4, 9, 16], [20, 30, 40])).lines, table.notes)
    mixed = alternatives(kb.pool(kb.compare(_base(), "orr"), accept=["lines-mixed"]))
    assert {"Accepted in spite of"} == set(_notes(table_of(mixed)))


def _network(folder, text, **options):
    found = _compared(folder, text, "os", measure="hazard-ratio")
    return kb.network(found, **options)


def test_league_table(tmp_path):
    """Every pair with what is direct, what is indirect, how far they differ, and its trials."""
    view = _network(tmp_path, RATIOS + THIRD)
    table = table_of(view)
    assert table.title.startswith("OS network: hazard ratio")
    assert table.title.endswith(", A versus B, lower is better for A")
    assert ["A v B", "A v C", "B v C"] == [line[0] for line in table.lines]
    effect = view.effect("A", "B")
    value, low, high = (exp(one) for one in (effect.value, effect.low, effect.high))
    assert f"{value:.2f} ({low:.2f}–{high:.2f})" == table.lines[0][1]
    split = next(one for one in view.split() if {one.a, one.b} == {"A", "B"})
    direct = exp(split.direct.value if split.a == "A" else -split.direct.value)
    assert table.lines[0][2].startswith(f"{direct:.2f} (")
    assert f"{split.p:.3f}" == table.lines[0][4]
    assert ["1", "1", "1"] == [line[5] for line in table.lines]
    notes = _notes(table)
    assert {
        "Before any ranking: what may break transitivity", "P-scores (under the cautions above)",
        "Method",
    } == set(notes)  # fmt: skip
    assert "random effects, tau² by dl, 95% intervals" == notes["Method"][0]
    (scores,) = notes["P-scores (under the cautions above)"]
    assert ["A", "B", "C"] == sorted(one.split()[0] for one in scores.split(", "))
    assert scores.startswith("A ")


def test_a_chain_has_nothing_indirect_to_compare(tmp_path):
    """Where a pair has only direct or only indirect evidence there is no difference of both."""
    table = table_of(_network(tmp_path, RATIOS))
    assert {"A v B": "–", "A v C": "–", "B v C": "–"} == {line[0]: line[4] for line in table.lines}
    assert "0" == table.lines[1][5]


def test_parts_of_a_network(tmp_path):
    """Unconnected parts are sections of their own; a part of two has no ranks."""
    table = table_of(_network(tmp_path, RATIOS + PARTED, level=80))
    assert ["3 treatments, 2 trials, tau = unknown", "2 treatments, 1 trial, tau = unknown"] == [
        section.heading for section in table.sections
    ]
    notes = _notes(table)
    assert 1 == len(notes["P-scores (under the cautions above)"])
    assert "the parts are not connected, and are estimated apart" in notes["Method"]
    assert "80% intervals" in notes["Method"][0]


def test_driver_of_a_network(tmp_path):
    """The trial without which the spread would be least is named, with both spreads."""
    alike = "Eta,A,B,os,hazard-ratio,0.85,0.60,1.20,95\n"
    view = _network(tmp_path, RATIOS + alike + WIDE)
    lines = _notes(table_of(view))["Method"]
    driver = next(line for line in lines if "drives heterogeneity" in line)
    least = min(view.influence(), key=lambda one: one.tau2_without)
    assert (
        f"{least.study} drives heterogeneity: without it tau² is {least.tau2_without:.3f}, "
        f"with it {view.tau2:.3f}"
    ) == driver


def test_no_driver_without_spread(tmp_path):
    """Where trials agree nobody drives anything."""
    same = RATIOS + "Delta,A,B,os,hazard-ratio,0.80,0.60,1.07,95\n"
    table = table_of(_network(tmp_path, same))
    assert "tau = 0.000" in table.sections[0].heading
    assert not any("drives" in line for line in _notes(table)["Method"])


def test_no_driver_where_nothing_is_left_to_compare(tmp_path):
    """Where no spread is known without a trial, it is not said to drive what there is."""
    table = table_of(_network(tmp_path, RATIOS + WIDE))
    assert "tau = 0.000" not in table.sections[0].heading
    assert not any("drives" in line for line in _notes(table)["Method"])


def test_set_aside_of_a_network(tmp_path):
    """Rows that take no part are named with why."""
    more = "Beta,B,C,os,hazard-ratio,0.95,0.70,1.26,95\n"
    assert ("3: the same arms as 2, which stands first",) == (
        _notes(table_of(_network(tmp_path, RATIOS + more)))["Set aside"]
    )


def test_names_of_treatments(tmp_path):
    """Drugs of one treatment are parted from each other."""
    text = RATIOS.replace(",A,B,", ",a+b,c,").replace(",B,C,", ",c,d,")
    assert "a + b v c" == table_of(_network(tmp_path, text)).lines[0][0]


def test_arms_in_words():
    """The drugs and the line of a row of records are words."""
    data = trial("alpha", arms={"one": arm("doxorubicin", "ifosfamide")})
    assert ("doxorubicin + ifosfamide", "first") == (
        table_of(kb.pool(kb.compare(base_of(data), "orr"))).lines[0][1:3]
    )
    people = {"histologies": ["sarcoma"], "line": "previously-treated", "from": "smith-2020"}
    later = base_of(trial("alpha", population=people))
    assert "previously treated" == table_of(kb.pool(kb.compare(later, "orr"))).lines[0][2]

"""Funnels, maps of gaps, plots of networks and the page they share."""

import re
from math import log, sqrt

import pytest

import kb
from builders import VOCABULARY, analysis_set, base_of, estimate, report, trial
from kb.errors import UnknownFormatError
from kb.rendering.figures import funnel as funnels, network_plot as plots
from kb.rendering.figures.forest import forest
from kb.rendering.figures.funnel import funnel
from kb.rendering.figures.gap_map import gap_map
from kb.rendering.figures.network_plot import network_plot
from kb.rendering.figures.page import figure_path, sized_figure, text_width, wrapped

WORDS = base_of(trial(), vocabulary=VOCABULARY).vocabulary
RATIOS = (
    "study,arm,versus,endpoint,measure,value,low,high,level\n"
    "Alpha,A,B,os,hazard-ratio,0.80,0.60,1.07,95\n"
    "Beta,B,C,os,hazard-ratio,0.90,0.70,1.16,95\n"
    "Gamma,A,B,os,hazard-ratio,0.70,0.50,0.98,95\n"
)


def _compared(folder, text, endpoint, **options):
    path = folder / "own.csv"
    path.write_text(text, encoding="utf-8")
    return kb.compare(kb.table(path, vocabulary=WORDS), endpoint, **options)


def _words(path):
    return re.findall(r"<text[^>]*>(.*?)</text>", path.read_text(encoding="utf-8"), re.DOTALL)


def _rates(folder, *counts):
    lines = [f"S{number},A,orr,{x},{n}" for number, (x, n) in enumerate(counts)]
    return _compared(folder, "\n".join(["study,arm,endpoint,events,n", *lines, ""]), "orr")


def test_points_of_a_funnel(tmp_path):
    """Proportions stand on the logit scale; those of 0 or n get a half for their place alone."""
    view = kb.pool(_rates(tmp_path, (5, 20), (0, 20), (20, 20)), model="common", method="logit")
    inside, nought, every = funnels._proportions(view)
    assert [False, True, True] == [hollow for _, _, hollow in (inside, nought, every)]
    assert pytest.approx((log(5 / 15), sqrt(1 / 5 + 1 / 15))) == inside[:2]
    assert pytest.approx((log(0.5 / 20.5), sqrt(2 + 1 / 20.5))) == nought[:2]
    assert (-nought[0], nought[1]) == pytest.approx(every[:2])
    assert [
        "Dashed: 95% limits around the pooled value, without spread between trials.",
        "Hollow: none or all responded; placed with ½ added.",
    ] == list(funnels._notes(view, [inside, nought]))
    assert 1 == len(list(funnels._notes(view, [inside])))


def test_funnel_of_ratios(tmp_path):
    """Ratios stand on the log scale under the pooled ratio."""
    found = _compared(tmp_path, RATIOS, "os", measure="hazard-ratio")
    view = kb.pool(found, accept=["treatments-differ"], level=80)
    points = list(funnels._ratios(view))
    assert [pytest.approx(log(one)) for one in (0.8, 0.9, 0.7)] == [one[0] for one in points]
    words = _words(funnel(view, tmp_path / "f.svg"))
    assert f"OS, k = 3, pooled {2.718281828459045**view.value:.2f}" in words
    assert "ratio (log scale)" in words
    assert "Dashed: 80% limits around the pooled value," in " ".join(words)


def test_what_a_funnel_refuses(tmp_path):
    """Another view, another scale, and a pool without an estimate have no funnel."""
    for view in (kb.Problems(), kb.compare(base_of(trial()), "orr")):
        with pytest.raises(ValueError, match="a funnel shows pooled proportions or ratios"):
            funnel(view, tmp_path / "f.svg")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="nothing was estimated, so a funnel has no middle"):
        funnel(kb.pool(_rates(tmp_path, (0, 12), (12, 12))), tmp_path / "f.svg")


def test_gap_map(tmp_path):
    """Trials over patients in each cell, a question mark where none prints n."""
    silent = report({"one": analysis_set(n=None)}, [estimate()])
    base = base_of(trial("alpha"), trial("beta"), vocabulary=VOCABULARY)
    words = _words(gap_map(kb.gaps(base), tmp_path / "g.svg"))
    assert "2 / 80" in words
    assert any("classes without evidence here are not drawn" in one for one in words)
    lone = base_of(trial("alpha", reports={"smith-2020": silent}))
    assert "1 / ?" in _words(gap_map(kb.gaps(lone), tmp_path / "h.svg"))
    with pytest.raises(ValueError, match="no evidence, so there is nothing to draw"):
        gap_map(kb.gaps(base, endpoint="pfs"), tmp_path / "i.svg")
    with pytest.raises(ValueError, match="a map of gaps is of gaps, not of a Problems"):
        gap_map(kb.Problems(), tmp_path / "i.svg")  # type: ignore[arg-type]
    assert not (tmp_path / "i.svg").exists()


def test_network_plot(tmp_path):
    """Treatments by name, the number of trials on a line of more than one, parts apart."""
    parted = RATIOS + "Omega,X,Y,os,hazard-ratio,1.50,1.00,2.25,95\n"
    found = _compared(tmp_path, parted, "os", measure="hazard-ratio")
    view = kb.network(found)
    words = _words(network_plot(view, tmp_path / "n.svg"))
    assert {"A", "B", "C", "X", "Y", "2", "OS: randomised comparisons"} <= set(words)
    assert "1" not in words
    assert {("A", "B"): 2, ("B", "C"): 1} == plots._edges(view, {"A", "B", "C"})
    assert {} == plots._patients(view)
    with pytest.raises(ValueError, match="of a network, not of a Comparison"):
        network_plot(found, tmp_path / "m.svg")


def test_places_of_treatments():
    """Two stand side by side; more on a ring, the first at its top, none in one place."""
    assert {"a": (-0.75, 0), "b": (0.75, 0)} == plots._places(["a", "b"])
    ring = plots._places(["a", "b", "c", "d"])
    assert pytest.approx((0, 0.9)) == ring["a"]
    assert pytest.approx((0.9, 0)) == ring["b"]
    assert 4 == len({(round(x, 6), round(y, 6)) for x, y in ring.values()})
    assert [0.9, 0.9, 1.7] == [pytest.approx(plots._radius(one)) for one in (3, 5, 10)]


@pytest.mark.parametrize("draw", [forest, funnel, gap_map, network_plot])
@pytest.mark.parametrize("name", ["x.docx", "x", "x.svgz"])
def test_suffix_of_a_figure(draw, name, tmp_path):
    """A suffix nobody writes is refused before anything else is asked."""
    with pytest.raises(UnknownFormatError, match=r"is no figure; known are \.svg, \.png, \.pdf"):
        draw(kb.Problems(), tmp_path / name)


def test_page(tmp_path):
    """A figure has its size in inches, and the same figure gives the same bytes."""
    assert (3, 2) == tuple(sized_figure(3, 2).get_size_inches())
    assert tmp_path / "a.png" == figure_path(str(tmp_path / "a.png"))
    assert 2 * text_width("ab") == pytest.approx(text_width("abcd"))
    view = kb.compare(base_of(trial("alpha")), "orr")
    for suffix in ("svg", "pdf"):
        one, other = tmp_path / f"a.{suffix}", tmp_path / f"b.{suffix}"
        assert (one, other) == (forest(view, one, title="Mine"), forest(view, other, title="Mine"))
        assert one.read_bytes() == other.read_bytes()
    assert "Mine" in _words(tmp_path / "a.svg")


def test_notes_are_wrapped():
    """A note goes over lines of the figure's width, each note on lines of its own."""
    notes = wrapped(["word " * 40, "short"], 4)
    assert "short" == notes[-1]
    assert max(map(len, notes)) <= (4 - 0.3) / (0.86 * 0.068)
    assert ["word " * 5 + "word"] == wrapped(["word " * 6], 0.1)

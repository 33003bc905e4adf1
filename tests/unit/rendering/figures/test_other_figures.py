"""Funnels, maps of gaps, plots of networks and the page they share."""

import re
from math import log, sqrt

import pytest

import kb
from builders import (
    VOCABULARY,
    analysis_set,
    arm,
    base_of,
    contrast,
    estimate,
    randomised,
    report,
    trial,
)
from kb.errors import UnknownFormatError
from kb.rendering.figures import funnel as funnels, network_plot as plots
from kb.rendering.figures.forest import forest
from kb.rendering.figures.funnel import funnel
from kb.rendering.figures.gap_map import gap_map
from kb.rendering.figures.network_plot import network_plot
from kb.rendering.figures.page import (
    figure_path,
    put_notes,
    sized_figure,
    text_width,
    wrapped,
)

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
            funnel(view, tmp_path / "f.svg")  # type: ignore[arg-type]  # another view, on purpose
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
        gap_map(kb.Problems(), tmp_path / "i.svg")  # type: ignore[arg-type]  # another view, on purpose
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
    assert "Objective response rate" in _words(forest(view, tmp_path / "c.svg"))


def test_notes_on_the_page():
    """Lines of notes stand beneath each other at the foot."""
    figure = sized_figure(4, 2)
    put_notes(figure, ["one", "two"], 0.4)
    (text,) = figure.texts
    assert "one\ntwo" == text.get_text()
    assert (0.15 / 4, 0.35 / 2) == pytest.approx(text.get_position())


def test_notes_are_wrapped():
    """A note goes over lines of the figure's width, each note on lines of its own."""
    notes = wrapped(["word " * 40, "short"], 4)
    assert "short" == notes[-1]
    assert max(map(len, notes)) <= (4 - 0.3) / (0.86 * 0.068)
    assert ["word " * 5 + "word"] == wrapped(["word " * 6], 0.1)


def _size(path):
    """The size of an SVG in inches."""
    found = re.search(r'width="([\d.]+)pt" height="([\d.]+)pt"', path.read_text(encoding="utf-8"))
    return [float(one) / 72 for one in found.groups()]


def test_size_of_a_gap_map(tmp_path):
    """As wide as the names of classes and a cell a column, as tall as a line a class."""
    base = base_of(trial("alpha"), trial("beta"), vocabulary=VOCABULARY)
    names = ("Single-agent chemotherapy", "Cytotoxic chemotherapy")
    width, height = _size(gap_map(kb.gaps(base, endpoint="orr"), tmp_path / "g.svg"))
    assert max(map(len, names)) * 0.068 + 0.3 + 0.82 + 0.2 == pytest.approx(width, abs=0.01)
    notes = [
        "Trials / patients (largest n per arm; ? where no n is printed); hatched: no evidence.",
        "2 classes without evidence here are not drawn.",
    ]
    foot = 0.15 + 0.125 * len(wrapped(notes, width))
    assert 0.75 + 2 * 0.27 + foot == pytest.approx(height, abs=0.01)


@pytest.mark.parametrize(
    ("names", "height", "width"),
    [
        ({"a": "A", "b": "B"}, 0.45, 2 * (0.75 + 0.16 + 0.068 + 0.2)),
        ({"a": "A\nA\nA", "b": "BB"}, 0.15 + 3 * 0.13, 2 * (0.75 + 0.16 + 2 * 0.068 + 0.2)),
        (
            {"a": "A\nA", "b": "B", "c": "CCC"},
            2 * (0.9 + 0.16 + 2 * 0.13 + 0.15),
            2 * (0.9 + 0.16 + 3 * 0.068 + 0.2),
        ),
    ],
)
def test_size_of_a_part(names, height, width):
    """A part has room for its circles, its ring, and the lines of its longest name on each side."""
    treatments = tuple(names)
    assert height == pytest.approx(plots._height(treatments, names))
    assert width == pytest.approx(plots._width(treatments, names))


def test_order_on_the_ring(tmp_path):
    """The best connected treatment is the first, its neighbours beside it."""
    more = "Delta,B,D,os,hazard-ratio,0.90,0.70,1.16,95\nEta,D,E,os,hazard-ratio,0.9,0.7,1.16,95\n"
    view = kb.network(_compared(tmp_path, RATIOS + more, "os", measure="hazard-ratio"))
    order = plots._order(view, ("A", "B", "C", "D", "E"))
    assert ("B", {"A", "C", "D", "E"}) == (order[0], set(order[1:]))
    assert 1 == abs(order.index("D") - order.index("E"))
    assert 5 == len(order)


def test_patients_of_a_network():
    """A circle grows with the n of the sets that contrasts name, each set counted once."""
    sets = {"one": analysis_set("one", n=30), "two": analysis_set("two", n=20)}
    body = report(sets, [], contrasts=[contrast()])
    pair = (arm("doxorubicin", "ifosfamide"), arm("doxorubicin"))
    base = base_of(
        *[randomised(one, *pair, reports={"smith-2020": body}) for one in ("alpha", "beta")]
    )
    view = kb.network(kb.compare(base, "pfs", measure="hazard-ratio"))
    assert {"doxorubicin+ifosfamide": 60, "doxorubicin": 40} == plots._patients(view)
    assert "Doxorubicin + Ifosfamide" == plots._name(view, "doxorubicin+ifosfamide")
    assert "Pembrolizumab +\nIfosfamide" == plots._name(view, "pembrolizumab+ifosfamide")
    assert "Doxorubicin" == plots._name(view, "doxorubicin")


def test_size_of_a_network(tmp_path):
    """Parts stand beneath each other; the figure is no narrower than its title needs."""
    parted = RATIOS + "Omega,X,Y,os,hazard-ratio,1.50,1.00,2.25,95\n"
    view = kb.network(_compared(tmp_path, parted, "os", measure="hazard-ratio"))
    width, height = _size(network_plot(view, tmp_path / "n.svg"))
    assert 3.4 == pytest.approx(width, abs=0.01)
    foot = 0.15 + 0.125 * len(wrapped(plots._notes(view), 3.4))
    ring = 2 * (0.9 + 0.16 + 0.13 + 0.15)
    assert 0.45 + ring + 0.45 + foot == pytest.approx(height, abs=0.01)


def _axes_of(draw):
    """An axis with something drawn on it."""
    axes = sized_figure(3, 2).add_axes((0, 0, 1, 1))
    draw(axes)
    return axes


@pytest.mark.parametrize(("trials", "words"), [(1, []), (2, ["2"]), (7, ["7"])])
def test_a_line_of_a_network(trials, words):
    """A line is as thick as it has trials, and says how many where they are several."""
    axes = _axes_of(lambda it: plots._edge(it, (0, 0), (2, 4), trials))
    (line,) = axes.lines
    assert 0.6 + 0.8 * trials == pytest.approx(line.get_linewidth())
    assert words == [one.get_text() for one in axes.texts]
    assert all((1, 2) == one.get_position() for one in axes.texts)


@pytest.mark.parametrize(
    ("place", "alone", "across", "upright"),
    [
        ((0, 1), False, "center", "bottom"),
        ((0, -1), False, "center", "top"),
        ((1, 0), False, "left", "center"),
        ((-1, 0), False, "right", "center"),
        ((0.7, 0.7), False, "left", "center"),
        ((0.3, 0.954), False, "left", "bottom"),
        ((0.6, 1.9), False, "left", "bottom"),
        ((1, 2), False, "left", "center"),
        ((0, 1), True, "center", "center"),
    ],
)
def test_name_of_a_circle(place, alone, across, upright):
    """A name stands outside the ring, on the side on which its circle is."""
    axes = _axes_of(lambda it: plots._node(it, place, "name", 0.5, alone=alone))
    (text,) = axes.texts
    assert (across, upright) == (text.get_ha(), text.get_va())
    assert (place[0] ** 2 + place[1] ** 2) ** 0.5 + 0.23 == pytest.approx(
        (text.get_position()[0] ** 2 + text.get_position()[1] ** 2) ** 0.5
    )


@pytest.mark.parametrize(("share", "area"), [(1, 1), (0.25, 0.25), (0, 0.06), (0.06, 0.06)])
def test_area_of_a_circle(share, area):
    """The area grows with the patients; a circle of nobody can still be seen."""
    axes = _axes_of(lambda it: plots._node(it, (0, 1), "name", share, alone=False))
    (circle,) = axes.collections
    assert (2 * 0.16 * 72) ** 2 * area == pytest.approx(circle.get_sizes()[0])


@pytest.mark.parametrize(("endpoint", "hatched"), [("orr", 0), ("dcr,orr", 2)])
def test_an_empty_cell_is_hatched(endpoint, hatched, tmp_path):
    """No evidence is hatched, which is not the same as little; a full map has no hatch."""
    path = gap_map(kb.gaps(base_of(trial("alpha")), endpoint=endpoint), tmp_path / "g.svg")
    text = path.read_text(encoding="utf-8")
    assert hatched == text.count("fill: url(#")
    assert 2 == _words(path).count("1 / 40")


def test_letters_on_a_dark_cell(tmp_path):
    """Letters are white on the dark cell of most patients and dark on a light one."""
    few = report({"one": analysis_set(n=3)}, [estimate(events=1)])
    many = report({"one": analysis_set(n=400)}, [estimate()])
    base = base_of(
        trial("alpha", reports={"smith-2020": many}),
        trial("beta", arms={"one": arm("pembrolizumab")}, reports={"smith-2020": few}),
    )
    text = gap_map(kb.gaps(base, endpoint="orr"), tmp_path / "g.svg").read_text(encoding="utf-8")
    letters = {
        words: style for style, words in re.findall(r'<text style="([^"]*)"[^>]*>(1 / .*?)</text>', text)
    }  # fmt: skip
    assert "fill: #ffffff" in letters["1 / 400"]
    assert "fill: #1a1a1a" in letters["1 / 3"]


def _texts(path):
    """Each text of an SVG with its place in points from the left and the top."""
    found = re.findall(r"<text ([^>]*)>(.*?)</text>", path.read_text(encoding="utf-8"), re.DOTALL)
    for attributes, words in found:
        named = dict(re.findall(r'(\w+)="(-?[\d.]+)"', attributes))
        moved = re.search(r"translate\((-?[\d.]+) (-?[\d.]+)\)", attributes)
        x, y = moved.groups() if moved else (named["x"], named["y"])
        yield words, float(x), float(y)


def _drawn(folder):
    """One figure of each kind."""
    parted = RATIOS + "Omega,X,Y,os,hazard-ratio,1.50,1.00,2.25,95\n"
    found = _compared(folder, parted, "os", measure="hazard-ratio")
    rates = kb.pool(_rates(folder, (5, 20), (9, 30), (0, 20)))
    yield network_plot(kb.network(found), folder / "network.svg")
    yield forest(rates, folder / "forest.svg")
    yield funnel(rates, folder / "funnel.svg")
    yield gap_map(kb.gaps(base_of(trial("alpha"))), folder / "gaps.svg")


def test_nothing_is_off_the_page(tmp_path):
    """Every word of every figure stands on it."""
    for path in _drawn(tmp_path):
        width, height = (72 * one for one in _size(path))
        for words, x, y in _texts(path):
            assert (True, True) == (0 <= x <= width, 0 <= y <= height), (path.name, words)


def test_words_of_a_forest_plot(tmp_path):
    """Headings stand in one line above, and what belongs to a row on one line with its label."""
    view = kb.pool(_rates(tmp_path, (5, 20), (9, 30), (0, 20)))
    path = forest(view, tmp_path / "f.svg")
    places = {words: (round(x), round(y)) for words, x, y in _texts(path)}
    heads = [places[one] for one in ("Trial", "Drugs", "Events/n", "Estimate (95% CI)")]
    assert 1 == len({y for _, y in heads})
    assert sorted(heads) == heads
    assert places["Trial"][0] == places["S0"][0] == places["Pooled, k = 3"][0]
    assert places["S0"][1] < places["S1"][1] < places["S2"][1] < places["Pooled, k = 3"][1]
    assert places["5/20"][1] == places["S0"][1]


def test_lines_of_a_funnel(tmp_path):
    """The middle runs from the top, where the limits meet, down to where they are widest."""
    view = kb.pool(_rates(tmp_path, (5, 20), (9, 30), (3, 20)))
    text = funnel(view, tmp_path / "f.svg").read_text(encoding="utf-8")
    lines = [
        [tuple(map(float, point)) for point in re.findall(r"[ML] (-?[\d.]+) (-?[\d.]+)", path)]
        for path in re.findall(r'<path d="([^"]*)"[^>]*stroke: #8c8c8c', text)
    ]
    (left, apex, right), (top, foot) = (one for one in lines if len(one) in (2, 3))
    assert (apex, apex[0]) == (top, foot[0])
    assert left[1] == right[1] == foot[1] > apex[1]
    assert apex[0] - left[0] == pytest.approx(right[0] - apex[0], abs=0.01)


def test_marks_of_a_funnel(tmp_path):
    """The axis of proportions is marked at round percents within its ends."""
    view = kb.pool(_rates(tmp_path, (5, 20), (9, 30), (3, 20)))
    words = set(_words(funnel(view, tmp_path / "f.svg")))
    assert {"10", "20", "30", "50", "% (logit scale)", "standard error"} <= words
    assert {"95", "98"}.isdisjoint(words)
    (mean,) = (one for one in words if one.startswith("ORR, k = 3, pooled "))
    assert f"ORR, k = 3, pooled {100 * view.value:.1f}%" == mean
    assert (0.5, 1, 2, 5, 10, 20, 30, 50, 70, 80, 90, 95, 98) == funnels.PERCENTS

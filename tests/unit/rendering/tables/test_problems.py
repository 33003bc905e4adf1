"""Problems as lines, JSON and annotations."""

import json

from kb.errors import Place, Problem, Problems
from kb.exporters import text_of as exported
from kb.rendering.tables.problems import text_of, workflow_commands

ODD = [Problem(Place("a\n:b.yaml", 2, 3), "some-rule", "100% of \x1b[2J")]


def test_one_line_each():
    """A problem is one line, and what a terminal would obey is escaped."""
    assert "a\\n:b.yaml:2:3: some-rule: 100% of \\x1b[2J\n" == text_of(ODD)


def test_json():
    """JSON has the path that can be printed."""
    assert "a\\n:b.yaml" == json.loads(exported(Problems(ODD), "json"))[0]["path"]


def test_annotations():
    """What workflow commands reserve is written as they want it."""
    assert (
        "::error file=a\\n%3Ab.yaml,line=2,col=3,title=some-rule::100%25 of \\x1b[2J\n"
        == workflow_commands(ODD)
    )


def test_lines_of_a_width():
    """On a terminal a problem goes over several lines; its place is never cut."""
    problem = Problem(Place("records/trials/gem-doc-first-line.yaml", 2, 3), "some-rule", "a b c")
    assert "records/trials/gem-doc-first-line.yaml:2:3: some-rule: a b c\n" == text_of([problem])
    assert "records/trials/gem-doc-first-line.yaml:2:3:\n    some-rule: a b c\n" == (
        text_of([problem], 50)
    )

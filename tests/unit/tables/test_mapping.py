"""What a reviewer says of the columns: the words of `--map`, and the file `mapping.yaml`."""

import pytest

from kb.errors import InvalidRecordsError
from kb.tables.headers import plan_of
from kb.tables.mapping import column_named, meant, parse_mapping, read_mapping
from kb.tables.table import nearest_vocabulary

WORDS = nearest_vocabulary()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("study=Author,n=N,events=ORR n", {"study": "Author", "n": "N", "events": "ORR n"}),
        ("study=Author, year,n=N", {"study": "Author, year", "n": "N"}),
        ('study="Author, year",n=N', {"study": "Author, year", "n": "N"}),
        ('study="Author, n=2",n=N', {"study": "Author, n=2", "n": "N"}),
        ("unit==months, level==95", {"unit": "=months", "level": "=95"}),
        ("pfs@6 months.value=PFS (6 mo)", {"pfs@6 months.value": "PFS (6 mo)"}),
    ],
)
def test_words_of_the_option(text, expected):
    """A field leads to a header, whose commas are kept, or to a constant behind a second sign."""
    assert expected == parse_mapping(text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("study", "--map takes field=header, as in study=Author; got 'study'"),
        ("", "--map takes field=header, as in study=Author; got ''"),
        ("n=N,n=M", "--map names 'n' twice: 'N' and 'M'"),
    ],
)
def test_options_that_say_nothing(text, message):
    """What is no pair, and a field that is named twice, is refused."""
    with pytest.raises(ValueError, match="--map") as refused:
        parse_mapping(text)
    assert message == str(refused.value)


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("study", ("study", "", "", "", "", "")),
        ("At Unit", ("at_unit", "", "", "", "", "")),
        ("versus", ("versus", "", "", "", "", "")),
        ("orr", ("value", "orr", "proportion", "", "", "")),
        ("ORR.events", ("events", "orr", "proportion", "", "", "")),
        ("response rate.n", ("n", "orr", "proportion", "", "", "")),
        ("pfs.median", ("value", "pfs", "median", "", "", "")),
        ("pfs.median.low", ("low", "pfs", "median", "", "", "")),
        ("pfs@6 months", ("value", "pfs", "landmark", "6", "months", "")),
        ("pfs@1.5 y.high", ("high", "pfs", "landmark", "1.5", "years", "")),
        ("orr@12 weeks.events", ("events", "orr", "proportion", "12", "weeks", "")),
        ("pfs.hr.p", ("p", "pfs", "hazard-ratio", "", "", "")),
        ("hazard-ratio", ("value", "", "hazard-ratio", "", "", "")),
        ("ttr", ("value", "ttr", "median", "", "", "")),
        ("versus.n", ("n", "", "", "", "", "control")),
        ("versus.arm", ("arm", "", "", "", "", "control")),
        ("orr.versus.events", ("events", "orr", "proportion", "", "", "control")),
    ],
)
def test_what_a_key_means(key, expected):
    """A field, of an endpoint, a time, a measure or the arm that is compared with."""
    one = meant(key, WORDS)
    assert expected == (one.field, one.endpoint, one.measure, one.at, one.at_unit, one.side)


@pytest.mark.parametrize(
    ("key", "message"),
    [
        ("studdy", "'studdy': 'studdy' is no field, endpoint or measure; did you mean 'study'? "
                   "Fields are study, arm, versus,"),
        ("evnts", "'evnts': 'evnts' is no field, endpoint or measure; did you mean 'events'? "
                  "Fields are events, study, arm,"),
        ("orr.foo", "'orr.foo': 'foo' is no field, endpoint or measure. Fields are study,"),
        ("pfs", "'pfs' leaves open what is printed: say pfs.median, pfs@6 months or"),
        ("orr@6 moons", "'orr@6 moons': 'moons' is none of days, weeks, months, years"),
        ("zzz@6 months", "'zzz@6 months': 'zzz' is no field, endpoint or measure."),
        ("orr.arm", "'orr.arm': arm is of the whole line; map 'arm' alone"),
        ("hr.versus.n", "'hr.versus.n': a hazard-ratio is of two arms, not of one"),
        ("orr.hr.median", "'orr.hr.median': 'median' is no field"),
    ],
)  # fmt: skip
def test_keys_that_mean_nothing(key, message):
    """An unknown word is named with those that there are, the nearest first."""
    with pytest.raises(ValueError, match=r".") as refused:
        meant(key, WORDS)
    assert str(refused.value).startswith(message)


def test_headers_of_a_mapping():
    """A header is named as it is written, else in any case where only one is so written."""
    header = ["Author", "ORR n", "ORR N", "Site "]
    assert [0, 1, 2, 0, 3] == [
        column_named(header, one) for one in ("Author", "ORR n", "ORR N", "author", "Site")
    ]
    with pytest.raises(ValueError, match=r"^--map: 'orr n' heads 2 columns$"):
        column_named(header, "orr n")
    with pytest.raises(ValueError, match=r"headed 'Autor'; did you mean 'Author'\?$"):
        column_named(header, "Autor")


def _entries(header, mapping):
    plan = plan_of(header, WORDS, mapping=parse_mapping(mapping))
    return [
        (
            one.name,
            {field: header[column] for field, column in one.fields.items()},
            one.constants,
        )
        for one in plan.entries
    ]


def test_a_mapping_wins():
    """What a mapping says of a column goes before its header, and before another column's."""
    assert [("", {"study": "Author", "n": "Total"}, {})] == [
        (name, {one: fields[one] for one in ("study", "n")}, constants)
        for name, fields, constants in _entries(
            ["study", "Author", "n", "Total", "events"], "study=Author,n=Total"
        )
    ]
    assert [("", {"n": "n", "events": "ORR n"}, {"endpoint": "cr"})] == _entries(
        ["n", "ORR n"], "events=ORR n,endpoint==cr"
    )


def test_constants():
    """A constant is of every line, one of an endpoint of that; a unit of time is of times only."""
    header = ["Author", "ORR n", "N", "PFS"]
    first, second = _entries(header, "pfs.median=PFS,unit==months,orr.level==90,level==95")
    assert {"endpoint": "orr", "measure": "proportion", "level": "90"} == first[2]
    assert {"endpoint": "pfs", "measure": "median", "level": "95", "unit": "months"} == second[2]
    assert [("", {"events": "events"}, {"n": "50"})] == _entries(["n", "events"], "n==50")


def test_two_arms():
    """What is said of no arm is of the one that is compared with `versus`."""
    header = ["Author", "a", "b", "c", "d", "p", "hr"]
    text = "events=a,n=b,versus.events=c,versus.n=d,arm==x,versus.arm==placebo,endpoint==orr"
    assert [
        ("x", {"study": "Author", "n": "b", "events": "a"}, {"endpoint": "orr", "arm": "x"}),
        (
            "placebo",
            {"study": "Author", "n": "d", "events": "c"},
            {"endpoint": "orr", "arm": "placebo", "reference": "yes"},
        ),
        (
            "x v placebo",
            {"study": "Author", "p": "p"},
            {"endpoint": "orr", "arm": "x", "versus": "placebo"},
        ),
        (
            "hazard-ratio x v placebo",
            {"study": "Author", "value": "hr"},
            {"endpoint": "orr", "measure": "hazard-ratio", "arm": "x", "versus": "placebo"},
        ),
    ] == _entries(header, text)
    named = _entries(header, "events=a,versus.events=c,versus==placebo")
    assert ["experimental", "placebo"] == [one[2]["arm"] for one in named[:2]]
    names = [one[2]["arm"] for one in _entries(header, "orr.events=a,orr.versus.events=c")]
    assert ["experimental", "control"] == names[:2]


def test_a_column_twice():
    """A column is of one field."""
    with pytest.raises(ValueError, match="--map takes the column 'N' twice; once is for 'events'"):
        _entries(["N"], "n=N,events=N")


FILE = """\
# beside the table
sheet: Table 2
columns:
  study: Author, year
  orr.events: ORR n
  unit: =months
"""


def test_the_file_beside_a_table(tmp_path):
    """It holds the columns as the option does, and the sheet of a workbook."""
    path = tmp_path / "mapping.yaml"
    path.write_text(FILE, encoding="utf-8")
    expected = {"study": "Author, year", "orr.events": "ORR n", "unit": "=months"}
    assert {"columns": expected, "sheet": "Table 2"} == read_mapping(path, WORDS)
    path.write_text("sheet: a\n", encoding="utf-8")
    assert {"columns": {}, "sheet": "a"} == read_mapping(path)


BROKEN = """\
sheet: [a]
shet: x
columns:
  studdy: Author
  n: [N]
  orr: ORR
"""


def test_every_problem_of_the_file(tmp_path):
    """All that is wrong is said at once, each with its place."""
    path = tmp_path / "mapping.yaml"
    path.write_text(BROKEN, encoding="utf-8")
    with pytest.raises(InvalidRecordsError) as refused:
        read_mapping(path, WORDS)
    found = [(one.place.line, one.place.column, one.rule) for one in refused.value.problems]
    assert [
        (1, 1, "not-text"), (2, 1, "unknown-key"), (4, 3, "unknown-field"), (5, 3, "not-text"),
    ] == found  # fmt: skip


@pytest.mark.parametrize(
    ("text", "rule"), [("- a\n", "not-a-map"), ("columns: a\n", "not-a-map"), ("", "empty-file")]
)
def test_a_file_that_is_no_mapping(tmp_path, text, rule):
    """A list, a word and nothing are no mappings."""
    path = tmp_path / "mapping.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidRecordsError) as refused:
        read_mapping(path)
    assert [rule] == [one.rule for one in refused.value.problems]


def test_a_file_that_is_not_utf_8(tmp_path):
    """Another encoding is named."""
    path = tmp_path / "mapping.yaml"
    path.write_bytes("columns:\n  study: Autör\n".encode("cp1252"))
    with pytest.raises(ValueError, match="this is not UTF-8; save it as UTF-8"):
        read_mapping(path)

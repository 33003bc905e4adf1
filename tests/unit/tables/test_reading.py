"""A reviewer's file, of whatever kind: its header, its lines, what is said and what is refused."""

import builtins
import io
import struct
import sys
from pathlib import Path

import pytest

from kb.errors import MissingExtraError
from kb.tables.kinds import MEMBER_LIMIT
from kb.tables.reading import read_sheet
from kb.tables.sheet import letters
from workbook_files import ods, xls, xlsx, zipped

SAMPLES = Path(__file__).parent / "samples"
READABLE = {
    "arms_long_letters": (4, 17), "cells_with_counts_words_and_notes": (6, 5),
    "covidence_style_header": (6, 3), "european_semicolon_decimal_comma": (7, 1),
    "gate_blind_mixed_regimens": (6, 4), "landmark_km_rates_scale_mixed": (10, 2),
    "n_only_on_first_dose_row": (7, 4), "nma_hr_three_arm_trailing_blank_rows": (7, 11),
    "nma_te_sete": (7, 4), "review_table_wide_combined_cells": (7, 1),
    "sarcoma_basket_imatinib_excerpt": (3, 3), "two_arm_binary_metainsight_wide": (7, 3),
    "two_arm_binary_wide": (5, 14),
}  # fmt: skip


@pytest.mark.parametrize("name", READABLE)
def test_tables_of_people(name):
    """Tables as people have them: as many columns and filled rows as a spreadsheet shows."""
    sheet = read_sheet(SAMPLES / f"{name}.csv")
    assert READABLE[name] == (len(sheet.header), len(sheet.lines))
    assert () == sheet.problems
    with pytest.raises(ValueError, match='E1 and G1 are both "events"; a header stands once'):
        read_sheet(SAMPLES / "duplicate_header.csv")


def _bytes(content):
    return content if isinstance(content, bytes) else content.encode("utf-8")


def _read(tmp_path, content, name="own.csv", **options):
    path = tmp_path / name
    path.write_bytes(_bytes(content))
    return read_sheet(path, **options)


def _cells(sheet):
    return [list(line.cells) for line in sheet.lines]


@pytest.mark.parametrize(
    ("content", "header", "cells"),
    [
        ("study,n\nA,52\nB,30\n", "study n", [["A", "52"], ["B", "30"]]),
        ("study,n\r\nA,52\r\n", "study n", [["A", "52"]]),
        ("study,n\rA,52\rB,30", "study n", [["A", "52"], ["B", "30"]]),
        (b"\xef\xbb\xbfstudy,n\nA,52", "study n", [["A", "52"]]),
        ("study, n \nA , 52 \n", "study n", [["A", "52"]]),
        ('study,n\n"A, B",52\n', "study n", [["A, B", "52"]]),
        ('study,n\n"A\nB",52\n', "study n", [["A\nB", "52"]]),
        ('study,n\n"the ""A""",52\n', "study n", [['the "A"', "52"]]),
        ("study,n\n", "study n", []),
        ("study,n", "study n", []),
        ("study,n\n\nA,52\n", "study n", [["A", "52"]]),
        ("study,n\nÄ,\n", "study n", [["Ä", ""]]),
        ("study,n\n\u00a0A\u00a0B,1\u202f016\n", "study n", [["A B", "1 016"]]),
        ("study\nA\nB\n", "study", [["A"], ["B"]]),
        ('"N\n  patients",n\n1,2\n', "N_patients n", [["1", "2"]]),
    ],
    ids=[
        "commas", "CRLF", "CR", "byte order mark", "spaces", "quoted comma", "quoted line break",
        "quoted quote", "no rows", "no line end", "blank line", "blank cell", "no-break spaces",
        "one column", "line break in the header",
    ],
)  # fmt: skip
def test_commas(tmp_path, content, header, cells):
    """Text by column, in the file's order; spaces around go, nothing is said."""
    sheet = _read(tmp_path, content)
    assert header.split() == [one.replace(" ", "_") for one in sheet.header]
    assert cells == _cells(sheet)
    assert ((), ()) == (sheet.said, sheet.problems)


@pytest.mark.parametrize(
    ("content", "cells", "said"),
    [
        ("study;n;value\nA;52;30,8\n", ["A", "52", "30,8"], "semicolons"),
        ("study;n;value\nA, B;52;30,8\nC, D;30;1,5\n", ["A, B", "52", "30,8"], "semicolons"),
        ("a;b;c\n1,5;2,5;3,5\n1,5;2,5;3,5\n", ["1,5", "2,5", "3,5"], "semicolons"),
        ("study\tn\tdrugs\nA\t52\tx, y, z\n", ["A", "52", "x, y, z"], "tabs"),
        ("study|n\nA|52\n", ["A", "52"], "vertical bars"),
        ("sep=;\nstudy;n\nA;52\n", ["A", "52"], "semicolons"),
        ("study,note\nA,x; y\nB,x; y; z\n", ["A", "x; y"], ""),
        ('study,low\nA,"1; 2"\nB,"3; 4"\n', ["A", "1; 2"], ""),
        ("sep=,\nstudy,n\nA,52\n", ["A", "52"], ""),
    ],
    ids=[
        "semicolons", "commas in cells", "decimal commas alone", "tabs", "bars", "named",
        "semicolons in a cell", "quoted semicolons", "comma named",
    ],
)  # fmt: skip
def test_delimiters(tmp_path, content, cells, said):
    """The delimiter that splits all rows alike, and it is said unless it is the comma."""
    sheet = _read(tmp_path, content)
    assert cells == _cells(sheet)[0]
    assert ((f"columns are separated by {said}",) if said else ()) == sheet.said


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("utf-8", ""),
        ("utf-8-sig", ""),
        ("utf-16", "read as UTF-16"),
        ("utf-16-le", "read as UTF-16"),
        ("utf-16-be", "read as UTF-16"),
        ("utf-32", "read as UTF-32"),
        ("cp1252", "read as Windows-1252 (cp1252); save it as UTF-8 if letters look odd"),
    ],
)
def test_encodings(tmp_path, encoding, said):
    """Letters come back whatever the encoding; any but UTF-8 is said."""
    content = "study,n\nMüller – Dupré,52\n".encode(encoding)
    sheet = _read(tmp_path, content)
    assert [["Müller – Dupré", "52"]] == _cells(sheet)
    assert ((said,) if said else ()) == sheet.said


LAYOUTS = {
    "a title above": ("Table 2. Results\nstudy,n\nA,52\n", ["study", "n"], 3),
    "a title with delimiters": ("Table 2,,\n,,\nstudy,n,p\nA,52,.1\n", ["study", "n", "p"], 4),
    "a heading over columns": (",Arm A,,Arm B,\nstudy,n,k,N,K\nA,1,2,3,4\n", list("nkNK"), 3),
    "numbers above": ("1,2,3\nstudy,n,k\nA,1,2\n", ["study", "n", "k"], 3),
    "years in the header": ("study,place,2019,2020\nA,x,1,2\n", ["study", "place", "2019"], 2),
    "numbers alone": ("2019,2020\n1,2\n", ["2019", "2020"], 2),
    "trailing delimiters": ("study,n,,\nA,52,,\n", ["study", "n"], 2),
    "a column without a header": ("study,,n\nA,x,52\n", ["study", "", "n"], 2),
    "an empty column": ("study,,n\nA,,52\n", ["study", "n"], 2),
    "blank lines above": ("\n\nstudy,n\nA,52\n", ["study", "n"], 4),
}


@pytest.mark.parametrize("case", LAYOUTS)
def test_where_the_header_is(tmp_path, case):
    """The first row that is wide enough and no row of numbers; what stands above is said."""
    content, header, at = LAYOUTS[case]
    sheet = _read(tmp_path, content)
    assert set(header) <= set(sheet.header)
    assert (1, at) == sheet.lines[0][:2]
    titled = case in (
        "a title above",
        "a title with delimiters",
        "a heading over columns",
        "numbers above",
    )
    assert titled is any("row 1 stands above the header" in one for one in sheet.said)
    assert all(len(line.cells) == len(sheet.header) for line in sheet.lines)


def test_columns_of_the_sheet(tmp_path):
    """A column that was left out does not move the names of the others."""
    sheet = _read(tmp_path, "study,,n,,\nA,,52,,\n")
    assert ((1, 3), "C2") == (sheet.columns, sheet.cell(sheet.lines[0], 1))
    assert ["A", "Z", "AA", "AZ", "BA", "XFD"] == [
        letters(one) for one in (1, 26, 27, 52, 53, 16384)
    ]


def test_rows_are_counted_as_the_sheet_counts(tmp_path):
    """An empty line is a row of the sheet and no data row; one of delimiters is both, and silent."""
    sheet = _read(tmp_path, 'study,n\n\nA,1\n,\n"B\nC",2\nD,3\n')
    assert [(1, 3, "A"), (3, 5, "B\nC"), (4, 6, "D")] == [
        (one.number, one.at, one.cells[0]) for one in sheet.lines
    ]


def test_rows_of_another_length(tmp_path):
    """Short rows are padded and counted in a remark; a cell too many is named, its row kept."""
    sheet = _read(tmp_path, "study,n,p\nA,1\nB\nC,1,2,,x,y\nD,1,2,,,\n,\n")
    assert [["A", "1", ""], ["B", "", ""], ["C", "1", "2"], ["D", "1", "2"]] == _cells(sheet)
    assert ("2 rows are shorter than the header",) == sheet.said
    [found] = sheet.problems
    assert ("too-many-cells", "E4", 3, "") == (found.rule, found.cell, found.row, found.column)
    assert '"x" stands beyond the last column of the header' == found.message
    assert ("1 row is shorter than the header",) == _read(tmp_path, "a,b\n1\n").said


@pytest.mark.parametrize(
    ("character", "named"),
    [("\x07", "U+0007"), ("\u202e", "U+202E"), ("\u200b", "U+200B"), ("\x00", "U+0000")],
)
def test_characters_that_no_record_holds(tmp_path, character, named):
    """A control or direction character spoils its cell and not its row; in the header it goes."""
    padding = "x" * 5000
    sheet = _read(tmp_path, f"study,n,{padding}\nA,1,2\nB,3{character},4\n")
    assert [["A", "1", "2"], ["B", "", "4"]] == _cells(sheet)
    [found] = sheet.problems
    assert ("control-character", "B3", 2, "n") == (found.rule, found.cell, found.row, found.column)
    assert found.message == f"the text holds the character {named}"
    headed = _read(tmp_path, f"{padding},stu{character}dy,n\nA,1,2\n")
    assert ("study", [("B1", 0)]) == (
        headed.header[1],
        [(one.cell, one.row) for one in headed.problems],
    )


def test_digits_of_other_scripts_are_text(tmp_path):
    """As in records, they are letters like others until a number is wanted."""
    sheet = _read(tmp_path, "study,n\nA,٥٢\n")
    assert ([["A", "٥٢"]], ()) == (_cells(sheet), sheet.problems)


REFUSED = {
    "empty": ("", "own.csv holds no header"),
    "blank": (" \n,,\n", "own.csv holds no header"),
    "header twice": ("a,n,b,n\n1,2,3,4\n", 'own.csv: B1 and D1 are both "n"; a header stands once'),
    "header thrice": ("n,n ,n,m,m\n", '"n"; D1 and E1 are both "m"; a header stands once'),
    "open quote": ('study,n\nA,1\n"A,52\nB,30\n', "own.csv:3: a quotation mark opens in this row"),
    "text after a quote": ('study,n\n"A"x,52\n', "own.csv:2: text stands after a closing quotation"),
    "PDF": (b"%PDF-1.7 \xff\x00", "own.csv is a PDF; copy its table into a CSV or spreadsheet file"),
    "Markdown": ("# T\n\n| a | b |\n|---|:-:|\n| 1 | 2 |\n", "own.csv is a Markdown table; save"),
    "Markdown without bars around": ("a | b\r\n--- | ---\r\n1 | 2\r\n", "own.csv is a Markdown table"),
    "HTML": ("<!DOCTYPE html><table>", "own.csv is an HTML page"),
    "XML": ("<?xml version='1.0'?><x/>", "own.csv is an XML file"),
    "JSON": ('[{"a": 1}]', "own.csv is a JSON file"),
    "RTF": ("{\\rtf1 }", "own.csv is an RTF text"),
    "picture": (b"\x89PNG\r\n\x1a\n\x00\x00", "own.csv is a picture"),
    "bitmap": (b"BM\x00\x00\x01", "own.csv is a picture"),
    "packed": (b"\x1f\x8b\x08\x00", "own.csv is a compressed file"),
    "binary": (b"\x01\x02\x00\x00\x00\x03\x04", "own.csv is a binary file that is not known"),
    "no encoding": (b"study,n\nA\x81,52\n", "own.csv is neither UTF-8 nor Windows-1252 text"),
    "half a letter": (b"\xff\xfea\x00,", "own.csv is damaged: its bytes are no UTF-16 text"),
    "zip": (zipped({"a.csv": "a,b"}), "own.csv is a zip archive"),
    "Word": (zipped({"word/document.xml": "<x/>"}), "own.csv is a Word document"),
    "slides": (zipped({"ppt/presentation.xml": "<x/>"}), "own.csv is a presentation"),
    "Numbers": (zipped({"Index/Document.iwa": "x"}), "own.csv is an Apple Numbers file"),
    "XLSB": (zipped({"xl/workbook.bin": "x"}), "own.csv is a binary workbook"),
    "ODT": (zipped({"mimetype": "application/vnd.oasis.opendocument.text"}), "OpenDocument file"),
    "half a zip": (zipped({"xl/workbook.xml": "x"})[:40], "own.csv is a damaged workbook"),
    "no workbook in it": (zipped({"xl/workbook.xml": "x"}), "own.csv is no workbook that can be read"),
    "OLE": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "own.csv is no workbook that can be"),
    "packed tightly": (
        zipped({"xl/workbook.xml": "x", "xl/a.xml": " " * 1_000_000}),
        "own.csv unpacks to too much: xl/a.xml is packed",
    ),
    "large": (
        zipped({"xl/workbook.xml": "x", "xl/a.xml": " " * (MEMBER_LIMIT + 1)}),
        "xl/a.xml has 50,000,001 bytes, more than 50,000,000",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_refused(tmp_path, monkeypatch, case):
    """What is no table is named for what it is, in one sentence that begins with the file."""
    monkeypatch.chdir(tmp_path)
    content, said = REFUSED[case]
    Path("own.csv").write_bytes(_bytes(content))
    with pytest.raises(ValueError) as found:
        read_sheet("own.csv")
    assert said in str(found.value)
    assert str(found.value).startswith("own.csv")
    assert "\n" not in str(found.value)


@pytest.mark.parametrize(
    ("name", "noun"),
    [
        ("a.md", "a Markdown file"),
        ("a.HTML", "an HTML page"),
        ("a.json", "a JSON file"),
        ("a.yaml", "a YAML file"),
    ],
)
def test_refused_by_name(tmp_path, name, noun):
    """A text that might be anything is what its name says."""
    with pytest.raises(ValueError, match=rf"{name} is {noun}"):
        _read(tmp_path, "study,n\n", name)


def test_quote_open_in_a_long_file(tmp_path):
    """The row in which the quotation mark opens is named, however long the text after it."""
    with pytest.raises(ValueError, match=r"own.csv:3: a quotation mark opens"):
        _read(tmp_path, 'study,n\nA,1\n"B,2\n' + "C,3\n" * 50_000)


SHEET = {"C5": "study", "D5": "n", "E5": "value", "C6": "A", "D6": 16.0, "E6": 30.8,
         "C8": True, "D8": 0.1 + 0.2, "E8": 100 / 3, "C9": " B ", "D9": -2.0, "E9": 1e-5}  # fmt: skip


def test_xlsx(tmp_path):
    """Rows and columns are those of the sheet wherever it starts; numbers as a sheet shows them."""
    sheet = _read(tmp_path, xlsx({"Data": SHEET}), "own.xlsx")
    assert (("study", "n", "value"), (3, 4, 5), "Data") == (
        sheet.header,
        sheet.columns,
        sheet.title,
    )
    assert [
        (1, 6, ("A", "16", "30.8")),
        (3, 8, ("TRUE", "0.3", "33.333333333333")),
        (4, 9, ("B", "-2", "0.00001")),
    ] == list(sheet.lines)
    assert "E8" == sheet.cell(sheet.lines[1], 2)
    assert ((), ()) == (sheet.said, sheet.problems)


ROWS: list[list[object]] = [
    ["study", "n", "value"],
    ["Müller", 52.0, 30.8],
    ["", "", ""],
    ["B", "n=30", "—"],
]
READ = [(1, 2, ("Müller", "52", "30.8")), (3, 4, ("B", "n=30", "—"))]
REST = (
    '<table:table-row table:number-rows-repeated="1048570">'
    '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
)


@pytest.mark.parametrize(
    "content",
    [ods({"S": ROWS}), ods({"S": ROWS}, more=REST), xls(ROWS), xls(ROWS, small=True)],
    ids=["ODS", "ODS to the end", "XLS", "small XLS"],
)
def test_other_workbooks(tmp_path, content):
    """The same table in other workbooks, whatever the file is called."""
    sheet = _read(tmp_path, content, "own.bin")
    assert ["study", "n", "value"] == list(sheet.header)
    assert READ == list(sheet.lines)


def _number(row, column):
    return struct.pack("<HHHHHd", 0x0203, 14, row, column, 0, 1.0)


def _several(row, last):
    one = struct.pack("<HI", 0, 0)
    return (
        struct.pack("<HHHH", 0x00BD, 6 + 6 * (last + 1), row, 0)
        + one * (last + 1)
        + struct.pack("<H", last)
    )


FAR = '<table:table-row table:number-rows-repeated="1048576">{}</table:table-row>'
WIDE = '<table:table-cell table:number-columns-repeated="11" {}'
FAR_SHEETS = {
    "far corner": (xlsx({"S": {"A1": "a", "XFD1048576": "b"}}), "17,179,869,184"),
    "just too far": (xlsx({"S": {"A1": "a", "J1000001": "b"}}), "10,000,010"),
    "without names": (
        xlsx({"S": {"A1": "a"}}, more='<row r="9999999"><c/><c><v>1</v></c><c><v>1</v></c></row>'),
        "29,999,997",
    ),
    "XLS": (xls([["a"]], more=_number(65535, 255)), "16,777,216"),
    "small XLS": (xls([["a"]], more=_number(65535, 255), small=True), "16,777,216"),
    "several in XLS": (xls([["a"]], more=_several(65535, 199)), "13,107,200"),
    "XLS that says so": (xls([["a"]], said=(2**31, 500)), "1,073,741,824,000"),
    "repeated": (ods({"S": ROWS}, more=FAR.format(WIDE.format("><text:p>x</text:p></table:table-cell>"))), "11,534,380"),
    "repeated value": (ods({"S": ROWS}, more=FAR.format(WIDE.format('office:value="1"/>'))), "11,534,380"),
}  # fmt: skip


@pytest.mark.parametrize("case", FAR_SHEETS)
def test_cells_far_away(tmp_path, case):
    """A cell so far away that all between would fill the memory is named before anything is read."""
    content, cells = FAR_SHEETS[case]
    with pytest.raises(ValueError, match=f"has a cell far from the others: .* spans {cells} cells"):
        _read(tmp_path, content)


def test_cells_as_far_as_may_be(tmp_path):
    """Ten million cells are read; formatted cells that are blank do not count."""
    blank = '<row r="1048576"><c r="XFD1048576" s="0"/></row>'
    sheet = _read(tmp_path, xlsx({"S": {"A1": "a", "B1": "b", "B50000": 1.0}}, more=blank))
    assert [(49999, 50000, ("", "1"))] == list(sheet.lines)


def test_which_sheet(tmp_path):
    """The first visible sheet that holds a table, and it is said; any other by its name."""
    one, two = {"A1": "a", "B1": "b"}, {"A1": "c", "B1": "d"}
    content = xlsx({"hidden": one, "empty": {}, "two": two, "three": one}, hidden=("hidden",))
    sheet = _read(tmp_path, content)
    assert ("two", ("c", "d")) == (sheet.title, sheet.header)
    assert ('sheet "two" is read, the first that holds a table, of 4 sheets',) == sheet.said
    named = _read(tmp_path, content, sheet="hidden")
    assert (("a", "b"), ()) == (named.header, named.said)
    with pytest.raises(
        ValueError, match='has no sheet "five"; there are "hidden", "empty", "two", "three"'
    ):
        _read(tmp_path, content, sheet="five")
    with pytest.raises(ValueError, match=r"own.csv holds no header"):
        _read(tmp_path, xlsx({"empty": {}, "hidden": one}, hidden=("hidden",)))
    with pytest.raises(
        ValueError, match=r'own.csv is text, which has no sheets; "two" is not in it'
    ):
        _read(tmp_path, "a,b\n", sheet="two")


def test_standard_input(tmp_path, monkeypatch):
    """`-` reads what is piped in, of any kind."""
    for content in (b"study,n\nA,52\n", xlsx({"S": {"A1": "study", "B1": "n"}})):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
        sheet = read_sheet("-")
        assert ("standard input", ("study", "n")) == (sheet.path, sheet.header)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"")))
    with pytest.raises(ValueError, match="standard input holds no header"):
        read_sheet("-")


def test_without_the_library(tmp_path, monkeypatch):
    """A workbook asks for the extra that reads it; text needs none."""
    real = builtins.__import__

    def without(name, *rest):
        if name == "python_calamine":
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    assert 1 == len(_read(tmp_path, "a,b\n1,2\n").lines)
    with pytest.raises(
        MissingExtraError, match=r"python-calamine: pip install 'sarcoma-kb\[office\]'"
    ):
        _read(tmp_path, xlsx({"S": SHEET}))


TABLE = {"A1": "study", "B1": "n", "A2": "B", "B2": 41}


@pytest.mark.parametrize(
    ("notes", "chosen"),
    [
        ({"A1": "only a note"}, "Results"),
        ({"A1": "a note", "A2": "and another"}, "Results"),
        ({"A1": "a note", "B1": "beside another"}, "Results"),
        (TABLE, "Notes"),
    ],
    ids=["one cell", "one column", "one row", "a table"],
)
def test_a_sheet_of_notes_is_no_table(tmp_path, notes, chosen):
    """Two columns and two rows are a table; what has fewer and stands before it is passed over."""
    assert chosen == _read(tmp_path, xlsx({"Notes": notes, "Results": TABLE})).title


def test_where_no_sheet_holds_a_table(tmp_path):
    """The first that holds something is read."""
    assert "Notes" == _read(tmp_path, xlsx({"Notes": {"A1": "a"}, "More": {"A1": "b"}})).title

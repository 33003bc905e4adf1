"""A reviewer's file as text: header, rows, and what is refused."""

import pytest

from kb.tables.file import COLUMNS, read_table


def _read(tmp_path, content):
    path = tmp_path / "own.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return read_table(path)


@pytest.mark.parametrize(
    ("content", "rows"),
    [
        ("study,n\nA,52\nB,30\n", [{"study": "A", "n": "52"}, {"study": "B", "n": "30"}]),
        ("study,n\r\nA,52\r\n", [{"study": "A", "n": "52"}]),
        (b"\xef\xbb\xbfstudy,n\nA,52", [{"study": "A", "n": "52"}]),
        ("study, n\nA, 52\n", [{"study": "A", "n": "52"}]),
        ('study,n\n"A, B",52\n', [{"study": "A, B", "n": "52"}]),
        ('study,n\n"A\nB",52\n', [{"study": "A\nB", "n": "52"}]),
        ("study,n\n", []),
        ("study,n\n\nA,52\n", [{"study": "A", "n": "52"}]),
        ("study,n\nÄ,\n", [{"study": "Ä", "n": ""}]),
        ("a,b\n1,2\n", [{"a": "1", "b": "2"}]),
    ],
)
def test_what_is_read(tmp_path, content, rows):
    """Text by column, in the file's order; blank lines, a byte order mark and spaces go."""
    assert rows == _read(tmp_path, content)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "the file holds no header; columns are study, arm, versus"),
        ("study,n\nA\n", "row 1: expected 2 fields, as the header has"),
        ("study,n\nA,52\nB,30,x\n", "row 2: expected 2 fields, as the header has"),
        (b"study,n\nA\xff,52\n", "byte 9 is not UTF-8; save it as UTF-8"),
        ('study,n\n"A"x,52\n', "line 2: "),
        ('study,n\nA,"52\n', "line 2: unexpected end of data"),
    ],
)
def test_what_is_refused(tmp_path, content, said):
    """A row of another length, a wrong quote, another encoding and an empty file are named."""
    with pytest.raises(ValueError, match=said):
        _read(tmp_path, content)


def test_columns():
    """Twenty columns, each once."""
    assert 20 == len(COLUMNS) == len(set(COLUMNS))

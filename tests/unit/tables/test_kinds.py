"""How much a workbook may unpack to: each limit met, and passed by one."""

import hashlib
import zlib

import pytest

from kb.tables.kinds import family
from workbook_files import zipped

NOISE = b"".join(hashlib.sha256(bytes([at])).digest() for at in range(64))
"""Bytes that cannot be packed, so that the rest of a member decides how tightly it is."""


def _family(**members):
    return family(zipped({"xl/workbook.xml": "x", **members}), "own.xlsx", ".xlsx")


def _refused(**members):
    with pytest.raises(ValueError) as found:
        _family(**members)
    return str(found.value)


def _packed(content):
    packer = zlib.compressobj(zlib.Z_DEFAULT_COMPRESSION, zlib.DEFLATED, -zlib.MAX_WBITS)
    return len(packer.compress(content) + packer.flush())


def _filled_up(size):
    return NOISE + bytes(size - len(NOISE))


def test_a_member_of_fifty_million_bytes_is_not_too_large():
    """At the limit it is refused for how tightly it is packed alone, and beyond for its size."""
    assert "is packed" in _refused(**{"xl/a.bin": bytes(50_000_000)})
    assert "has 50,000,001 bytes" in _refused(**{"xl/a.bin": bytes(50_000_001)})


def test_a_small_member_may_be_packed_as_tightly_as_it_likes():
    """To 100,000 bytes nobody asks."""
    assert "workbook" == _family(**{"xl/a.bin": bytes(100_000)})
    assert "xl/a.bin is packed" in _refused(**{"xl/a.bin": bytes(100_001)})


def test_a_large_member_may_be_a_hundred_times_its_packed_size():
    """A little less than a hundred times is read, and a little more is refused."""
    sizes = range(240_000, 280_000, 200)
    beyond = {size: size > 100 * _packed(_filled_up(size)) for size in sizes}
    least = min(size for size in sizes if beyond[size])
    assert least <= 101 * _packed(_filled_up(least))
    assert "packed 100 to 1, more than 100 to 1" in _refused(**{"xl/a.bin": _filled_up(least)})
    most = max(size for size in sizes if not beyond[size])
    assert most > 99 * _packed(_filled_up(most))
    assert "workbook" == _family(**{"xl/a.bin": _filled_up(most)})


@pytest.mark.parametrize(("rows", "refused"), [(100_000, False), (100_001, True)])
def test_a_sheet_may_span_ten_million_cells(rows, refused):
    """A hundred columns of 100,000 rows are read, and a row more is a cell far from the others."""
    xml = '<row r="1"><c r="A1"><v>1</v></c></row>'
    xml += f'<row r="{rows}"><c r="CV{rows}"><v>1</v></c></row>'
    name = "xl/worksheets/sheet1.xml"
    if refused:
        assert f"{name} spans 10,000,100 cells" in _refused(**{name: xml})
    else:
        assert "workbook" == _family(**{name: xml})

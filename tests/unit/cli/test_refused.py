"""What is said when the gate refuses: commands that a shell takes as they stand."""

import shlex

import pytest

from kb.cli.refused import said
from kb.errors import NotComparableError

WORDS = ("pool", "orr", "--histology", "synovial sarcoma", "--line", "first", "--format", "csv")
ERROR = NotComparableError(
    {"read-second-hand": "read second-hand", "sets-mixed": "sets are mixed"},
    together=("--read", "abstract", "--read", "conference", "--set", "treated"),
)


def _commands(columns):
    text = said(ERROR, WORDS, columns)
    _, _, rest = text.partition("with options that satisfy them:\n")
    return rest.split("in spite of them:\n")


def test_in_a_pipe_a_command_is_one_line():
    """Where there is no terminal nothing is parted."""
    assert [1, 1] == [len(one.strip().splitlines()) for one in _commands(None)]


@pytest.mark.parametrize("columns", [30, 40, 79, 80, 200])
def test_on_a_terminal_a_command_can_be_pasted(columns):
    """Parted between words, a command is the same to a shell, and no line is too long."""
    for whole, parted in zip(_commands(None), _commands(columns), strict=True):
        assert shlex.split(whole) == shlex.split(parted.replace(" \\\n", " "))
        lines = parted.rstrip("\n").splitlines()
        assert all(line.endswith(" \\") for line in lines[:-1])
        assert [] == [
            one for one in lines if len(one) > columns and len(one.removesuffix(" \\").split()) > 1
        ]

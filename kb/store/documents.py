"""A file of JSON documents that are read one by one: a head, then each document where it says.

The first line is the head: what the writer gave, and under `at` the start and length of every
document after that line. The file is replaced as a whole, never changed.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any


class Documents(Mapping[str, Any]):
    """The documents by name, each parsed when it is asked for; `head` is what was put before them.

    OSError where there is no file, ValueError where it holds no documents.
    """

    def __init__(self, path: Path) -> None:
        first, _, self._rest = path.read_bytes().partition(b"\n")
        head = json.loads(first)
        if not isinstance(head, dict) or "at" not in head:
            raise ValueError(f"{path} holds no documents")
        self.head: dict[str, Any] = head
        self._at: dict[str, list[int]] = head["at"]

    def __getitem__(self, name: str) -> Any:
        start, length = self._at[name]
        return json.loads(self._rest[start : start + length])

    def __iter__(self) -> Iterator[str]:
        return iter(self._at)

    def __len__(self) -> int:
        return len(self._at)

    def __contains__(self, name: object) -> bool:
        return name in self._at


def write(path: Path, head: Mapping[str, Any], documents: Mapping[str, Any]) -> None:
    """Write documents beside its place, then move it there, so that nobody reads half of one."""
    import tempfile

    at: dict[str, tuple[int, int]] = {}
    texts: list[bytes] = []
    start = 0
    for name, document in documents.items():
        texts.append(_text(document))
        at[name] = start, len(texts[-1])
        start += len(texts[-1])
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, part = tempfile.mkstemp(dir=path.parent, suffix=".part")
    with os.fdopen(handle, "wb") as file:
        file.write(_text({**head, "at": at}) + b"\n")
        file.writelines(texts)
    Path(part).replace(path)


def _text(document: Any) -> bytes:
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.encode()

"""`kb schema`: the JSON Schema of a record."""

from __future__ import annotations

import json

from kb.cli.options import Output
from kb.cli.output import write


def schema(output: Output = None) -> None:
    """Write the JSON Schema of a record, for editors that complete and check as one types."""
    from kb.model import Trial

    write(json.dumps(Trial.model_json_schema(), indent=1, ensure_ascii=False) + "\n", output)

"""The committed JSON Schemas of the documents (draft 2020-12)."""

import json
from importlib import resources
from typing import Any


def load_json_schema(name: str) -> dict[str, Any]:
    """Read the schema of a document by its name and major version, as 'plan-1'."""
    path = resources.files("facialis.report") / "schemas" / f"{name}.schema.json"
    schema: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return schema

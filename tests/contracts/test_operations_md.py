"""docs/operations.md lists exactly the environment that the settings read, with the right defaults."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROW = re.compile(r"^\| `([A-Z0-9_]+)` \| ([^|]*) \|", re.M)


def read_by_settings() -> dict[str, str]:
    found = {}
    sources = [
        (ROOT / "config" / name).read_text("utf-8") for name in ("settings.py", "stores.py", "root_keys.py")
    ]
    for node in (node for source in sources for node in ast.walk(ast.parse(source))):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        if not (isinstance(node.func.value, ast.Name) and node.func.value.id == "env"):
            continue
        named = {word.arg: word.value.value for word in node.keywords if isinstance(word.value, ast.Constant)}
        values = [argument.value for argument in node.args]
        default = named.get("default", values[1] if len(values) > 1 else None)
        found.setdefault(values[0], words(default))
    return found


def words(default: object) -> str:
    if default is None:
        return "obligatory"
    if isinstance(default, bool):
        return "ja" if default else "nej"
    return str(default) or "empty"


def written_down() -> dict[str, str]:
    text = (ROOT / "docs/operations.md").read_text(encoding="utf-8")
    return {name: default.strip() for name, default in ROW.findall(text)}


def test_every_variable_is_written_down_with_its_default():
    expected = read_by_settings()
    assert len(expected) > 10
    assert written_down() == expected

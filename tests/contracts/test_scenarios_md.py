"""The page of scenarios names tests that exist, every scenario once, and leaves out no scenario that has its test."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "scenarios.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| (\d+) \| [^|]+ \| ([^|]+) \|$", PAGE, re.M)
NAMED = re.findall(r"`(tests/[^`:]+)(?:::(\w+))?`", PAGE)


def test_every_scenario_stands_once():
    assert [int(number) for number, _ in ROWS] == list(range(1, 36))


def test_every_named_test_exists():
    missing = [
        f"{path}::{name}"
        for path, name in NAMED
        if not (ROOT / path).exists()
        or (name and not re.search(rf"^def {name}\(", (ROOT / path).read_text(encoding="utf-8"), re.M))
    ]
    assert missing == []


def test_every_scenario_has_a_test_or_says_not_yet():
    assert [number for number, said in ROWS if "`tests/" not in said and "not yet" not in said] == []


def test_no_scenario_test_is_left_out():
    files = (ROOT / "tests" / "integration" / "scenarios").glob("test_scenario_*.py")
    listed = {Path(path).name for path, _ in NAMED}
    assert sorted(path.name for path in files if path.name not in listed) == []

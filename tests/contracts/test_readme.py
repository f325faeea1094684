"""The README names what is there: folders, files, commands and colleagues."""

from __future__ import annotations

import re
from pathlib import Path

from avhopp.demo.colleagues import COLLEAGUES, MAIN

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def test_every_folder_and_file_that_is_named_is_there():
    named = re.findall(r"`([\w./]+/)`", README) + re.findall(r"\]\(([\w./]+)\)", README)
    assert len(named) > 15
    assert [name for name in named if not (ROOT / name).exists() and not list(ROOT.glob(f"*/{name}"))] == []


def test_every_command_is_a_target():
    named = set(re.findall(r"\bmake ([a-z-]+)", README))
    assert {"demo", "test"} <= named
    assert [name for name in named if not re.search(rf"^{name}:", MAKEFILE, re.M)] == []


def test_the_four_colleagues_are_the_demos():
    rows = re.findall(r"^\| (\w+ \w+) \| (\w+) \(", README, re.M)
    assert rows == [(who.name, who.role_name) for who in MAIN]
    assert f"{['four', 'five', 'six', 'seven'][len(COLLEAGUES) - len(MAIN) - 4]} more" in README

"""SECURITY.md promises nothing that no test holds: every promise names tests, and every named test is there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
PROMISES = "## What is promised today"


def text() -> str:
    return (ROOT / "SECURITY.md").read_text(encoding="utf-8")


def promises() -> list[tuple[str, str]]:
    section = text().split(PROMISES)[1].split("\n## ")[0]
    rows = [line.strip("|").split("|") for line in section.splitlines() if line.startswith("|")]
    return [(promise.strip(), held_by.strip()) for promise, held_by in rows[2:]]


def functions_of(path: Path) -> dict[str, ast.FunctionDef]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_there_are_promises():
    assert len(promises()) > 20
    assert len({promise for promise, _ in promises()}) == len(promises())


@pytest.mark.parametrize(("promise", "held_by"), promises(), ids=[promise[:40] for promise, _ in promises()])
def test_promise_names_tests_and_nothing_else(promise, held_by):
    assert NAMED.sub("", held_by).strip() == ""
    assert NAMED.findall(held_by)


@pytest.mark.parametrize(("path", "name"), sorted(set(NAMED.findall(text()))))
def test_named_test_exists_and_is_not_skipped(path, name):
    assert name.startswith("test_")
    found = functions_of(ROOT / path).get(name)
    assert found is not None
    marks = " ".join(ast.unparse(mark) for mark in found.decorator_list)
    assert not re.search(r"skip|xfail", marks)

"""Messages are kept in the session, so each is a sentence of ours, filled in with a case's number at most."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def messages_of(path: Path) -> Iterator[tuple[int, ast.expr]]:
    """Where a module puts a message into the session, and its text."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id == "messages"
        ):
            yield node.lineno, node.args[1]


def is_neutral(text: ast.expr) -> bool:
    """A sentence of ours, a sheet's own sentence, or one filled in with a case's number."""
    if isinstance(text, ast.BinOp) and isinstance(text.op, ast.Mod) and isinstance(text.right, ast.Dict):
        filled = [ast.unparse(value) for value in text.right.values]
        return is_neutral(text.left) and all(value.endswith(".number") for value in filled)
    if isinstance(text, ast.IfExp):
        return is_neutral(text.body) and is_neutral(text.orelse)
    is_sentence = isinstance(text, ast.Call) and ast.unparse(text.func) in {"_", "ngettext"}
    return (is_sentence and isinstance(text.args[0], ast.Constant)) or ast.unparse(text) == "sheet.done"


def test_every_message_is_a_sentence_of_ours():
    telling = [
        f"{path.relative_to(ROOT)}:{line}: {ast.unparse(text)}"
        # The foundation and the record know no case, so they have nothing to tell of one.
        for package in ("cases", "followup")
        for path in sorted((ROOT / package).rglob("*.py"))
        for line, text in messages_of(path)
        if not is_neutral(text)
    ]
    assert telling == []


@pytest.mark.parametrize(
    ("code", "neutral"),
    [
        ("_('Sparat.')", True),
        ("_('Ärendet %(number)s.') % {'number': case.number}", True),
        ("_('Hej %(name)s.') % {'name': case.person.full_name}", False),
        ("case.person.full_name", False),
        ("f'{case.need}'", False),
        ("_(case.need)", False),
    ],
)
def test_the_reading_of_messages_finds_what_it_looks_for(code, neutral):
    assert is_neutral(ast.parse(code, mode="eval").body) is neutral

from __future__ import annotations

import itertools
import json
from pathlib import Path

import highspy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from followup.disclosure import cases, exact
from followup.disclosure.case_format import read_case, read_cases
from followup.disclosure.exact import Programme, Row, minimise
from followup.disclosure.solver import NotProved

VECTORS = Path(__file__).parents[2] / "vectors" / "disclosure"
FORMAT = "sdc-cases/1"
ALL = {
    name: content
    for file in ("examples.json", "attacks.json", "small.json")
    for name, content in read_cases(text=(VECTORS / file).read_bytes())
}
SMALL = {
    "id": "x", "dims": {"g": ["a", "b"]}, "k": 5, "m": 0,
    "statements": [{"release": 0, "where": {"g": ["a"]}, "shown": "..", "lo": 0, "hi": 7}],
    "protected": [{"name": "a", "plus": [{"release": 0, "where": {"g": ["a"]}}], "minus": []}],
}  # fmt: skip


def verdict_of(**changed: object) -> tuple[str, tuple[int | None, int | None]]:
    found = cases.judge(case=read_case(name="x", content={**SMALL, **changed}))
    return found.verdict, found.interval


@pytest.mark.parametrize("name", ALL)
def test_attack_is_judged_as_the_vector_says(name: str) -> None:
    found = cases.judge(case=read_case(name=name, content=ALL[name]))
    assert {"verdict": found.verdict, "interval": list(found.interval)} == ALL[name]["expected"]


@pytest.mark.parametrize(
    "changed",
    [
        {"dims": {"g": ["a", "a"]}},
        {"dims": {"g": []}},
        {"k": True},
        {"k": 0},
        {"m": 5},
        {"m": -1},
        {"protected": []},
        {"protected": [{"plus": [], "minus": []}]},
        {"protected": [{"plus": [{"release": 4, "where": {}}]}], "microdata": [[{"g": "a", "n": 1}]]},
        {"statements": [{"release": 0, "where": {"h": ["a"]}, "lo": 0, "hi": 7}]},
        {"statements": [{"release": 0, "where": {"g": ["c"]}, "lo": 0, "hi": 7}]},
        {"statements": [{"release": 0, "where": {"g": "a"}, "lo": 0, "hi": 7}]},
        {"statements": [{"release": 0, "where": {}, "lo": 8, "hi": 7}]},
        {"statements": [{"release": 0, "where": {}, "hi": 7}]},
        {"statements": [{"release": -1, "where": {}, "lo": 0, "hi": 7}]},
        {"statements": [{"release": 0, "where": {}, "lo": 0, "hi": 10**40}]},
        {"statements": [{"release": 2_000_000_000, "where": {}, "lo": 0, "hi": 7}]},
        {"links": [{"type": "falling", "where": {}}]},
        {"microdata": [[{"g": "a", "n": 9}]]},
        {"microdata": [[{"g": "a", "n": -1}]]},
        {"microdata": [[{"n": 2}]]},
        {"known": [{"g": "c"}]},
        {"known": [[{"g": "a"}], [{"g": "a"}]], "microdata": [[{"g": "a", "n": 1}]]},
        {"known": [{"g": "b", "n": 2}], "microdata": [[{"g": "a", "n": 1}]]},
        {"rules": [1]},
    ],
)
def test_malformed_or_contradicting_case_is_refused(changed: dict) -> None:
    text = json.dumps({"format": FORMAT, "cases": [{**SMALL, **changed}]})
    assert [type(found) for found in cases.judge_file(text=text)] == [cases.Refused]


def test_case_whose_statements_fit_nobody_is_refused() -> None:
    contradiction = [{"release": 0, "where": {"g": [g]}, "lo": 9, "hi": 9} for g in "ab"]
    total = {"release": 0, "where": {}, "lo": 3, "hi": 3}
    text = json.dumps({"format": FORMAT, "cases": [{**SMALL, "statements": [*contradiction, total]}]})
    assert [type(found) for found in cases.judge_file(text=text)] == [cases.Refused]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        '{"format": "sdc-cases/1", "format": "sdc-cases/1", "cases": []}',
        '{"format": "sdc-cases/2", "cases": []}',
        '{"format": "sdc-cases/1", "cases": [1.5]}',
    ],
)
def test_file_that_is_not_in_the_format_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        list(cases.judge_file(text=text))


def test_known_persons_are_read_alike_in_every_documented_form() -> None:
    forms = [
        [{"g": "a", "n": 2}],
        [{"g": "a"}, {"g": "a"}],
        [[{"g": "a", "n": 2}]],
        [{"g": ["a"], "n": 2}],
        [{"release": 0, "where": {"g": ["a"]}, "n": 2}],
    ]
    truth = [[{"g": "a", "n": 4}]]
    assert {verdict_of(known=form, m=2, microdata=truth) for form in forms} == {("no-leak", (0, 5))}


def test_solver_that_stops_early_gives_no_verdict(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(highspy.Highs, "getModelStatus", lambda self: highspy.HighsModelStatus.kTimeLimit)
    text = json.dumps({"format": FORMAT, "cases": [SMALL]})
    assert [type(found) for found in cases.judge_file(text=text)] == [cases.Refused]


def test_solver_that_lies_about_contradictions_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exact, "_propose", lambda programme, weights: None)
    true_relax, calls = exact._relax, []

    def lying(programme: Programme, weights: dict) -> object:
        calls.append(programme)
        return None if len(calls) == 1 else true_relax(programme, weights)

    monkeypatch.setattr(exact, "_relax", lying)
    with pytest.raises(NotProved):
        minimise(programme=Programme((0,), (3,), (Row({0: 1}, 1, 2),)), objective={})


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.lists(st.integers(0, 1), min_size=3, max_size=3), st.integers(0, 4), st.integers(0, 4)),
        max_size=4,
    ),
    st.lists(st.integers(-2, 2), min_size=3, max_size=3),
)
def test_least_value_is_that_of_trying_every_point(rows: list, objective: list[int]) -> None:
    programme = Programme(
        (0,) * 3,
        (4,) * 3,
        tuple(Row({i: w for i, w in enumerate(ws) if w}, lo, lo + more) for ws, lo, more in rows),
    )
    points = [p for p in itertools.product(range(5), repeat=3) if programme.holds(point=p)]
    weights = dict(enumerate(objective))
    if not points:
        with pytest.raises(exact.Infeasible):
            minimise(programme=programme, objective=weights)
        return
    best = min(sum(w * x for w, x in zip(objective, p, strict=True)) for p in points)
    found = minimise(programme=programme, objective=weights)
    assert found.value == best
    assert found.point in points

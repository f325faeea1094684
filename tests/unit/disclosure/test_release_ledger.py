from __future__ import annotations

import json

import highspy
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup.disclosure import files, wording
from followup.disclosure.check import check
from followup.disclosure.display import Display
from followup.disclosure.ledger import Ledger, Refused, is_shown
from followup.disclosure.plan import read_plan
from followup.disclosure.reading import Malformed
from followup.disclosure.release import Broken, canonical, read_elsewhere, read_release
from followup.disclosure.tabulate import tabulate
from tests.forged import forged

DIMS = {"kön": ["man", "kvinna"], "utfall": ["pågår", "klar"]}
FIRST = {("man", "pågår"): 18, ("kvinna", "pågår"): 3, ("man", "klar"): 9}
LATER = {("man", "pågår"): 22, ("kvinna", "pågår"): 3, ("man", "klar"): 13, ("kvinna", "klar"): 2}


def content(**changed: object) -> dict:
    return {
        "name": "halvår", "version": 1, "method": "whole", "k": 5, "m": 2, "dims": DIMS,
        "tables": [[], ["kön"], ["utfall"]],
        "cumulative": [{}, {"by": ["kön"]}, {"where": {"utfall": ["klar"]}}], **changed,
    }  # fmt: skip


def plan_of(**changed: object) -> object:
    return read_plan(content=content(**changed))


def released(ledger: Ledger, period: str, rows: dict, **more: object) -> Ledger:
    plan = more.pop("plan", plan_of())
    return ledger.with_release(release=ledger.propose(plan=plan, period=period, rows=rows, **more).release)


@pytest.fixture(scope="module")
def two() -> Ledger:
    return released(released(Ledger(), "2025H1", FIRST), "2025H2", LATER)


def elsewhere(where: dict, low: int, high: int, period: str = "2025H1") -> object:
    found = {"period": period, "where": where, "lo": low, "hi": high, "source": "protokoll 12 §"}
    return read_elsewhere(content=found, plan=plan_of(), at="x")


def test_nobody_sees_a_count_that_is_not_of_its_bucket(two: Ledger) -> None:
    printed = {said.labels: said.printed for said in two.releases[0].cells}
    assert printed == {
        (): "30",
        (("kön", "man"),): "25",
        (("kön", "kvinna"),): "..",
        (("utfall", "pågår"),): "20",
        (("utfall", "klar"),): "10",
    }


def test_stranger_confirms_the_promise_from_the_files_alone(two: Ledger) -> None:
    read = files.read_released(data=files.bundle(releases=two.releases))
    assert check(releases=read).holds


def test_signed_file_is_read_and_a_release_left_out_at_its_end_is_noticed(two: Ledger) -> None:
    releases = two.releases
    note = files.signed_text(releases=releases) + "\n\N{EM DASH} kommun.example AAAA\n"
    items = json.loads(files.bundle(releases=releases))["releases"]

    def signed(part: list) -> bytes:
        return canonical(content={"format": files.SIGNED, "note": note, "releases": part})

    assert files.read_released(data=signed(items)) == list(releases)
    for part in (items[:-1], items[1:], []):
        with pytest.raises(Broken):
            files.read_released(data=signed(part))
    with pytest.raises(Broken):
        files.read_released(data=signed(items).replace(b"kommun", b"kommum") + b" ")


def test_changing_any_byte_of_a_released_file_is_noticed(two: Ledger) -> None:
    data = two.releases[0].to_bytes()
    for position in range(0, len(data), 7):
        changed = data[:position] + bytes([data[position] ^ 1]) + data[position + 1 :]
        with pytest.raises((Broken, Malformed)):
            read_release(data=changed)


def test_leaving_a_release_out_or_exchanging_one_is_noticed(two: Ledger) -> None:
    with pytest.raises(Broken):
        check(releases=two.releases[1:])
    other = released(Ledger(), "2025H1", {("man", "pågår"): 40})
    with pytest.raises(Broken):
        check(releases=[other.releases[0], two.releases[1]])


def test_released_figures_that_break_the_promise_are_found_by_the_check(two: Ledger) -> None:
    """30 in all and 20 men leave 6 women or 7: two values, and who knows two of them is left with 4 or 5."""
    forged = forged_with(two, {(("kön", "man"),): ("20", 18, 22)})
    verdict = check(releases=[read_release(data=forged)])
    assert not verdict.holds
    assert "kön=kvinna" in verdict.reason


def test_symbol_that_tells_more_than_its_ends_is_refused(two: Ledger) -> None:
    for said in (("30", 0, 7), ("27", 27, 27), ("..", 3, 5), ("30", 28, 37), ("..", 3, None)):
        with pytest.raises((Broken, Malformed)):
            read_release(data=forged_with(two, {(("kön", "kvinna"),): said}))


def test_release_that_promises_less_than_the_one_before_is_refused(two: Ledger) -> None:
    found = json.loads(two.releases[1].to_bytes())
    found["plan"]["m"] = 0
    with pytest.raises(Broken, match="lovar mindre"):
        check(releases=[two.releases[0], read_release(data=canonical(content=forged(found)))])


def forged_with(ledger: Ledger, cells: dict) -> bytes:
    found = json.loads(ledger.releases[0].to_bytes())
    for said in found["cells"]:
        labels = tuple(map(tuple, said["cell"]))
        if labels in cells:
            said.update(zip(("printed", "lo", "hi"), cells[labels], strict=True))
    return canonical(content=forged(found))


def test_release_that_would_break_what_earlier_ones_promised_is_refused(two: Ledger) -> None:
    """43 in all and 35 men leave 6 or 7 women: two values, and who knows two of them is left with 4 or 5."""
    with pytest.raises(Refused, match=r"kön=kvinna|utom kön=man"):
        two.propose(
            plan=plan_of(), period="2026H1",
            rows={("man", "pågår"): 18, ("man", "klar"): 19, ("kvinna", "klar"): 6},
        )  # fmt: skip


def test_figure_known_from_elsewhere_counts_as_if_we_had_printed_it(two: Ledger) -> None:
    rows = {("man", "pågår"): 27, ("kvinna", "pågår"): 3, ("man", "klar"): 18, ("kvinna", "klar"): 2}
    two.propose(plan=plan_of(), period="2026H1", rows=rows)
    known = elsewhere({"kön": ["kvinna"]}, 3, 3)
    with pytest.raises(Refused, match="redan innan"):
        two.propose(plan=plan_of(), period="2026H1", rows=rows, elsewhere=[known])


def test_figure_about_a_period_that_was_never_reported_counts_too() -> None:
    one = released(Ledger(), "2025H1", FIRST)
    rows = {("man", "pågår"): 27, ("kvinna", "pågår"): 3, ("man", "klar"): 18, ("kvinna", "klar"): 2}
    vague, exact = (elsewhere({"kön": ["kvinna"]}, low, high, "2025H2") for low, high in ((0, 9), (3, 3)))
    two = released(one, "2026H1", rows, elsewhere=[vague])
    assert check(releases=two.releases).holds
    with pytest.raises(Refused, match="redan innan"):
        one.propose(plan=plan_of(), period="2026H1", rows=rows, elsewhere=[exact])


def test_period_that_has_passed_is_not_reported_afterwards(two: Ledger) -> None:
    with pytest.raises(Refused, match="senare period"):
        two.propose(plan=plan_of(), period="2024H2", rows=FIRST)


def test_nobody_is_counted_where_the_plan_says_that_nobody_can_be() -> None:
    """Nobody who has come lately is done, so those who are done are no more than those who came early."""
    dims = {"ankomst": ["tidigt", "nyss"], "utfall": ["pågår", "klar"]}
    rows = {("tidigt", "klar"): 9, ("nyss", "pågår"): 20, ("nyss", "klar"): 12}
    changed = {"dims": dims, "tables": [["ankomst"], ["utfall"]], "cumulative": [], "m": 0}
    impossible = [{"ankomst": ["nyss"], "utfall": ["klar"]}]
    released(Ledger(), "2025H1", rows, plan=plan_of(**changed))
    strict = plan_of(**changed, impossible=impossible)
    released(Ledger(), "2025H1", {("tidigt", "klar"): 9, ("nyss", "pågår"): 20}, plan=strict)
    with pytest.raises(Refused):
        released(Ledger(), "2025H1", rows, plan=strict)


def test_series_may_grow_by_a_dimension_and_by_nothing_else(two: Ledger) -> None:
    dims = {**DIMS, "skydd": ["nej", "ja"]}
    wider = plan_of(dims=dims, tables=[[], ["kön"], ["skydd"]], method="mixed")
    rows = {(*row, "nej"): n + 6 for row, n in LATER.items()}
    grown = released(two, "2026H1", rows, plan=wider)
    assert check(releases=grown.releases).holds
    with pytest.raises(Refused, match="fasta"):
        grown.propose(plan=plan_of(), period="2026H2", rows=LATER)


def test_group_of_a_level_is_a_row_with_the_cells_that_it_holds() -> None:
    dims = {"läge": ["a pågår", "a klar", "b"]}
    levels = {"slag": {"of": "läge", "groups": {"a": ["a pågår", "a klar"], "b": ["b"]}}}
    changed = {"dims": dims, "levels": levels, "tables": [[], ["slag"], ["läge"]], "cumulative": []}
    plan = plan_of(**changed, method="mixed", remainder={"läge": ["a pågår", "b"]})
    rows = {("a pågår",): 21, ("a klar",): 17, ("b",): 12}
    made = Ledger().propose(plan=plan, period="2025H1", rows=rows)
    verdict = check(releases=[made.release])
    assert verdict.holds
    names = {wording.protected_name(series=verdict.series, part=part, protected=protected)
             for part in verdict.series.parts() for protected in part.audit.protected}  # fmt: skip
    assert "Antalet slag=a 2025H1 utom läge=a klar" in names
    assert "Antalet slag=b 2025H1 utom läge=b" not in names


def test_whoever_waits_is_told_how_far_it_has_come() -> None:
    told: list[tuple[int, int]] = []
    Ledger().propose(plan=plan_of(), period="2025H1", rows=FIRST, progress=lambda *far: told.append(far))
    assert [counts for _, counts in told] == [5] * 5


def test_counts_that_fall_where_nobody_can_leave_are_refused(two: Ledger) -> None:
    with pytest.raises(Refused):
        two.propose(plan=plan_of(), period="2026H1", rows=FIRST | {("man", "klar"): 1})


def test_same_period_is_released_again_only_as_a_correction_that_says_so(two: Ledger) -> None:
    with pytest.raises(Refused, match="rättelse"):
        two.propose(plan=plan_of(), period="2025H2", rows=LATER)
    with pytest.raises(Refused, match="Rättelsen"):
        two.propose(plan=plan_of(), period="2026H1", rows=LATER, corrects=2)
    corrected = released(two, "2025H2", LATER | {("man", "pågår"): 24}, corrects=2)
    assert check(releases=corrected.releases).holds


def test_protection_is_never_lowered_and_categories_never_change(two: Ledger) -> None:
    with pytest.raises(Refused, match="aldrig sänkas"):
        two.propose(plan=plan_of(m=1), period="2026H1", rows=LATER)
    with pytest.raises(Refused, match="fasta"):
        two.propose(plan=plan_of(dims={"kön": ["man", "kvinna"]}, tables=[["kön"]], cumulative=[]), period="2026H1",
                    rows={("man",): 40})  # fmt: skip
    for changed in ({"k": 4}, {"m": 5}, {"method": "guess"}, {"tables": [["kön", "utfall", "kön"]]}):
        with pytest.raises(Malformed):
            plan_of(**changed)


@pytest.mark.parametrize("status", ["kTimeLimit", "kUnknown", "kUnbounded", "kSolveError"])
def test_any_status_but_optimal_refuses_the_release(status: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        highspy.Highs, "getModelStatus", lambda self: getattr(highspy.HighsModelStatus, status)
    )
    with pytest.raises(Refused, match="Kunde inte bevisas"):
        Ledger().propose(plan=plan_of(), period="2025H1", rows=FIRST)


def test_solver_that_proposes_false_data_sets_refuses_the_release(monkeypatch: pytest.MonkeyPatch) -> None:
    from followup.disclosure import search

    monkeypatch.setattr(search, "_outcome", lambda solver: np.full(solver.getNumCol(), 3.0))
    with pytest.raises(Refused):
        Ledger().propose(plan=plan_of(), period="2025H1", rows=FIRST)


def test_witnesses_show_the_promise_and_damaged_ones_do_not() -> None:
    passed = Ledger().propose(plan=plan_of(), period="2025H1", rows=FIRST)
    assert is_shown(releases=[passed.release], witnesses=passed.witnesses)
    ((points, *rules),) = passed.witnesses
    assert not is_shown(releases=[passed.release], witnesses=((points[:1], *rules),))
    moved = (tuple(x + (i == 1) for i, x in enumerate(points[0])), *points[1:])
    assert not is_shown(releases=[passed.release], witnesses=((moved, *rules),))


def test_released_file_holds_no_witness_and_no_true_count() -> None:
    rows = {("man", "pågår"): 7919, ("kvinna", "pågår"): 2}
    passed = Ledger().propose(plan=plan_of(), period="2025H1", rows=rows)
    text = passed.release.to_bytes().decode()
    assert "7919" not in text
    assert "7921" not in text
    assert set(json.loads(text)) == {
        "format", "number", "period", "corrects", "plan", "previous", "elsewhere", "cells", "note", "sha256",
    }  # fmt: skip


@pytest.mark.parametrize("method", ["mixed", "stepwise"])
def test_stepwise_answers_hold_the_truth_and_the_promise(method: str) -> None:
    plan = plan_of(method=method, tables=[[], ["kön"], ["utfall"], ["kön", "utfall"]])
    ledger = released(released(Ledger(), "2025H1", FIRST, plan=plan), "2025H2", LATER, plan=plan)
    assert check(releases=ledger.releases).holds
    for release, rows in zip(ledger.releases, (FIRST, LATER), strict=True):
        for said in release.cells:
            true = sum(n for row, n in rows.items() if all(v in row for _, v in said.labels))
            assert said.low <= true
            assert said.high is None or true <= said.high


@given(st.integers(0, 10**6), st.integers(5, 30), st.integers(0, 4))
def test_bucket_of_a_count_holds_it_and_the_hidden_one_leaves_room_for_insiders(
    n: int, k: int, m: int
) -> None:
    display = Display(k=k, m=m)
    bucket = display.bucket(count=n)
    assert display.low(bucket=bucket) <= n <= display.high(bucket=bucket)
    assert display.low(bucket=1) >= k + m
    assert display.high(bucket=bucket + 1) - display.low(bucket=bucket + 1) + 1 == display.base >= k
    assert (display.printed(first=bucket, last=bucket) == "..") == (bucket == 0)


def test_display_of_five_and_two_is_that_of_the_design() -> None:
    display = Display(k=5, m=2)
    shown = [
        display.printed(first=b, last=b) for b in (display.bucket(count=n) for n in (0, 7, 8, 12, 13, 60))
    ]
    assert shown == ["..", "..", "10", "10", "15", "60"]
    assert display.printed(first=1, last=2) == "8\N{EN DASH}17"


def test_tabulating_keeps_counts_only_and_refuses_unknown_categories() -> None:
    stream = (("man", "klar") for _ in range(1000))
    assert tabulate(rows=stream, dims=plan_of().dims) == {("man", "klar"): 1000}
    with pytest.raises(Malformed):
        tabulate(rows=[("man", "borta")], dims=plan_of().dims)

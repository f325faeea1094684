"""Whether the promise holds is decided by what is stated now, whatever was asked while less or more was."""

from __future__ import annotations

from followup.disclosure.audit import Audit
from followup.disclosure.layout import Layout

DIMS = {"kön": ("man", "kvinna")}
TOTAL, MEN = {}, {"kön": frozenset({"man"})}


def audit(*, total: tuple[int, int], men: tuple[int, int]) -> Audit:
    """Return one release of a total and its men; the women are the row without one of its cells."""
    found = Audit(layout=Layout(dims=DIMS, wheres=[TOTAL, MEN]), links=[], k=5, m=0)
    found.add_release(wheres=[TOTAL, MEN], parts=[(0, 1)], follows=None)
    for count, (low, high) in enumerate((total, men)):
        found.narrow(count=count, low=low, high=high)
    return found


def test_count_that_later_statements_make_large_needs_no_values_any_more() -> None:
    judged = audit(total=(14, 14), men=(8, 10))  # 4 to 6 women: three values, and four are fewer than k
    assert judged.first_break() is not None
    judged.narrow(count=1, low=8, high=9)
    assert judged.first_break() is None


def test_count_is_not_thought_large_for_what_was_taken_back() -> None:
    judged = audit(total=(14, 14), men=(8, 9))
    assert judged.first_break() is None
    judged.narrow(count=1, low=8, high=10)
    assert judged.first_break() is not None


def test_count_is_large_only_while_that_is_supposed() -> None:
    judged = audit(total=(14, 14), men=(8, 10))
    assert judged.is_safe_if(count=1, low=8, high=9)
    assert not judged.is_safe_if(count=1, low=8, high=10)
    assert judged.is_safe_if(count=1, low=8, high=9)
    assert judged.first_break() is not None

"""The deadline rules as they stood on a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, When

from cases.models import DeadlineRule


class NoSuchRule(Exception):
    """The catalogue has no deadline with that code on that day; it was repealed, or the code is misspelt."""


def rules_on(day: date, *, codes: Iterable[str]) -> dict[str, DeadlineRule]:
    """The rules of these codes that hold on a day, in one statement; what has been repealed is missing.

    A day before the first row of a code gets that row: what is older than the catalogue is counted by its oldest law.
    """
    return rules_on_days([day], codes=codes)[day]


def rules_on_days(days: Iterable[date], *, codes: Iterable[str]) -> dict[date, dict[str, DeadlineRule]]:
    """The same on several days, in one statement."""
    rows = list(_came_into_force().filter(code__in=set(codes)).order_by("code", "valid_from"))
    return {day: _on(day, rows) for day in days}


def _on(day: date, rows: Iterable[DeadlineRule]) -> dict[str, DeadlineRule]:
    found: dict[str, DeadlineRule] = {}
    for rule in rows:
        if rule.code not in found or rule.valid_from <= day:
            found[rule.code] = rule
    return {code: rule for code, rule in found.items() if rule.valid_to is None or rule.valid_to >= day}


def rule_on(day: date, *, code: str) -> DeadlineRule:
    """One rule on a day; raises `NoSuchRule`."""
    try:
        return rules_on(day, codes=[code])[code]
    except KeyError:
        raise NoSuchRule(code) from None


def rule_column(name: str) -> Subquery:
    """A column of a task's rule on the day its clock started, to annotate tasks with; NULL for a worker's own."""
    rows = (
        _came_into_force()
        .filter(code=OuterRef("rule"))
        .annotate(is_later=Q(valid_from__gt=OuterRef("starts_on")))
    )
    oldest_first = Case(When(is_later=True, then="valid_from"))
    return Subquery(rows.order_by("is_later", oldest_first, "-valid_from").values(name)[:1])


def _came_into_force() -> QuerySet[DeadlineRule]:
    return DeadlineRule.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")))

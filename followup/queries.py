"""Reads the agreement and the frozen figures. Reaches no case."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from followup.indicators import Indicator
from followup.models import Agreement, FrozenFigure
from followup.periods import HalfYear


def agreement_on(day: date) -> Agreement | None:
    """The agreement in force on a day; otherwise the latest that has begun."""
    begun = Agreement.objects.filter(starts_on__lte=day).prefetch_related("areas")
    in_force = begun.filter(ends_on__gte=day).order_by("-starts_on", "id").first()
    return in_force or begun.order_by("-ends_on", "id").first()


def figures(*, indicator: Indicator, periods: Sequence[HalfYear]) -> list[FrozenFigure]:
    """The frozen figures of an indicator for some half-years, the oldest first."""
    codes = [period.code for period in periods]
    return list(FrozenFigure.objects.filter(indicator=indicator.code, period__in=codes).order_by("period"))

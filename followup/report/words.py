"""The report's words: what a symbol means, and what a period is called. Uses the reader's language; decides nothing."""

from __future__ import annotations

from django.utils.translation import gettext as _

from followup.periods import HalfYear
from followup.report.points import Point, Status


def period_name(code: str) -> str:
    """A period as it is spoken."""
    if "H" not in code:
        return _("Helåret %(year)s") % {"year": code}
    period = HalfYear.of_code(code)
    if period.half == 1:
        return _("Första halvåret %(year)s") % {"year": period.year}
    return _("Andra halvåret %(year)s") % {"year": period.year}


def period_short(code: str) -> tuple[str, str]:
    """A period in two short lines: the months, and the year."""
    if "H" not in code:
        return "", code
    return (_("jan–jun") if code.endswith("1") else _("jul–dec")), code[:4]


def meaning(point: Point, *, highest_hidden: int) -> str:
    """What a figure means, in words that need no symbol."""
    if point.status == Status.SILENT:
        return _("ingen redovisning denna period")
    if point.status == Status.OUTSIDE:
        return _("uppgift utifrån")
    if point.status == Status.ROUNDED:
        return _("omkring %(number)s") % {"number": point.text}
    if point.status == Status.SPAN:
        return _("mellan %(low)s och %(high)s") % {"low": point.low, "high": point.high}
    return _("0 till %(highest)s, eller visas inte") % {"highest": highest_hidden}


def spoken(point: Point, *, highest_hidden: int) -> str:
    """One period in a sentence, for those who hear the picture."""
    is_outside = point.status == Status.OUTSIDE
    said = point.text if is_outside else meaning(point, highest_hidden=highest_hidden)
    return f"{period_name(point.period)}: {said}."


def cell_name(labels: tuple[tuple[str, str], ...]) -> str:
    """A released count by its own words."""
    if not labels:
        return _("Alla")
    joined = " · ".join(value for _name, value in labels)
    return joined[:1].upper() + joined[1:]


def kind_of_cell(labels: tuple[tuple[str, str], ...]) -> str:
    """The dimension that a released count parts people by."""
    return " × ".join(name for name, _value in labels) or _("totalt")

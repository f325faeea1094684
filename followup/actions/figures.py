"""Take in figures that come from outside, already compiled: typed in one by one, or from a file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from audit.events import Actor
from avhopp.translation import gettext_noop
from followup import events
from followup.importing import Figure, NotFigures
from followup.models import Agreement, Indicator, TypedFigure
from followup.periods import Every, is_code
from followup.personal import LooksPersonal, require_impersonal
from followup.policies import demand_preparing
from followup.recording import note

SMALL = 5


class CountedHere(Exception):
    """The indicator is counted from the programme; its figures are released, never typed in."""


class WrongPeriod(Exception):
    """The period is no half-year or year of the indicator's kind; write 2025H1 or 2025."""


@transaction.atomic
def enter_figure(
    *,
    indicator: Indicator,
    period: str,
    value: Decimal,
    source: str,
    comment: str,
    is_public: bool,
    by: Actor,
    now: datetime,
) -> TypedFigure:
    """Take in one figure; `is_public` says that its owner has published it, which a small number needs."""
    demand_preparing(actor=by)
    figure = _figure(indicator, period, value, source, comment, is_public, by, now)
    note(
        event=events.FIGURES_ENTERED,
        purpose="figures",
        by=by,
        now=now,
        indicator=indicator.code,
        period=period,
        value=value,
    )
    return figure


@transaction.atomic
def import_figures(
    *, agreement: Agreement, figures: Sequence[Figure], is_public: bool, by: Actor, now: datetime
) -> list[TypedFigure]:
    """Take in every figure of a file, or none."""
    demand_preparing(actor=by)
    known = {i.code: i for i in Indicator.objects.filter(area__agreement=agreement)}
    made = []
    for figure in figures:
        indicator = known.get(figure.code)
        if indicator is None:
            raise NotFigures(gettext_noop("Indikatorn finns inte i överenskommelsen."), row=figure.row)
        try:
            made.append(
                _figure(
                    indicator, figure.period, figure.value, figure.source, figure.comment, is_public, by, now
                )
            )
        except WrongPeriod:
            raise NotFigures(
                gettext_noop("Perioden ska skrivas som 2025H1 eller 2025."), row=figure.row
            ) from None
        except CountedHere:
            raise NotFigures(
                gettext_noop("Indikatorn räknas ur verksamheten och kan inte föras in."), row=figure.row
            ) from None
    note(event=events.FIGURES_ENTERED, purpose="figures", by=by, now=now, number=len(made))
    return made


def _figure(
    indicator: Indicator,
    period: str,
    value: Decimal,
    source: str,
    comment: str,
    is_public: bool,
    by: Actor,
    now: datetime,
) -> TypedFigure:
    if indicator.counted:
        raise CountedHere
    if not is_code(period, every=Every(indicator.every)):
        raise WrongPeriod
    require_impersonal(texts=[source, comment])
    if abs(value) < SMALL and value == int(value) and not is_public:
        raise LooksPersonal(
            gettext_noop(
                "Talet är litet. Det tas bara in om den som äger uppgiften har publicerat den; markera det i så fall."
            )
        )
    return TypedFigure.objects.create(
        indicator=indicator,
        period=period,
        value=value,
        source=source,
        comment=comment,
        entered_by_id=by.person,
        entered_at=now,
    )

"""Register an agreement, and freeze the figures of half-years that have ended.

A figure is counted once. What is registered late never moves a figure that was shown, because the difference would
tell of those few cases; the exact count is kept nowhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from audit import log
from audit.digest import row_digest
from audit.events import Actor
from followup import events, facts, queries
from followup.indicators import EXIT_CASES_OPENED, Indicator, printed
from followup.models import Agreement, FrozenFigure, PriorityArea
from followup.periods import HalfYear, ended_half_years

STOCKHOLM = ZoneInfo("Europe/Stockholm")


@dataclass(frozen=True, slots=True)
class Area:
    """One insatsområde in the agreement's own words; `is_counted` when the programme itself produces its figures."""

    number: int
    text: str
    is_counted: bool = False


@dataclass(frozen=True, slots=True)
class AgreementData:
    """What a samverkansöverenskommelse says."""

    name: str
    parties: Sequence[str]
    starts_on: date
    ends_on: date
    decided_on: date
    decided_by: str
    purpose: str
    areas: Sequence[Area]


@dataclass(frozen=True, slots=True)
class Followup:
    """What the page shows: the agreement, and one indicator's frozen figures, the oldest first."""

    agreement: Agreement | None
    indicator: Indicator
    figures: list[FrozenFigure]


@transaction.atomic
def register_agreement(*, data: AgreementData, by: Actor, now: datetime) -> Agreement:
    """Write down an agreement that the municipality has decided on."""
    agreement = Agreement.objects.create(
        id=uuid4(),
        name=data.name,
        parties=list(data.parties),
        starts_on=data.starts_on,
        ends_on=data.ends_on,
        decided_on=data.decided_on,
        decided_by=data.decided_by,
        purpose=data.purpose,
    )
    for area in data.areas:
        PriorityArea.objects.create(
            agreement=agreement, number=area.number, text=area.text, is_counted=area.is_counted
        )
    purpose = f"agreement?{urlencode({'agreement': agreement.pk})}"
    log.record(event=events.AGREEMENT_REGISTERED, actor=by, at=now, basis="role", purpose=purpose)
    return agreement


@transaction.atomic
def read(*, by: Actor, now: datetime) -> Followup:
    """Give the follow-up of the agreement in force and record who read it, freezing first what has ended."""
    today = now.astimezone(STOCKHOLM).date()
    agreement = queries.agreement_on(today)
    periods = (
        ended_half_years(starts_on=agreement.starts_on, ends_on=agreement.ends_on, today=today)
        if agreement
        else []
    )
    for period in periods:
        freeze(indicator=EXIT_CASES_OPENED, period=period, by=by, now=now)
    log.record(event=events.READ, actor=by, at=now, basis="role", purpose="followup")
    return Followup(
        agreement, EXIT_CASES_OPENED, queries.figures(indicator=EXIT_CASES_OPENED, periods=periods)
    )


@transaction.atomic
def freeze(*, indicator: Indicator, period: HalfYear, by: Actor, now: datetime) -> FrozenFigure:
    """Give the figure of an ended half-year, counted now if nobody has before; raises `NotEnded`."""
    if period.ends_on >= now.astimezone(STOCKHOLM).date():
        raise NotEnded(period.code)
    known = FrozenFigure.objects.filter(indicator=indicator.code, period=period.code).first()
    if known:
        return known
    number = facts.count(indicator=indicator.code, starts_on=period.starts_on, ends_on=period.ends_on)
    # Two readers at once: the second one waits at the unique index and then gets the first one's figure.
    figure, is_new = FrozenFigure.objects.get_or_create(
        indicator=indicator.code,
        period=period.code,
        defaults={"text": printed(count=number, threshold=settings.STATISTICS_THRESHOLD), "frozen_at": now},
    )
    if is_new:
        what = {
            "indicator": figure.indicator,
            "period": figure.period,
            "text": figure.text,
            "row": row_digest(figure).hex(),
        }
        purpose = f"freeze?{urlencode(what)}"
        log.record(event=events.FIGURE_FROZEN, actor=by, at=now, basis="clock", purpose=purpose)
    return figure


class NotEnded(Exception):
    """The half-year goes on; its figure can be given the day after its last."""

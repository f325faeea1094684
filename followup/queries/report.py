"""Puts the report together from statements and typed figures. What is not printed is not read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from django.conf import settings

from followup.catalogue import COUNTED, KNOWN_TO_READER
from followup.dimensions import DIMENSIONS
from followup.disclosure.display import Display
from followup.models import Agreement, Indicator, PriorityArea, Statement
from followup.periods import Every
from followup.queries import ledger
from followup.report.content import Area, Issue, Measure, Report, Series, Text
from followup.report.points import Released, Row, Said, Typed, of_figures, of_releases

CATEGORIES = {dimension.name: dimension.categories for dimension in DIMENSIONS}


def report(*, agreement: Agreement, today: date) -> Report:
    """Give the report of an agreement as it stands."""
    periods = [period.code for period in ledger.reportable(agreement=agreement, today=today)]
    releases = released(agreement)
    areas = agreement.areas.prefetch_related("indicators__figures", "measures", "narratives")
    display = Display(k=settings.STATISTICS_THRESHOLD, m=KNOWN_TO_READER)
    return Report(
        municipality=settings.MUNICIPALITY,
        agreement=agreement.name,
        parties=tuple(agreement.parties),
        starts_on=agreement.starts_on,
        ends_on=agreement.ends_on,
        decided_on=agreement.decided_on,
        decided_by=agreement.decided_by,
        purpose=agreement.purpose,
        areas=tuple(_area(area, periods, releases) for area in areas),
        issues=tuple(
            Issue(
                number=release.number or 0,
                period=release.period,
                plan=release.plan.name,
                corrects=release.corrects.number if release.corrects else None,
                at=release.ended_at or release.proposed_at,
                sha256=release.sha256,
            )
            for release in ledger.published(agreement)
        ),
        k=display.k,
        m=display.m,
        highest_hidden=display.high(bucket=0),
    )


def released(agreement: Agreement) -> list[Released]:
    """The published releases with their statements, the oldest first; a correction comes after what it corrects."""
    said: dict[object, dict[tuple[tuple[str, str], ...], Said]] = defaultdict(dict)
    for statement in Statement.objects.filter(release__agreement=agreement):
        labels = tuple((str(name), str(value)) for name, value in statement.cell)
        said[statement.release_id][labels] = Said(statement.printed, statement.low, statement.high)
    return [
        Released(
            period=release.period,
            number=release.number or 0,
            corrects=release.corrects.number if release.corrects else None,
            counts=said[release.pk],
        )
        for release in ledger.published(agreement)
    ]


def _area(area: PriorityArea, periods: Sequence[str], releases: Sequence[Released]) -> Area:
    latest = {narrative.period: narrative for narrative in area.narratives.all()}
    return Area(
        number=area.number,
        text=area.text,
        texts=tuple(Text(n.period, n.text, n.written_at) for _, n in sorted(latest.items(), reverse=True)),
        measures=tuple(
            Measure(str(m.pk), m.text, m.responsible, m.get_state_display()) for m in area.measures.all()
        ),
        series=tuple(_series(indicator, periods, releases) for indicator in area.indicators.all()),
    )


def _series(indicator: Indicator, periods: Sequence[str], releases: Sequence[Released]) -> Series:
    counted = COUNTED.get(indicator.counted)
    asked = _periods_of(indicator, periods)
    return Series(
        code=indicator.code,
        name=indicator.name,
        definition=indicator.definition,
        unit=indicator.unit,
        source=indicator.source,
        target=indicator.target,
        responsible=indicator.responsible,
        comment=indicator.comment,
        is_counted=counted is not None,
        is_distribution=bool(counted and counted.table),
        periods=asked,
        rows=_rows(indicator, asked, releases),
    )


def _rows(indicator: Indicator, periods: Sequence[str], releases: Sequence[Released]) -> tuple[Row, ...]:
    counted = COUNTED.get(indicator.counted)
    if counted is None:
        figures = [Typed(f.period, f.value, f.source, f.comment) for f in indicator.figures.all()]
        return of_figures(figures=figures, periods=periods)
    categories = CATEGORIES.get(counted.table, [])
    return of_releases(counted=counted, categories=categories, releases=releases, periods=periods)


def _periods_of(indicator: Indicator, halves: Sequence[str]) -> tuple[str, ...]:
    if indicator.every == Every.HALF:
        return tuple(halves)
    return tuple(dict.fromkeys(half[:4] for half in halves if half.endswith("H2")))

"""The whole report as data: areas, indicators with their rows, words, measures and how it was made. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from followup.report.points import Point, Row, Status


@dataclass(frozen=True, slots=True)
class Series:
    """One indicator with its figures."""

    code: str
    name: str
    definition: str
    unit: str
    source: str
    target: str
    responsible: str
    comment: str
    is_counted: bool
    is_distribution: bool
    periods: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def latest(self) -> Point | None:
        """The last point that says something."""
        points = self.rows[0].points if self.rows and not self.is_distribution else ()
        return next((point for point in reversed(points) if point.status != Status.SILENT), None)

    @property
    def is_silent(self) -> bool:
        """Whether nothing has been reported of it yet."""
        return all(point.status == Status.SILENT for row in self.rows for point in row.points)

    @property
    def shown(self) -> tuple[str, ...]:
        """The periods in which something of it is reported."""
        return tuple(
            period
            for place, period in enumerate(self.periods)
            if any(row.points[place].status != Status.SILENT for row in self.rows)
        )


@dataclass(frozen=True, slots=True)
class Text:
    """What is said in words of a period."""

    period: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure and how far it has come."""

    id: str
    text: str
    responsible: str
    state: str


@dataclass(frozen=True, slots=True)
class Area:
    """One insatsområde with all that is reported of it."""

    number: int
    text: str
    texts: tuple[Text, ...]
    measures: tuple[Measure, ...]
    series: tuple[Series, ...]


@dataclass(frozen=True, slots=True)
class Issue:
    """A published release as the report tells of it."""

    number: int
    period: str
    plan: str
    corrects: int | None
    at: datetime
    sha256: str


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that a reader gets."""

    municipality: str
    agreement: str
    parties: tuple[str, ...]
    starts_on: date
    ends_on: date
    decided_on: date
    decided_by: str
    purpose: str
    areas: tuple[Area, ...]
    issues: tuple[Issue, ...]
    k: int
    m: int
    highest_hidden: int

    def area(self, number: int) -> Area | None:
        """One area by its number."""
        return next((area for area in self.areas if area.number == number), None)

    @property
    def series(self) -> Sequence[Series]:
        """The indicators of all areas."""
        return [series for area in self.areas for series in area.series]

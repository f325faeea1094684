"""Reads what the other municipalities of the police area have released, beside our own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from followup.disclosure.release import Release as File
from followup.disclosure.release import read_release
from followup.models import Agreement, Neighbour
from followup.queries import ledger

Cell = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Column:
    """One municipality's latest release of a period."""

    name: str
    number: int
    printed: dict[Cell, tuple[str, int, int | None]]


@dataclass(frozen=True, slots=True)
class Total:
    """What the printed counts of several municipalities say together: between low and high (None: no upper end)."""

    low: int
    high: int | None

    @property
    def printed(self) -> str:
        """The sum as a span; it says nothing that its parts do not say."""
        if self.high is None:
            return f"minst {self.low}" if self.low else ".."
        return f"{self.low}\N{EN DASH}{self.high}" if self.low < self.high else str(self.low)


@dataclass(frozen=True, slots=True)
class Comparison:
    """One period side by side: the cells that all have, a column a municipality, and their sum."""

    period: str
    columns: list[Column]
    rows: list[tuple[Cell, list[str], Total]]


def every() -> list[Neighbour]:
    """The municipalities that are known here."""
    return list(Neighbour.objects.prefetch_related("releases"))


def one(neighbour: UUID) -> Neighbour | None:
    """One municipality."""
    return Neighbour.objects.filter(pk=neighbour).first()


def comparisons(*, agreement: Agreement, ours: str) -> list[Comparison]:
    """Our released periods beside the neighbours' of the same, the latest first."""
    files = [(ours, ledger.files_of(agreement))]
    files += [
        (
            neighbour.name,
            [read_release(data=release.content.encode()) for release in neighbour.releases.all()],
        )
        for neighbour in every()
    ]
    periods = sorted({file.period for file in files[0][1]}, reverse=True)
    found = [compare(period=period, files=files) for period in periods]
    return [comparison for comparison in found if len(comparison.columns) > 1]


def compare(*, period: str, files: Sequence[tuple[str, Sequence[File]]]) -> Comparison:
    """Put one period side by side; only counts that everybody has printed are compared."""
    columns = [
        _column(name, of_period[-1])
        for name, released in files
        if (of_period := [file for file in released if file.period == period])
    ]
    shared = [cell for cell in columns[0].printed if all(cell in column.printed for column in columns)]
    return Comparison(
        period=period,
        columns=columns,
        rows=[
            (cell, [column.printed[cell][0] for column in columns], _total(cell, columns)) for cell in shared
        ],
    )


def _column(name: str, file: File) -> Column:
    printed = {
        tuple((dimension, str(value)) for dimension, value in said.labels): (
            said.printed,
            said.low,
            said.high,
        )
        for said in file.cells
    }
    return Column(name, file.number, printed)


def _total(cell: Cell, columns: Sequence[Column]) -> Total:
    said = [column.printed[cell] for column in columns]
    highs = [high for _, _, high in said]
    high = None if None in highs else sum(high for high in highs if high is not None)
    return Total(sum(low for _, low, _ in said), high)

"""The whole catalogue, for the one who keeps it: each provision and each deadline with all its wordings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar
from uuid import UUID

from cases.access import NotVisible
from cases.models import DeadlineRule, LegalBasis

W = TypeVar("W", LegalBasis, DeadlineRule)


@dataclass(frozen=True, slots=True)
class Wordings(Generic[W]):
    """What one code has stood for over time, the newest first, and where it stands today."""

    rows: tuple[W, ...]
    now: W | None
    coming: W | None

    @property
    def last(self) -> W:
        """The wording to read it by: what is in force, else what is to come, else what was."""
        standing = [row for row in self.rows if not row.was_taken_back]
        return self.now or self.coming or (standing or self.rows)[0]

    @property
    def latest(self) -> W | None:
        """The wording that a change would follow upon, if it has not ended."""
        standing = [row for row in self.rows if not row.was_taken_back]
        return standing[0] if standing and standing[0].valid_to is None else None


def provisions(*, today: date) -> list[Wordings[LegalBasis]]:
    """Every provision, by what it is used for and by place."""
    return _by_code(list(LegalBasis.objects.order_by("use", "place", "code", "-valid_from", "-id")), today)


def deadlines(*, today: date) -> list[Wordings[DeadlineRule]]:
    """Every deadline, by name."""
    return _by_code(list(DeadlineRule.objects.order_by("name", "code", "-valid_from", "-id")), today)


def provision(row: UUID, *, today: date) -> Wordings[LegalBasis]:
    """The provision that a wording belongs to; raises `NotVisible`."""
    code = LegalBasis.objects.filter(pk=row).values_list("code", flat=True).first()
    return _one(list(LegalBasis.objects.filter(code=code).order_by("-valid_from", "-id")), today)


def deadline(row: UUID, *, today: date) -> Wordings[DeadlineRule]:
    """The deadline that a wording belongs to; raises `NotVisible`."""
    code = DeadlineRule.objects.filter(pk=row).values_list("code", flat=True).first()
    return _one(list(DeadlineRule.objects.filter(code=code).order_by("-valid_from", "-id")), today)


def _one(rows: list[W], today: date) -> Wordings[W]:
    if not rows:
        raise NotVisible
    return _wordings(rows, today)


def _by_code(rows: list[W], today: date) -> list[Wordings[W]]:
    found: dict[str, list[W]] = {}
    for row in rows:
        found.setdefault(row.code, []).append(row)
    # A wording may have another name than the one before; whichever came first in the order keeps its place.
    return [
        _wordings(sorted(each, key=lambda row: row.valid_from, reverse=True), today)
        for each in found.values()
    ]


def _wordings(rows: list[W], today: date) -> Wordings[W]:
    standing = [row for row in rows if not row.was_taken_back]
    return Wordings(
        rows=tuple(rows),
        now=next((row for row in standing if row.is_in_force(today)), None),
        coming=next((row for row in reversed(standing) if row.valid_from > today), None),
    )

"""Reads the ledger: what has been released in a series, and what stands open."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from followup.disclosure.plan import read_plan
from followup.disclosure.release import Elsewhere, read_elsewhere, read_release
from followup.disclosure.release import Release as File
from followup.models import Agreement, KnownElsewhere, Progress, PublicationPlan, Release, SigningKey
from followup.periods import Every, HalfYear, ended_half_years
from followup.steps import OPEN, Step


def published(agreement: Agreement) -> list[Release]:
    """The published releases of a series in their order."""
    return list(
        agreement.releases.filter(step=Step.PUBLISHED)
        .select_related("plan", "corrects", "approved_by", "proposed_by")
        .order_by("number")
    )


def files_of(agreement: Agreement) -> list[File]:
    """The released files of a series in their order."""
    return [read_release(data=release.content.encode()) for release in published(agreement)]


def open_release(agreement: Agreement) -> Release | None:
    """The release in which something is still to happen, if there is one."""
    return agreement.releases.filter(step__in=OPEN).select_related("plan", "proposed_by").first()


def history(agreement: Agreement) -> list[Release]:
    """Every release of a series, the newest first; nothing sealed is opened."""
    found = agreement.releases.select_related("plan", "proposed_by", "approved_by", "corrects")
    return list(found.order_by("-proposed_at", "-id"))


def release(release: UUID) -> Release | None:
    """One release."""
    return (
        Release.objects.select_related("agreement", "plan", "proposed_by", "approved_by", "corrects")
        .filter(pk=release)
        .first()
    )


def progress(release: Release) -> tuple[int, int]:
    """How many counts of a release are decided, and of how many; nothing before the counting has begun."""
    return Progress.objects.filter(release=release).values_list("decided", "counts").first() or (0, 0)


def waiting(*, before: datetime) -> list[UUID]:
    """The releases that wait to be counted or published though whoever should do it was told before that."""
    found = Release.objects.filter(step__in=(Step.WAITING, Step.APPROVED), proposed_at__lt=before)
    return list(found.order_by("proposed_at").values_list("pk", flat=True))


def reportable(*, agreement: Agreement, today: date) -> list[HalfYear]:
    """The ended half-years of an agreement, the oldest first."""
    return ended_half_years(starts_on=agreement.starts_on, ends_on=agreement.ends_on, today=today)


def next_periods(*, agreement: Agreement, plan: PublicationPlan, today: date) -> list[HalfYear]:
    """The half-years that a plan can still be released for: ended, and later than everything released."""
    last = max((release.period for release in published(agreement)), default="")
    return [
        period
        for period in reportable(agreement=agreement, today=today)
        if period.code > last and (plan.every == Every.HALF or period.half == 2)
    ]


def current_plans(agreement: Agreement) -> list[PublicationPlan]:
    """The latest version of each plan."""
    latest = {plan.code: plan for plan in agreement.plans.order_by("version")}
    return sorted(latest.values(), key=lambda plan: plan.name)


def known_elsewhere(agreement: Agreement) -> list[KnownElsewhere]:
    """The figures that are known from elsewhere, the oldest first."""
    return list(KnownElsewhere.objects.filter(agreement=agreement).select_related("entered_by"))


def new_known(*, agreement: Agreement, files: Sequence[File], plan: PublicationPlan) -> list[Elsewhere]:
    """The figures known from elsewhere that no released file has counted yet."""
    counted = [_key(item) for file in files for item in file.elsewhere]
    found = []
    for row in KnownElsewhere.objects.filter(agreement=agreement):
        item = _elsewhere(row, plan)
        if _key(item) in counted:
            counted.remove(_key(item))
        else:
            found.append(item)
    return found


def public_key() -> str:
    """The key that recipients check our signature with; empty before anything has been published."""
    return SigningKey.objects.order_by("-made_at").values_list("public", flat=True).first() or ""


def _elsewhere(row: KnownElsewhere, plan: PublicationPlan) -> Elsewhere:
    content = {"period": row.period, "where": row.where, "lo": row.low, "hi": row.high, "source": row.source}
    return read_elsewhere(content=content, plan=read_plan(content=plan.content), at="elsewhere")


def _key(item: Elsewhere) -> tuple[object, ...]:
    return (item.period, sorted(item.where.items()), item.low, item.high, item.source)

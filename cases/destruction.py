"""Destroys the files whose destruction two people have approved. The keeper's work; it opens nothing.

A person's files go together, in one transaction with the leaf and the certificate, so that being killed leaves all or
nothing. What has come between is asked again at that moment: a hold, a note, another file of hers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from audit.events import canonical
from avhopp.sealed.keeping import events
from avhopp.sealed.keeping.destroy import destroy
from avhopp.sealed.keeping.runs import Clock, Run, Tell, working
from avhopp.sealed.models import Work
from cases.certificates import FORMAT, digest_of
from cases.models import Case, Disposal, DisposalCertificate, DisposalState, Enquiry
from cases.queries.retention import has_come_between
from cases.workflow import Stage, is_ended


def waiting() -> list[UUID]:
    """The persons with a file whose destruction is approved."""
    approved = Disposal.objects.filter(state=DisposalState.APPROVED).order_by()
    return sorted(set(approved.values_list("case__person_id", flat=True)))


def ready() -> int:
    """How many persons' files would be destroyed now."""
    found = (list(Case.objects.filter(person=person)) for person in waiting())
    return sum(_may_go(cases, _approvals(cases)) for cases in found)


def destroy_approved(*, clock: Clock, tell: Tell) -> tuple[int, int]:
    """Destroy what may go; returns how many files were, and of how many persons something has come between."""
    persons = waiting()
    done = left = 0
    with working(work=Work.DISPOSE, total=len(persons), clock=clock, tell=tell) as run:
        for person in persons:
            number = _destroy(person, run, clock)
            done, left = done + number, left + (number == 0)
    return done, left


def _destroy(person: UUID, run: Run, clock: Clock) -> int:
    with transaction.atomic():
        # Whoever writes in a case waits for it, and finds nothing then.
        cases = list(Case.objects.select_for_update().filter(person=person).order_by("pk"))
        approvals = _approvals(cases)
        if not _may_go(cases, approvals):
            return 0
        enquiries = Enquiry.objects.filter(case__in=cases).order_by("pk").values_list("pk", flat=True)
        now, unit = clock(), cases[0].unit_id
        keys, rows = destroy(scopes=[person, *(case.pk for case in cases), *enquiries])
        body = _certificate(unit, approvals.values(), keys, rows, now)
        DisposalCertificate.objects.create(unit_id=unit, destroyed_at=now, body=body)
        run.advance(1, event=events.FILES_DESTROYED, said=f"certificate={digest_of(body)}")
        return len(cases)


def _approvals(cases: Sequence[Case]) -> dict[UUID, Disposal]:
    found = Disposal.objects.filter(case__in=cases, state=DisposalState.APPROVED).order_by("case_id")
    return {disposal.case_id: disposal for disposal in found}


def _may_go(cases: Sequence[Case], approvals: Mapping[UUID, Disposal]) -> bool:
    return bool(cases) and all(
        is_ended(Stage(case.stage)) and case.pk in approvals and not has_come_between(approvals[case.pk])
        for case in cases
    )


def _certificate(
    unit: UUID, approved: Iterable[Disposal], keys: list[UUID], rows: Mapping[str, int], now: datetime
) -> str:
    said = {
        "format": FORMAT,
        "id": str(uuid4()),
        "organisation": str(settings.ORGANISATION),
        "unit": str(unit),
        "destroyed_at": _moment(now),
        "files": [
            {
                "rule": each.rule,
                "due_on": each.due_on.isoformat(),
                "proposed_by": str(each.created_by_id),
                "proposed_at": _moment(each.created_at),
                "approved_by": str(each.decided_by_id),
                "approved_at": _moment(each.decided_at) if each.decided_at else "",
            }
            for each in approved
        ],
        "keys": [str(key) for key in keys],
        "rows": dict(sorted(rows.items())),
    }
    return canonical(said).decode()


def _moment(at: datetime) -> str:
    return timezone.localtime(at).isoformat(timespec="seconds")

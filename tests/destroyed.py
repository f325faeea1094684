"""A file that has been destroyed for good, as the keeper of the keys does it, however young it is."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import psycopg
from django.db import transaction

from avhopp.database.roles import Urls
from avhopp.database.testing import pointing_at


def scopes_of(case: UUID) -> list[UUID]:
    """What the file is sealed under: the case, its person and the enquiry that it came from."""
    from cases.models import Case, Enquiry

    found = Case.objects.get(pk=case)
    enquiries = Enquiry.objects.filter(case=case).values_list("pk", flat=True)
    return [found.pk, found.person_id, *enquiries]


def certificate_for(urls: Urls, unit) -> UUID:
    """A certificate of the unit's, in the owner's name."""
    with psycopg.connect(urls.owner) as owner:
        row = owner.execute(
            "INSERT INTO cases_disposalcertificate (id, unit_id, destroyed_at, body)"
            " VALUES (gen_random_uuid(), %s, now(), '{}') RETURNING id",
            [unit.pk],
        ).fetchone()
    assert row is not None
    made: UUID = row[0]
    return made


def destroy_file(urls: Urls, case: UUID, *, by, approver) -> list[UUID]:
    """Approve past every rule, in the owner's name, and destroy; returns the scopes that were."""
    from avhopp.sealed.keeping.destroy import destroy

    scopes = scopes_of(case)
    with psycopg.connect(urls.owner) as owner:
        owner.execute("UPDATE cases_retentionhold SET lifted_at = now() WHERE case_id = %s", [case])
        owner.execute("DELETE FROM cases_disposal WHERE case_id = %s", [case])
        owner.execute(
            "INSERT INTO cases_disposal (id, case_id, rule, due_on, state, comment, stop_reason, version, created_at,"
            " updated_at, decided_at, created_by_id, updated_by_id, decided_by_id)"
            " SELECT gen_random_uuid(), id, 'last_note', current_date, 'approved', need, need, 1, now(), now(), now(),"
            " %(by)s, %(by)s, %(approver)s FROM cases_case WHERE id = %(case)s",
            {"by": by.pk, "approver": approver.pk, "case": case},
        )
    with pointing_at(urls=replace(urls, app=urls.keeper)), transaction.atomic():
        destroy(scopes=scopes)
    return scopes

"""What is done by the clock. Messages hold ids and nothing else, because a broker is read by others than the database.

Every task may run twice, late or beside itself: each asks the database anew under a lock, and does nothing that has
been done. They act as the job they are, and each act leaves its leaf.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from celery import shared_task
from django.db import connection, transaction
from django.utils import timezone

from audit.events import Actor, job
from avhopp.accounts.queries import open_account
from avhopp.files import store
from avhopp.sealed.scope import CryptoScope
from cases import importing
from cases.actions import ages, documents, escalations, grants, reminders
from cases.actions import emergencies as emergency_actions
from cases.actions import imports as register_actions
from cases.queries import due, emergencies, imports
from cases.queries.choices import ImportState
from cases.queries.rows import User

STOCKHOLM = ZoneInfo("Europe/Stockholm")
# Longer than any upload takes from its file to its row.
LEFT_OVER = timedelta(days=1)


@shared_task(name="cases.write_down_expired_grants")
def write_down_expired_grants() -> None:
    """Find the grants that have run out and hand each to a task of its own."""
    for grant in due.expired_grants(at=timezone.now()):
        write_down_expired_grant.delay(str(grant))


@shared_task(name="cases.write_down_expired_grant")
def write_down_expired_grant(grant: str) -> None:
    """Put into the record that one grant has run out, once."""
    now = timezone.now()
    with transaction.atomic():
        found = due.expired_grant(grant=UUID(grant), at=now)
        if found is not None:
            grants.write_down_expired(grant=found, by=job("write_down_expired_grants"), now=now)


@shared_task(name="cases.follow_birth_dates")
def follow_birth_dates() -> None:
    """Find the cases whose age tasks do not follow the birth date and hand each to a task of its own."""
    for case in due.unfollowed_birth_dates():
        follow_birth_date.delay(str(case))


@shared_task(name="cases.follow_birth_date")
def follow_birth_date(case: str) -> None:
    """Set the tasks of one client's ages."""
    now, actor = timezone.now(), job("follow_birth_dates")
    with transaction.atomic(), CryptoScope(actor=actor, purpose="ages", at=now):
        found = due.unfollowed_birth_date(case=UUID(case))
        if found is not None:
            ages.follow(case=found, by=actor, now=now)


@shared_task(name="cases.escalate_overdue_clocks")
def escalate_overdue_clocks() -> None:
    """Find the law's clocks that have run out and hand each to a task of its own."""
    now = timezone.now()
    for clock in due.overdue_clocks(today=now.astimezone(STOCKHOLM).date(), at=now):
        escalate_overdue_clock.delay(str(clock))


@shared_task(name="cases.escalate_overdue_clock")
def escalate_overdue_clock(clock: str) -> None:
    """Raise one clock to those who lead its case, once, and remind each of them in words that say nothing."""
    now = timezone.now()
    with transaction.atomic():
        found = due.overdue_clock(task=UUID(clock), today=now.astimezone(STOCKHOLM).date(), at=now)
        if found is None:
            return
        leading = due.supervisors_of(case=found.case_id, at=now)
        escalations.escalate(task=found, to=leading, by=job("escalate_overdue_clocks"), now=now)
    for person in leading:
        remind_of_escalation.delay(str(person.pk))


@shared_task(name="cases.remind_of_escalation", autoretry_for=(OSError,), retry_backoff=60, max_retries=5)
def remind_of_escalation(user: str) -> None:
    """Remind one supervisor that something waits in her list, at most once a day."""
    now = timezone.now()
    with transaction.atomic():
        person = open_account(UUID(user))
        if person is not None:
            _remind(person, "escalate_overdue_clocks", now)


@shared_task(name="cases.check_register")
def check_register(register: str) -> None:
    """Check every row of a register; what is wrong is shown to whoever brought it."""
    now = timezone.now()
    by = job("check_register")
    with CryptoScope(actor=by, purpose="import", at=now):
        with transaction.atomic():
            found = imports.import_for_the_job(UUID(register))
            if found is None:
                return
            try:
                found = register_actions.start_check(register=found, by=by, now=now)
            except register_actions.NotThere:
                return
        faults = importing.faults_of(found, today=now.astimezone(STOCKHOLM).date())
        register_actions.end_check(register=found, faults=faults, by=by, now=now)


@shared_task(name="cases.read_register")
def read_register(register: str) -> None:
    """Open a case of every row, all or none, as the supervisor who asked for it."""
    now = timezone.now()
    found = imports.import_for_the_job(UUID(register))
    if found is None or found.state != ImportState.RUNNING:
        return
    user = found.created_by
    actor = Actor(user=user.pk, role=user.role, unit=user.unit_id, methods=("import",))
    by = job("read_register")
    try:
        with transaction.atomic(), CryptoScope(actor=actor, purpose="import", at=now):
            # Two workers with the same message: the second finds the import ended.
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [register])
            importing.open_all(found, by=actor, now=now, today=now.astimezone(STOCKHOLM).date())
            register_actions.finish(register=found, by=by, now=now)
    except register_actions.NotThere:
        return
    except Exception:
        with transaction.atomic(), CryptoScope(actor=by, purpose="import", at=now):
            register_actions.fail(register=found, by=by, now=now)
        raise


@shared_task(name="cases.remind_of_deadlines")
def remind_of_deadlines() -> None:
    """Hand everybody who works in cases to a task of her own."""
    for user in due.people_who_work():
        remind_of_deadline.delay(str(user))


@shared_task(name="cases.remind_of_deadline", autoretry_for=(OSError,), retry_backoff=60, max_retries=5)
def remind_of_deadline(user: str) -> None:
    """Remind one person if a deadline of hers is today or behind, at most once a day."""
    now = timezone.now()
    today = now.astimezone(STOCKHOLM).date()
    with transaction.atomic():
        person = due.person_with_deadline(user=UUID(user), at=now, today=today)
        if person is not None:
            _remind(person, "remind_of_deadlines", now)


def _remind(person: User, name: str, now: datetime) -> None:
    try:
        reminders.remind(person=person, by=job(name), now=now)
    except reminders.AlreadyReminded:
        return


@shared_task(
    name="cases.sweep_documents", autoretry_for=(store.StoreUnavailable,), retry_backoff=60, max_retries=5
)
def sweep_documents() -> None:
    """Find the files that no document has, and hand each to a task of its own."""
    stored = list(store.stored_before(timezone.now() - LEFT_OVER))
    for file in due.files_without_a_document(stored):
        sweep_document.delay(str(file))


@shared_task(
    name="cases.sweep_document", autoretry_for=(store.StoreUnavailable,), retry_backoff=60, max_retries=5
)
def sweep_document(file: str) -> None:
    """Remove one file from the store, if no document has it."""
    with transaction.atomic():
        try:
            documents.sweep(file=UUID(file), by=job("sweep_documents"), now=timezone.now())
        except documents.NothingToSweep:
            return


@shared_task(name="cases.tell_of_emergencies")
def tell_of_emergencies() -> None:
    """Find the emergency accesses that nobody knows of yet and hand each to a task of its own."""
    for emergency in emergencies.untold():
        tell_of_emergency.delay(str(emergency))


@shared_task(name="cases.tell_of_emergency", autoretry_for=(OSError,), retry_backoff=10, max_retries=5)
def tell_of_emergency(emergency: str) -> None:
    """Tell those who lead the case and the data protection officers of one, in words that say nothing."""
    now = timezone.now()
    with transaction.atomic():
        found = emergencies.untold_emergency(UUID(emergency))
        if found is not None:
            people = emergencies.those_to_tell(found, at=now)
            emergency_actions.tell_of(emergency=found, people=people, by=job("tell_of_emergencies"), now=now)

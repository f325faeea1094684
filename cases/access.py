"""THE gate. Whoever wants a case or a list of cases comes through here.

What the actor may not see does not exist: `NotVisible` looks the same for a missing and a forbidden row, and both
leave one refusal in the record. Every reading leaves a leaf with the ground for it, written before anything can be
opened. Grants are asked in the query with their times, so that they end to the second.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from uuid import UUID

from django.contrib.auth.models import Permission as AuthPermission
from django.db.models import Exists, OuterRef, Q, QuerySet

from audit import log
from audit.events import Actor, Event, job
from avhopp.accounts.roles import Right, may_try
from avhopp.sealed import scope as scopes
from avhopp.sealed.scope import CryptoScope, Denied, KeyDestroyed
from cases import events
from cases.models import Basis, Case, CaseGrant, Person, Protection, Unmasking
from cases.models.unmasking import FieldGroup
from cases.policies import Permission, Question, Verdict, decide
from cases.workflow import Stage, Standing

# The jobs that may open a case by the clock, each for the one thing that it is named after.
CLOCK_JOBS = frozenset({job("follow_birth_dates").role})


class NotVisible(Exception):
    """There is no such thing for this actor; answer exactly as for an address that does not exist.

    `is_recorded` tells whether the gate has written the refusal already; if not, whoever answers does.
    """

    def __init__(self, *, is_recorded: bool = False) -> None:
        super().__init__()
        self.is_recorded = is_recorded


class Refused(Exception):
    """The actor sees the case but may not do this; show `verdict.refusal`."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(verdict.refusal)
        self.verdict = verdict


class Masked(Exception):
    """The page would show details of a protected person that the actor has not asked to see; let her ask first."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A case that the actor sees, with the ground and what it lets her do."""

    case: Case
    basis: str
    permissions: frozenset[Permission]
    actor: Actor
    # What of a protected person is not shown to the actor now.
    masked: frozenset[FieldGroup] = frozenset()

    def may(self, question: Question) -> Verdict:
        """Answer a question of the policy for this actor and this case."""
        return decide(
            question=question,
            role=self.actor.role,
            permissions=self.permissions,
            stage=Stage(self.case.stage),
            standing=Standing(self.case.standing),
        )

    def demand_shown(self, *groups: FieldGroup) -> None:
        """Raise `Masked` unless these groups of fields are shown to the actor."""
        if self.masked & set(groups):
            raise Masked

    def demand(self, question: Question) -> None:
        """Raise `Refused` unless the policy says yes."""
        verdict = self.may(question)
        if not verdict:
            raise Refused(verdict)


def grants_in_force(*, actor: Actor, at: datetime) -> QuerySet[CaseGrant]:
    """The actor's grants at that moment; none for a closed account or a role that reads no cases."""
    if actor.user is None or not may_try(role=actor.role, right=Right.READ_CASES):
        return CaseGrant.objects.none()
    return CaseGrant.objects.filter(
        user_id=actor.user, user__is_active=True, user__role=actor.role, starts_at__lte=at, expires_at__gt=at
    )


def visible_cases(*, actor: Actor, at: datetime) -> QuerySet[Case]:
    """The cases that exist for this actor, unopened; listing them is `list_cases`."""
    mine = grants_in_force(actor=actor, at=at).filter(content_object=OuterRef("pk"))
    return Case.objects.filter(Exists(mine))


def get_case(*, actor: Actor, case: UUID, at: datetime, event: Event = events.CASE_VIEWED) -> Opened:
    """Open one case for reading within the current `CryptoScope`, leaving one leaf.

    Raises `NotVisible` after having recorded the refusal. A second call in the same scope adds no leaf.
    """
    found = Case.objects.select_related("person", "unit", "responsible").filter(pk=case).first()
    grants = list(
        grants_in_force(actor=actor, at=at)
        .filter(content_object_id=case)
        .order_by("starts_at", "id")
        .values_list("basis", "permission__codename")
    )
    open_scope = scopes.current()
    if found is None or not grants:
        with scopes.asking_as("refuse"):
            attempted = Case.objects.only("id").filter(pk=case).first()
        refuse(actor=actor, at=at, case=attempted)
        raise NotVisible(is_recorded=True)
    basis = grants[0][0]
    try:
        if open_scope.basis_of(found.id) is None:
            log.record(
                event=event,
                actor=actor,
                at=at,
                basis=basis,
                purpose=open_scope.purpose,
                subjects=[log.read(found), log.read(found.person)],
            )
        open_scope.admit([found.id, found.person_id], basis=basis)
    except KeyDestroyed:
        # A row of an old backup, whose key was destroyed since.
        refuse(actor=actor, at=at, case=None)
        raise NotVisible(is_recorded=True) from None
    permissions = frozenset(Permission(codename) for _, codename in grants)
    return Opened(found, basis, permissions, actor, _masked(found, actor, at))


def enter(*, case: UUID, actor: Actor) -> Opened:
    """Open a case that the actor has just let herself into; the verb that did it leaves the leaf."""
    found = Case.objects.select_related("person", "unit", "responsible").get(pk=case)
    scopes.current().admit([found.id, found.person_id], basis=Basis.EMERGENCY)
    permissions = frozenset({Permission.READ_ONLY})
    return Opened(found, Basis.EMERGENCY, permissions, actor, _masked(found, actor, scopes.current().at))


def open_list(
    *, actor: Actor, at: datetime, cases: Iterable[Case], event: Event | None = None, purpose: str = ""
) -> list[Case]:
    """Open the shown page of a list that came from `visible_cases`, leaving one leaf that names each case.

    A list that somebody asked for by a word of her own (`event`) leaves its leaf also when it is empty.
    """
    page = list(cases)
    try:
        return _opened_list(actor, at, page, event, purpose)
    except KeyDestroyed:
        # Rows of an old backup, whose keys were destroyed since: they are not there.
        living = scopes.living(scope for case in page for scope in (case.id, case.person_id))
        left = [case for case in page if {case.id, case.person_id} <= living]
        return _opened_list(actor, at, left, event, purpose)


def _opened_list(
    actor: Actor, at: datetime, page: list[Case], event: Event | None, purpose: str
) -> list[Case]:
    if page or event:
        open_scope = scopes.current()
        log.record(
            event=event or events.CASES_LISTED,
            actor=actor,
            at=at,
            basis="granted",
            purpose=purpose or open_scope.purpose,
            subjects=[subject for case in page for subject in (log.read(case), log.read(case.person))],
        )
        open_scope.admit([scope for case in page for scope in (case.id, case.person_id)], basis="granted")
    return page


def open_by_clock(*, actor: Actor, at: datetime, case: Case) -> None:
    """Let one of `CLOCK_JOBS` open a case and its person, leaving one leaf; a person's way is `get_case`."""
    if actor.role not in CLOCK_JOBS or actor.user is not None:
        refuse(actor=actor, at=at, case=case)
        raise NotVisible(is_recorded=True)
    open_scope = scopes.current()
    log.record(
        event=events.OPENED_BY_CLOCK,
        actor=actor,
        at=at,
        basis="clock",
        purpose=open_scope.purpose,
        subjects=[log.read(case), log.read(case.person)],
    )
    open_scope.admit([case.id, case.person_id], basis="clock")


def scan(*, actor: Actor, at: datetime, matches: Callable[[Case], bool]) -> list[UUID]:
    """The ids of the actor's cases whose opened content matches. What does not match has been shown to nobody.

    The scan has a scope of its own, which ends with it and takes what it opened along; whoever shows a found case
    opens it again, which leaves the leaf.
    """
    cases = list(visible_cases(actor=actor, at=at).select_related("person").order_by("number"))
    with CryptoScope(actor=actor, purpose="search", at=at) as scanning:
        scanning.admit([scope for case in cases for scope in (case.id, case.person_id)], basis="granted")
        return [case.id for case in cases if matches(case)]


def compare(
    *, buckets: Iterable[int], at: datetime, is_same: Callable[[Person], bool]
) -> tuple[list[Person], list[UUID]]:
    """The persons in some buckets of the index, and the units with a case of one whom a comparison finds the same.

    It is the system that compares, in a scope of its own, whoever may see them; the caller records whom it opened and
    says no more than which unit to ask.
    """
    with CryptoScope(actor=job("compare_persons"), purpose="duplicates", at=at) as comparing:
        known = list(Person.objects.filter(intake_bucket__in=list(buckets)))
        comparing.admit([person.id for person in known], basis="duplicates")
        same = [person for person in known if is_same(person)]
        return known, list(Case.objects.filter(person__in=same).values_list("unit", flat=True))


def refuse(*, actor: Actor, at: datetime, case: Case | None, event: Event = events.ACCESS_REFUSED) -> None:
    """Record a refusal; for a missing case the same work is done on the actor's own attempt."""
    log.record(
        event=event,
        actor=actor,
        at=at,
        basis="none",
        subjects=[log.read(case)] if case else [log.nobody()],
    )


@cache
def permission_row(permission: Permission) -> AuthPermission:
    """The row of Django's permission table that a grant points to."""
    return AuthPermission.objects.get(content_type__app_label="cases", codename=permission)


def register() -> None:
    """Tell the sealed fields who decides; called once when the application starts."""
    scopes.register_gate("case", _gate)
    scopes.register_gate("person", _gate)


def _masked(case: Case, actor: Actor, at: datetime) -> frozenset[FieldGroup]:
    if case.person.protection == Protection.NONE:
        return frozenset()
    shown = Unmasking.objects.filter(case=case, created_by_id=actor.user, ends_at__gt=at)
    return frozenset(FieldGroup) - {FieldGroup(group) for group in shown.values_list("group", flat=True)}


def _gate(open_scope: CryptoScope, scope: UUID) -> None:
    """Answer for a case or person that nobody asked `get_case` about: a filter was forgotten somewhere above."""
    case = (
        visible_cases(actor=open_scope.actor, at=open_scope.at)
        .filter(Q(pk=scope) | Q(person_id=scope))
        .order_by("pk")
        .first()
    )
    if case is None:
        raise Denied("not visible to this actor")
    get_case(actor=open_scope.actor, case=case.pk, at=open_scope.at)

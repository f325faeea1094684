"""The decisions of an opened case: what has been decided, what is in force, and what stands in the way of signing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from cases import ages
from cases.access import NotVisible, Opened
from cases.catalogue.deadline_rules import Extension
from cases.catalogue.decision_kinds import DecisionKind, Measure
from cases.models import DeadlineRule, Decision, DecisionEvent, LegalBasis, Task
from cases.models.decision import Following
from cases.models.decision_event import EventKind
from cases.policies import Question, Verdict, decide_signing
from cases.queries import delegations
from cases.queries.rules import rules_on

PEOPLE = ("created_by", "updated_by", "signed_by", "legal_basis", "delegation__deputy_for")


def decisions_of(opened: Opened) -> list[Decision]:
    """Every decision of the case, newest first."""
    found = Decision.objects.filter(case=opened.case).select_related(*PEOPLE)
    return list(found.order_by("-created_at", "-id"))


def decision_of(opened: Opened, decision: UUID) -> Decision:
    """One decision of the case; raises `NotVisible`."""
    found = Decision.objects.select_related(*PEOPLE, "corrects", "extends")
    one = found.filter(pk=decision, case=opened.case).first()
    if one is None:
        raise NotVisible
    return one


def correction_of(opened: Opened, decision: Decision) -> Decision | None:
    """What corrects, changes or ends a decision, also when it is still a draft."""
    return Decision.objects.filter(corrects=decision, case=opened.case).first()


def events_of(opened: Opened, decision: Decision) -> list[DecisionEvent]:
    """What has happened with a decision since it was signed, in the order it was written down."""
    found = DecisionEvent.objects.filter(decision=decision, case=opened.case).select_related("created_by")
    return list(found.order_by("created_at", "id"))


def question(decision: Decision) -> Question:
    """What the policy is asked when a draft is written: to put something right is allowed in an ended case too."""
    is_new = decision.corrects_id is None or decision.following == Following.ENDING
    return Question.DECIDE if is_new else Question.FOLLOW_DECISION


def has_decision_in_force(opened: Opened, on: date) -> bool:
    """Tell whether a signed decision gives the client something that day."""
    return bool(in_force(decisions_of(opened), on))


def has_acute_decision(opened: Opened, on: date) -> bool:
    """Tell whether a signed decision on acute protection, made before the inquiry is done, is in force that day."""
    return any(decision.kind == DecisionKind.ACUTE for decision in in_force(decisions_of(opened), on))


def in_force(decisions: Iterable[Decision], on: date) -> list[Decision]:
    """Those of a case's decisions that give something that day: neither replaced nor ended by then."""
    signed = [decision for decision in decisions if decision.is_signed]
    followed = {decision.corrects_id: decision for decision in signed if decision.corrects_id}
    return [
        decision
        for decision in signed
        if decision.rule.gives and decision.covers(on) and not _is_over(followed.get(decision.pk), on)
    ]


def possible_events(opened: Opened, decision: Decision) -> list[EventKind]:
    """What may be written down of a signed decision now, in the order in which it happens."""
    had = {event.kind for event in events_of(opened, decision)}
    return [
        kind
        for kind in EventKind
        if (decision.rule.gives or kind not in {EventKind.EXECUTED, EventKind.REPORTED})
        and (decision.rule.is_appealed or kind not in {EventKind.APPEALED, EventKind.APPEAL_DECIDED})
        and (kind != EventKind.APPEAL_DECIDED or EventKind.APPEALED in had)
    ]


def extendable(opened: Opened, *, day: date) -> list[tuple[Task, DeadlineRule]]:
    """The open clocks of the case that a decision can lengthen, nearest first, each with its rule."""
    waiting = list(Task.objects.filter(case=opened.case, ended="").exclude(rule="").order_by("due_on", "id"))
    rules = rules_on(day, codes={task.rule for task in waiting})
    return [
        (task, rules[task.rule])
        for task in waiting
        if task.rule in rules and rules[task.rule].extension != Extension.NEVER
    ]


def signing_verdict(
    opened: Opened, decision: Decision, law: LegalBasis, *, person: UUID, today: date
) -> Verdict:
    """Whether somebody may sign the decision under its provision today, and if not, why."""
    authority = delegations.authority_on(
        today, person=person, code=law.code, needs_committee=law.needs_committee
    )
    return decide_signing(
        allowed=opened.may(question(decision)), authority=authority, by_committee=decision.by_committee
    )


def age_verdict(opened: Opened, decision: Decision, *, day: date) -> ages.AgeVerdict | None:
    """What the client's age says of a decision that gives something; none when no rule of age applies to it."""
    if not decision.rule.gives:
        return None
    born = opened.case.person.birth_date
    consents = bool(decision.guardian_consents)
    if decision.measure == Measure.PLACEMENT:
        return ages.may_be_placed(born=born, day=day, guardian_consents=consents)
    if decision.measure == Measure.PROTECTED_HOUSING:
        return ages.may_live_in_protected_housing(
            born=born, day=day, with_guardian=bool(decision.with_guardian)
        )
    if decision.measure == Measure.WITHOUT_TEST:
        return ages.may_get_measure_without_needs_test(born=born, day=day, guardian_consents=consents)
    open_measure = ages.may_get_open_measure(
        born=born, day=day, guardian_consents=consents, suitability=decision.suitability
    )
    if decision.measure == Measure.QUALIFIED_CONTACT and open_measure:
        return ages.may_have_qualified_contact(born=born, day=day)
    return open_measure if decision.measure in {Measure.OPEN, Measure.QUALIFIED_CONTACT} else None


def _is_over(later: Decision | None, on: date) -> bool:
    if later is None or later.decided_on is None:
        return False
    from_day = later.starts_on if later.following == Following.ENDING else later.decided_on
    return from_day is not None and from_day <= on

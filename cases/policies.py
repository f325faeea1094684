"""What a person may do with a case that she can see: one table of (question, permission on the case, state). Pure.

Each answer is a `Verdict` with a reason that can be shown. Whether she can see the case at all is `access.py`.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from avhopp.accounts.roles import Right, may_try
from avhopp.translation import gettext_noop
from cases.workflow import Stage, Standing, is_ended


class Question(StrEnum):
    """What is asked of the policy."""

    READ = "read"
    TAKE_OUT = "take_out"
    WRITE_NOTE = "write_note"
    CORRECT_NOTE = "correct_note"
    EDIT_CASE = "edit_case"
    HANDLE_TASK = "handle_task"
    DROP_CLOCK = "drop_clock"
    FOLLOW_UP = "follow_up"
    ADD_DOCUMENT = "add_document"
    DISCLOSE = "disclose"
    REQUEST_STAGE = "request_stage"
    APPROVE_STAGE = "approve_stage"
    GRANT_ACCESS = "grant_access"
    SEE_READERS = "see_readers"
    REVIEW_EMERGENCY = "review_emergency"
    RESTRICT = "restrict"
    HOLD = "hold"
    PROPOSE_DISPOSAL = "propose_disposal"
    APPROVE_DISPOSAL = "approve_disposal"
    PAUSE = "pause"
    TRANSFER = "transfer"
    DECIDE = "decide"
    FOLLOW_DECISION = "follow_decision"
    CHOOSE_CONSEQUENCE = "choose_consequence"


# What a colleague may ask about herself on the case's page of access.
QUESTION_NAMES: dict[Question, str] = {
    Question.READ: gettext_noop("Läsa ärendet"),
    Question.WRITE_NOTE: gettext_noop("Skriva och signera anteckningar"),
    Question.EDIT_CASE: gettext_noop("Ändra uppgifter"),
    Question.ADD_DOCUMENT: gettext_noop("Lägga in handlingar"),
    Question.TAKE_OUT: gettext_noop("Hämta handlingar och skriva ut brev"),
    Question.DECIDE: gettext_noop("Skriva beslut"),
    Question.DISCLOSE: gettext_noop("Lämna ut uppgifter"),
    Question.REQUEST_STAGE: gettext_noop("Begära nytt skede"),
    Question.APPROVE_STAGE: gettext_noop("Godkänna skeden"),
    Question.GRANT_ACCESS: gettext_noop("Ge och avsluta åtkomst"),
    Question.SEE_READERS: gettext_noop("Se vem som har läst"),
}


class Refusal(StrEnum):
    """Why not, in words that say what to do."""

    ROLE = gettext_noop("Din roll omfattar inte detta. Be din arbetsledare om hjälp.")
    PERMISSION = gettext_noop(
        "Din åtkomst till ärendet omfattar inte detta. Be ansvarig handläggare eller arbetsledare."
    )
    ENDED = gettext_noop("Ärendet är avslutat. Ett nytt behov blir ett nytt ärende som länkas hit.")
    RESPONSIBLE = gettext_noop("Ansvarig handläggare måste ha ett öppet konto med den rollen i din enhet.")
    TRANSFERRED = gettext_noop("Ärendet är överflyttat till en annan kommun och kan bara läsas.")
    NOT_ASKER = gettext_noop("Det här skedet begärs av någon med en annan roll. Be din arbetsledare.")
    NOT_APPROVER = gettext_noop("Det här skedet godkänns av någon med en annan roll.")
    NO_DELEGATION = gettext_noop(
        "Du har ingen delegation för det här lagrummet. Låt någon som har det signera, eller utskottet besluta."
    )
    DELEGATION_EXPIRED = gettext_noop(
        "Din delegation för det här lagrummet har upphört. Låt någon vars delegation gäller signera."
    )
    COMMITTEE_ONLY = gettext_noop(
        "Beslut enligt det här lagrummet fattas bara av utskottet. Ange att utskottet har beslutat, och protokollet."
    )
    OWN_REQUEST = gettext_noop("Du har själv gjort begäran. Någon annan måste godkänna den.")


@dataclass(frozen=True, slots=True)
class Verdict:
    """Yes, or no with its reason."""

    refusal: Refusal | None = None

    def __bool__(self) -> bool:
        return self.refusal is None


class Permission(StrEnum):
    """The codenames of a grant; one question to the database asks for one (security.md §8)."""

    READ_ONLY = "read_case"
    WORK = "work_case"
    SUPERVISE = "supervise_case"


@dataclass(frozen=True, slots=True)
class Rule:
    """Which right of the role, which permissions on the case, and whether an ended case allows it."""

    right: Right
    permissions: frozenset[Permission]
    when_ended: bool


BOTH = frozenset({Permission.WORK, Permission.SUPERVISE})
RULES: dict[Question, Rule] = {
    Question.READ: Rule(Right.READ_CASES, frozenset(Permission), when_ended=True),
    # What leaves the system is not read only.
    Question.TAKE_OUT: Rule(Right.READ_CASES, BOTH, when_ended=True),
    Question.WRITE_NOTE: Rule(Right.WRITE_NOTES, BOTH, when_ended=False),
    # What was signed wrongly must be put right also afterwards (rättelse, domain.md §2).
    Question.CORRECT_NOTE: Rule(Right.WRITE_NOTES, BOTH, when_ended=True),
    Question.EDIT_CASE: Rule(Right.WRITE_NOTES, BOTH, when_ended=False),
    # Some clocks run after the case has ended: follow-ups, an answer to the notifier, a child's inquiry (SoL 29:9).
    Question.HANDLE_TASK: Rule(Right.WRITE_NOTES, BOTH, when_ended=True),
    Question.DROP_CLOCK: Rule(Right.APPROVE_STAGES, frozenset({Permission.SUPERVISE}), when_ended=True),
    Question.FOLLOW_UP: Rule(Right.WRITE_NOTES, BOTH, when_ended=True),
    # What comes in after the end belongs to the file as well.
    Question.ADD_DOCUMENT: Rule(Right.WRITE_NOTES, BOTH, when_ended=True),
    # What is known of a person is asked for long after her case has ended.
    Question.DISCLOSE: Rule(Right.WRITE_NOTES, BOTH, when_ended=True),
    Question.REQUEST_STAGE: Rule(Right.REQUEST_STAGES, frozenset({Permission.WORK}), when_ended=True),
    Question.APPROVE_STAGE: Rule(Right.APPROVE_STAGES, frozenset({Permission.SUPERVISE}), when_ended=True),
    Question.GRANT_ACCESS: Rule(Right.GRANT_ACCESS, frozenset({Permission.SUPERVISE}), when_ended=True),
    Question.RESTRICT: Rule(Right.OPEN_CASES, BOTH, when_ended=True),
    Question.HOLD: Rule(Right.APPROVE_STAGES, frozenset({Permission.SUPERVISE}), when_ended=True),
    # Whoever works in the case may propose, and anybody of them may stop it.
    Question.PROPOSE_DISPOSAL: Rule(Right.WRITE_NOTES, BOTH, when_ended=True),
    Question.APPROVE_DISPOSAL: Rule(Right.APPROVE_STAGES, frozenset({Permission.SUPERVISE}), when_ended=True),
    Question.REVIEW_EMERGENCY: Rule(Right.GRANT_ACCESS, frozenset({Permission.SUPERVISE}), when_ended=True),
    Question.PAUSE: Rule(Right.WRITE_NOTES, BOTH, when_ended=False),
    Question.TRANSFER: Rule(Right.APPROVE_STAGES, frozenset({Permission.SUPERVISE}), when_ended=False),
    Question.SEE_READERS: Rule(Right.SEE_READERS, BOTH, when_ended=True),
    Question.CHOOSE_CONSEQUENCE: Rule(
        Right.APPROVE_STAGES, frozenset({Permission.SUPERVISE}), when_ended=False
    ),
    Question.DECIDE: Rule(Right.WRITE_NOTES, BOTH, when_ended=False),
    # What becomes of a decision, an appeal or a correction, may come after the case has ended.
    Question.FOLLOW_DECISION: Rule(Right.WRITE_NOTES, BOTH, when_ended=True),
}


class Authority(StrEnum):
    """What the order of delegation (KL 6:37–40, 7:5–8) lets somebody do under a provision on a day."""

    DELEGATED = "delegated"
    EXPIRED = "expired"
    NONE = "none"
    COMMITTEE = "committee"


WITHOUT_AUTHORITY: dict[Authority, Refusal] = {
    Authority.EXPIRED: Refusal.DELEGATION_EXPIRED,
    Authority.NONE: Refusal.NO_DELEGATION,
    Authority.COMMITTEE: Refusal.COMMITTEE_ONLY,
}


# What a transferred case still allows: reading it, knowing who did, putting right what was signed wrongly, and ending
# the clock of a child's inquiry, which is completed here although the child has moved (SoL 29:9).
WHEN_TRANSFERRED = frozenset(
    {
        Question.READ,
        Question.SEE_READERS,
        Question.TAKE_OUT,
        Question.RESTRICT,
        Question.HOLD,
        Question.PROPOSE_DISPOSAL,
        Question.APPROVE_DISPOSAL,
        Question.REVIEW_EMERGENCY,
        Question.GRANT_ACCESS,
        Question.CORRECT_NOTE,
        Question.DROP_CLOCK,
    }
)


def decide(
    *,
    question: Question,
    role: str,
    permissions: frozenset[Permission],
    stage: Stage,
    standing: Standing = Standing.ACTIVE,
) -> Verdict:
    """Answer a question about a case that the person can see."""
    rule = RULES[question]
    if not may_try(role=role, right=rule.right):
        return Verdict(Refusal.ROLE)
    if not permissions & rule.permissions:
        return Verdict(Refusal.PERMISSION)
    if is_ended(stage) and not rule.when_ended:
        return Verdict(Refusal.ENDED)
    if standing == Standing.TRANSFERRED and question not in WHEN_TRANSFERRED:
        return Verdict(Refusal.TRANSFERRED)
    return Verdict()


def decide_approval(
    *,
    role: str,
    permissions: frozenset[Permission],
    stage: Stage,
    standing: Standing,
    approvers: Collection[str],
    approver: UUID | None,
    requester: UUID,
) -> Verdict:
    """Answer who may decide about a request: one of the rule's roles, and never the one who made it."""
    if approver == requester:
        return Verdict(Refusal.OWN_REQUEST)
    verdict = decide(
        question=Question.APPROVE_STAGE,
        role=role,
        permissions=permissions,
        stage=stage,
        standing=standing,
    )
    if verdict and role not in approvers:
        return Verdict(Refusal.NOT_APPROVER)
    return verdict


def decide_signing(*, allowed: Verdict, authority: Authority, by_committee: bool) -> Verdict:
    """Answer who may sign a decision: one who may decide in the case (`allowed`) and has it delegated to her.

    What the committee has decided is written down by whoever works in the case.
    """
    if not allowed or by_committee:
        return allowed
    return Verdict(WITHOUT_AUTHORITY.get(authority))

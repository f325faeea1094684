"""Which role may try what: one table, and a sentence for each right that a manager can read. Pure.

A role only says what somebody may *try*; which case she may try it on is the grant's word (`cases/access.py`).
One person has one role, so that rights never pile up unseen.
"""

from __future__ import annotations

from enum import StrEnum

from avhopp.translation import gettext_noop


class Role(StrEnum):
    """domain.md §4, §5: the field's own names."""

    CASE_WORKER = "case_worker"
    CO_WORKER = "co_worker"
    SUPERVISOR = "supervisor"
    AUDITOR = "auditor"
    DATA_PROTECTION_OFFICER = "data_protection_officer"
    SAFETY_MANAGER = "safety_manager"
    ADMINISTRATOR = "administrator"


ROLE_NAMES: dict[Role, str] = {
    Role.CASE_WORKER: gettext_noop("Handläggare"),
    Role.CO_WORKER: gettext_noop("Medhandläggare"),
    Role.SUPERVISOR: gettext_noop("Arbetsledare"),
    Role.AUDITOR: gettext_noop("Logggranskare"),
    Role.DATA_PROTECTION_OFFICER: gettext_noop("Dataskyddsombud"),
    Role.SAFETY_MANAGER: gettext_noop("Trygghetschef"),
    Role.ADMINISTRATOR: gettext_noop("Systemadministratör"),
}


class Right(StrEnum):
    """What a role may try."""

    HANDLE_ENQUIRIES = "handle_enquiries"
    OPEN_CASES = "open_cases"
    READ_CASES = "read_cases"
    WRITE_NOTES = "write_notes"
    REQUEST_STAGES = "request_stages"
    APPROVE_STAGES = "approve_stages"
    GRANT_ACCESS = "grant_access"
    REPORT_INCIDENTS = "report_incidents"
    MANAGE_UNIT = "manage_unit"
    SEE_READERS = "see_readers"
    SEARCH_LOG = "search_log"
    LEAD_REVIEW = "lead_review"
    REVIEW_AUDITORS = "review_auditors"
    KEEP_DECOYS = "keep_decoys"
    READ_FOLLOWUP = "read_followup"
    PREPARE_FOLLOWUP = "prepare_followup"
    APPROVE_RELEASES = "approve_releases"
    MANAGE_ACCOUNTS = "manage_accounts"
    APPROVE_ACCOUNTS = "approve_accounts"
    MANAGE_CATALOGUE = "manage_catalogue"
    SEE_KEYS = "see_keys"


RIGHT_SENTENCES: dict[Right, str] = {
    Right.HANDLE_ENQUIRIES: gettext_noop("Ta emot förfrågningar och bestämma vad de leder till."),
    Right.OPEN_CASES: gettext_noop("Öppna ett ärende för en person."),
    Right.READ_CASES: gettext_noop("Läsa de ärenden som hon har fått åtkomst till."),
    Right.WRITE_NOTES: gettext_noop("Skriva, signera och rätta anteckningar i sina ärenden."),
    Right.REQUEST_STAGES: gettext_noop("Begära att ett ärende går vidare till nästa skede."),
    Right.APPROVE_STAGES: gettext_noop("Godkänna eller återlämna en begäran som någon annan har gjort."),
    Right.GRANT_ACCESS: gettext_noop("Ge och avsluta kollegors åtkomst till ärenden hon leder."),
    Right.REPORT_INCIDENTS: gettext_noop("Anmäla hot, våld och avvikelser, som står utanför ärendena."),
    Right.MANAGE_UNIT: gettext_noop(
        "Hålla ordning på enhetens utförare och delegationer och läsa in dess register."
    ),
    Right.SEE_READERS: gettext_noop("Se vem som har läst ett ärende som hon själv får läsa."),
    Right.SEARCH_LOG: gettext_noop("Söka i åtkomstloggen, men inte läsa något ärende."),
    Right.LEAD_REVIEW: gettext_noop(
        "Dra månadens stickprov ur loggen, bedöma kollegors händelser och signera."
    ),
    Right.REVIEW_AUDITORS: gettext_noop(
        "Bedöma logggranskarnas egna händelser, som de aldrig bedömer själva."
    ),
    Right.KEEP_DECOYS: gettext_noop(
        "Begära lockärenden, godkänna dem som någon annan har begärt, och få veta när ett öppnas."
    ),
    Right.READ_FOLLOWUP: gettext_noop("Läsa avidentifierade siffror i uppföljningen."),
    Right.PREPARE_FOLLOWUP: gettext_noop(
        "Hålla överenskommelsen och dess uppgifter aktuella och föreslå vad som ska redovisas."
    ),
    Right.APPROVE_RELEASES: gettext_noop("Godkänna en redovisning som någon annan har föreslagit."),
    Right.MANAGE_ACCOUNTS: gettext_noop("Lägga upp och stänga konton, men inte se något ärende."),
    Right.APPROVE_ACCOUNTS: gettext_noop(
        "Godkänna nya konton, roller och enheter som en systemadministratör har begärt."
    ),
    Right.MANAGE_CATALOGUE: gettext_noop(
        "Hålla lagrum och tidsfrister i katalogen aktuella, utan att se något ärende."
    ),
    Right.SEE_KEYS: gettext_noop("Se hur nycklarna står, men varken öppna eller byta någon."),
}

RIGHTS: dict[Role, frozenset[Right]] = {
    Role.CASE_WORKER: frozenset(
        {
            Right.HANDLE_ENQUIRIES,
            Right.OPEN_CASES,
            Right.READ_CASES,
            Right.WRITE_NOTES,
            Right.REQUEST_STAGES,
            Right.SEE_READERS,
            Right.REPORT_INCIDENTS,
        }
    ),
    Role.CO_WORKER: frozenset({Right.READ_CASES, Right.WRITE_NOTES, Right.REPORT_INCIDENTS}),
    Role.SUPERVISOR: frozenset(
        {
            Right.HANDLE_ENQUIRIES,
            Right.OPEN_CASES,
            Right.READ_CASES,
            Right.WRITE_NOTES,
            Right.APPROVE_STAGES,
            Right.GRANT_ACCESS,
            Right.SEE_READERS,
            Right.REPORT_INCIDENTS,
            Right.MANAGE_UNIT,
        }
    ),
    Role.AUDITOR: frozenset({Right.SEARCH_LOG, Right.LEAD_REVIEW, Right.KEEP_DECOYS}),
    # She checks that the law is kept (GDPR 39.1 b), which is what the second look at a release is.
    Role.DATA_PROTECTION_OFFICER: frozenset(
        {
            Right.SEARCH_LOG,
            Right.REVIEW_AUDITORS,
            Right.KEEP_DECOYS,
            Right.READ_FOLLOWUP,
            Right.APPROVE_RELEASES,
            Right.APPROVE_ACCOUNTS,
        }
    ),
    Role.SAFETY_MANAGER: frozenset({Right.READ_FOLLOWUP, Right.PREPARE_FOLLOWUP, Right.APPROVE_RELEASES}),
    Role.ADMINISTRATOR: frozenset(
        {Right.MANAGE_ACCOUNTS, Right.APPROVE_ACCOUNTS, Right.MANAGE_CATALOGUE, Right.SEE_KEYS}
    ),
}


def may_try(*, role: str, right: Right) -> bool:
    """Tell whether a role may try something; an unknown role may try nothing."""
    try:
        return right in RIGHTS[Role(role)]
    except ValueError:
        return False

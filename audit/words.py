"""The words for the codes that leaves hold, so that a reviewer reads sentences. Pure.

Apps name their own codes when they start, because the record knows no case. A code without a word is shown as it is
and never hidden: what the record says must be seen even when nobody can put it into words any more.
"""

from __future__ import annotations

from collections.abc import Mapping

from audit.events import EVENTS, Event, Kind
from avhopp.accounts.roles import ROLE_NAMES, Role
from avhopp.translation import gettext_noop

KIND_NAMES: dict[Kind, str] = {
    Kind.READ: gettext_noop("Läsning"),
    Kind.CHANGE: gettext_noop("Ändring"),
    Kind.REFUSAL: gettext_noop("Nekat försök"),
    Kind.EXPORT: gettext_noop("Export"),
    Kind.GRANT: gettext_noop("Åtkomst given eller avslutad"),
    Kind.ACCOUNT: gettext_noop("Konto och inloggning"),
    Kind.KEY: gettext_noop("Nycklar"),
}
COLUMN_NAMES: dict[str, str] = {
    "body": gettext_noop("bladet går inte att läsa"),
    "id": gettext_noop("bladets nummer"),
    "at": gettext_noop("tidpunkten"),
    "event": gettext_noop("händelsen"),
    "kind": gettext_noop("slaget av händelse"),
    "actor": gettext_noop("vem som handlade"),
    "role": gettext_noop("rollen"),
    "basis": gettext_noop("grunden"),
    "about": gettext_noop("kontot som händelsen gäller"),
    "address": gettext_noop("nätadressen"),
    "payload": gettext_noop("den förseglade detaljen"),
    "subjects": gettext_noop("vad händelsen gäller"),
}
_METHODS: dict[str, str] = {
    "password": gettext_noop("lösenord"),
    "webauthn": gettext_noop("säkerhetsnyckel"),
    "totp": gettext_noop("kod från app"),
    "recovery_codes": gettext_noop("reservkod"),
    "mfa": gettext_noop("andra faktor"),
    "demo": gettext_noop("vald med ett klick i demon"),
}
_PURPOSES: dict[str, str] = {
    "log_search": gettext_noop("sökning i loggen"),
    "log_verified": gettext_noop("kontroll av att loggen är hel"),
    "log_checkpoint": gettext_noop("loggens kontrollpunkt"),
    "log_rhythm": gettext_noop("när något lästes"),
    "log_export": gettext_noop("hämtning ur loggen"),
    "log_access": gettext_noop("vem som kunde se ett ärende en viss dag"),
    "log_leaf": gettext_noop("läsning av en händelse i loggen"),
    "log_review": gettext_noop("loggkontroll"),
    "review": gettext_noop("loggkontroll"),
    "review_item": gettext_noop("en del av loggkontrollen"),
    "review_report": gettext_noop("rapport till nämnden"),
    "review_seed": gettext_noop("årets lottning"),
    "decoys": gettext_noop("lockärenden"),
    "own_account": gettext_noop("det egna kontot"),
    "accounts": gettext_noop("hantering av konton"),
}
_BASES: dict[str, str] = {
    "none": gettext_noop("ingen grund"),
    "role": gettext_noop("rollen"),
    "clock": gettext_noop("av sig självt, enligt tiden"),
    "created": gettext_noop("skapade det själv"),
    "own_account": gettext_noop("det egna kontot"),
}
DISPOSED = gettext_noop("något som har gallrats")
_SUBJECTS: dict[str, str] = {
    "nobody": gettext_noop("något som inte finns, eller som inte får röjas"),
    "audit.decoy": gettext_noop("ett lockärende"),
    "audit.decoyalert": gettext_noop("ett larm om ett lockärende"),
    "audit.reviewcycle": gettext_noop("ett års lottning"),
    "audit.review": gettext_noop("en månads loggkontroll"),
    "audit.reviewitem": gettext_noop("en del av en loggkontroll"),
    "audit.reviewverdict": gettext_noop("en bedömning i loggkontrollen"),
    "audit.reviewfollowup": gettext_noop("en uppföljning i loggkontrollen"),
    "audit.reviewsignature": gettext_noop("en signatur i loggkontrollen"),
}
_JOBS: dict[str, str] = {
    "mind_the_review": gettext_noop("Systemet, som vakar över loggkontrollen"),
    "watch_decoys": gettext_noop("Systemet, som bevakar lockärenden"),
    "verify_log": gettext_noop("Systemet, som kontrollerar loggen"),
    "first_administrator": gettext_noop("Systemet, när det sattes upp"),
    "demo": gettext_noop("Systemet, i demon"),
}


def register(
    *,
    subjects: Mapping[str, str] | None = None,
    bases: Mapping[str, str] | None = None,
    purposes: Mapping[str, str] | None = None,
    jobs: Mapping[str, str] | None = None,
) -> None:
    """Name an app's tables, grounds for access, purposes and jobs, each by its code."""
    _SUBJECTS.update(subjects or {})
    _BASES.update(bases or {})
    _PURPOSES.update(purposes or {})
    _JOBS.update(jobs or {})


def event(code: str, kind: str) -> Event:
    """The event of a code; one that is no longer declared is shown by its code."""
    known = EVENTS.get(code)
    if known:
        return known
    return Event(code, Kind(kind) if kind in set(Kind) else Kind.CHANGE, code)


def role(code: str) -> str:
    """The role in words: a colleague's, a job's, or that nobody was signed in."""
    if code.startswith("job:"):
        name = code.removeprefix("job:")
        return _JOBS.get(name, name)
    if code == "anonymous":
        return gettext_noop("Inte inloggad")
    return ROLE_NAMES[Role(code)] if code in set(Role) else code


def basis(code: str) -> str:
    """The ground in words; an event about an account has the account's role there."""
    return _BASES.get(code) or role(code)


def bases() -> dict[str, str]:
    """Every ground for access that has a word, by its code."""
    return dict(_BASES)


def subject(label: str) -> str:
    """What kind of thing an event is about."""
    return _SUBJECTS.get(label, label)


def purpose(code: str) -> str:
    """What something was done for."""
    return _PURPOSES.get(code, code)


def method(code: str) -> str:
    """How a person had proved who she is."""
    return _METHODS.get(code, code)

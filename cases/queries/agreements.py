"""The agreements of an opened case, their signatures and breaches."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from cases.access import NotVisible, Opened
from cases.models import Agreement, AgreementBreach, AgreementSignature


def agreements_of(opened: Opened) -> list[Agreement]:
    """Every agreement of the case with its signatures and breaches, newest first; the breaches in their order."""
    found = Agreement.objects.filter(case=opened.case).order_by("-created_at", "-id")
    return list(found.prefetch_related("signatures", "breaches__decided_by"))


def agreement_of(opened: Opened, agreement: UUID) -> Agreement:
    """One agreement of the case; raises `NotVisible`."""
    found = Agreement.objects.filter(pk=agreement, case=opened.case).first()
    if found is None:
        raise NotVisible
    return found


def breach_of(opened: Opened, breach: UUID) -> AgreementBreach:
    """One breach of the case; raises `NotVisible`."""
    found = AgreementBreach.objects.filter(pk=breach, case=opened.case).select_related("agreement").first()
    if found is None:
        raise NotVisible
    return found


def missing_signatures(agreement: Agreement, on: date) -> list[str]:
    """The codes of what has not been signed by that day; needs an open scope."""
    done = {row.what for row in _signatures(agreement) if row.signed_on <= on}
    return [signer.value for signer in agreement.signers if signer.value not in done]


def has_signed_agreement(opened: Opened, on: date) -> bool:
    """Tell whether an agreement that everybody has signed is in force that day."""
    return any(
        agreement.covers(on) and not missing_signatures(agreement, on) for agreement in agreements_of(opened)
    )


def _signatures(agreement: Agreement) -> list[AgreementSignature]:
    return list(agreement.signatures.all())

"""What has been asked for and given out in an opened case, and on which grounds something may be given."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from cases.access import NotVisible, Opened
from cases.catalogue.legal_bases import Use
from cases.disclosure_rules import applies
from cases.models import Consent, Disclosure, Document, LegalBasis, Note
from cases.models.disclosure import Initiative
from cases.queries.law import provisions_on


def disclosures_of(opened: Opened) -> list[Disclosure]:
    """Every request and initiative of the case: those that wait first, then the newest."""
    found = Disclosure.objects.filter(case=opened.case).select_related("created_by", "decided_by")
    return sorted(found.order_by("-created_at", "-id"), key=lambda row: row.is_decided)


def disclosure_of(opened: Opened, disclosure: UUID) -> Disclosure:
    """One of them; raises `NotVisible`."""
    found = Disclosure.objects.filter(pk=disclosure, case=opened.case).first()
    if found is None:
        raise NotVisible
    return found


def provisions_for(opened: Opened, disclosure: Disclosure, *, on: date) -> list[LegalBasis]:
    """The provisions in force that day on which it may be tried to give what is asked to the one who asks."""
    return [
        provision
        for provision in provisions_on(on, uses=(Use.DISCLOSURE,))
        if applies(
            code=provision.code,
            is_request=disclosure.initiative == Initiative.REQUEST,
            receiver=disclosure.receiver,
            matter=disclosure.matter,
            born=opened.case.person.birth_date,
            on=on,
        )
    ]


def named(ground: Consent | LegalBasis) -> str:
    """A consent by who gave it for how long; a provision as it is cited, and whether a lawyer has to confirm it."""
    if isinstance(ground, Consent):
        who = {"who": ground.giver_names, "first": ground.starts_on, "last": ground.ends_on}
        return _("Samtycke från %(who)s, %(first)s – %(last)s") % who
    return _("%(law)s (ska bekräftas av jurist)") % {"law": ground} if ground.is_uncertain else str(ground)


def sendable(opened: Opened) -> tuple[list[Document], list[Note]]:
    """What of the case may be chosen to be given out: documents and signed notes, the newest first."""
    documents = Document.objects.filter(case=opened.case).order_by("-created_at", "-id")
    notes = Note.objects.filter(case=opened.case, signed_at__isnull=False).order_by("-created_at", "-id")
    return list(documents), list(notes)

"""The forms of a disclosure: what is asked for, and what is decided about it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from avhopp.web.guard import ActingRequest
from cases.access import Opened
from cases.actions import disclosures
from cases.actions.disclosures import AlreadyDecided, Verdict
from cases.forms.disclosures import AskForm, DecideForm
from cases.queries.choices import Answer, Initiative, Verification
from cases.queries.consents import consents_of
from cases.queries.disclosures import provisions_for, sendable
from cases.queries.rows import Consent, Disclosure
from cases.views import recording
from cases.views.present import disclosures as present
from cases.views.recording import Sheet

HERE = "cases:case_cooperation"


def asking(request: ActingRequest, opened: Opened) -> HttpResponse:
    """Show the form, or write down what is asked for."""
    today = timezone.localdate(request.now)
    form = AskForm(
        request.POST or None,
        person=request.actor.person,
        today=today,
        initial={"received_on": today, "initiative": Initiative.REQUEST},
    )
    sheet = Sheet(
        title=_("Nytt utlämnande"),
        label=_("Spara och pröva"),
        here=HERE,
        back=reverse(HERE, args=[opened.case.pk]),
        done=_("Antecknat. Inget är utlämnat; pröva nästa."),
        lead=_("Skriv ner vem det gäller innan du svarar. Inget lämnas ut av att det antecknas."),
    )
    return recording.answer(
        request,
        opened,
        form,
        sheet,
        lambda: disclosures.register(
            opened=opened, values=form.values(), by=request.actor, now=request.now, new_id=form.new_id
        ),
    )


def deciding(request: ActingRequest, opened: Opened, found: Disclosure) -> HttpResponse:
    """Show what is asked for with the form, or decide."""
    if found.is_decided:
        raise AlreadyDecided
    form = _form(request, opened, found)
    sheet = Sheet(
        title=_("Pröva utlämnandet"),
        label=_("Besluta"),
        here=HERE,
        back=reverse(HERE, args=[opened.case.pk]),
        done=_("Beslutet är antecknat och låst."),
        template="cases/disclosure_sheet.html",
    )
    return recording.answer(
        request,
        opened,
        form,
        sheet,
        lambda: disclosures.decide(
            opened=opened,
            disclosure=found,
            version=form.cleaned_data["version"] or 0,
            verdict=_verdict(opened, form),
            by=request.actor,
            now=request.now,
        ),
        content={"asked": present.asked(found), "guidance": present.guidance(found)},
    )


def _form(request: ActingRequest, opened: Opened, found: Disclosure) -> DecideForm:
    today = timezone.localdate(request.now)
    documents, notes = sendable(opened)
    provisions = provisions_for(opened, found, on=today)
    return DecideForm(
        request.POST or None,
        person=request.actor.person,
        today=today,
        grounds=present.grounds(found, consents_of(opened), provisions, today=today),
        documents=present.documents(documents),
        notes=[(str(row.pk), present.note(row)) for row in notes],
        has_contact_duty=present.has_contact_duty(provisions),
        initial={
            "version": found.version,
            "answer": Answer.NONE,
            "verification": Verification.NOT_DONE,
            "sent_on": today,
            "appeal": present.appeal_text() if found.initiative == Initiative.REQUEST else "",
        },
    )


def _verdict(opened: Opened, form: DecideForm) -> Verdict:
    given = form.cleaned_data
    documents, notes = sendable(opened)
    ground = given["ground"]
    is_consent = isinstance(ground, Consent)
    gives: dict[str, Any] = {
        "sent_text": given["sent_text"],
        "documents": tuple(row for row in documents if str(row.pk) in given.get("documents", ())),
        "notes": tuple(row for row in notes if str(row.pk) in given.get("notes", ())),
        "sent_on": given["sent_on"],
        "sent_how": given["sent_how"],
    }
    return Verdict(
        answer=Answer(given["answer"]),
        verification=Verification(given["verification"]),
        verified_how=given["verified_how"],
        consent=ground if is_consent else None,
        provision=None if is_consent else ground,
        special_reasons=given.get("special_reasons"),
        balance=given["balance"],
        appeal=given["appeal"],
        **gives,
    )

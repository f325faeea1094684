"""How pages answer when a verb below says no: one table for all of them.

What may not be seen is answered with the bytes of an address that does not exist. What a form can put right becomes
an error of the form, with all that was typed still in it. These answers open nothing sealed: what the refused verb
recorded is rolled back, so a page that showed a case here would be an opening without a record.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from audit.events import Actor
from avhopp.sealed import scope as scopes
from avhopp.translation import gettext_noop
from avhopp.web import errors
from avhopp.web.guard import Answers
from cases import access, events
from cases.actions import (
    cases,
    consents,
    contacts,
    drafts,
    enquiries,
    follow_ups,
    grants,
    imports,
    people,
    programme,
    providers,
    stages,
    tasks,
    workflows,
)
from cases.actions.writing import Stopped
from cases.queries import work
from cases.views import refusals, refusals_outside
from cases.views.refusals_outside import NOT_TAKEN, STOPPED

Made = TypeVar("Made")

# Where a refusal belongs in a form, and the sentence. The first of the fields that the form has gets it.
IN_FORMS: dict[type[Exception], tuple[tuple[str, ...], str]] = {
    enquiries.IdentityInAnonymousEnquiry: (
        ("need",),
        gettext_noop(
            "Texten innehåller ett identitetsnummer, men personen vill vara anonym. Ta bort numret, eller ta bort"
            " markeringen för anonym."
        ),
    ),
    cases.StillOpen: (
        (),
        gettext_noop("Det tidigare ärendet pågår. Arbeta vidare i det i stället för att öppna ett nytt."),
    ),
    cases.EnquiryCannotBecomeCase: (
        (),
        gettext_noop(
            "Förfrågan är anonym eller redan avslutad och kan inte bli ett ärende. Registrera en ny förfrågan."
        ),
    ),
    stages.ReasonMissing: (
        ("comment", "reason"),
        gettext_noop("Skriv skälet, så att den som läser vet vad som ska göras."),
    ),
    workflows.LeavesOutTheLaw: (
        ("requires",),
        gettext_noop(
            "Det gemensamma arbetet med polisen vilar på samtycke, överenskommelse och beslut. Ta med dem."
        ),
    ),
    workflows.NobodyLeft: (
        ("may_ask",),
        gettext_noop("Någon måste kunna begära skedet och någon godkänna det."),
    ),
    stages.RequirementMissing: (
        (),
        gettext_noop("Något som skedet kräver saknas i ärendet. Skriv in det först; listan säger vad."),
    ),
    stages.ChecklistIncomplete: (
        ("ticked",),
        gettext_noop(
            "Alla rader är inte avbockade. Gör det som saknas, eller skriv i motiveringen varför det inte går."
        ),
    ),
    consents.WithdrawnBeforeItBegan: (
        ("on",),
        gettext_noop("Samtycket började gälla senare än så. Kontrollera dagen."),
    ),
    providers.IdentityInRegister: (
        ("note",),
        gettext_noop(
            "Texten innehåller ett identitetsnummer. Det som rör en klient hör till ärendet; ta bort numret."
        ),
    ),
    people.SameNumber: (
        ("identity_number",),
        gettext_noop("Personen har redan det numret. Är det felskrivet rättas det under Ändra uppgifterna."),
    ),
    contacts.NotAnAddress: (("channel",), gettext_noop("Ett brev går till en postadress. Välj en sådan.")),
    tasks.NoAccess: (
        ("assigned_to", "to"),
        gettext_noop("Kollegan har inte åtkomst till ärendet. Låt arbetsledaren ge den först."),
    ),
    follow_ups.AlreadyNoted: (
        ("months",),
        gettext_noop("Den uppföljningen är redan antecknad. Ändra den i stället."),
    ),
    grants.NotAColleague: (
        ("user",),
        gettext_noop(
            "Välj en kollega i enheten, eller grunden Mottagande enhet för någon i en annan enhet. Kontot ska vara"
            " öppet."
        ),
    ),
    grants.EndsBeforeItStarts: (
        ("last_day",),
        gettext_noop("Dagen har redan varit. Välj i dag eller en dag som kommer."),
    ),
    grants.AlreadyGiven: (
        ("user",),
        gettext_noop(
            "Kollegan har redan åtkomst på den grunden. Avsluta den först om den ska gälla en annan tid."
        ),
    ),
    **refusals.IN_FORMS,
    **refusals_outside.IN_FORMS,
}

IN_THE_WAY: dict[type[Exception], str] = {
    stages.NotPending: gettext_noop(
        "Begäran är redan avgjord eller återtagen, eller så har underlaget ändrats sedan du öppnade sidan."
        " Läs ärendet på nytt."
    ),
    stages.AlreadyPending: gettext_noop(
        "Det finns redan en begäran som väntar i ärendet. Låt den avgöras, eller ta tillbaka den först."
    ),
    imports.NotThere: gettext_noop("Inläsningen har gått vidare sedan du öppnade sidan. Läs den på nytt."),
    workflows.NotTheNewest: gettext_noop(
        "Någon har skrivit en version sedan du öppnade sidan. Läs den först."
    ),
    workflows.NothingNewer: gettext_noop("Ärendet följer redan den nyaste versionen."),
    programme.NoSuchStanding: gettext_noop("Ärendet har ändrats sedan du öppnade sidan. Läs det på nytt."),
    programme.NotInProgramme: gettext_noop("Ärendet är inte längre i det gemensamma programmet."),
    stages.NoSuchWay: gettext_noop(
        "Ärendet har bytt skede, och därifrån går inte den vägen. Välj skede på nytt."
    ),
    drafts.AlreadySigned: gettext_noop(
        "Det är redan signerat och låst. Det som är fel ändras med en rättelse."
    ),
    drafts.AlreadyCorrected: gettext_noop("Det finns redan en rättelse. Rätta den i stället."),
    drafts.DraftConflict: gettext_noop(
        "Utkastet har sparats på nytt sedan du öppnade sidan. Läs det innan du går vidare."
    ),
    consents.AlreadyWithdrawn: gettext_noop("Samtycket är redan återkallat."),
    tasks.AlreadyEnded: gettext_noop("Uppgiften är redan avslutad."),
    tasks.EndsByItself: gettext_noop(
        "Tidsfristen avslutas av det som den väntar på och bockas inte av. Öppna den för att se vad det är."
    ),
    tasks.NotToBeReopened: gettext_noop(
        "Uppgiften öppnas igen samma dag av den som bockade av den. Lägg till en ny i stället."
    ),
    follow_ups.NotEndedYet: gettext_noop(
        "Ärendet pågår. Det som händer nu skrivs i en anteckning; uppföljningen görs efter avslutet."
    ),
    enquiries.EnquiryEnded: gettext_noop("Förfrågan är redan avslutad. Läs vad den ledde till."),
    **refusals.IN_THE_WAY,
    **refusals_outside.IN_THE_WAY,
}


# Where a row is read, by its name in the address: in the case's parts, and outside any case.
PARTS = {
    "note": "cases:case_notes",
    "assessment": "cases:case_assessments",
    "mapping": "cases:case_assessments",
    "plan": "cases:case_plans",
    "plan_follow_up": "cases:case_plans",
    "decision": "cases:case_decisions",
    "agreement": "cases:case_cooperation",
    "breach": "cases:case_cooperation",
    "transfer": "cases:case_cooperation",
    "document": "cases:case_documents",
    "disclosure": "cases:case_cooperation",
}
PLACES = {
    "incident": "cases:incidents",
    "deviation": "cases:deviations",
    "delegation": "cases:delegations",
    "provision": "cases:catalogue",
    "deadline": "cases:catalogue_deadlines",
}


def attempt(form: forms.Form, act: Callable[[], Made]) -> Made | None:
    """Do what a valid form asks for; a refusal that the person can put right becomes an error of the form."""
    try:
        return act()
    except tuple(IN_FORMS) as error:
        fields, sentence = IN_FORMS[type(error)]
        _say(form, fields, _(sentence))
        return None


def stop(form: forms.Form, error: Stopped) -> None:
    """Record what was stopped, and say so in the form."""
    now = scopes.current()
    access.refuse(actor=now.actor, at=now.at, case=error.opened.case, event=error.event)
    fields, sentence = STOPPED[type(error)]
    words = _(sentence)
    if error.instead:
        words = f"{words} {_('Lagrum att pröva:')} {'; '.join(error.instead)}."
    _say(form, fields, words)


def not_visible(request: HttpRequest, actor: Actor, error: access.NotVisible) -> HttpResponse:
    """404, byte for byte that of an address that does not exist; the refusal is recorded."""
    if not error.is_recorded:
        case_id = request.resolver_match.kwargs.get("case") if request.resolver_match else None
        at = scopes.current().at
        access.refuse(actor=actor, at=at, case=work.visible_case(actor=actor, at=at, case=case_id))
    return errors.page(404)


def refused(request: HttpRequest, actor: Actor, error: access.Refused) -> HttpResponse:
    """403 with the policy's reason and a way back; the refusal is recorded."""
    case_id = request.resolver_match.kwargs.get("case") if request.resolver_match else None
    case = work.visible_case(actor=actor, at=scopes.current().at, case=case_id)
    access.refuse(actor=actor, at=scopes.current().at, case=case, event=events.ACTION_REFUSED)
    back = reverse("cases:case", args=[case.pk]) if case else reverse("start")
    context = {"reason": _(str(error.verdict.refusal)), "back": back, "number": case.number if case else ""}
    return render(request, "cases/refused.html", context, status=403)


def masked(request: HttpRequest, actor: Actor, error: access.Masked) -> HttpResponse:
    """Lead to the page where the details can be asked for."""
    case = request.resolver_match.kwargs["case"] if request.resolver_match else None
    messages.info(request, _("Personen har skyddade personuppgifter. Visa dem först."))
    return redirect("cases:case_person_page", case)


def in_the_way(request: HttpRequest, actor: Actor, error: Exception) -> HttpResponse:
    """409: something happened since the page was shown; say what, and lead to where it can be read."""
    kwargs = request.resolver_match.kwargs if request.resolver_match else {}
    case = work.visible_case(actor=actor, at=scopes.current().at, case=kwargs.get("case"))
    part = next((PLACES[name] for name in kwargs if name in PLACES), "")
    back = reverse(part) if part else reverse("start")
    if case:
        part = next((PARTS[name] for name in kwargs if name in PARTS), "cases:case_stages")
        back = reverse(part, args=[case.pk])
    elif "enquiry" in kwargs:
        back = reverse("cases:enquiry", args=[kwargs["enquiry"]])
    context = {"reason": _(IN_THE_WAY[type(error)]), "back": back, "number": case.number if case else ""}
    return render(request, "cases/in_the_way.html", context, status=409)


def not_taken(request: HttpRequest, actor: Actor, error: Exception) -> HttpResponse:
    """503 when a file cannot be had: what was wrong and what to do; that nobody got it is recorded."""
    kwargs = request.resolver_match.kwargs if request.resolver_match else {}
    at = scopes.current().at
    event, sentence = NOT_TAKEN[type(error)]
    case = work.visible_case(actor=actor, at=at, case=kwargs.get("case"))
    access.refuse(actor=actor, at=at, case=case, event=event)
    context = {
        "reason": _(sentence),
        "back": reverse("cases:case_documents", args=[case.pk]) if case else reverse("start"),
        "number": case.number if case else "",
    }
    return render(request, "cases/refused.html", context, status=503)


def _say(form: forms.Form, fields: tuple[str, ...], sentence: str) -> None:
    form.add_error(next((name for name in fields if name in form.fields), None), sentence)


ANSWERS: Answers = {
    access.NotVisible: not_visible,
    access.Refused: refused,
    access.Masked: masked,
    **dict.fromkeys(IN_THE_WAY, in_the_way),
    **dict.fromkeys(NOT_TAKEN, not_taken),
}

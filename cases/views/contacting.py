"""The forms of a letter and of a contact, and the printed page of a letter."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from avhopp.web.guard import ActingRequest
from cases import events
from cases.access import NotVisible, Opened, refuse
from cases.actions import contacts
from cases.forms.contacts import ContactForm, LetterForm, WayForm
from cases.policies import Question
from cases.queries.choices import ChannelKind, ContactKind, FieldGroup
from cases.queries.person import channels_of
from cases.queries.rows import Contact, ContactChannel
from cases.views import recording
from cases.views.present.particulars import in_order, way_in_words
from cases.views.recording import Sheet

HERE = "cases:case_person_page"
Ways = list[tuple[ContactChannel, str]]


def writing(request: ActingRequest, opened: Opened) -> HttpResponse:
    """Show the form of a letter, or write it."""
    _demand_shown(request, opened)
    ways = _ways(request, opened, lambda channel: channel.kind == ChannelKind.POST)
    if not ways:
        messages.info(request, _("Anteckna först en postadress som brevet kan gå till."))
        return redirect("cases:case_channel_new", opened.case.pk)
    initial = {"recipient": opened.case.person.full_name, "sender": settings.LETTER_SENDER}
    form = LetterForm(request.POST or None, **_shared(request, ways, initial))
    sheet = _sheet(
        opened,
        title=_("Skriv brev"),
        label=_("Spara brevet"),
        done=_("Brevet är sparat. Öppna det bland kontakterna och skriv ut det."),
        lead=_("Brevet sparas i ärendet och skrivs ut av dig. Inget skickas av sig självt."),
    )
    return _answer(
        request,
        opened,
        form,
        sheet,
        lambda: contacts.write_letter(
            opened=opened, **form.values(), by=request.actor, now=request.now, new_id=form.new_id
        ),
    )


def noting(request: ActingRequest, opened: Opened) -> HttpResponse:
    """Show the form of a contact, or note it."""
    _demand_shown(request, opened)
    ways = _ways(request, opened, lambda channel: channel.kind != ChannelKind.POST)
    if not ways:
        messages.info(request, _("Anteckna först en väg att nå personen på, och om den är säker."))
        return redirect("cases:case_channel_new", opened.case.pk)
    form = ContactForm(
        request.POST or None, **_shared(request, ways, {"on": timezone.localdate(request.now)})
    )
    sheet = _sheet(
        opened,
        title=_("Anteckna kontakt"),
        label=_("Spara kontakten"),
        done=_("Kontakten är antecknad."),
        lead=_("Välj kontaktvägen innan du ringer: en spärrad väg får inte användas."),
    )
    return _answer(
        request,
        opened,
        form,
        sheet,
        lambda: contacts.note_contact(
            opened=opened, **form.values(), by=request.actor, now=request.now, new_id=form.new_id
        ),
    )


def printing(request: ActingRequest, opened: Opened, found: Contact) -> HttpResponse:
    """The letter as it is printed, if its way may still be used."""
    if found.kind != ContactKind.LETTER:
        raise NotVisible
    opened.demand(Question.TAKE_OUT)
    _demand_shown(request, opened)
    today = timezone.localdate(request.now)
    try:
        contacts.demand_usable(opened=opened, channel=found.channel, reason=found.reason, on=today)
    except contacts.NotUsable as error:
        return _refused(request, opened, error)
    back = f"{reverse(HERE, args=[opened.case.pk])}#kontakter"
    return render(request, "cases/letter.html", {"letter": found, "back": back})


def _answer(
    request: ActingRequest, opened: Opened, form: WayForm, sheet: Sheet, act: Callable[[], object]
) -> HttpResponse:
    try:
        return recording.answer(request, opened, form, sheet, act)
    except contacts.NotUsable as error:
        _record(request, opened)
        field = "reason" if error.obstacle is error.obstacle.REASON_MISSING else "channel"
        form.add_error(field, _(error.obstacle))
        return recording.show(request, opened, form, sheet)


def _refused(request: ActingRequest, opened: Opened, error: contacts.NotUsable) -> HttpResponse:
    _record(request, opened)
    context = {
        "reason": _(error.obstacle),
        "back": f"{reverse(HERE, args=[opened.case.pk])}#kontaktvagar",
        "number": opened.case.number,
    }
    return render(request, "cases/refused.html", context, status=403)


def _record(request: ActingRequest, opened: Opened) -> None:
    refuse(actor=request.actor, at=request.now, case=opened.case, event=events.CONTACT_REFUSED)


def _demand_shown(request: ActingRequest, opened: Opened) -> None:
    if request.method == "GET":
        opened.demand_shown(FieldGroup.IDENTITY, FieldGroup.CONTACT)


def _ways(request: ActingRequest, opened: Opened, is_offered: Callable[[ContactChannel], bool]) -> Ways:
    today = timezone.localdate(request.now)
    return [
        (channel, way_in_words(channel, today=today))
        for channel in in_order(channels_of(opened), today=today)
        if is_offered(channel) and (channel.ended_on is None or channel.ended_on > today)
    ]


def _shared(request: ActingRequest, ways: Ways, initial: dict[str, Any]) -> dict[str, Any]:
    return {
        "ways": ways,
        "person": request.actor.person,
        "today": timezone.localdate(request.now),
        "initial": {
            **initial,
            "channel": request.GET.get("vag", str(ways[0][0].pk) if len(ways) == 1 else ""),
        },
    }


def _sheet(opened: Opened, *, title: str, label: str, done: str, lead: str) -> Sheet:
    return Sheet(
        title=title,
        label=label,
        here=HERE,
        back=f"{reverse(HERE, args=[opened.case.pk])}#kontakter",
        done=done,
        lead=lead,
    )

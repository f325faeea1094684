"""The forms of the rows about the person: one table says what each kind asks and how its page speaks."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from avhopp.translation import gettext_noop
from avhopp.web.guard import ActingRequest
from cases.access import Opened
from cases.actions import particulars
from cases.forms.fields import RowForm
from cases.forms.particulars import (
    AliasForm,
    ChannelForm,
    GuardianForm,
    RelationForm,
    RepresentativeForm,
    TieForm,
)
from cases.queries.person import Particular, particular_of
from cases.views import recording
from cases.views.recording import Sheet

HERE = "cases:case_person_page"


@dataclass(frozen=True, slots=True)
class Page:
    """What the pages of one kind say; `place` is its part of the page of the person, and of its addresses."""

    form: type[RowForm]
    place: str
    new: str
    change: str
    done: str
    lead: str = ""


PAGES: dict[Particular, Page] = {
    Particular.ALIAS: Page(
        AliasForm,
        "alias",
        gettext_noop("Nytt alias"),
        gettext_noop("Ändra alias"),
        gettext_noop("Aliaset är antecknat."),
        gettext_noop(
            "Visas bara i ärendet och går inte att söka på. Skriv aldrig en fingerad identitet här: den som har fått en"
            " får ett nytt ärende utan länk hit."
        ),
    ),
    Particular.CHANNEL: Page(
        ChannelForm,
        "kontaktvagar",
        gettext_noop("Ny kontaktväg"),
        gettext_noop("Ändra kontaktvägen"),
        gettext_noop("Kontaktvägen är antecknad."),
        gettext_noop("Brev, samtal och meddelanden följer det som står här."),
    ),
    Particular.GUARDIAN: Page(
        GuardianForm,
        "vardnadshavare",
        gettext_noop("Ny vårdnadshavare"),
        gettext_noop("Ändra vårdnadshavaren"),
        gettext_noop("Vårdnadshavaren är antecknad."),
        gettext_noop("Vårdnaden upphör av sig själv den dag barnet fyller 18."),
    ),
    Particular.REPRESENTATIVE: Page(
        RepresentativeForm,
        "stallforetradare",
        gettext_noop("Ny ställföreträdare"),
        gettext_noop("Ändra ställföreträdaren"),
        gettext_noop("Ställföreträdaren är antecknad."),
    ),
    Particular.RELATION: Page(
        RelationForm,
        "narstaende",
        gettext_noop("Ny närstående"),
        gettext_noop("Ändra den närstående"),
        gettext_noop("Den närstående är antecknad."),
        gettext_noop(
            "Bara det som behövs i det här ärendet. Den som själv behöver skydd eller stöd får ett eget ärende."
        ),
    ),
    Particular.TIE: Page(
        TieForm,
        "natverk",
        gettext_noop("Någon i nätverket"),
        gettext_noop("Ändra uppgiften om nätverket"),
        gettext_noop("Uppgiften om nätverket är antecknad."),
        gettext_noop(
            "Finns bara i det här ärendet. Uppgiften kan inte sökas och länkas aldrig till något annat ärende."
        ),
    ),
}


def adding(request: ActingRequest, opened: Opened, particular: Particular) -> HttpResponse:
    """Show the form, or write the row down."""
    words = PAGES[particular]
    form = words.form(
        request.POST or None,
        person=request.actor.person,
        today=timezone.localdate(request.now),
    )
    return recording.answer(
        request,
        opened,
        form,
        _sheet(opened, words, _(words.new)),
        lambda: particulars.add(
            opened=opened,
            particular=particular,
            values=form.values(),
            by=request.actor,
            now=request.now,
            new_id=form.new_id,
        ),
    )


def changing(request: ActingRequest, opened: Opened, particular: Particular, row: UUID) -> HttpResponse:
    """Show the form with what the row says, or change it."""
    words, found = PAGES[particular], particular_of(opened, particular, row)
    form = words.form(
        request.POST or None,
        person=request.actor.person,
        today=timezone.localdate(request.now),
        row=found,
    )
    sheet = _sheet(opened, words, _(words.change))
    if request.method == "POST" and form.is_valid() and not form.changes():
        messages.info(request, _("Inget var ändrat."))
        return redirect(sheet.back)
    return recording.answer(
        request,
        opened,
        form,
        sheet,
        lambda: particulars.change(
            opened=opened,
            particular=particular,
            row=found,
            changes=form.changes(),
            version=form.cleaned_data["version"],
            by=request.actor,
            now=request.now,
        ),
    )


def _sheet(opened: Opened, words: Page, title: str) -> Sheet:
    return Sheet(
        title=title,
        label=_("Spara"),
        here=HERE,
        back=f"{reverse(HERE, args=[opened.case.pk])}#{words.place}",
        done=_(words.done),
        lead=_(words.lead) if words.lead else "",
    )

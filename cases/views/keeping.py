"""The pages of one provision or deadline: its wordings, and the forms that give it a new one or end it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from avhopp.web.guard import ActingRequest
from cases.access import NotVisible
from cases.actions import catalogue
from cases.forms.law import ConfirmForm, DeadlineWordingForm, LastDayForm, ProvisionForm, WordingForm
from cases.queries import law
from cases.queries.catalogue import Wordings
from cases.queries.rows import DeadlineRule, LegalBasis
from cases.views import recording
from cases.views.present import catalogue as present
from cases.views.recording import Sheet

PROVISIONS = "cases:catalogue"
DEADLINES = "cases:catalogue_deadlines"
PROVISION = "cases:catalogue_provision"
DEADLINE = "cases:catalogue_deadline"
Provision = Wordings[LegalBasis]
Deadline = Wordings[DeadlineRule]
Kept = Wordings[LegalBasis] | Wordings[DeadlineRule]


def adding(request: ActingRequest) -> HttpResponse:
    """Show the form of a provision, or add it."""
    today = timezone.localdate(request.now)
    form = ProvisionForm(request.POST or None, person=request.actor.person, initial={"valid_from": today})
    sheet = Sheet(
        title=_("Nytt lagrum"),
        label=_("Lägg till lagrummet"),
        here=PROVISIONS,
        back=reverse(PROVISIONS),
        done=_("Lagrummet finns i katalogen."),
        lead=_("Det kan väljas från den dag det gäller."),
        template="cases/unit_sheet.html",
    )
    return recording.answer(
        request,
        None,
        form,
        sheet,
        lambda: catalogue.add(
            values=form.values(), by=request.actor, now=request.now, new_id=form.cleaned_data["key"]
        ),
    )


def show_provision(request: ActingRequest, found: Provision) -> HttpResponse:
    """The provision with its wordings."""
    today = timezone.localdate(request.now)
    records = present.provision_records(found, today=today)
    title = f"{found.last.place}: {found.last.title}"
    return _show(request, found, PROVISION, PROVISIONS, title, records)


def show_deadline(request: ActingRequest, found: Deadline) -> HttpResponse:
    """The deadline with its wordings."""
    today = timezone.localdate(request.now)
    records = present.deadline_records(found, law=law.wordings_on(today), today=today)
    return _show(request, found, DEADLINE, DEADLINES, _(found.last.name), records)


def rewording_provision(request: ActingRequest, found: Provision) -> HttpResponse:
    """Show the form with the present wording, or give the provision a new one."""
    form = WordingForm(request.POST or None, person=request.actor.person, row=_latest(found))
    return _reword(request, found, PROVISION, form)


def rewording_deadline(request: ActingRequest, found: Deadline) -> HttpResponse:
    """Show the form with the present wording, or give the deadline a new one."""
    today = timezone.localdate(request.now)
    form = DeadlineWordingForm(
        request.POST or None,
        person=request.actor.person,
        row=_latest(found),
        law=law.wordings_on(today),
    )
    return _reword(request, found, DEADLINE, form)


def ending(request: ActingRequest, found: Kept, name: str) -> HttpResponse:
    """Show the form, or let it be in force for the last time on a day."""
    row = _latest(found)
    today = timezone.localdate(request.now)
    form = LastDayForm(request.POST or None, initial={"on": max(today, row.valid_from)})
    sheet = _sheet(
        found,
        name,
        title=_("När upphör det att gälla?"),
        label=_("Låt det upphöra"),
        done=_("Sista dagen är antecknad."),
        lead=_(
            "Det som redan pekar på lydelsen gör det även sedan. En ny lydelse ersätter, det här upphäver."
        ),
        kind="warning",
    )
    return recording.answer(
        request,
        None,
        form,
        sheet,
        lambda: catalogue.end(row=row, on=form.cleaned_data["on"], by=request.actor, now=request.now),
    )


def undoing(request: ActingRequest, found: Kept, name: str, verb: Callable[..., object]) -> HttpResponse:
    """Ask, and then take back a wording to come, or let what was ended go on."""
    is_taken_back = verb is catalogue.take_back
    row = _latest(found) if is_taken_back else _standing(found)
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    sheet = _sheet(
        found,
        name,
        title=_("Ta tillbaka den kommande lydelsen?") if is_taken_back else _("Låta det fortsätta gälla?"),
        label=_("Ta tillbaka") if is_taken_back else _("Låt det gälla tills vidare"),
        done=_("Lydelsen är tillbakatagen.") if is_taken_back else _("Det gäller tills vidare."),
        lead=_("Den lydelse som gäller i dag fortsätter som om inget hade skrivits.")
        if is_taken_back
        else _("Det gäller då utan avbrott, som om det aldrig hade upphört."),
    )
    return recording.answer(
        request, None, form, sheet, lambda: verb(row=row, by=request.actor, now=request.now)
    )


def _reword(
    request: ActingRequest, found: Kept, name: str, form: WordingForm | DeadlineWordingForm
) -> HttpResponse:
    sheet = _sheet(
        found,
        name,
        title=_("Ny lydelse"),
        label=_("Spara den nya lydelsen"),
        done=_("Den nya lydelsen finns i katalogen."),
        lead=_("Inget skrivs över. Det som redan pekar på den tidigare lydelsen gör det även sedan."),
    )
    return recording.answer(
        request,
        None,
        form,
        sheet,
        lambda: catalogue.reword(
            row=_latest(found),
            values=form.values(),
            by=request.actor,
            now=request.now,
            new_id=form.cleaned_data["key"],
        ),
    )


def _show(
    request: ActingRequest, found: Kept, name: str, here: str, title: str, records: list[dict[str, Any]]
) -> HttpResponse:
    latest = found.latest
    today = timezone.localdate(request.now)
    context: dict[str, Any] = {"title": title, "records": records, "parts": present.parts(here=here)}
    if latest is None:
        if not _is_gone(found):
            context["resume_url"] = reverse(f"{name}_resume", args=[_standing(found).pk])
    else:
        context["reword_url"] = reverse(f"{name}_reword", args=[latest.pk])
        verb = "take_back" if latest.valid_from > today else "end"
        context[f"{verb}_url"] = reverse(f"{name}_{verb}", args=[latest.pk])
    return render(request, "cases/catalogue_wordings.html", context)


def _sheet(found: Kept, name: str, *, title: str, label: str, done: str, lead: str, kind: str = "") -> Sheet:
    return Sheet(
        title=title,
        label=label,
        here=name,
        back=reverse(name, args=[found.last.pk]),
        done=done,
        lead=lead,
        kind=kind,
        template="cases/unit_sheet.html",
    )


def _latest(found: Kept) -> Any:
    if found.latest is None:
        raise NotVisible
    return found.latest


def _standing(found: Kept) -> Any:
    if _is_gone(found):
        raise NotVisible
    return next(row for row in found.rows if not row.was_taken_back)


def _is_gone(found: Kept) -> bool:
    return all(row.was_taken_back for row in found.rows)

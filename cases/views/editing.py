"""The two editing forms of a case: the person's details, and what the case says."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from avhopp.web.guard import ActingRequest
from cases.access import Opened
from cases.forms.cases import EditCaseForm
from cases.forms.people import PERSON, EditPersonForm
from cases.queries import file
from cases.views import recording
from cases.views.recording import Sheet

EditForm = EditPersonForm | EditCaseForm


def person_form(request: ActingRequest, opened: Opened) -> EditPersonForm:
    """The form of the person's details, as they are now."""
    now_known = {name: getattr(opened.case.person, name) for name in PERSON}
    initial = {**now_known, "version": opened.case.version}
    return EditPersonForm(request.POST or None, initial=initial, today=timezone.localdate(request.now))


def case_form(request: ActingRequest, opened: Opened) -> EditCaseForm:
    """The form of what the case says, as it is now."""
    case = opened.case
    initial = {"source": case.source, "need": case.need, "version": case.version}
    return EditCaseForm(request.POST or None, initial=initial)


def answer(
    request: ActingRequest, opened: Opened, form: EditForm, verb: Callable[..., object]
) -> HttpResponse:
    """Show the form, or save what was changed."""
    if request.method == "POST" and form.is_valid() and not form.changes():
        messages.info(request, _("Inget var ändrat."))
        return redirect("cases:case", opened.case.pk)
    return recording.answer(
        request, opened, form, _sheet(opened, form), lambda: _save(request, opened, form, verb)
    )


def _save(request: ActingRequest, opened: Opened, form: EditForm, verb: Callable[..., object]) -> object:
    saved = verb(
        opened=opened,
        changes=form.changes(),
        version=form.cleaned_data["version"],
        by=request.actor,
        now=request.now,
    )
    if getattr(form, "proposed_birth_date", False):
        messages.warning(
            request, _("Födelsedatumet är hämtat ur numret. Ändra det om det verkliga är ett annat.")
        )
    return saved


def _sheet(opened: Opened, form: EditForm) -> Sheet:
    warning = ""
    if file.pending_of(opened):
        warning = _(
            "En begäran om nytt skede väntar. Ändrar du något måste skedet begäras på nytt, för ett godkännande"
            " gäller bara det som lästes."
        )
    is_case = isinstance(form, EditCaseForm)
    return Sheet(
        title=_("Ändra ärendet") if is_case else _("Ändra personens uppgifter"),
        label=_("Spara"),
        here="cases:case",
        back=reverse("cases:case", args=[opened.case.pk]),
        done=_("Ändringen är sparad."),
        warning=warning,
        template="cases/sheet.html" if is_case else "cases/person_sheet.html",
    )

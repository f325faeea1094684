"""The editing forms of a case: what it says, who its person is, and another number for her."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from avhopp.translation import gettext_noop
from avhopp.web.guard import ActingRequest
from cases.access import Opened
from cases.actions.cases import edit_case
from cases.actions.people import edit_person, replace_number
from cases.forms.cases import EditCaseForm
from cases.forms.people import EditPersonForm, ReplaceNumberForm
from cases.queries import file
from cases.views import recording
from cases.views.recording import Sheet

EditForm = EditPersonForm | EditCaseForm
PERSON = "cases:case_person_page"
NO_ASSUMED_IDENTITY = gettext_noop(
    "Har personen fått fingerade personuppgifter: skriv dem inte här. De får ett nytt ärende utan länk hit."
)


def case_answer(request: ActingRequest, opened: Opened) -> HttpResponse:
    """Show the form of what the case says, or save what was changed."""
    case = opened.case
    asked = ("intake", "source", "need", "version")
    initial = {name: getattr(case, name) for name in asked}
    form = EditCaseForm(request.POST or None, initial=initial)
    return _answer(request, opened, form, _sheet(opened, _("Ändra ärendet"), here="cases:case"), edit_case)


def person_answer(request: ActingRequest, opened: Opened) -> HttpResponse:
    """Show the form of the person's details, or save what was changed."""
    now_known = {name: getattr(opened.case.person, name) for name in EditPersonForm.ASKED}
    initial = {**now_known, "version": opened.case.version}
    form = EditPersonForm(request.POST or None, initial=initial, today=timezone.localdate(request.now))
    sheet = _sheet(
        opened,
        _("Ändra personens uppgifter"),
        here=PERSON,
        lead=_(NO_ASSUMED_IDENTITY),
        template="cases/person_sheet.html",
    )
    return _answer(request, opened, form, sheet, edit_person)


def number_answer(request: ActingRequest, opened: Opened) -> HttpResponse:
    """Show the form of another number, or put it in the place of the one the person has."""
    form = ReplaceNumberForm(
        request.POST or None,
        person=request.actor.person,
        today=timezone.localdate(request.now),
        initial={"on": timezone.localdate(request.now), "version": opened.case.version},
    )
    sheet = _sheet(
        opened,
        _("Nytt nummer"),
        here=PERSON,
        lead=" ".join(
            (
                _(
                    "När personen har fått ett nytt nummer, till exempel vid folkbokföring. Det tidigare står kvar"
                    " bredvid."
                ),
                _(NO_ASSUMED_IDENTITY),
            )
        ),
    )
    return recording.answer(
        request,
        opened,
        form,
        sheet,
        lambda: replace_number(
            opened=opened,
            kind=form.cleaned_data["identity_kind"],
            number=form.cleaned_data["identity_number"],
            level=form.cleaned_data["coordination_level"],
            on=form.cleaned_data["on"],
            version=form.cleaned_data["version"],
            by=request.actor,
            now=request.now,
            new_id=form.cleaned_data["key"],
        ),
    )


def _answer(
    request: ActingRequest,
    opened: Opened,
    form: EditForm,
    sheet: Sheet,
    verb: Callable[..., object],
) -> HttpResponse:
    if request.method == "POST" and form.is_valid() and not form.changes():
        messages.info(request, _("Inget var ändrat."))
        return redirect(sheet.back)
    return recording.answer(request, opened, form, sheet, lambda: _save(request, opened, form, verb))


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


def _sheet(
    opened: Opened, title: str, *, here: str, lead: str = "", template: str = "cases/sheet.html"
) -> Sheet:
    warning = ""
    if file.pending_of(opened):
        warning = _(
            "En begäran om nytt skede väntar. Ändrar du något måste skedet begäras på nytt, för ett godkännande"
            " gäller bara det som lästes."
        )
    return Sheet(
        title=title,
        label=_("Spara"),
        here=here,
        back=reverse(here, args=[opened.case.pk]),
        done=_("Ändringen är sparad."),
        lead=lead,
        warning=warning,
        template=template,
    )

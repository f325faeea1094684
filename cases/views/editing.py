"""The two editing forms of a case, and what happens when somebody else saved first: 409, both texts, nothing lost."""

from __future__ import annotations

from typing import Any, Protocol

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from avhopp.web.guard import ActingRequest
from cases.access import Opened
from cases.actions.cases import Conflict
from cases.forms.cases import EditCaseForm
from cases.forms.people import PERSON, EditPersonForm
from cases.queries import file, history
from cases.queries.rows import Case
from cases.views import frame

EditForm = EditPersonForm | EditCaseForm


class Verb(Protocol):
    """The two actions that edit."""

    def __call__(
        self, *, opened: Opened, changes: dict[str, Any], version: int, by: Any, now: Any
    ) -> object: ...


def person_form(request: ActingRequest, opened: Opened) -> EditPersonForm:
    """The form of the person's details, as they are now."""
    now_known = {name: getattr(opened.case.person, name) for name in PERSON}
    initial = {**now_known, "version": opened.case.version}
    return EditPersonForm(request.POST or None, initial=initial, today=timezone.localdate(request.now))


def case_form(request: ActingRequest, opened: Opened) -> EditCaseForm:
    """The form of what the case says, as it is now."""
    case = opened.case
    initial = {
        "source": case.source,
        "need": case.need,
        "next_deadline": case.next_deadline,
        "version": case.version,
    }
    return EditCaseForm(request.POST or None, initial=initial, today=timezone.localdate(request.now))


def answer(request: ActingRequest, opened: Opened, form: EditForm, verb: Any) -> HttpResponse:
    """Show the form, or save what was changed."""
    if request.method != "POST" or not form.is_valid():
        return _shown(request, opened, form, status=422 if form.errors else 200)
    changes = form.changes()
    if not changes:
        messages.info(request, _("Inget var ändrat."))
        return redirect("cases:case", opened.case.pk)
    try:
        verb(
            opened=opened,
            changes=changes,
            version=form.cleaned_data["version"],
            by=request.actor,
            now=request.now,
        )
    except Conflict as error:
        return _conflict(request, opened, form, error)
    messages.success(request, _("Ändringen är sparad."))
    if getattr(form, "proposed_birth_date", False):
        messages.warning(
            request, _("Födelsedatumet är hämtat ur numret. Ändra det om det verkliga är ett annat.")
        )
    return redirect("cases:case", opened.case.pk)


def _conflict(request: ActingRequest, opened: Opened, form: EditForm, error: Conflict) -> HttpResponse:
    assert isinstance(error.current, Case)
    saved = history.last_saved(opened)
    names = [
        name for name in form.fields if name != "version" and form.cleaned_data[name] != form.initial[name]
    ]
    typed = type(form)(form.data, initial=form.initial, today=form.today)
    # What is sent from this page has been compared with the version that it shows.
    typed.data = {**dict(form.data.items()), "version": str(error.current.version)}
    content = {
        "yours": [_part(form, name, form.cleaned_data[name]) for name in names],
        "theirs": [_part(form, name, form.initial[name]) for name in names],
        "theirs_by": saved.who if saved else "",
        "theirs_at": saved.at if saved else None,
    }
    return _shown(request, opened, typed, status=409, content=content)


def _part(form: EditForm, name: str, value: Any) -> dict[str, str]:
    field = form.fields[name]
    prepared = field.prepare_value(value)
    shown = dict(getattr(field, "choices", ())).get("" if prepared is None else prepared, prepared)
    return {"label": str(field.label), "text": str(shown) if shown else _("(tomt)")}


def _shown(
    request: ActingRequest,
    opened: Opened,
    form: EditForm,
    *,
    status: int,
    content: dict[str, Any] | None = None,
) -> HttpResponse:
    page = {
        "form": form,
        "title": _("Ändra ärendet") if isinstance(form, EditCaseForm) else _("Ändra personens uppgifter"),
        "pending": file.pending_of(opened),
        **(content or {}),
    }
    return frame.show(request, opened, "cases/edit.html", here="cases:case", content=page, status=status)

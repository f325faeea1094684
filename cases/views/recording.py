"""A form page, of a case or of the unit: shown, sent, given back with what was typed, or done.

Two people on one row meet a page with both texts (409); a form sent twice does its work once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from avhopp.web.guard import ActingRequest
from cases.access import Opened
from cases.actions.once import AlreadyDone
from cases.actions.writing import Conflict, Stopped
from cases.forms.fields import differs
from cases.queries import history
from cases.views import frame
from cases.views.answers import attempt, stop


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a form page says: `here` is the part it belongs to, `back` where it leads when all is done, `content` what
    its template shows beside the form."""

    title: str
    label: str
    here: str
    back: str
    done: str
    lead: str = ""
    warning: str = ""
    kind: str = ""
    template: str = "cases/sheet.html"
    content: Mapping[str, Any] = field(default_factory=dict)


def answer(
    request: ActingRequest,
    opened: Opened | None,
    form: forms.Form,
    sheet: Sheet,
    act: Callable[[], object],
    *,
    content: dict[str, Any] | None = None,
) -> HttpResponse:
    """Show the form, or do what it asks for and go back to where it belongs; `opened` is the case, if it is of one.

    `content` is what the page shows beside the form.
    """
    if request.method != "POST" or not form.is_valid():
        return show(request, opened, form, sheet, content=content)
    try:
        made = attempt(form, act)
    except AlreadyDone:
        return redirect(sheet.back)
    except Stopped as error:
        stop(form, error)
        return show(request, opened, form, sheet, status=403, content=content)
    except Conflict as error:
        return conflict(request, opened, form, sheet, error, content=content)
    if made is None:
        return show(request, opened, form, sheet, content=content)
    messages.success(request, sheet.done)
    return redirect(sheet.back)


def show(
    request: ActingRequest,
    opened: Opened | None,
    form: forms.Form,
    sheet: Sheet,
    *,
    status: int = 0,
    content: dict[str, Any] | None = None,
) -> HttpResponse:
    """The page, with the form as it is."""
    shown = status or (422 if form.errors else 200)
    page = {"form": form, "sheet": sheet, **sheet.content, **(content or {})}
    if opened is None:
        return render(request, sheet.template, page, status=shown)
    return frame.show(request, opened, sheet.template, here=sheet.here, content=page, status=shown)


def conflict(
    request: ActingRequest,
    opened: Opened | None,
    form: forms.Form,
    sheet: Sheet,
    error: Conflict,
    *,
    content: dict[str, Any] | None = None,
) -> HttpResponse:
    """Both texts beside each other, and the typed one still in the form; `form.initial` is what is saved now."""
    who, at = history.saved_by(opened, error.current)
    names = [
        name
        for name in form.fields
        if name not in {"version", "key"} and differs(form.cleaned_data[name], form.initial.get(name))
    ]
    both = {
        "yours": [_part(form, name, form.cleaned_data[name]) for name in names],
        "theirs": [_part(form, name, form.initial.get(name)) for name in names],
        "theirs_by": who,
        "theirs_at": at,
    }
    # What is sent from this page has been compared with the version that it shows.
    typed = request.POST.copy()
    typed["version"] = str(form.initial["version"])
    form.data = typed
    return show(request, opened, form, sheet, status=409, content={**(content or {}), **both})


def _part(form: forms.Form, name: str, value: Any) -> dict[str, str]:
    field = form.fields[name]
    prepared = field.prepare_value(value)
    labels = {str(code): str(label) for code, label in getattr(field, "choices", ())}
    chosen = prepared if isinstance(prepared, list | tuple) else [prepared]
    shown = ", ".join(labels.get(str(item), str(item)) for item in chosen if item not in (None, ""))
    return {"label": str(field.label), "text": shown or _("(tomt)")}

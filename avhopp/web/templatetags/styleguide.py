"""Invented content for the style guide, so that its template needs nothing from a view.

It exists to show every component in every state on one page, for eyes and for automatic checks. It is served in demo
and test only, knows no model and must never show anything that comes from a case.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms, template
from django.core.paginator import Paginator
from django.utils.translation import gettext_lazy as _

from avhopp.web.templatetags import styleguide_lists as lists
from avhopp.web.templatetags.styleguide_lists import TODAY, at

register = template.Library()

STAGES = [
    _("Förfrågan"),
    _("Aktualisering"),
    _("Initial bedömning"),
    _("Utredning"),
    _("Beslut"),
    _("Genomförande"),
    _("Utslussning"),
    _("Avslut"),
    _("Uppföljning"),
]
STATES = ["done", "done", "done", "done", "now", "next", "later", "later", "later"]
DAYS = [TODAY - timedelta(days=days) for days in (96, 90, 71, 20)] + [None] * 5


class SampleForm(forms.Form):
    """One of each control, with limits that the sample data breaks."""

    channel = forms.ChoiceField(
        label=_("Hur kom kontakten?"),
        choices=[("phone", _("Telefon")), ("visit", _("Besök")), ("police", _("Polisen"))],
        widget=forms.RadioSelect,
    )
    received = forms.DateField(
        label=_("Händelsedatum"), widget=forms.DateInput, help_text=_("Dagen då det hände.")
    )
    name = forms.CharField(label=_("Kodnamn"), max_length=40, help_text=_("Inte det verkliga namnet."))
    source = forms.ChoiceField(
        label=_("Källa"),
        required=False,
        choices=[("", "–"), ("client", _("Den enskilde")), ("police", _("Polisen"))],
    )
    needs = forms.MultipleChoiceField(
        label=_("Behovsområden"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("home", _("Boende")), ("work", _("Sysselsättning")), ("safe", _("Skydd"))],
    )
    facts = forms.CharField(
        label=_("Faktiska omständigheter"), max_length=200, widget=forms.Textarea(attrs={"rows": 4})
    )
    told = forms.BooleanField(label=_("Den enskilde har fått informationen"), required=False)
    password = forms.CharField(label=_("Lösenord"), widget=forms.PasswordInput)


class SampleFilter(forms.Form):
    """A short list filter: number, name and identity number are the only search terms that F637 15 § allows."""

    number = forms.CharField(label=_("Ärendenummer"), required=False)
    status = forms.ChoiceField(
        label=_("Status"), required=False, choices=[("", _("Alla")), ("open", _("Pågår"))]
    )


def note(state: str) -> dict[str, Any]:
    """Give one journal note in the given state, with what belongs to that state."""
    result = {
        "state": state,
        "kind": _("Samtal"),
        "title": _("Samtal om boende och sysselsättning"),
        "event_day": TODAY - timedelta(days=2),
        "written_at": at(-1, "09.42"),
        "author": _("Karin Ekdal, socialsekreterare"),
        "source": _("Den enskilde"),
        "parts": lists.NOTE_PARTS,
    }
    if state == "draft":
        result["actions"] = [
            {"label": _("Signera"), "url": "#", "kind": "primary"},
            {"label": _("Fortsätt skriva"), "url": "#"},
        ]
    if state == "corrected":
        result |= {"originals": lists.NOTE_ORIGINALS, "objections": lists.NOTE_OBJECTIONS}
    return result


@register.simple_tag
def styleguide_samples() -> dict[str, Any]:
    """Give everything that templates/styleguide.html shows."""
    paginator = Paginator(range(87), 10)
    return {
        "today": TODAY,
        "now": at(0, "14.02"),
        "form": SampleForm(initial={"received": TODAY, "channel": "phone"}, auto_id="id_clean_%s"),
        "broken": SampleForm(data={"name": "x" * 41, "facts": "x" * 190}),
        "filters": SampleFilter(data={"status": "open"}, auto_id="id_filter_%s"),
        "stages": [
            {"label": label, "state": state, "day": day}
            for label, state, day in zip(STAGES, STATES, DAYS, strict=True)
        ],
        "notes": [note("draft"), note("signed"), note("corrected")],
        "page": paginator.page(3),
        "page_numbers": list(paginator.get_elided_page_range(3, on_each_side=1, on_ends=1)),
        "sub_nav": lists.SUB_NAV,
        "facts": lists.FACTS,
        "events": lists.EVENTS,
        "tasks": lists.TASKS,
        "rows": lists.ROWS,
        "columns": lists.COLUMNS,
        "table": lists.TABLE,
        "grants": lists.GRANTS,
        "reads": lists.READS,
        "people": lists.PEOPLE,
    }

"""What the reviewer asks of the log. Checks shape; nothing that was typed wrongly is kept."""

from __future__ import annotations

import re
from datetime import date
from ipaddress import ip_address
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from audit import queries
from audit.events import EVENTS, Kind
from audit.search import UNKNOWN_NUMBER, Criteria
from audit.words import KIND_NAMES, bases
from avhopp.accounts.queries import accounts

FIRST_DAY = date(2000, 1, 1)
LAST_DAY = date(2199, 12, 31)


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"autocomplete": "off"}),
        input_formats=["%Y-%m-%d", "%Y%m%d"],
        error_messages={"invalid": _("Skriv datumet som ÅÅÅÅ-MM-DD.")},
    )


class SearchForm(forms.Form):
    """Who, what, on which ground, when, from where, and about which case."""

    actor = forms.ChoiceField(label=_("Vem"), required=False)
    kind = forms.ChoiceField(label=_("Slag"), required=False)
    event = forms.ChoiceField(label=_("Händelse"), required=False)
    basis = forms.ChoiceField(label=_("Grund"), required=False)
    since = _day(_("Från och med"))
    until = _day(_("Till och med"))
    address = forms.CharField(label=_("Nätadress"), required=False, max_length=45)
    number = forms.CharField(label=_("Ärendenummer"), required=False, max_length=16)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everybody = [(str(account.pk), str(account.name)) for account in accounts()]
        self._choose("actor", [("", gettext("Alla")), *everybody])
        self._choose(
            "kind", [("", gettext("Alla")), *((kind.value, gettext(KIND_NAMES[kind])) for kind in Kind)]
        )
        self._choose("event", [("", gettext("Alla")), *_events()])
        grounds = sorted(
            ((code, gettext(words)) for code, words in bases().items()), key=lambda each: each[1]
        )
        self._choose("basis", [("", gettext("Alla")), *grounds])
        for name in ("address", "number"):
            self.fields[name].widget.attrs.update(autocomplete="off", spellcheck="false")
        known = queries.case_numbers()
        if known is None:
            del self.fields["number"]

    def clean_since(self) -> date | None:
        return self._within("since")

    def clean_until(self) -> date | None:
        return self._within("until")

    def clean_address(self) -> str:
        """Give the address in the one form that the log writes it in."""
        typed: str = self.cleaned_data["address"].strip()
        try:
            return str(ip_address(typed)) if typed else ""
        except ValueError:
            raise forms.ValidationError(gettext("Skriv hela nätadressen, till exempel 192.0.2.17.")) from None

    def clean_number(self) -> str:
        """Give the number of a case that there is, or the mark for one that there is not."""
        typed: str = self.cleaned_data["number"].strip().upper()
        known = queries.case_numbers()
        if not typed or known is None:
            return ""
        if not re.fullmatch(known.pattern, typed, re.ASCII):
            raise forms.ValidationError(
                gettext("Skriv hela ärendenumret, till exempel %(example)s.") % {"example": known.example}
            )
        return typed if known.resolve(typed) else UNKNOWN_NUMBER

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", gettext("Till och med kan inte ligga före från och med."))
        return cleaned

    def criteria(self) -> Criteria:
        """What a valid form asks for."""
        given = {name: value for name, value in self.cleaned_data.items() if value}
        return Criteria(
            **{name: value.isoformat() if isinstance(value, date) else value for name, value in given.items()}
        )

    def _choose(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def _within(self, name: str) -> date | None:
        day: date | None = self.cleaned_data[name]
        if day and not FIRST_DAY <= day <= LAST_DAY:
            raise forms.ValidationError(gettext("Skriv ett årtal mellan 2000 och 2199."))
        return day


def shown(criteria: Criteria) -> dict[str, str]:
    """What the form shows of criteria that were kept."""
    return {name: value for name, value in criteria.kept().items() if value != UNKNOWN_NUMBER}


def _events() -> list[tuple[str, list[tuple[str, str]]]]:
    grouped: dict[Kind, list[tuple[str, str]]] = {}
    for event in EVENTS.values():
        grouped.setdefault(event.kind, []).append((event.code, gettext(event.sentence)))
    return [
        (gettext(KIND_NAMES[kind]), sorted(grouped[kind], key=lambda choice: choice[1]))
        for kind in Kind
        if kind in grouped
    ]

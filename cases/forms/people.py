"""What is asked about the person, when a case is opened and when it is changed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy as _

from cases import identity
from cases.forms.fields import Day, Text, YesNo, choice, not_after
from cases.queries.choices import IdentityKind, LegalSex, Protection

PERSON = (
    "identity_kind",
    "identity_number",
    "birth_date",
    "given_name",
    "family_name",
    "legal_sex",
    "protection",
    "phone",
    "phone_is_safe",
    "language",
    "needs_interpreter",
)


class PersonForm(forms.Form):
    """The person's details; the number's date is only proposed as date of birth (domain.md §2)."""

    given_name = Text(
        label=_("Förnamn"),
        max_length=200,
        required_text=_("Skriv förnamnet, eller det namn personen använder."),
    )
    family_name = Text(label=_("Efternamn"), max_length=200, required=False)
    identity_kind = choice(label=_("Slag av nummer"), choices=IdentityKind.choices)
    identity_number = Text(
        label=_("Nummer"),
        help_text=_("ÅÅÅÅMMDD-NNNN. Lämna tomt om numret är okänt."),
        required=False,
        max_length=32,
    )
    birth_date = Day(
        label=_("Födelsedatum"),
        help_text=_("Lämnas det tomt föreslås numrets datum. Det verkliga kan vara ett annat."),
        required=False,
    )
    legal_sex = choice(label=_("Juridiskt kön"), choices=LegalSex.choices)
    protection = choice(
        label=_("Skyddade personuppgifter"),
        choices=Protection.choices,
        help_text=_("Skrivs ut med ord i ärendet. I listor visas då kodnamnet i stället för namnet."),
    )
    phone = Text(label=_("Telefon"), required=False, max_length=50)
    phone_is_safe = YesNo(label=_("Är numret säkert att använda?"))
    language = Text(label=_("Språk"), required=False, max_length=100)
    needs_interpreter = YesNo(label=_("Behövs tolk?"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        self.today = today
        self.proposed_birth_date = False
        super().__init__(*args, **kwargs)
        number = self.fields["identity_number"]
        assert isinstance(number, Text)
        number.needed_later = True

    def clean_birth_date(self) -> date | None:
        born: date | None = self.cleaned_data["birth_date"]
        not_after(born, self.today)
        if born is not None and born.year < self.today.year - 120:
            raise ValidationError(_("Datumet ligger mer än 120 år tillbaka. Kontrollera året."))
        return born

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if "identity_kind" not in values or "identity_number" not in values:
            return values
        kind = IdentityKind(values["identity_kind"])
        try:
            number = identity.normalised(kind=kind, typed=values["identity_number"], today=self.today)
        except identity.NotAnIdentityNumber as error:
            self.add_error("identity_number", translated(str(error)))
            return values
        values["identity_number"] = number
        if "birth_date" in values and values["birth_date"] is None:
            values["birth_date"] = identity.birth_date_of(number)
            self.proposed_birth_date = values["birth_date"] is not None
        return values

    def person_values(self) -> dict[str, Any]:
        """The answers under the names that actions use."""
        return {name: self.cleaned_data[name] for name in PERSON}


class EditPersonForm(PersonForm):
    """The same, for a case that exists; `version` is the case's as it was shown."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def changes(self) -> dict[str, Any]:
        """What differs from what was shown."""
        values = self.person_values()
        return {name: values[name] for name in PERSON if values[name] != self.initial.get(name)}

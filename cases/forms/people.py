"""What is asked about the person: little when a case is opened, everything when her details are changed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy as _

from cases import identity
from cases.forms.fields import Day, SentOnce, Text, YesNo, choice, differs, not_after
from cases.queries.choices import BirthDateSource, CoordinationLevel, IdentityKind, LegalSex, Protection

PERSON = (
    "identity_kind",
    "identity_number",
    "coordination_level",
    "birth_date",
    "birth_date_source",
    "given_name",
    "family_name",
    "legal_sex",
    "protection",
    "language",
    "needs_interpreter",
)


class NumberForm(forms.Form):
    """An identity number of some kind, checked as its kind is."""

    identity_kind = choice(label=_("Slag av nummer"), choices=IdentityKind.choices)
    identity_number = Text(
        label=_("Nummer"),
        help_text=_("ÅÅÅÅMMDD-NNNN. Lämna tomt om numret är okänt."),
        required=False,
        max_length=32,
    )
    coordination_level = choice(
        label=_("Samordningsnumrets nivå"),
        help_text=_("Bara för samordningsnummer. Nivån står i folkbokföringen."),
        choices=CoordinationLevel.choices,
        required=False,
        radio=False,
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        self.today = today
        super().__init__(*args, **kwargs)
        number = self.fields["identity_number"]
        assert isinstance(number, Text)
        number.needed_later = True

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if "identity_kind" not in values or "identity_number" not in values:
            return values
        kind = IdentityKind(values["identity_kind"])
        try:
            values["identity_number"] = identity.normalised(
                kind=kind, typed=values["identity_number"], today=self.today
            )
        except identity.NotAnIdentityNumber as error:
            self.add_error("identity_number", translated(str(error)))
        if values.get("coordination_level") and kind != IdentityKind.SAMORDNINGSNUMMER:
            self.add_error(
                "coordination_level",
                _("Bara ett samordningsnummer har en nivå. Välj det slaget, eller ta bort nivån."),
            )
        return values


class PersonForm(NumberForm):
    """The person's details; the number's date is only proposed as date of birth (domain.md §2)."""

    given_name = Text(
        label=_("Förnamn"),
        max_length=200,
        required_text=_("Skriv förnamnet, eller det namn personen använder."),
    )
    family_name = Text(label=_("Efternamn"), max_length=200, required=False)
    birth_date = Day(
        label=_("Födelsedatum"),
        help_text=_("Lämnas det tomt föreslås numrets datum. Det verkliga kan vara ett annat."),
        required=False,
    )
    birth_date_source = choice(
        label=_("Hur vet vi födelsedatumet?"),
        choices=BirthDateSource.choices,
        required=False,
        radio=False,
    )
    legal_sex = choice(label=_("Juridiskt kön"), choices=LegalSex.choices)
    protection = choice(
        label=_("Skyddade personuppgifter"),
        choices=Protection.choices,
        help_text=_("Skrivs ut med ord i ärendet. I listor visas då kodnamnet i stället för namnet."),
    )
    language = Text(label=_("Språk"), required=False, max_length=100)
    needs_interpreter = YesNo(label=_("Behövs tolk?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.proposed_birth_date = False
        super().__init__(*args, **kwargs)

    def clean_birth_date(self) -> date | None:
        born: date | None = self.cleaned_data["birth_date"]
        not_after(born, self.today)
        if born is not None and born.year < self.today.year - 120:
            raise ValidationError(_("Datumet ligger mer än 120 år tillbaka. Kontrollera året."))
        return born

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if "identity_number" in values and "birth_date" in values and values["birth_date"] is None:
            values["birth_date"] = identity.birth_date_of(values["identity_number"])
            self.proposed_birth_date = values["birth_date"] is not None
            values["birth_date_source"] = BirthDateSource.NUMBER if self.proposed_birth_date else ""
        return values

    def person_values(self) -> dict[str, Any]:
        """The answers under the names that actions use."""
        return {name: self.cleaned_data[name] for name in PERSON}


class NewPersonForm(PersonForm):
    """A new person, with the first way to reach her."""

    phone = Text(label=_("Telefon"), required=False, max_length=50)
    phone_is_safe = YesNo(label=_("Är numret säkert att använda?"))

    def person_values(self) -> dict[str, Any]:
        """The same, with the telephone."""
        phone = {name: self.cleaned_data[name] for name in ("phone", "phone_is_safe")}
        return {**super().person_values(), **phone}


class EditPersonForm(PersonForm):
    """Everything that is kept with the person; `version` is the case's as it was shown."""

    called_name = Text(
        label=_("Tilltalsnamn"), help_text=_("Det namn personen vill kallas."), required=False, max_length=200
    )
    protection_authority = Text(
        label=_("Vilken myndighet har beslutat om skyddet?"), required=False, max_length=200
    )
    protection_review_on = Day(
        label=_("Skyddet prövas på nytt"),
        help_text=_("En uppgift läggs till dagen, så att ingen glömmer."),
        required=False,
    )
    deceased_on = Day(
        label=_("Avliden"),
        help_text=_("Då spärras varje kontaktväg. Ärendet avslutas i sitt skede."),
        required=False,
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    ASKED = (*PERSON, "called_name", "protection_authority", "protection_review_on", "deceased_on")

    def clean_deceased_on(self) -> date | None:
        day: date | None = self.cleaned_data["deceased_on"]
        not_after(day, self.today)
        return day

    def person_values(self) -> dict[str, Any]:
        """The answers under the names that actions use."""
        return {name: self.cleaned_data[name] for name in self.ASKED}

    def changes(self) -> dict[str, Any]:
        """What differs from what was shown."""
        values = self.person_values()
        return {name: values[name] for name in self.ASKED if differs(values[name], self.initial.get(name))}


class ReplaceNumberForm(SentOnce, NumberForm):
    """Another number in the place of the one the person has; `version` is the case's as it was shown."""

    on = Day(label=_("Gäller från"), required_text=_("Ange dagen då det nya numret gällde."))
    version = forms.IntegerField(widget=forms.HiddenInput)

    field_order = ("identity_kind", "identity_number", "coordination_level", "on")

    def clean_on(self) -> date:
        day: date = self.cleaned_data["on"]
        not_after(day, self.today)
        return day

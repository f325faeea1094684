"""Forms about what is kept of the person in rows of its own. The fields are named as the row's."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from cases.forms.fields import Day, RowForm, Text, YesNo, choice, not_after
from cases.queries.choices import (
    AliasKind,
    ChannelKind,
    Custody,
    Reaches,
    RelationKind,
    RepresentativeKind,
    Threat,
)


class FromToForm(RowForm):
    """A row that holds from one day to another."""

    starts_on = Day(label=_("Från"), required=False)
    ends_on = Day(label=_("Till och med"), required=False)

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        first, last = values.get("starts_on"), values.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("Sista dagen kan inte vara före den första."))
        return values


class AliasForm(RowForm):
    """Another name."""

    text = Text(label=_("Alias"), required_text=_("Skriv namnet."), max_length=200)
    kind = choice(label=_("Slag"), choices=AliasKind.choices)


class ChannelForm(RowForm):
    """A way to reach the person, and whether it may be used."""

    kind = choice(label=_("Slag av kontaktväg"), choices=ChannelKind.choices)
    reaches = choice(label=_("Vem nås på den?"), choices=Reaches.choices)
    reaches.initial = Reaches.CLIENT
    value = Text(
        label=_("Nummer eller adress"),
        help_text=_("För en postadress: gata och postort på var sin rad, utan namn."),
        required_text=_("Skriv numret eller adressen."),
        max_length=500,
        rows=3,
    )
    is_safe = YesNo(
        label=_("Är den säker att använda?"),
        help_text=_("Fråga personen. Nej spärrar vägen; vet inte kräver ett skäl varje gång."),
    )
    hours = Text(label=_("När?"), help_text=_("Till exempel vardagar 10–12."), required=False, max_length=200)
    answered_by = Text(label=_("Vem får svara?"), required=False, max_length=300)
    may_say = Text(label=_("Vad får sägas om någon annan svarar?"), required=False, max_length=500, rows=2)
    ended_on = Day(
        label=_("Används inte från"), help_text=_("Lämna tomt så länge vägen används."), required=False
    )


class GuardianForm(FromToForm):
    """A guardian of a child."""

    name = Text(label=_("Namn"), required_text=_("Skriv namnet."), max_length=200)
    custody = choice(label=_("Vårdnad"), choices=Custody.choices)
    may_be_told = YesNo(
        label=_("Kan vårdnadshavaren informeras utan fara för barnet?"),
        help_text=_("Vårdnadshavarens insyn beror på barnets ålder och mognad (12 kap. 3 § OSL)."),
    )
    note = Text(label=_("Att tänka på"), required=False, max_length=1000, rows=3)

    field_order = ("name", "custody", "may_be_told", "note", "starts_on", "ends_on")


class RepresentativeForm(FromToForm):
    """Somebody who represents the person."""

    kind = choice(label=_("Slag"), choices=RepresentativeKind.choices)
    name = Text(label=_("Namn"), required_text=_("Skriv namnet."), max_length=200)
    extent = Text(
        label=_("Uppdragets omfattning"),
        help_text=_("Så som det står i förordnandet."),
        required=False,
        max_length=1000,
        rows=3,
    )

    field_order = ("kind", "name", "extent", "starts_on", "ends_on")


class RelationForm(RowForm):
    """Somebody near the client."""

    kind = choice(label=_("Relation"), choices=RelationKind.choices)
    name = Text(
        label=_("Namn"),
        help_text=_("Det namn som behövs i arbetet; förnamnet räcker ofta."),
        required_text=_("Skriv namnet."),
        max_length=200,
    )
    birth_date = Day(label=_("Födelsedatum"), help_text=_("Viktigast för barn."), required=False)
    role = Text(label=_("Roll i ärendet"), required=False, max_length=1000, rows=3)
    is_threatened = YesNo(label=_("Berörs hen av hotet?"))

    def clean_birth_date(self) -> date | None:
        born: date | None = self.cleaned_data["birth_date"]
        not_after(born, self.today)
        return born


class TieForm(RowForm):
    """Somebody in the client's network, by a free label."""

    label = Text(
        label=_("Benämning"),
        help_text=_(
            "Ett fritt ord som går att förstå i ärendet, till exempel ”den äldre bekanta”. Inget nummer."
        ),
        required_text=_("Skriv en benämning."),
        max_length=200,
    )
    role = Text(label=_("Roll i nätverket"), required=False, max_length=500, rows=2)
    threat = choice(label=_("Betydelse för hotet"), choices=Threat.choices)
    note = Text(label=_("Att tänka på"), required=False, max_length=1000, rows=3)

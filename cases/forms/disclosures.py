"""Forms that write down what somebody asks for, and what is decided about it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from cases.forms.fields import Choices, Day, RowForm, Text, YesNo, choice, choices, not_after
from cases.queries.choices import (
    GIVING,
    RECIPIENTS,
    Answer,
    Initiative,
    Matter,
    Verification,
    Way,
)


class AskForm(RowForm):
    """Who asks for what, or what we mean to share with whom. Nothing is given by it."""

    initiative = choice(label=_("Vem tog initiativet?"), choices=Initiative.choices)
    receiver = choice(label=_("Vem frågar, eller ska få veta?"), choices=RECIPIENTS, radio=False)
    receiver_name = Text(
        label=_("Namn och tjänsteställe"),
        help_text=_("Skriv inte upp numret som uppges; ring tillbaka via myndighetens växel."),
        required_text=_("Skriv vem det är och varifrån."),
        max_length=300,
    )
    received_on = Day(label=_("Dag"), required_text=_("Ange dagen."))
    matter = choice(label=_("Vad gäller det?"), choices=Matter.choices)
    what = Text(
        label=_("Vilka uppgifter?"),
        required_text=_("Skriv vilka uppgifter det gäller."),
        max_length=2000,
        rows=4,
    )
    aim = Text(label=_("Varför behövs de?"), required_text=_("Skriv varför."), max_length=1000, rows=3)

    def clean_received_on(self) -> date:
        day: date = self.cleaned_data["received_on"]
        not_after(day, self.today)
        return day


class Ground(forms.ChoiceField):
    """A consent or a provision; what is cleaned is the row."""

    needed_later = True

    def __init__(self, **kwargs: Any) -> None:
        self.rows: dict[str, Any] = {}
        super().__init__(required=False, widget=forms.RadioSelect, **kwargs)

    def offer(self, rows: Iterable[tuple[Any, str]]) -> None:
        """Offer rows with what they are called."""
        found = list(rows)
        self.rows = {str(row.pk): row for row, _text in found}
        self.choices = [(str(row.pk), text) for row, text in found]

    def clean(self, value: Any) -> Any:
        return self.rows.get(super().clean(value))


class DecideForm(RowForm):
    """What is decided. It begins with nothing being given."""

    verification = choice(
        label=_("Hur vet vi vem det är?"),
        choices=Verification.choices,
        help_text=_("Slå upp växelns nummer själv."),
    )
    verified_how = Text(
        label=_("Hur kontrollerades det?"),
        help_text=_("Nummer som ringdes, vem som svarade, vilket kort som visades."),
        required=False,
        max_length=500,
    )
    ground = Ground(
        label=_("Vilken grund prövas?"),
        help_text=_("Ett samtycke som gäller, eller ett lagrum. Avslås begäran behöver inget väljas."),
    )
    special_reasons = YesNo(label=_("Finns det synnerliga skäl mot att lämna kontaktuppgiften?"))
    balance = Text(
        label=_("Avvägning"),
        help_text=_("Vad talar för, vad talar emot, och vilken skada kan det bli för den enskilde?"),
        required=False,
        max_length=4000,
        rows=6,
    )
    answer = choice(label=_("Beslut"), choices=Answer.choices)
    sent_text = Text(
        label=_("Exakt vad lämnas?"),
        help_text=_("Ord för ord det som sägs eller skrivs. Inget mer än så lämnas."),
        required=False,
        max_length=8000,
        rows=5,
    )
    documents = choices(label=_("Handlingar som lämnas"), choices=())
    notes = choices(label=_("Anteckningar som lämnas"), choices=())
    sent_on = Day(label=_("Lämnas den"), required=False)
    sent_how = choice(label=_("Hur?"), choices=Way.choices, required=False)
    appeal = Text(
        label=_("Hur beslutet överklagas"),
        help_text=_("Följer med ett avslag. Texten ska bekräftas av jurist innan den används."),
        required=False,
        max_length=2000,
        rows=4,
    )

    def __init__(
        self,
        *args: Any,
        grounds: list[tuple[Any, str]],
        documents: list[tuple[str, str]],
        notes: list[tuple[str, str]],
        has_contact_duty: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        ground = self.fields["ground"]
        assert isinstance(ground, Ground)
        ground.offer(grounds)
        for name, offered in (("documents", documents), ("notes", notes)):
            field = self.fields[name]
            assert isinstance(field, Choices)
            field.choices = offered
            if not offered:
                del self.fields[name]
        if not has_contact_duty:
            del self.fields["special_reasons"]
        for name in set(self.fields) - {"documents", "notes"}:
            # What may be missing depends on the decision; "frivilligt" beside it would mislead.
            self.fields[name].needed_later = True  # type: ignore[attr-defined]

    def sections(self) -> list[tuple[Any, list[BoundField]]]:
        """The fields under the four questions that they answer, in the order in which they are asked."""
        asked = [
            (_("Vem är det?"), ("verification", "verified_how")),
            (_("Får det lämnas?"), ("ground", "special_reasons", "balance")),
            (_("Vad beslutas?"), ("answer", "appeal")),
            (_("Om något lämnas"), ("sent_text", "documents", "notes", "sent_on", "sent_how")),
        ]
        return [(title, [self[name] for name in names if name in self.fields]) for title, names in asked]

    def clean_sent_on(self) -> date | None:
        day: date | None = self.cleaned_data["sent_on"]
        not_after(day, self.today)
        return day

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        answer = values.get("answer")
        if answer in {*GIVING, Answer.NONE} and "balance" in values and not values["balance"]:
            self.add_error("balance", _("Skriv avvägningen."))
        if answer not in GIVING:
            return values
        needed = {
            "ground": _("Välj det samtycke eller lagrum som uppgifterna lämnas på."),
            "verified_how": _("Skriv hur det kontrollerades vem det är."),
            "sent_on": _("Ange dagen då uppgifterna lämnas."),
            "sent_how": _("Välj hur de lämnas."),
        }
        for name, sentence in needed.items():
            if name in values and not values[name]:
                self.add_error(name, sentence)
        chosen = values.get("documents") or values.get("notes")
        if "sent_text" in values and not values["sent_text"] and not chosen:
            self.add_error(
                "sent_text", _("Skriv exakt vad som lämnas, eller välj handlingar eller anteckningar.")
            )
        return values

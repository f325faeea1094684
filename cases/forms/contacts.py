"""Forms that write a letter and note a contact. A way is always chosen; the rule about it is not the form's."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cases.forms.fields import Day, RowForm, Text, choice, not_after
from cases.queries.choices import ContactKind, ContactResult
from cases.queries.rows import ContactChannel
from cases.safe_contact import telling_word


class WayForm(RowForm):
    """Which way, and why when it is not known to be safe. `ways` are those to choose among, each with its words."""

    channel = choice(label=_("Kontaktväg"), choices=[])
    reason = Text(
        label=_("Varför måste vägen användas ändå?"),
        help_text=_("Bara när det inte är känt om den är säker."),
        required=False,
        max_length=1000,
        rows=2,
    )

    def __init__(self, *args: Any, ways: list[tuple[ContactChannel, str]], **kwargs: Any) -> None:
        self.ways = {str(way.pk): way for way, _words in ways}
        super().__init__(*args, **kwargs)
        field = self.fields["channel"]
        field.choices = [(str(way.pk), words) for way, words in ways]  # type: ignore[attr-defined]
        if all(way.is_safe is not None for way, _words in ways):
            del self.fields["reason"]

    def values(self) -> dict[str, Any]:
        """The answers under the names that actions use; no reason where none can be needed."""
        return {"reason": "", **super().values()}

    def clean_channel(self) -> ContactChannel:
        return self.ways[self.cleaned_data["channel"]]


class LetterForm(WayForm):
    """A letter to be printed. Neither sender nor envelope may tell what the programme is."""

    recipient = Text(
        label=_("Mottagare"), required_text=_("Skriv namnet som ska stå på kuvertet."), max_length=200
    )
    sender = Text(
        label=_("Avsändare"),
        help_text=_("Syns genom kuvertets fönster och på brevet. Skriv inget som säger vad verksamheten är."),
        required_text=_("Skriv en neutral avsändare, till exempel kommunens namn och adress."),
        max_length=300,
        rows=3,
    )
    text = Text(label=_("Brevet"), required_text=_("Skriv brevet."), max_length=20000, rows=12)

    field_order = ("channel", "reason", "recipient", "sender", "text")

    def clean_sender(self) -> str:
        sender: str = self.cleaned_data["sender"]
        word = telling_word(sender)
        if word:
            raise ValidationError(
                _("Avsändaren innehåller ”%(word)s”, som säger vad verksamheten är. Skriv den neutralt."),
                params={"word": word},
            )
        return sender


class ContactForm(WayForm):
    """A call, message or visit that has taken place."""

    kind = choice(
        label=_("Slag av kontakt"),
        choices=[(code.value, code.label) for code in ContactKind if code != ContactKind.LETTER],
    )
    on = Day(label=_("Dag"), required_text=_("Ange dagen."))
    result = choice(label=_("Hur gick det?"), choices=ContactResult.choices)
    text = Text(
        label=_("Vad sades?"),
        help_text=_("Det viktigaste. Det som hör till utredningen skrivs som anteckning."),
        required=False,
        max_length=4000,
        rows=4,
    )

    field_order = ("channel", "reason", "kind", "on", "result", "text")

    def clean_on(self) -> date:
        day: date = self.cleaned_data["on"]
        not_after(day, self.today)
        return day

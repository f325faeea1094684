"""The forms of an emergency access: taking one, and saying what one makes of it."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms.fields import Text, choice
from cases.queries.choices import EmergencyReason, EmergencyVerdict


class EmergencyForm(forms.Form):
    """Which case, and why it cannot wait."""

    number = Text(
        label=_("Ärendenummer"),
        help_text=_(
            "Det står i det du har fått i handen, till exempel 26-7KQ4M. Det går inte att söka efter namn."
        ),
        required_text=_("Skriv ärendets nummer."),
        max_length=16,
    )
    reason = choice(label=_("Varför kan det inte vänta?"), choices=EmergencyReason.choices)
    text = Text(
        label=_("Vad har hänt?"),
        help_text=_("Den som granskar läser det. Skriv vad som gör att du behöver läsa nu."),
        required_text=_("Skriv vad som har hänt."),
        max_length=1000,
        rows=4,
    )

    def clean_number(self) -> str:
        return str(self.cleaned_data["number"]).strip().upper()


class ReviewForm(forms.Form):
    """What the reviewer found."""

    verdict = choice(label=_("Var den befogad?"), choices=EmergencyVerdict.choices)
    comment = Text(
        label=_("Kommentar"),
        help_text=_("Om den inte var befogad: vad som görs med anledning av det."),
        required=False,
        max_length=1000,
        rows=4,
    )

    def clean(self) -> None:
        if self.cleaned_data.get("verdict") == EmergencyVerdict.NOT_JUSTIFIED and not self.cleaned_data.get(
            "comment"
        ):
            self.add_error("comment", _("Skriv vad som görs när den inte var befogad."))

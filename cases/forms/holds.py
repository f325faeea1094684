"""The form that puts a hold on a file."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cases.forms.fields import RowForm, Text, choice
from cases.queries.choices import HoldGround


class HoldForm(RowForm):
    """Why the file must stay."""

    ground = choice(label=_("Varför ska ärendet bevaras?"), choices=HoldGround.choices)
    text = Text(
        label=_("Kommentar"),
        help_text=_("Vad som pågår och när det kan tas upp igen."),
        required=False,
        max_length=1000,
        rows=3,
    )

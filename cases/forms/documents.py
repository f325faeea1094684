"""The form that brings a document in. Its file has come sealed when the form is read (`avhopp.files.uploads`)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from avhopp.files.kinds import KINDS
from avhopp.files.sealing import Reason, Sealed
from avhopp.files.uploads import SealedUpload
from cases.forms.fields import Day, RowForm, Text, choice, not_after
from cases.queries.choices import Direction

FILE = "file"
MEGABYTES = settings.DOCUMENT_MAX_BYTES // 1024 // 1024
SENTENCES = {
    Reason.EMPTY: _("Filen är tom. Kontrollera att den går att öppna hos dig och välj den igen."),
    Reason.TOO_LARGE: format_lazy(
        _(
            "Filen är för stor. Den får vara högst {megabytes} MB. Dela den, eller skanna med lägre upplösning."
        ),
        megabytes=MEGABYTES,
    ),
    Reason.KIND: _("Filen är av ett slag som inte tas emot. Spara den som PDF och välj den nya filen."),
    Reason.MACROS: _(
        "Filen innehåller makron, alltså ett program. Spara den som PDF och välj den nya filen."
    ),
}


class SealedFile(forms.FileField):
    """A file that has come sealed, or why it was not taken."""

    needed_later = False

    def to_python(self, data: Any) -> Any:
        if data in self.empty_values:
            return None
        assert isinstance(data, SealedUpload)
        if isinstance(data.content, Reason):
            raise ValidationError(SENTENCES[data.content])
        return data


class DocumentForm(RowForm):
    """What a document is, where it comes from, and its file."""

    file = SealedFile(
        label=_("Fil"),
        help_text=format_lazy(
            _(
                "PDF, Word, Excel, OpenDocument, bild eller text, högst {megabytes} MB."
                " Filen krypteras medan den tas emot."
            ),
            megabytes=MEGABYTES,
        ),
        error_messages={"required": _("Välj den fil som ska läggas in.")},
        widget=forms.FileInput(
            attrs={"accept": ",".join(f".{code}" for code in [*KINDS, "jpeg", "tif", "heif"])}
        ),
    )
    title = Text(
        label=_("Vad är det för handling?"),
        help_text=_("Kort, så att en kollega förstår utan att öppna filen."),
        required_text=_("Skriv kort vad det är för handling."),
        max_length=200,
    )
    direction = choice(label=_("Slag"), choices=Direction.choices)
    dated_on = Day(
        label=_("Datum"),
        help_text=_("Dagen då den kom in, skickades eller upprättades."),
        required_text=_("Ange dagen då den kom in, skickades eller upprättades."),
    )
    counterpart = Text(
        label=_("Från eller till vem?"),
        help_text=_("Myndighet eller person. Behövs inte för det som har upprättats här."),
        required=False,
        max_length=200,
    )
    secrecy = Text(
        label=_("Att tänka på innan den lämnas ut"),
        help_text=_("Till exempel en adress eller en uppgiftslämnare som inte får röjas."),
        required=False,
        max_length=500,
        rows=3,
    )

    def clean_dated_on(self) -> date:
        day: date = self.cleaned_data["dated_on"]
        not_after(day, self.today)
        return day

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        is_own = values.get("direction") == Direction.OWN
        if values.get("direction") and not is_own and "counterpart" in values and not values["counterpart"]:
            self.add_error("counterpart", _("Skriv vem den kommer från eller går till."))
        if self.errors and values.get(FILE):
            # No browser sends a chosen file again by itself.
            self.add_error(
                FILE, _("Välj filen igen. Den sparades inte, eftersom något annat behöver rättas.")
            )
        return values

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in super().values().items() if name != FILE}

    @property
    def sealed(self) -> Sealed:
        """The file."""
        content = self.cleaned_data[FILE].content
        assert isinstance(content, Sealed)
        return content

    @property
    def file_name(self) -> str:
        """What the file was called by whoever sent it, without what cannot be shown."""
        name: str = self.cleaned_data[FILE].name
        return "".join(sign for sign in name if sign.isprintable())

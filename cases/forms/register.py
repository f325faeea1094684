"""One row of a unit's register, checked by the same rules as the form that opens a case."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy as _

from cases import register
from cases.forms.cases import TRACK, CaseForm
from cases.forms.fields import Day, SentOnce, Text, not_after
from cases.forms.people import NewPersonForm
from cases.queries.choices import IdentityKind, LegalSex, Protection, Source
from cases.queries.rows import User
from cases.workflow import TRACK_NAMES, Track

WORDS: dict[str, dict[str, str]] = {
    "track": {
        **{str(name).casefold(): track.value for track, name in TRACK_NAMES.items()},
        "avhopp": Track.EXIT.value,
        "avhoppare": Track.EXIT.value,
        "förebyggande": Track.PREVENTION.value,
        "sekundär": Track.SECONDARY.value,
        "medföljande": Track.SECONDARY.value,
    },
    "legal_sex": {"k": LegalSex.WOMAN.value, "m": LegalSex.MAN.value, "": LegalSex.UNKNOWN.value},
    "protection": {
        "": Protection.NONE.value,
        "nej": Protection.NONE.value,
        "sekretess": Protection.MARKED.value,
    },
    "source": {},
}
CHOICES: dict[str, Any] = {"legal_sex": LegalSex, "protection": Protection, "source": Source}


class RegisterRowForm(NewPersonForm, CaseForm):
    """Everything that a case of the register needs; `people` are the unit's workers by name and address."""

    track = TRACK
    opened_on = Day(label=_("Öppnat"), required=False)
    responsible = Text(
        label=_("Ansvarig handläggare"), max_length=200, required_text=_("Skriv vem som är ansvarig.")
    )

    def __init__(self, row: Mapping[str, str], *, people: Mapping[str, User], today: date) -> None:
        self.people = people
        super().__init__(_as_sent(row), today=today)

    def clean_opened_on(self) -> date | None:
        opened: date | None = self.cleaned_data["opened_on"]
        not_after(opened, self.today)
        return opened

    def clean_responsible(self) -> User:
        typed = self.cleaned_data["responsible"].casefold()
        if typed not in self.people:
            raise ValidationError(
                _("Ingen handläggare i enheten heter så. Skriv namnet eller e-postadressen.")
            )
        return self.people[typed]

    def sentences(self) -> list[str]:
        """The faults of the row, each with its column."""
        return [
            f"{self.fields[name].label}: {error}" if name in self.fields else str(error)
            for name, errors in self.errors.items()
            for error in errors
        ]


class UploadForm(SentOnce):
    """The file."""

    file = forms.FileField(
        label=_("Registret"),
        help_text=_(
            "CSV eller XLSX, högst 10 000 rader. Filen sparas förseglad och töms när inläsningen är klar."
        ),
        error_messages={"required": _("Välj en fil."), "empty": _("Filen är tom.")},
    )

    def clean_file(self) -> list[dict[str, str]]:
        sent = self.cleaned_data["file"]
        if sent.size > register.MOST_BYTES:
            raise ValidationError(_("Filen är större än 10 MB. Dela den."))
        try:
            return register.rows(sent.read())
        except register.CannotRead as error:
            raise ValidationError(translated(str(error))) from None


def _as_sent(row: Mapping[str, str]) -> dict[str, str]:
    sent = dict(row)
    for name in ("birth_date", "opened_on"):
        sent[name] = register.day(row.get(name, ""))
    for name, words in WORDS.items():
        typed = row.get(name, "").casefold()
        labels = {str(code.label).casefold(): code.value for code in CHOICES.get(name, ())}
        sent[name] = words.get(typed) or labels.get(typed) or row.get(name, "")
    sent["identity_kind"] = _kind(row.get("identity_number", ""))
    return sent


def _kind(number: str) -> str:
    digits = "".join(char for char in number if char.isdigit())
    if not number.strip():
        return IdentityKind.UNKNOWN.value
    if len(digits) < 10:
        return IdentityKind.INTERIM.value
    return (IdentityKind.SAMORDNINGSNUMMER if int(digits[-6:-4]) > 60 else IdentityKind.PERSONNUMMER).value

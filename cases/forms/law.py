"""How a provision is written where it is chosen, and the forms that give it and the deadlines new wordings."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy as _

from cases.catalogue.deadline_rules import EXTENSION_NAMES, UNIT_NAMES, Extension, Unit
from cases.catalogue.legal_bases import USE_NAMES, Use
from cases.forms.fields import Day, SentOnce, Text, choice
from cases.queries.rows import DeadlineRule, LegalBasis


def law_text(row: LegalBasis) -> str:
    """A provision as a choice: what is uncertain says so, and what only the committee decides."""
    marks = []
    if row.needs_committee:
        marks.append(translated("beslutas av utskottet"))
    if row.is_uncertain:
        marks.append(translated("ska bekräftas av jurist"))
    name = f"{row.place}: {row.title}"
    return f"{name} ({', '.join(marks)})" if marks else name


class WordingForm(SentOnce):
    """A wording of a provision that exists, from a day."""

    place = Text(label=_("Lagrum"), max_length=100, required_text=_("Skriv lagrummet som det citeras."))
    title = Text(label=_("Vad det gäller"), max_length=200, required_text=_("Skriv kort vad det gäller."))
    note = Text(
        label=_("Att tänka på"),
        help_text=_("Visas för den som väljer lagrummet."),
        required=False,
        max_length=500,
        rows=3,
    )
    needs_committee = forms.BooleanField(label=_("Bara utskottet beslutar enligt lagrummet"), required=False)
    is_uncertain = forms.BooleanField(label=_("Lydelsen ska bekräftas av jurist"), required=False)
    valid_from = Day(
        label=_("Gäller från"),
        help_text=_("Den tidigare lydelsen upphör dagen före."),
        required_text=_("Ange från vilken dag."),
    )

    def __init__(self, *args: Any, row: LegalBasis | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if row is not None:
            self.initial = _shown(self, row)

    def values(self) -> dict[str, Any]:
        """The answers under the names of the row's columns."""
        return {name: value for name, value in self.cleaned_data.items() if name != "key"}


class DeadlineWordingForm(SentOnce):
    """A wording of a deadline that exists, from a day; one that a row gives its day has no length."""

    name = Text(label=_("Vad som ska göras"), max_length=100, required_text=_("Skriv vad som ska göras."))
    unit = choice(
        label=_("Räknas i"),
        choices=[(unit.value, _(UNIT_NAMES[unit])) for unit in Unit if unit != Unit.GIVEN],
    )
    length = forms.IntegerField(
        label=_("Antal"),
        help_text=_("Dagar eller månader. Noll om det ska göras genast."),
        min_value=0,
        max_value=999,
        error_messages={"required": _("Skriv hur många."), "invalid": _("Skriv ett heltal.")},
    )
    legal_basis = choice(label=_("Lagrum"), choices=[], required=False, radio=False)
    extension = choice(
        label=_("Vad krävs för längre tid?"),
        choices=[(each.value, _(EXTENSION_NAMES[each])) for each in Extension],
    )
    moves = forms.BooleanField(label=_("Sista dagen flyttas från helg till nästa vardag"), required=False)
    warn_days = forms.IntegerField(
        label=_("Hur många dagar i förväg ska den visas?"),
        min_value=0,
        max_value=365,
        error_messages={"required": _("Skriv hur många dagar."), "invalid": _("Skriv ett heltal.")},
    )
    is_uncertain = forms.BooleanField(label=_("Lydelsen ska bekräftas av jurist"), required=False)
    valid_from = Day(
        label=_("Gäller från"),
        help_text=_("Frister som redan löper räknas som förut; nya räknas från den dagen på det nya sättet."),
        required_text=_("Ange från vilken dag."),
    )

    def __init__(self, *args: Any, row: DeadlineRule, law: dict[str, LegalBasis], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = _shown(self, row)
        field = self.fields["legal_basis"]
        assert isinstance(field, forms.ChoiceField)
        named = sorted((str(provision), code) for code, provision in law.items())
        field.choices = [("", translated("Verksamhetens egen")), *((code, name) for name, code in named)]
        if row.unit == Unit.GIVEN:
            del self.fields["unit"], self.fields["length"]

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if "unit" in values and "length" in values:
            is_at_once = values["unit"] == Unit.AT_ONCE
            if is_at_once != (values["length"] == 0):
                self.add_error("length", _("Genast är noll; dagar och månader är minst en."))
        return values

    def values(self) -> dict[str, Any]:
        """The answers under the names of the row's columns."""
        return {name: value for name, value in self.cleaned_data.items() if name != "key"}


class ProvisionForm(WordingForm):
    """A provision that the catalogue does not have."""

    use = choice(label=_("Vad används det för?"), choices=[(use.value, _(USE_NAMES[use])) for use in Use])
    field_order = ("use",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["valid_from"].help_text = ""


class LastDayForm(forms.Form):
    """When a provision is in force for the last time."""

    on = Day(label=_("Sista dag"), required_text=_("Ange sista dagen."))


class ConfirmForm(forms.Form):
    """Nothing but the button."""


def _shown(form: forms.Form, row: LegalBasis | DeadlineRule) -> dict[str, Any]:
    """The present wording, as what the new one begins with; its first day is asked for."""
    return {name: getattr(row, name) for name in form.fields if name not in {"key", "valid_from"}}

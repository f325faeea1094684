"""The follow-up's forms: they check shape and say what to do. What may be done is decided by the verbs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from followup.periods import Every, is_code
from followup.queries.choices import MeasureState, Plan
from followup.report.words import cell_name, kind_of_cell, period_name

Cell = tuple[tuple[str, str], ...]
MOST_BYTES = 1_000_000


def written(
    *, label: Any, longest: int, rows: int = 0, required: bool = True, help_text: Any = ""
) -> forms.CharField:
    """One line, or a text of several."""
    return forms.CharField(
        label=label,
        max_length=longest,
        required=required,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows})
        if rows
        else forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": _("Fyll i fältet."),
            "max_length": _("Texten är för lång. Korta den till högst %(limit_value)s tecken."),
        },
    )


def chosen(
    *, label: Any, choices: Iterable[tuple[str, Any]] = (), is_list: bool = False, help_text: Any = ""
) -> Any:
    """One of several."""
    return forms.ChoiceField(
        label=label,
        choices=list(choices),
        help_text=help_text,
        widget=forms.Select if is_list else forms.RadioSelect,
        error_messages={"required": _("Välj ett av alternativen.")},
    )


class ProposalForm(forms.Form):
    """Which plan, and the state at the end of which half-year."""

    plan = chosen(label=_("Hur utförligt?"))
    period = chosen(label=_("Läget vid slutet av"), is_list=True)

    def __init__(self, *args: Any, plans: Sequence[Plan], periods: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.plans = {str(plan.pk): plan for plan in plans}
        self._choose("plan", [(key, _plan_words(plan)) for key, plan in self.plans.items()])
        self._choose("period", [(code, period_name(code)) for code in reversed(periods)])

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        plan = self.plans.get(cleaned.get("plan", ""))
        period = cleaned.get("period", "")
        if plan and period and plan.every == Every.YEAR and not period.endswith("H2"):
            self.add_error("period", gettext("Planen redovisas vid årets slut. Välj ett andra halvår."))
        return {**cleaned, "plan": plan}


def _plan_words(plan: Plan) -> str:
    return f"{gettext(plan.name)}. {gettext(plan.explanation)}"


class DecisionForm(forms.Form):
    """Approve what was seen, or return it with a reason."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
    comment = written(
        label=_("Kommentar"), longest=1000, rows=3, required=False, help_text=_("Behövs om du återlämnar.")
    )


class KnownForm(forms.Form):
    """A figure that readers know already."""

    period = chosen(label=_("Vid slutet av"), is_list=True)
    cell = chosen(label=_("Vilket antal?"), is_list=True)
    low = forms.IntegerField(label=_("Minst"), min_value=0, max_value=9_999_999)
    high = forms.IntegerField(
        label=_("Högst"), min_value=0, max_value=9_999_999, help_text=_("Samma tal i båda om det är exakt.")
    )
    source = written(
        label=_("Var står uppgiften?"),
        longest=200,
        help_text=_("Till exempel ett protokoll eller en artikel."),
    )

    def __init__(self, *args: Any, periods: Sequence[str], cells: Sequence[Cell], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [
            (json.dumps(cell, ensure_ascii=False), f"{cell_name(cell)} ({kind_of_cell(cell)})")
            for cell in cells
        ]
        for field, choices in (
            ("period", [(code, period_name(code)) for code in reversed(periods)]),
            ("cell", names),
        ):
            listed = self.fields[field]
            assert isinstance(listed, forms.ChoiceField)
            listed.choices = choices

    def clean_cell(self) -> Cell:
        return tuple((str(name), str(value)) for name, value in json.loads(self.cleaned_data["cell"]))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if "low" in cleaned and "high" in cleaned and cleaned["high"] < cleaned["low"]:
            self.add_error("high", gettext("Högst kan inte vara mindre än minst."))
        return cleaned


class FigureForm(forms.Form):
    """One figure from outside."""

    indicator = chosen(label=_("Indikator"), is_list=True)
    period = written(label=_("Period"), longest=6, help_text=_("2025H1 för ett halvår, 2025 för ett år."))
    value = forms.DecimalField(
        label=_("Värde"), max_digits=14, decimal_places=2, localize=True, help_text=_("Högst två decimaler.")
    )
    source = written(label=_("Källa"), longest=200, help_text=_("Den som äger uppgiften."))
    comment = written(label=_("Kommentar"), longest=500, required=False)
    is_public = forms.BooleanField(label=_("Den som äger uppgiften har publicerat den"), required=False)

    def __init__(self, *args: Any, indicators: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.indicators = {str(indicator.pk): indicator for indicator in indicators}
        listed = self.fields["indicator"]
        assert isinstance(listed, forms.ChoiceField)
        listed.choices = [(key, f"{i.name} ({i.unit})") for key, i in self.indicators.items()]

    def clean_indicator(self) -> Any:
        return self.indicators[self.cleaned_data["indicator"]]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        indicator, period = cleaned.get("indicator"), cleaned.get("period", "")
        if indicator and period and not is_code(period, every=Every(indicator.every)):
            self.add_error(
                "period",
                gettext("Skriv 2025H1 för ett halvår eller 2025 för ett år, så som indikatorn följs."),
            )
        return cleaned


Sent = TypeVar("Sent", bound=forms.Form)


def sent(kind: type[Sent], request: HttpRequest) -> Sent:
    """The form as it was sent, files and all, or an empty one."""
    return kind(request.POST, request.FILES) if request.method == "POST" else kind()


class FileForm(forms.Form):
    """A file that is read and not kept."""

    file = forms.FileField(label=_("Fil"), error_messages={"required": _("Välj en fil.")})

    def clean_file(self) -> bytes:
        """Give the bytes; the file is never written to disk by us."""
        found = self.cleaned_data["file"]
        if found.size > MOST_BYTES:
            raise ValidationError(gettext("Filen är för stor för att vara av det slaget."))
        self.name = str(found.name)
        data: bytes = found.read()
        return data


class FiguresFileForm(FileForm):
    """A file of figures."""

    is_public = forms.BooleanField(label=_("De som äger uppgifterna har publicerat dem"), required=False)


class IndicatorForm(forms.Form):
    """What is said of an indicator."""

    name = written(label=_("Namn"), longest=120)
    definition = written(label=_("Definition"), longest=4000, rows=4)
    unit = written(label=_("Enhet"), longest=40)
    source = written(label=_("Källa"), longest=200)
    target = written(label=_("Mål"), longest=200, required=False)
    responsible = written(
        label=_("Ansvarig"), longest=120, required=False, help_text=_("En funktion, inte ett namn.")
    )
    comment = written(label=_("Kommentar"), longest=4000, rows=3, required=False)


class MeasureForm(forms.Form):
    """One measure."""

    text = written(label=_("Åtgärd"), longest=4000, rows=3)
    responsible = written(
        label=_("Ansvarig"), longest=120, required=False, help_text=_("En funktion, inte ett namn.")
    )
    state = chosen(label=_("Läge"), choices=MeasureState.choices)


class NarrativeForm(forms.Form):
    """What is said in words of an area and a period."""

    period = chosen(label=_("Period"), is_list=True)
    text = written(
        label=_("Vad vill du säga om området?"),
        longest=4000,
        rows=6,
        help_text=_("Skriv så att ingen enskild kan kännas igen. Texten läses av alla parter."),
    )

    def __init__(self, *args: Any, periods: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = self.fields["period"]
        assert isinstance(listed, forms.ChoiceField)
        listed.choices = [(code, period_name(code)) for code in reversed(periods)]


class NeighbourForm(forms.Form):
    """A municipality, and the key that it signs with."""

    name = written(label=_("Kommun"), longest=120)
    public = written(
        label=_("Offentlig nyckel"),
        longest=300,
        rows=2,
        help_text=_("Be en person du känner i kommunen läsa upp den, eller få den på papper."),
    )

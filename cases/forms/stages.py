"""Forms that ask for a stage and decide about the asking."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy as _

from cases.forms.fields import Text, choice
from cases.queries.rows import StageRule
from cases.workflow import CLOSURE_REASONS, Stage, Target, target_name


class ChooseStageForm(forms.Form):
    """Where the case should go."""

    to_stage = choice(label=_("Vilket skede ska ärendet gå till?"), choices=[])

    def __init__(self, *args: Any, targets: tuple[Target, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["to_stage"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(target.value, translated(target_name(target))) for target in targets]


class StageRequestForm(forms.Form):
    """The checklist of the chosen stage, and the reasons."""

    ticked = forms.MultipleChoiceField(
        label=_("Checklista"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Går en rad inte att göra: skriv varför i motiveringen och bocka av den."),
    )
    closure_reason = choice(
        label=_("Varför avslutas ärendet?"),
        choices=[(code, _(text)) for code, text in CLOSURE_REASONS.items()],
        radio=False,
    )
    reason = Text(
        label=_("Motivering"),
        help_text=_("Det som den som godkänner behöver veta."),
        required_text=_("Skriv varför ärendet ska gå vidare."),
        max_length=4000,
        rows=7,
    )

    def __init__(self, *args: Any, rule: StageRule, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        items = rule.items
        ticked = self.fields["ticked"]
        assert isinstance(ticked, forms.MultipleChoiceField)
        ticked.choices = [(item.code, translated(item.text)) for item in items]
        # Not optional for the person; which lines are missing is for the action to say.
        self.fields["ticked"].required = bool(items)
        self.fields["ticked"].error_messages["required"] = _("Bocka av varje rad som är gjord.")
        if not items:
            del self.fields["ticked"]
        if rule.leads_to != Stage.CLOSED:
            del self.fields["closure_reason"]


class DecisionForm(forms.Form):
    """Approve or return; `seen` is the digest of what the page showed."""

    comment = Text(
        label=_("Kommentar"),
        help_text=_("Krävs om du återlämnar: vad ska kompletteras?"),
        required=False,
        max_length=4000,
        rows=4,
    )
    seen = forms.CharField(widget=forms.HiddenInput)

    def clean_seen(self) -> bytes:
        try:
            return bytes.fromhex(self.cleaned_data["seen"])
        except ValueError:
            raise ValidationError(_("Öppna begäran på nytt.")) from None

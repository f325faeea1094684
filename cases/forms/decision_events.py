"""The forms of what comes after a decision: another decision that follows it, and what has happened with it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms.fields import Day, RowForm, SentOnce, Text, YesNo, choice, not_after
from cases.queries.choices import AppealOutcome, EventKind, Following, NotifiedBy


class FollowDecisionForm(SentOnce):
    """What is to be done with a signed decision."""

    following = choice(label=_("Vad ska göras?"), choices=Following.choices)

    def __init__(self, *args: Any, may_end: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_end:
            field = self.fields["following"]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [(code, label) for code, label in Following.choices if code != Following.ENDING]


class ChooseEventForm(forms.Form):
    """What has happened with a decision."""

    vad = choice(label=_("Vad har hänt?"), choices=[])

    def __init__(self, *args: Any, kinds: list[EventKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["vad"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(kind.value, str(kind.label)) for kind in kinds]


class DecisionEventForm(RowForm):
    """When it happened, and what else its kind asks for."""

    happened_on = Day(label=_("Datum"), required_text=_("Ange dagen."))
    way = choice(label=_("Hur?"), choices=NotifiedBy.choices)
    has_appeal_text = YesNo(label=_("Fick den enskilde veta hur beslutet överklagas?"))
    outcome = choice(label=_("Utfall"), choices=AppealOutcome.choices)
    text = Text(label=_("Kommentar"), required=False, max_length=2000, rows=3)

    def __init__(self, *args: Any, kind: EventKind, **kwargs: Any) -> None:
        self.kind = kind
        super().__init__(*args, **kwargs)
        if kind != EventKind.NOTIFIED:
            del self.fields["way"], self.fields["has_appeal_text"]
        if kind != EventKind.APPEAL_DECIDED:
            del self.fields["outcome"]
        if kind == EventKind.APPEALED:
            self.fields["happened_on"].label = _("Dag då överklagandet kom in")

    def clean_happened_on(self) -> date:
        day: date = self.cleaned_data["happened_on"]
        not_after(day, self.today)
        return day

    def values(self) -> dict[str, Any]:
        return {**super().values(), "kind": self.kind}

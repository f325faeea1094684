"""The form that gives a colleague access to a case."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.forms.fields import Day, Picked, choice
from cases.queries.choices import Basis
from cases.queries.rows import User


class AssignForm(forms.Form):
    """Who becomes responsible."""

    user = Picked(label=_("Ny ansvarig handläggare"), required_text=_("Välj vem som tar över."))

    def __init__(self, *args: Any, people: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["user"]
        assert isinstance(field, Picked)
        field.offer(people, text=lambda user: user.name)


class GiveAccessForm(forms.Form):
    """Whom, on which ground, until when."""

    user = choice(label=_("Vem ska få åtkomst?"), choices=[], radio=False)
    basis = choice(
        label=_("På vilken grund?"),
        help_text=_(
            "En ersättare kan godkänna skeden, om rollen är arbetsledare. Den som är i en mottagande enhet läser bara."
        ),
        choices=[(code.value, code.label) for code in (Basis.CO_WORKER, Basis.DEPUTY, Basis.RECEIVING)],
    )
    last_day = Day(
        label=_("Sista dag"),
        help_text=_("Lämna tomt för tills vidare. Åtkomsten upphör när dagen är slut."),
        required=False,
    )

    def __init__(self, *args: Any, people: list[User], **kwargs: Any) -> None:
        self.people = {str(user.pk): user for user in people}
        super().__init__(*args, **kwargs)
        field = self.fields["user"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Välj")), *((key, _named(user)) for key, user in self.people.items())]

    def clean_user(self) -> User:
        return self.people[self.cleaned_data["user"]]

    def expires_at(self) -> datetime | None:
        """The moment at which the last day is over, Stockholm time."""
        last: date | None = self.cleaned_data["last_day"]
        return timezone.make_aware(datetime.combine(last + timedelta(days=1), time())) if last else None


def _named(user: User) -> str:
    return f"{user.name}, {user.unit}" if user.unit else user.name

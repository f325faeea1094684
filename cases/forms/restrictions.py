"""The form that keeps a case to named people."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from cases.forms.fields import RowForm, Text, choice, choices
from cases.queries.choices import RestrictionGround
from cases.queries.rows import User


class RestrictionForm(RowForm):
    """Why, and who remains."""

    ground = choice(label=_("Varför?"), choices=RestrictionGround.choices)
    text = Text(
        label=_("Kommentar"),
        help_text=_("Bara det som behövs för att de som är kvar ska förstå skälet."),
        required=False,
        max_length=1000,
        rows=3,
    )
    named = choices(
        label=_("Vilka får se ärendet?"),
        choices=[],
        required_text=_("Välj ansvarig handläggare och minst en som leder ärendet."),
        help_text=_("Alla andra förlorar åtkomsten nu, även enhetens arbetsledare om de inte väljs här."),
    )

    def __init__(self, *args: Any, people: Iterable[User], **kwargs: Any) -> None:
        self.people = {str(user.pk): user for user in people}
        super().__init__(*args, **kwargs)
        self.fields["named"].choices = [  # type: ignore[attr-defined]
            (key, f"{user.name}, {_(user.role_name)}, {user.unit}") for key, user in self.people.items()
        ]

    def those_named(self) -> list[User]:
        """Those who remain."""
        return [self.people[key] for key in self.cleaned_data["named"]]

    def values(self) -> dict[str, Any]:
        """The answers without the people, whom the action takes by themselves."""
        return {name: value for name, value in super().values().items() if name in {"ground", "text"}}

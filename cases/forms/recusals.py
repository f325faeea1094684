"""The form of a recusal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from cases.forms.fields import Picked, RowForm, Text, choice
from cases.queries.choices import RecusalGround
from cases.queries.rows import User


class RecusalForm(RowForm):
    """Who, why, and who takes over. Somebody who does not lead the case is asked about herself alone."""

    user = Picked(label=_("Vem är jävig?"), required_text=_("Välj vem det gäller."))
    ground = choice(label=_("Varför?"), choices=RecusalGround.choices)
    text = Text(
        label=_("Kommentar"),
        help_text=_("Bara det som behövs för att andra ska förstå skälet."),
        required=False,
        max_length=1000,
        rows=3,
    )
    successor = Picked(
        label=_("Vem tar över?"),
        help_text=_("Behövs när kollegan är ansvarig handläggare eller ensam leder ärendet."),
    )

    def __init__(self, *args: Any, people: Iterable[User], others: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in (("user", people), ("successor", others)):
            field = self.fields[name]
            assert isinstance(field, Picked)
            field.offer(rows, text=lambda user: f"{user.name}, {_(user.role_name)}")

    def values(self) -> dict[str, Any]:
        """The answers without the people, whom the action takes by themselves."""
        return {name: value for name, value in super().values().items() if name in {"ground", "text"}}

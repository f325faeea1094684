"""The form of a colleague's tie."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from cases.forms.fields import Picked, RowForm, choice
from cases.forms.outside import TextOutside
from cases.queries.choices import TieKind
from cases.queries.rows import User


class StaffTieForm(RowForm):
    """Whom it is about, and what is known."""

    about = Picked(label=_("Vilken kollega?"), required_text=_("Välj vem det gäller."))
    kind = choice(label=_("Slag"), choices=TieKind.choices)
    text = TextOutside(
        label=_("Vad är känt?"),
        help_text=_("Skriv inget namn och inget nummer på en klient."),
        required_text=_("Skriv vad som är känt."),
        max_length=2000,
        rows=4,
    )
    measures = TextOutside(label=_("Vad gör enheten?"), required=False, max_length=2000, rows=3)

    def __init__(self, *args: Any, people: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["about"]
        assert isinstance(field, Picked)
        field.offer(people, text=lambda user: user.name)

    def values(self) -> dict[str, Any]:
        """The answers without the colleague, whom the action takes by herself."""
        return {name: value for name, value in super().values().items() if name != "about"}

"""The text field of every form that ends in a sealed field.

Text is checked before it reaches the sealed field: the form keeps what was typed, and an exception would not.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.translation import gettext_lazy as _

TOO_LONG = _("Texten är %(show_value)s tecken. Korta den till högst %(limit_value)s.")
NUL = _(
    "Texten innehåller ett osynligt tecken som inte går att spara. Det visas som �; ta bort det och försök igen."
)


class Text(forms.CharField):
    """One line, or a text with line breaks of one kind.

    `needed_later` keeps the word "frivilligt" from a field that may be empty now and not in the end.
    """

    needed_later = False

    def __init__(
        self, *, required_text: Any = None, rows: int = 0, tall: bool = False, **kwargs: Any
    ) -> None:
        if rows or tall:
            shape = {"class": "govuk-textarea--tall"} if tall else {}
            kwargs["widget"] = forms.Textarea(attrs={"rows": rows or 14, **shape})
        messages = {"max_length": TOO_LONG, "null_characters_not_allowed": NUL}
        if required_text:
            messages["required"] = required_text
        super().__init__(error_messages=messages, **kwargs)

    def to_python(self, value: Any) -> str:
        # Browsers send CRLF for every line break; counted and stored it is one character.
        return (super().to_python(value) or "").replace("\r\n", "\n")

    def run_validators(self, value: Any) -> None:
        # A NUL is refused first and alone, because the other validators would quote it.
        ProhibitNullCharactersValidator(message=NUL)(value)
        super().run_validators(value)

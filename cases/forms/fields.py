"""The fields that the programme's forms share, with errors that say what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from avhopp.web.fields import Text as Text

ONCE = signing.Signer(salt="cases.forms.once")


class Day(forms.DateField):
    """A calendar date."""

    needed_later = False

    def __init__(self, *, required_text: Any = None, **kwargs: Any) -> None:
        kwargs.setdefault("error_messages", {"invalid": _("Skriv datumet som ÅÅÅÅ-MM-DD.")})
        if required_text:
            kwargs["error_messages"] = {**kwargs["error_messages"], "required": required_text}
        super().__init__(widget=forms.DateInput(format="%Y-%m-%d"), **kwargs)


class Choice(forms.ChoiceField):
    """One of several codes."""

    needed_later = False


def choice(
    *, label: Any, choices: Any, required: bool = True, radio: bool = True, help_text: Any = ""
) -> Choice:
    """A choice of one, without an empty radio button."""
    return Choice(
        label=label,
        choices=list(choices) if radio else [("", _("Välj")), *choices],
        required=required,
        help_text=help_text,
        widget=forms.RadioSelect if radio else forms.Select,
        error_messages={"required": _("Välj ett av alternativen.")},
    )


class Choices(forms.MultipleChoiceField):
    """Several of several codes, as a list in the order of the catalogue."""

    needed_later = False

    def clean(self, value: Any) -> list[str]:
        chosen = set(super().clean(value))
        return [code for code, _label in self.choices if code in chosen]  # type: ignore[union-attr, misc]


def choices(*, label: Any, choices: Any, required_text: Any = None, help_text: Any = "") -> Choices:
    """A choice of several; with `required_text` at least one."""
    return Choices(
        label=label,
        choices=list(choices),
        required=required_text is not None,
        help_text=help_text,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": required_text or ""},
    )


class Picked(forms.ChoiceField):
    """One of some rows, which the page offers; what is cleaned is the row."""

    needed_later = False

    def __init__(self, *, label: Any, required_text: Any = None, help_text: Any = "") -> None:
        self.rows: dict[str, Any] = {}
        super().__init__(
            label=label,
            required=required_text is not None,
            help_text=help_text,
            error_messages={
                "required": required_text or "",
                "invalid_choice": _("Välj ett av alternativen."),
            },
        )

    def offer(self, rows: Iterable[Any], *, text: Callable[[Any], str], none: Any = None) -> None:
        """Offer these rows by their `text`; `none` is the word for choosing none of them."""
        self.rows = {str(row.pk): row for row in rows}
        first = ("", _("Välj") if none is None else none)
        self.choices = [first, *((key, text(row)) for key, row in self.rows.items())]

    def prepare_value(self, value: Any) -> Any:
        return str(value.pk) if hasattr(value, "pk") else value

    def clean(self, value: Any) -> Any:
        return self.rows.get(super().clean(value))


class YesNo(forms.TypedChoiceField):
    """Yes, no, or not known."""

    def __init__(self, *, label: Any, help_text: Any = "") -> None:
        super().__init__(
            label=label,
            help_text=help_text,
            choices=[("yes", _("Ja")), ("no", _("Nej")), ("", _("Vet inte"))],
            coerce=lambda value: value == "yes",
            empty_value=None,
            required=False,
            widget=forms.RadioSelect,
        )

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no", None: ""}.get(value, value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(self.prepare_value(initial) != (data or ""))


def not_after(day: date | None, today: date) -> None:
    """Refuse a day that has not been yet."""
    if day is not None and day > today:
        raise ValidationError(_("Datumet har inte varit än. Välj i dag eller en tidigare dag."))


def differs(typed: Any, shown: Any) -> bool:
    """Tell whether an answer differs from what was shown; what is empty is the same however it is kept."""
    return bool((None if typed == "" else typed) != (None if shown == "" else shown))


class SentOnce(forms.Form):
    """A form that carries the id of what it makes, signed for the person it was shown to, so that sending it twice
    makes one thing."""

    key = forms.CharField(
        widget=forms.HiddenInput, error_messages={"required": _("Öppna formuläret på nytt.")}
    )

    def __init__(self, *args: Any, person: UUID, **kwargs: Any) -> None:
        self.person = person
        super().__init__(*args, **kwargs)
        self.fields["key"].initial = ONCE.sign_object({"id": str(uuid4()), "person": str(person)})

    def clean_key(self) -> UUID:
        try:
            key = ONCE.unsign_object(self.cleaned_data["key"])
        except signing.BadSignature:
            key = {}
        if key.get("person") != str(self.person):
            raise ValidationError(_("Formuläret är inte ditt eller för gammalt. Öppna det på nytt."))
        return UUID(key["id"])


class RowForm(SentOnce):
    """A form that makes a row of a case, or changes one: then it carries the version that was shown.

    The fields of a subclass that are asked for are named as the row's; `today` is the reader's day.
    """

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, today: date, row: Any = None, **kwargs: Any) -> None:
        self.today = today
        super().__init__(*args, **kwargs)
        if row is not None:
            shown = {name: getattr(row, name) for name in self.asked()}
            self.initial = {**shown, "version": row.version, **self.initial}

    @classmethod
    def asked(cls) -> list[str]:
        """The names of what is asked for."""
        return [name for name in cls.base_fields if name not in {"key", "version"}]

    def values(self) -> dict[str, Any]:
        """The answers under the names that actions use."""
        return {name: self.cleaned_data[name] for name in self.asked() if name in self.fields}

    def changes(self) -> dict[str, Any]:
        """What differs from what was shown."""
        return {
            name: value for name, value in self.values().items() if differs(value, self.initial.get(name))
        }

    @property
    def new_id(self) -> UUID:
        """The id of the row that this form makes."""
        key: UUID = self.cleaned_data["key"]
        return key

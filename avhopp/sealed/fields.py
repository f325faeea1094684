"""Model fields whose database form is a sealed value of `avhopp.crypto`.

The value is bound to its field (`label`, frozen in the migration), its row and its scope, so that a value moved to
another column, row, case or history row does not open. Reading is lazy: a row fetched without touching a field costs
no decryption, and without an open `CryptoScope` touching it raises. Every value is stored, also "unknown", because
NULL would be visible. `docs/adr/0003-sealed-fields.md` argues the choices.
"""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.core.exceptions import FieldError, ValidationError
from django.db import models
from django.db.models.query_utils import DeferredAttribute

from avhopp.crypto import algorithms, values
from avhopp.crypto.envelope import (
    ALGORITHM_AT,
    HEADER_BYTES,
    MAGIC,
    MIN_LENGTH,
    OVERHEAD,
    PAD_TO,
)
from avhopp.crypto.seal import FieldTag
from avhopp.sealed import scope as scopes

OPENED = "_opened"


class Ciphertext(bytes):
    """A sealed value as stored; its repr says nothing."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "<sealed>"

    __str__ = __repr__


class RestoredCiphertext(Ciphertext):
    """A sealed value that came from our own dump, to be stored as it is."""

    __slots__ = ()


class SealedDescriptor(DeferredAttribute):
    """Opens the value the first time it is read and keeps the plaintext beside the row, never in its stead."""

    def __init__(self, field: Any) -> None:
        super().__init__(field)
        self.name = field.attname

    def __get__(self, instance: models.Model | None, cls: type[models.Model] | None = None) -> Any:
        if instance is None:
            return self
        data, name = instance.__dict__, self.name
        value = data[name] if name in data else super().__get__(instance, cls)
        if type(value) is not Ciphertext:
            return value
        opened = data.get(OPENED)
        if opened is None:
            opened = data[OPENED] = {}
        elif name in opened:
            return opened[name]
        plain = opened[name] = self.field.opened(instance, value)  # type: ignore[attr-defined]
        return plain

    def __set__(self, instance: models.Model, value: Any) -> None:
        data, name = instance.__dict__, self.name
        data[name] = value
        if OPENED in data:
            data[OPENED].pop(name, None)


class SealedField(models.Field):  # type: ignore[type-arg]
    """The common part; the subclasses say which Python type is inside and which form field asks for it."""

    descriptor_class = SealedDescriptor
    empty_strings_allowed = False
    keeper_may_update = True
    kind: ClassVar[values.Kind]

    def __init__(self, *args: Any, label: str, **kwargs: Any) -> None:
        self.label = label
        self.codec = values.Codec(self.kind)
        kwargs.setdefault("default", None)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        name, path, args, kwargs = super().deconstruct()
        kwargs["label"] = self.label
        if self.choices is not None:
            # The labels of choices are wording, not schema.
            kwargs.pop("choices", None)
        return name, path, args, kwargs

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        self.tag = FieldTag(label=self.label, field=name)

    def get_internal_type(self) -> str:
        return "BinaryField"

    def typed(self, value: Any) -> Any:
        """Turn what a form or an action gives into the field's Python type; raises `ValidationError`."""
        raise NotImplementedError

    def to_python(self, value: Any) -> Any:
        return value if isinstance(value, RestoredCiphertext) else self.typed(value)

    def db_check(self, connection: Any) -> str:
        column = connection.ops.quote_name(self.column)
        known = ", ".join(str(algorithm) for algorithm in sorted(algorithms.CIPHERS))
        # The shape of `avhopp.crypto.envelope`: plaintext written past us is refused by the database.
        return (
            f"octet_length({column}) >= {MIN_LENGTH} AND get_byte({column}, 0) = {MAGIC}"
            f" AND get_byte({column}, {ALGORITHM_AT}) IN ({known})"
            f" AND (octet_length({column}) - {OVERHEAD}) & {PAD_TO - 1} = 0"
        )

    def get_lookup(self, lookup_name: str) -> Any:
        raise FieldError(f"{self.name} is sealed: search the opened values of what the actor may see instead")

    def get_transform(self, lookup_name: str) -> Any:
        raise FieldError(f"{self.name} is sealed and has no transforms")

    def from_db_value(self, value: bytes | None, expression: Any, connection: Any) -> Ciphertext | None:
        return None if value is None else Ciphertext(value)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if not isinstance(value, Ciphertext):
            raise TypeError(f"{self.name} is sealed: save the instance, update() and bulk SQL cannot seal")
        return bytes(value)

    def pre_save(self, model_instance: models.Model, add: bool) -> Ciphertext:
        data = model_instance.__dict__
        value = data.get(self.attname)
        if isinstance(value, RestoredCiphertext):
            return value
        if isinstance(value, Ciphertext):
            if add:
                # A copied row would carry values bound to the row it came from.
                self.opened(model_instance, value)
            return value
        sealed = Ciphertext(self.sealed(model_instance, value))
        data[self.attname] = sealed
        data.setdefault(OPENED, {})[self.attname] = value
        return sealed

    def sealed(self, instance: models.Model, value: Any) -> bytes:
        """Seal a value where it stands: bound to its field, row, scope and, in a history table, version."""
        plaintext = self.codec.encode(self.typed(value))
        key, place = scopes.current().sealing(instance.sealed_binding())  # type: ignore[attr-defined]
        return key.seal(self.tag.at(place), plaintext)

    def opened(self, instance: models.Model, value: Ciphertext) -> Any:
        """Open a stored value; raises `Denied` without leave and `CannotOpen` when it is not where it was sealed."""
        binding = instance.sealed_binding()  # type: ignore[attr-defined]
        opener = scopes.current().opening(binding, value[:HEADER_BYTES])
        return self.codec.decode(opener.open(self.tag.digest, value))

    def value_to_string(self, obj: models.Model) -> str:
        raise TypeError(f"{self.name} is sealed: serialise with avhopp.sealed.serializer")


class SealedTextField(SealedField):
    """Text of any length."""

    kind = values.Kind.TEXT

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)

    def typed(self, value: Any) -> str | None:
        return value if value is None else str(value)

    def formfield(self, **kwargs: Any) -> Any:
        defaults: dict[str, Any] = {"max_length": self.max_length}
        if self.choices is None and self.max_length is None:
            defaults["widget"] = forms.Textarea
        return super().formfield(**{**defaults, **kwargs})


class SealedChoiceField(SealedTextField):
    """One code out of a `TextChoices`; the choices are checked by forms and actions, not by the schema."""

    kind = values.Kind.CHOICE

    def typed(self, value: Any) -> str | None:
        return str(value) if value else None

    def formfield(self, **kwargs: Any) -> Any:
        return super(SealedTextField, self).formfield(**kwargs)


class SealedDateField(SealedField):
    """A calendar date, or unknown."""

    kind = values.Kind.DATE

    def typed(self, value: Any) -> date | None:
        typed: date | None = models.DateField().to_python(value)
        return typed

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": forms.DateField, **kwargs})


class SealedBooleanField(SealedField):
    """Yes, no, or unknown."""

    kind = values.Kind.BOOLEAN

    def typed(self, value: Any) -> bool | None:
        if value is None or isinstance(value, bool):
            return value
        raise ValidationError("Svara ja eller nej.", code="invalid")

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": forms.NullBooleanField, **kwargs})


class SealedIntegerField(SealedField):
    """A whole number, or unknown."""

    kind = values.Kind.INTEGER

    def typed(self, value: Any) -> int | None:
        typed: int | None = models.IntegerField().to_python(value)
        return typed

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": forms.IntegerField, **kwargs})


class SealedJSONField(SealedField):
    """A list or object of plain JSON values."""

    kind = values.Kind.JSON

    def typed(self, value: Any) -> Any:
        return value


def sealed_fields(model: type[models.Model] | models.Model) -> list[SealedField]:
    """The sealed fields of a model, in the order of their declaration."""
    return [field for field in model._meta.concrete_fields if isinstance(field, SealedField)]


def scope_of(instance: models.Model) -> UUID:
    """The scope under whose key an instance's values are sealed."""
    binding: tuple[UUID, UUID, UUID | None] = instance.sealed_binding()  # type: ignore[attr-defined]
    return binding[1]

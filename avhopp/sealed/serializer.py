"""Django's JSON serialiser for dumps, with sealed values as they are stored.

`dumpdata` would otherwise open dates and numbers (they count as "protected types"). A sealed value becomes
{"$sealed": base64}; only this module turns it back, so no form can forge one. `loaddata` keeps the bytes.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.serializers import json as django_json
from django.core.serializers.python import Deserializer as PythonDeserializer
from django.db import models

from avhopp.sealed.fields import Ciphertext, RestoredCiphertext, SealedField, sealed_fields

MARK = "$sealed"


class Serializer(django_json.Serializer):
    """Write sealed values sealed."""

    def _value_from_field(self, obj: models.Model, field: models.Field[Any, Any]) -> Any:
        if not isinstance(field, SealedField):
            return super()._value_from_field(obj, field)  # type: ignore[misc]
        value = obj.__dict__.get(field.attname)
        if not isinstance(value, Ciphertext):
            raise TypeError(f"{field.name} is not saved: a dump holds stored values only")
        return {MARK: base64.b64encode(bytes(value)).decode("ascii")}


def Deserializer(stream_or_string: Any, **options: Any) -> Iterator[Any]:
    """Read a dump made by `Serializer`."""
    text = stream_or_string if isinstance(stream_or_string, str | bytes) else stream_or_string.read()
    objects = json.loads(text)
    for described in objects:
        fields = described["fields"]
        for field in sealed_fields(apps.get_model(described["model"])):
            if field.name in fields:
                fields[field.name] = RestoredCiphertext(
                    base64.b64decode(fields[field.name][MARK], validate=True)
                )
    yield from PythonDeserializer(objects, **options)

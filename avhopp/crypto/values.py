"""Typed values as canonical bytes, before sealing and after opening.

The first byte names the kind, so a date is never read as text. "Not known" is a value of every kind and is
sealed like any other, because NULL shows in clear who has an answer. Errors never carry the value.

Text may hold U+0000 here, since sealed bytes are bytea; a PostgreSQL text column refuses it, so whoever
copies an opened text there must strip or refuse it first. Text is kept as typed: no normalisation.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from typing import Any, TypeAlias

JSON: TypeAlias = dict[str, "JSON"] | list["JSON"] | str | int | float | bool | None
Value: TypeAlias = str | date | datetime | bool | int | JSON

_DEEPEST = 50
_NOT_KNOWN = 0x80
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class NotRepresentable(ValueError):
    """The value does not fit its kind. Correct it; it is not repeated here because it may be secret."""

    def __init__(self, kind: Kind) -> None:
        super().__init__(f"the value is not a {kind.name.lower()} that can be sealed")


class UnreadableValue(ValueError):
    """The opened bytes are not of this kind: the field changed kind without a migration of its data."""

    def __init__(self, kind: Kind) -> None:
        super().__init__(f"the opened bytes are not a {kind.name.lower()}")


class Kind(Enum):
    """What a field holds. The numbers are in the stored bytes: never reuse one."""

    TEXT = 0x01
    DATE = 0x02
    BOOLEAN = 0x03
    INTEGER = 0x04
    CHOICE = 0x05
    JSON = 0x06
    MOMENT = 0x07


class Codec:
    """Writes and reads the values of one kind. Made once a field, since a page reads thousands of them."""

    __slots__ = ("_kind", "_mark", "_not_known", "_read", "_write")

    def __init__(self, kind: Kind) -> None:
        self._kind = kind
        self._mark, self._not_known = bytes((kind.value,)), bytes((kind.value | _NOT_KNOWN,))
        self._write, self._read = _WRITERS[kind], _READERS[kind]

    def encode(self, value: Value) -> bytes:
        """Write a value of the kind as bytes; None is "not known"."""
        if value is None:
            return self._not_known
        try:
            return self._mark + self._write(value)
        except (TypeError, ValueError, OverflowError):
            pass
        # Raised out here because UnicodeEncodeError carries the text, and `from None` would only hide it.
        raise NotRepresentable(self._kind)

    def decode(self, raw: bytes) -> Value:
        """Read bytes written by `encode` for the same kind."""
        if raw[:1] == self._mark:
            try:
                return self._read(raw[1:])
            except (TypeError, ValueError, OverflowError):
                pass
        elif raw == self._not_known:
            return None
        raise UnreadableValue(self._kind)  # out here for the same reason as above


def _exactly(value: Any, wanted: type) -> Any:
    # `type is`, since bool is an int and datetime a date, and each would be read back as the other.
    if type(value) is not wanted:
        raise TypeError
    return value


def _write_text(value: Any) -> bytes:
    if not isinstance(value, str):
        raise TypeError
    return value.encode("utf-8")  # strict: refuses lone surrogates


def _write_choice(value: Any) -> bytes:
    if not value:
        raise ValueError
    return _write_text(value)


def _write_date(value: Any) -> bytes:
    text: str = _exactly(value, date).isoformat()
    return text.encode("ascii")


def _write_boolean(value: Any) -> bytes:
    return b"\x01" if _exactly(value, bool) else b"\x00"


def _write_integer(value: Any) -> bytes:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError
    return int(value).to_bytes(8, "big", signed=True)


def _write_moment(value: Any) -> bytes:
    at: datetime = _exactly(value, datetime)
    # A naive time raises TypeError here: it cannot be compared with one that knows its zone.
    return ((at - _EPOCH) // _MICROSECOND).to_bytes(8, "big", signed=True)


def _write_json(value: Any) -> bytes:
    _require_json(value, depth=0)
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return text.encode("utf-8")


def _require_json(value: Any, *, depth: int) -> None:
    # json turns tuples into lists and number keys into text without a word: it must come back as it went in.
    if depth > _DEEPEST:
        raise ValueError
    if isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(key, str):
                raise TypeError
            _require_json(item, depth=depth + 1)
    elif isinstance(value, list):
        for item in value:
            _require_json(item, depth=depth + 1)
    elif value is not None and not isinstance(value, str | int | float):
        raise TypeError


def _read_text(body: bytes) -> str:
    return body.decode()


def _read_choice(body: bytes) -> str:
    if not body:
        raise ValueError
    return body.decode("utf-8")


def _read_date(body: bytes) -> date:
    found = date.fromisoformat(body.decode("ascii"))
    if _write_date(found) != body:
        raise ValueError
    return found


def _read_boolean(body: bytes) -> bool:
    if body not in (b"\x00", b"\x01"):
        raise ValueError
    return body == b"\x01"


def _read_integer(body: bytes) -> int:
    if len(body) != 8:
        raise ValueError
    return int.from_bytes(body, "big", signed=True)


def _read_moment(body: bytes) -> datetime:
    return _EPOCH + _read_integer(body) * _MICROSECOND


def _read_json(body: bytes) -> JSON:
    found: JSON = json.loads(body.decode("utf-8"), parse_constant=_refuse_constant)
    return found


def _refuse_constant(_name: str) -> None:
    raise ValueError


_WRITERS: dict[Kind, Callable[[Any], bytes]] = {
    Kind.TEXT: _write_text,
    Kind.DATE: _write_date,
    Kind.BOOLEAN: _write_boolean,
    Kind.INTEGER: _write_integer,
    Kind.CHOICE: _write_choice,
    Kind.JSON: _write_json,
    Kind.MOMENT: _write_moment,
}
_READERS: dict[Kind, Callable[[bytes], Value]] = {
    Kind.TEXT: _read_text,
    Kind.DATE: _read_date,
    Kind.BOOLEAN: _read_boolean,
    Kind.INTEGER: _read_integer,
    Kind.CHOICE: _read_choice,
    Kind.JSON: _read_json,
    Kind.MOMENT: _read_moment,
}

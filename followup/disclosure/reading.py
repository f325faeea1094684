"""Reads the JSON that others hand us, and refuses whatever is not exactly what it says it is.

A figure read wrongly is a person found: repeated keys, fractions, truth values in place of numbers and
unknown categories are refused with the place named. Nothing here may repair, guess or round.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final, NoReturn, TypeAlias

Value: TypeAlias = str | int
Where: TypeAlias = dict[str, tuple[Value, ...]]
Dims: TypeAlias = dict[str, tuple[Value, ...]]
GREATEST: Final = 10**18


class Malformed(ValueError):
    """The file is not in the documented format: correct the named place and run again."""


def parse(*, text: str | bytes) -> Any:
    """Parse JSON without repeated keys, fractions, NaN, numbers without end or broken characters."""
    try:
        found = json.loads(text, object_pairs_hook=_unique, parse_constant=_no_number, parse_float=_no_number)
        json.dumps(found, ensure_ascii=False).encode()  # half a character pair is no text that can be written
    except Malformed:
        raise
    except (ValueError, RecursionError) as error:
        raise Malformed(f"går inte att läsa som JSON: {error}") from error
    return found


def mapping(*, of: Any, at: str) -> dict[str, Any]:
    """Return an object, or refuse."""
    if not isinstance(of, dict):
        raise Malformed(f"{at}: ska vara ett objekt")
    return of


def array(*, of: Any, at: str) -> list[Any]:
    """Return a list, or refuse."""
    if not isinstance(of, list):
        raise Malformed(f"{at}: ska vara en lista")
    return of


def whole(*, of: Any, at: str, least: int | None = None) -> int:
    """Return a whole number (never true or false), or refuse."""
    if not isinstance(of, int) or isinstance(of, bool):
        raise Malformed(f"{at}: ska vara ett heltal")
    if abs(of) > GREATEST:
        raise Malformed(f"{at}: så stora tal finns inte")
    if least is not None and of < least:
        raise Malformed(f"{at}: ska vara minst {least}")
    return of


def text(*, of: Any, at: str) -> str:
    """Return a text that is not empty, or refuse."""
    if not isinstance(of, str) or not of:
        raise Malformed(f"{at}: ska vara en text")
    return of


def keys(*, of: Mapping[str, Any], required: Iterable[str], optional: Iterable[str], at: str) -> None:
    """Refuse an object that lacks a required key or has one that nobody reads."""
    needed, known = set(required), set(required) | set(optional)
    if missing := sorted(needed - of.keys()):
        raise Malformed(f"{at}: saknar {', '.join(missing)}")
    if extra := sorted(of.keys() - known):
        raise Malformed(f"{at}: har okänt {', '.join(extra)}")


def dims(*, of: Any, at: str) -> Dims:
    """Return the dimensions with their categories, each named once."""
    found = {name: _values(of=values, at=f"{at}.{name}") for name, values in mapping(of=of, at=at).items()}
    for name, values in found.items():
        if not values:
            raise Malformed(f"{at}.{name}: har inga kategorier")
    return found


def where(*, of: Any, dims: Dims, at: str) -> Where:
    """Return a set of categories per named dimension; a dimension left out is not restricted."""
    found: Where = {}
    for name, values in mapping(of=of, at=at).items():
        if name not in dims:
            raise Malformed(f"{at}: okänd dimension {name}")
        found[name] = _values(of=values, at=f"{at}.{name}")
        for value in found[name]:
            require_category(value=value, name=name, dims=dims, at=at)
    return found


def require_category(*, value: Any, name: str, dims: Dims, at: str) -> None:
    """Refuse a value that the dimension does not have (1 and true are not the same)."""
    if isinstance(value, bool) or not any(value == v and type(value) is type(v) for v in dims[name]):
        raise Malformed(f"{at}: {name} har en okänd kategori")


def record(*, of: Any, dims: Dims, at: str) -> tuple[tuple[Value, ...], int]:
    """Return one counted row as its categories in the order of the dimensions, and its number of persons."""
    row = mapping(of=of, at=at)
    keys(of=row, required=dims, optional=["n"] if "n" not in dims else [], at=at)
    for name in dims:
        require_category(value=row[name], name=name, dims=dims, at=at)
    count = whole(of=row.get("n", 1), at=f"{at}.n", least=0) if "n" not in dims else 1
    return tuple(row[name] for name in dims), count


def _values(*, of: Any, at: str) -> tuple[Value, ...]:
    values = array(of=of, at=at)
    for value in values:
        if not isinstance(value, str | int) or isinstance(value, bool):
            raise Malformed(f"{at}: kategorier är texter eller heltal")
    if len(set(values)) != len(values):
        raise Malformed(f"{at}: en kategori står två gånger")
    return tuple(values)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Malformed("en nyckel står två gånger i ett objekt")
    return found


def _no_number(literal: str) -> NoReturn:
    raise Malformed(f"{literal} är inget heltal")

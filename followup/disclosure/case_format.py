"""The format of attack cases: what the attacker has, and what it is aimed at, read without guessing.

A case that is malformed, or whose microdata contradict its own statements, is refused with the place named;
it must never be judged as if the doubtful part were absent.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from followup.disclosure import reading
from followup.disclosure.reading import Dims, Malformed, Where

Truth: TypeAlias = tuple[dict[tuple[reading.Value, ...], int], ...]
FORMAT: Final = "sdc-cases/1"
MOST_RELEASES: Final = 1_000
_READ: Final = {
    "id", "dims", "k", "m", "microdata", "statements", "links", "known", "protected", "also", "expected",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Statement:
    """Between ``low`` and ``high`` persons (None: no limit) match ``where`` in a release."""

    release: int
    where: Where
    low: int
    high: int | None


@dataclass(frozen=True, slots=True)
class Known:
    """A number of persons whom the attacker knows to match ``where`` in a release."""

    release: int
    where: Where
    count: int


@dataclass(frozen=True, slots=True)
class Query:
    """A count that must stay hidden: the persons of the plus sets less those of the minus sets."""

    plus: tuple[tuple[int, Where], ...]
    minus: tuple[tuple[int, Where], ...]


@dataclass(frozen=True, slots=True)
class Case:
    """One attack: everything that the attacker has, and what it is aimed at."""

    name: str
    dims: Dims
    k: int
    m: int
    releases: int
    statements: tuple[Statement, ...]
    links: tuple[Where, ...]
    known: tuple[Known, ...]
    protected: tuple[Query, ...]
    truth: Truth | None


def read_cases(*, text: str | bytes) -> list[tuple[str, dict[str, Any]]]:
    """Return each case, and each variant of one, as its name and its unread content."""
    content = reading.mapping(of=reading.parse(text=text), at="file")
    if content.get("format") != FORMAT:
        raise Malformed(f"file: format must be {FORMAT}")
    found: list[tuple[str, dict[str, Any]]] = []
    for number, item in enumerate(reading.array(of=content.get("cases"), at="cases")):
        case = reading.mapping(of=item, at=f"cases[{number}]")
        name = reading.text(of=case.get("id"), at=f"cases[{number}].id")
        found.append((name, case))
        variants = reading.array(of=case.get("also", []), at=f"{name}.also")
        for index, variant in enumerate(variants, start=1):
            changed = reading.mapping(of=variant, at=f"{name}.also[{index}]")
            found.append((f"{name}#{index}", {**case, **changed}))
    names = [name for name, _ in found]
    if len(set(names)) != len(names):
        raise Malformed("cases: an id is used twice")
    return found


def read_case(*, name: str, content: dict[str, Any]) -> Case:
    """Read one case, or refuse it as malformed."""
    for key, value in content.items():
        if key not in _READ and not isinstance(value, str):
            raise Malformed(f"{name}: {key} is not a part of a case")
    dims = reading.dims(of=content.get("dims"), at=f"{name}.dims")
    k = reading.whole(of=content.get("k"), at=f"{name}.k", least=1)
    m = reading.whole(of=content.get("m", 0), at=f"{name}.m", least=0)
    if m >= k:
        raise Malformed(f"{name}: m must be below k, or nothing is promised")
    truth = _truth(content.get("microdata"), dims, name)
    releases = len(truth) if truth is not None else _mentioned(content)
    if releases > MOST_RELEASES:
        raise Malformed(f"{name}: more than {MOST_RELEASES} releases cannot be judged jointly")
    statements = tuple(
        _statement(item, dims, releases, f"{name}.statements[{i}]")
        for i, item in enumerate(reading.array(of=content.get("statements"), at=f"{name}.statements"))
    )
    links = tuple(
        _link(item, dims, f"{name}.links[{i}]")
        for i, item in enumerate(reading.array(of=content.get("links", []), at=f"{name}.links"))
    )
    protected = tuple(
        _query(item, dims, releases, f"{name}.protected[{i}]")
        for i, item in enumerate(reading.array(of=content.get("protected"), at=f"{name}.protected"))
    )
    if not protected:
        raise Malformed(f"{name}: no protected count, so there is nothing to judge")
    known = tuple(_known(content.get("known"), dims, releases, f"{name}.known"))
    case = Case(name, dims, k, m, releases, statements, links, known, protected, truth)
    _require_truth_inside(case)
    return case


def _require_truth_inside(case: Case) -> None:
    if case.truth is None:
        return

    def count(release: int, where: Where) -> int:
        assert case.truth is not None
        return sum(
            n
            for row, n in case.truth[release].items()
            if all(value in where.get(name, (value,)) for name, value in zip(case.dims, row, strict=True))
        )

    for statement in case.statements:
        true = count(statement.release, statement.where)
        if true < statement.low or (statement.high is not None and true > statement.high):
            raise Malformed(f"{case.name}: the microdata contradict a statement about {statement.where}")
    for known in case.known:
        if count(known.release, known.where) < known.count:
            raise Malformed(f"{case.name}: a known person is not in the microdata")
    for where in case.links:
        for release in range(case.releases - 1):
            if count(release + 1, where) < count(release, where):
                raise Malformed(f"{case.name}: the microdata fall where a link says that they cannot")


def _truth(content: Any, dims: Dims, name: str) -> Truth | None:
    if content is None:
        return None
    releases = []
    for number, rows in enumerate(reading.array(of=content, at=f"{name}.microdata")):
        counts: dict[tuple[reading.Value, ...], int] = {}
        for index, row in enumerate(reading.array(of=rows, at=f"{name}.microdata[{number}]")):
            key, n = reading.record(of=row, dims=dims, at=f"{name}.microdata[{number}][{index}]")
            counts[key] = counts.get(key, 0) + n
        releases.append(counts)
    if not releases:
        raise Malformed(f"{name}: microdata has no release")
    return tuple(releases)


def _mentioned(content: dict[str, Any]) -> int:
    found = [0]
    waiting: list[Any] = [content.get("statements"), content.get("protected"), content.get("known")]
    while waiting:
        item = waiting.pop()
        if isinstance(item, dict):
            release = item.get("release")
            if isinstance(release, int) and not isinstance(release, bool):
                found.append(release)
            waiting.extend(item.values())
        elif isinstance(item, list):
            waiting.extend(item)
    return max(found) + 1


def _release(of: Any, releases: int, at: str) -> int:
    release = reading.whole(of=of, at=f"{at}.release", least=0)
    if release >= releases:
        raise Malformed(f"{at}: there is no release {release}")
    return release


def _statement(item: Any, dims: Dims, releases: int, at: str) -> Statement:
    found = reading.mapping(of=item, at=at)
    reading.keys(
        of=found, required=("release", "where", "lo", "hi"), optional=("shown", "printed", "note"), at=at
    )
    low = reading.whole(of=found["lo"], at=f"{at}.lo")
    high = None if found["hi"] is None else reading.whole(of=found["hi"], at=f"{at}.hi")
    if high is not None and high < low:
        raise Malformed(f"{at}: hi is below lo")
    return Statement(
        release=_release(found["release"], releases, at),
        where=reading.where(of=found["where"], dims=dims, at=f"{at}.where"),
        low=low,
        high=high,
    )


def _link(item: Any, dims: Dims, at: str) -> Where:
    found = reading.mapping(of=item, at=at)
    reading.keys(of=found, required=("type", "where"), optional=("note",), at=at)
    if found["type"] != "cumulative":
        raise Malformed(f"{at}: unknown link {found['type']!r}")
    return reading.where(of=found["where"], dims=dims, at=f"{at}.where")


def _query(item: Any, dims: Dims, releases: int, at: str) -> Query:
    found = reading.mapping(of=item, at=at)
    reading.keys(of=found, required=("plus",), optional=("minus", "name", "note"), at=at)

    def side(name: str) -> tuple[tuple[int, Where], ...]:
        terms = []
        for index, term in enumerate(reading.array(of=found.get(name, []), at=f"{at}.{name}")):
            place = f"{at}.{name}[{index}]"
            part = reading.mapping(of=term, at=place)
            reading.keys(of=part, required=("release", "where"), optional=(), at=place)
            terms.append(
                (
                    _release(part["release"], releases, place),
                    reading.where(of=part["where"], dims=dims, at=place),
                )
            )
        return tuple(terms)

    query = Query(plus=side("plus"), minus=side("minus"))
    if not query.plus and not query.minus:
        raise Malformed(f"{at}: counts nothing")
    return query


def _known(content: Any, dims: Dims, releases: int, at: str) -> Iterator[Known]:
    """Read known persons: per release like microdata, or one list of rows that may name release and where."""
    items = reading.array(of=[] if content is None else content, at=at)
    if items and all(isinstance(item, list) for item in items):
        if len(items) != releases:
            raise Malformed(f"{at}: must have one list for each release")
        rows: list[tuple[int | None, Any, str]] = [
            (r, row, f"{at}[{r}][{i}]") for r, found in enumerate(items) for i, row in enumerate(found)
        ]
    else:
        rows = [(None, row, f"{at}[{i}]") for i, row in enumerate(items)]
    for fixed, item, place in rows:
        row = dict(reading.mapping(of=item, at=place))
        count = reading.whole(of=row.pop("n", row.pop("count", 1)), at=f"{place}.n", least=0)
        named = row.pop("release", fixed)
        sets = row.pop("where", None)
        if sets is None:
            sets = {
                name: value if isinstance(value, list) else [value]
                for name, value in row.items()
                if name not in ("note", "name")
            }
        elif row.keys() - {"note", "name"}:
            raise Malformed(f"{place}: has unknown {', '.join(sorted(row))}")
        where = reading.where(of=sets, dims=dims, at=place)
        for release in range(releases) if named is None else (_release(named, releases, place),):
            yield Known(release=release, where=where, count=count)

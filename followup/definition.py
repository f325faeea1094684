"""The definition of an agreement as one file: read, written and refused here. Pure.

What comes out goes in again and gives the same bytes. It holds parties, areas, indicators, measures and plans, and no
figure; so it can be shared with the other party and kept under version control.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final

from followup.catalogue import COUNTED, KNOWN_TO_READER
from followup.dimensions import plan_content
from followup.disclosure import reading
from followup.disclosure.plan import LEAST_K, read_plan
from followup.disclosure.reading import Malformed
from followup.periods import Every

FORMAT: Final = "avhopp-agreement/1"
LONGEST: Final = {"name": 200, "decided_by": 100, "unit": 40, "code": 40, "source": 200, "target": 200}
STATES: Final = ("planned", "ongoing", "done")


@dataclass(frozen=True, slots=True)
class IndicatorData:
    """One indicator; `counted` is a row of the catalogue, or empty when its figures are typed in."""

    code: str
    name: str
    definition: str
    unit: str
    every: Every
    source: str
    target: str = ""
    responsible: str = ""
    comment: str = ""
    counted: str = ""


@dataclass(frozen=True, slots=True)
class MeasureData:
    """One measure that the parties have agreed on."""

    text: str
    responsible: str = ""
    state: str = "planned"


@dataclass(frozen=True, slots=True)
class AreaData:
    """One insatsområde in the agreement's own words."""

    number: int
    text: str
    indicators: tuple[IndicatorData, ...] = ()
    measures: tuple[MeasureData, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanData:
    """One plan of publication: which tables, how often, by which method and under which promise."""

    code: str
    version: int
    name: str
    explanation: str
    every: Every
    method: str
    tables: tuple[tuple[str, ...], ...]
    k: int = LEAST_K
    m: int = KNOWN_TO_READER
    recipients: tuple[str, ...] = ()

    @property
    def content(self) -> dict[str, Any]:
        """The plan as the disclosure engine reads it."""
        return plan_content(
            name=self.name,
            version=self.version,
            method=self.method,
            tables=[list(table) for table in self.tables],
            k=self.k,
            m=self.m,
        )


@dataclass(frozen=True, slots=True)
class AgreementData:
    """What a samverkansöverenskommelse says, and how it is followed up."""

    name: str
    parties: tuple[str, ...]
    starts_on: date
    ends_on: date
    decided_on: date
    decided_by: str
    purpose: str
    areas: tuple[AreaData, ...]
    plans: tuple[PlanData, ...] = ()


def write(data: AgreementData) -> bytes:
    """Write the file, in its one form."""
    content = {"format": FORMAT, **asdict(data)}
    text = json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True, default=str, allow_nan=False)
    return (text + "\n").encode()


def read(raw: bytes) -> AgreementData:
    """Read a file; raises `Malformed` with the place and what is wrong there."""
    found = reading.mapping(of=reading.parse(text=raw), at="filen")
    plain = ("name", "decided_by", "purpose")
    days = ("starts_on", "ends_on", "decided_on")
    reading.keys(
        of=found, required=("format", *plain, *days, "parties", "areas"), optional=("plans",), at="filen"
    )
    if found["format"] != FORMAT:
        raise Malformed(f"filen: format ska vara {FORMAT}")
    head: dict[str, Any] = {name: _text(found, name, "filen") for name in plain}
    head |= {name: _day(found, name) for name in days}
    data = AgreementData(
        **head,
        parties=_texts(found["parties"], "parties"),
        areas=tuple(_area(item, f"areas[{i}]") for i, item in _items(found, "areas", "filen")),
        plans=tuple(_plan(item, f"plans[{i}]") for i, item in _items(found, "plans", "filen")),
    )
    if not data.starts_on < data.ends_on or not data.parties or not data.areas:
        raise Malformed("filen: tiden, parterna och områdena ska finnas, och slutet komma efter början")
    _once([area.number for area in data.areas], "areas: number")
    _once([indicator.code for area in data.areas for indicator in area.indicators], "indicators: code")
    _once([(plan.code, plan.version) for plan in data.plans], "plans: code och version")
    return data


def _area(content: Any, at: str) -> AreaData:
    found = reading.mapping(of=content, at=at)
    reading.keys(of=found, required=("number", "text"), optional=("indicators", "measures"), at=at)
    return AreaData(
        number=reading.whole(of=found["number"], at=f"{at}.number", least=1),
        text=_text(found, "text", at),
        indicators=tuple(
            _indicator(item, f"{at}.indicators[{i}]") for i, item in _items(found, "indicators", at)
        ),
        measures=tuple(_measure(item, f"{at}.measures[{i}]") for i, item in _items(found, "measures", at)),
    )


def _indicator(content: Any, at: str) -> IndicatorData:
    found = reading.mapping(of=content, at=at)
    required = ("code", "name", "definition", "unit", "every", "source")
    optional = ("target", "responsible", "comment", "counted")
    reading.keys(of=found, required=required, optional=optional, at=at)
    values = {name: _text(found, name, at) for name in required if name != "every"}
    values |= {name: _text(found, name, at, may_be_empty=True) for name in optional}
    if not values["code"].replace("-", "_").isidentifier() or not values["code"].isascii():
        raise Malformed(f"{at}.code: bara bokstäver a–z, siffror, bindestreck och understreck")
    if values["counted"] and values["counted"] not in COUNTED:
        raise Malformed(f"{at}.counted: ska vara tomt eller något av {', '.join(COUNTED)}")
    return IndicatorData(every=_every(found, at), **values)


def _measure(content: Any, at: str) -> MeasureData:
    found = reading.mapping(of=content, at=at)
    reading.keys(of=found, required=("text",), optional=("responsible", "state"), at=at)
    state = found.get("state", "planned")
    if state not in STATES:
        raise Malformed(f"{at}.state: ska vara något av {', '.join(STATES)}")
    return MeasureData(_text(found, "text", at), _text(found, "responsible", at, may_be_empty=True), state)


def _plan(content: Any, at: str) -> PlanData:
    found = reading.mapping(of=content, at=at)
    required = ("code", "version", "name", "explanation", "every", "method", "tables")
    reading.keys(of=found, required=required, optional=("k", "m", "recipients"), at=at)
    tables = tuple(
        _texts(table, f"{at}.tables") for table in reading.array(of=found["tables"], at=f"{at}.tables")
    )
    plan = PlanData(
        **{name: _text(found, name, at) for name in ("code", "name", "explanation", "method")},
        version=reading.whole(of=found["version"], at=f"{at}.version", least=1),
        every=_every(found, at),
        tables=tables,
        k=reading.whole(of=found.get("k", LEAST_K), at=f"{at}.k", least=LEAST_K),
        m=reading.whole(of=found.get("m", KNOWN_TO_READER), at=f"{at}.m", least=0),
        recipients=_texts(found.get("recipients", []), f"{at}.recipients"),
    )
    read_plan(content=plan.content)
    return plan


def _items(found: dict[str, Any], name: str, at: str) -> list[tuple[int, Any]]:
    return list(enumerate(reading.array(of=found.get(name, []), at=f"{at}.{name}")))


def _text(found: dict[str, Any], name: str, at: str, *, may_be_empty: bool = False) -> str:
    value = found.get(name, "")
    if value == "" and may_be_empty:
        return ""
    text = reading.text(of=value, at=f"{at}.{name}").strip()
    longest = LONGEST.get(name, 4000)
    if not text or len(text) > longest or "\0" in text:
        raise Malformed(f"{at}.{name}: ska vara en text på högst {longest} tecken")
    return text


def _texts(of: Any, at: str) -> tuple[str, ...]:
    return tuple(reading.text(of=item, at=at) for item in reading.array(of=of, at=at))


def _day(found: dict[str, Any], name: str) -> date:
    try:
        return date.fromisoformat(reading.text(of=found[name], at=f"filen.{name}"))
    except ValueError:
        raise Malformed(f"filen.{name}: ska vara en dag som ÅÅÅÅ-MM-DD") from None


def _every(found: dict[str, Any], at: str) -> Every:
    try:
        return Every(reading.text(of=found["every"], at=f"{at}.every"))
    except ValueError:
        raise Malformed(f"{at}.every: ska vara half eller year") from None


def _once(values: Sequence[Any], what: str) -> None:
    if len(set(values)) != len(values):
        raise Malformed(f"{what}: samma står två gånger")

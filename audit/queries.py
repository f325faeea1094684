"""Reads the record: what it says of one scope, and the log search of the reviewer. Opens no case.

What is shown is what a leaf's bytes say; the columns only find it (`audit.copies`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import parse_qsl
from uuid import UUID

from django.db.models import Q, QuerySet

from audit import words
from audit.copies import Said, payload_fits, said
from audit.events import Event, leaf_hash
from audit.log import Subject
from audit.log_events import ASKED
from audit.models import Leaf, LeafSubject
from avhopp.accounts.models import Unit, User

_ALL = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Reading:
    """One leaf in words; `differs` names the columns that do not say what the leaf says."""

    leaf: UUID
    at: datetime
    who: str
    role: str
    event: Event
    basis: str
    address: str
    about: str
    differs: tuple[str, ...] = ()

    @property
    def role_name(self) -> str:
        """The role in words."""
        return words.role(self.role)

    @property
    def basis_name(self) -> str:
        """The ground in words."""
        return words.basis(self.basis) if self.basis else ""


@dataclass(frozen=True, slots=True)
class WithoutNames:
    """One leaf as somebody outside may have it: nothing in it leads to a member of staff."""

    at: datetime
    what: str
    role: str
    unit: str


@dataclass(frozen=True, slots=True)
class About:
    """A kind of thing that a leaf is about, and how many of them."""

    words: str
    number: int


@dataclass(frozen=True, slots=True)
class WholeLeaf:
    """Everything that one leaf says, and what of it is not as it was written."""

    reading: Reading
    unit: str
    methods: tuple[str, ...]
    session: str
    request: str
    purpose: tuple[tuple[str, str], ...]
    subjects: tuple[About, ...]
    has_detail: bool
    hash: str
    body: str

    @property
    def kind(self) -> str:
        """The kind of event in words."""
        return words.KIND_NAMES[self.reading.event.kind]

    @property
    def differs(self) -> tuple[str, ...]:
        """What the copies say otherwise, in words."""
        return tuple(words.COLUMN_NAMES[name] for name in self.reading.differs)

    @property
    def hash_parts(self) -> tuple[str, ...]:
        """The hash in groups of eight digits, to be read aloud and to break across lines."""
        return tuple(self.hash[start : start + 8] for start in range(0, len(self.hash), 8))


@dataclass(frozen=True, slots=True)
class CaseNumbers:
    """How a case number is written, and the door to what it names; the app that owns cases registers it.

    `resolve` gives the subject of an exact number or None. It must open nothing.
    """

    pattern: str
    example: str
    resolve: Callable[[str], Subject | None]


_case_numbers: list[CaseNumbers] = []


def register_case_numbers(*, pattern: str, example: str, resolve: Callable[[str], Subject | None]) -> None:
    """Let the log be searched by case number; called once, when the application starts."""
    _case_numbers[:] = [CaseNumbers(pattern, example, resolve)]


def case_numbers() -> CaseNumbers | None:
    """How case numbers are written here, when there are any."""
    return _case_numbers[0] if _case_numbers else None


def subject_of_number(number: str) -> Subject | None:
    """What an exact case number names; nothing for any other text."""
    known = case_numbers()
    return known.resolve(number) if known else None


def about_scope(scope: UUID) -> QuerySet[Leaf]:
    """The leaves that name a scope, as its own team sees them.

    What a reviewer asked the log is left out: it read no case, and would warn whoever is being reviewed.
    """
    return _naming(scope).exclude(event__in=ASKED)


def search(
    *,
    actor: UUID | None = None,
    kind: str = "",
    event: str = "",
    basis: str = "",
    since: datetime | None = None,
    until: datetime | None = None,
    address: str = "",
    scope: UUID | None = None,
    before: UUID | None = None,
) -> QuerySet[Leaf]:
    """The leaves that fit, newest first; an empty word does not narrow. `before` is the last leaf already seen.

    Pages are cut by place in the order, not by number, so that the thousandth costs as much as the first.
    """
    found = _naming(scope) if scope else Leaf.objects.all()
    exact = {"actor": actor, "kind": kind, "event": event, "basis": basis, "address": address}
    found = found.filter(**{name: value for name, value in exact.items() if value})
    if since:
        found = found.filter(at__gte=since)
    if until:
        found = found.filter(at__lt=until)
    if before and (place := Leaf.objects.filter(pk=before).values_list("at", flat=True).first()):
        # The first condition is implied by the second, and is the one that the index can use.
        found = found.filter(Q(at__lte=place), Q(at__lt=place) | Q(at=place, id__lt=before))
    return found.order_by("-at", "-id").defer("payload")


def in_words(leaves: Iterable[Leaf]) -> list[Reading]:
    """Put leaves into words; the people are staff, looked up by id."""
    page = [(leaf.id, said(leaf)) for leaf in leaves]
    names = _names(fields for _, fields in page)
    return [_reading(leaf, fields, names) for leaf, fields in page]


def without_names(leaves: Iterable[Leaf]) -> list[WithoutNames]:
    """Put leaves into words without saying who acted: role and unit stand in her place."""
    told = [said(leaf) for leaf in leaves]
    units = {str(unit.pk): unit.name for unit in Unit.objects.all()}
    return [
        WithoutNames(
            at=each.at,
            what=words.event(each.event, each.kind).sentence,
            role=words.role(each.role),
            unit=units.get(each.fields.get("unit") or "", ""),
        )
        for each in told
    ]


def whole_leaf(leaf: UUID) -> WholeLeaf | None:
    """One leaf with all that it says, or None."""
    found = Leaf.objects.filter(pk=leaf).first()
    if found is None:
        return None
    evidence = said(found)
    fields = evidence.fields
    labels = list(LeafSubject.objects.filter(leaf=leaf).order_by("position").values_list("label", flat=True))
    tokens = len(fields.get("subjects", []))
    differs = list(evidence.differs)
    if fields and not payload_fits(found, fields):
        differs.append("payload")
    # An empty index is what disposal leaves behind; any other difference is not.
    if labels and len(labels) != tokens:
        differs.append("subjects")
    names = _names([evidence])
    unit = Unit.objects.filter(pk=fields["unit"]).first() if fields.get("unit") else None
    return WholeLeaf(
        reading=_reading(found.id, evidence, names, tuple(differs)),
        unit=unit.name if unit else "",
        methods=tuple(words.method(code) for code in fields.get("methods", [])),
        session=fields.get("session", ""),
        request=fields.get("request", ""),
        purpose=_purpose(fields.get("purpose", "")),
        subjects=_subjects(labels, tokens),
        has_detail=found.payload is not None,
        hash=leaf_hash(bytes(found.body)).hex(),
        body=bytes(found.body).decode("utf-8", "replace"),
    )


def _naming(scope: UUID) -> QuerySet[Leaf]:
    # The limit is never reached. It makes the database begin with the few leaves of the scope; otherwise it may go
    # through the whole log backwards and ask of each leaf whether it names the scope.
    named = LeafSubject.objects.filter(scope=scope).values("leaf")[:_ALL]
    return Leaf.objects.filter(pk__in=named)


def _names(leaves: Iterable[Said]) -> dict[UUID, str]:
    ids = {account for fields in leaves for account in (fields.actor, fields.about) if account}
    return dict(User.objects.filter(pk__in=ids).values_list("pk", "name"))


def _reading(
    leaf: UUID, fields: Said, names: dict[UUID, str], differs: tuple[str, ...] | None = None
) -> Reading:
    return Reading(
        leaf=leaf,
        at=fields.at,
        who=names.get(fields.actor, "") if fields.actor else "",
        role=fields.role,
        event=words.event(fields.event, fields.kind),
        basis=fields.basis,
        address=fields.address,
        about=names.get(fields.about, "") if fields.about else "",
        differs=fields.differs if differs is None else differs,
    )


def _subjects(labels: list[str], tokens: int) -> tuple[About, ...]:
    if tokens and not labels:
        return (About(words.DISPOSED, tokens),)
    counted = Counter(words.subject(label) for label in labels)
    return tuple(About(name, number) for name, number in counted.items())


def _purpose(written: str) -> tuple[tuple[str, str], ...]:
    """Take a purpose such as "log_search?kind=read" apart into its code and what was asked."""
    code, _, asked = written.partition("?")
    return ((words.purpose(code), ""), *parse_qsl(asked)) if code else ()

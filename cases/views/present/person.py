"""The person: who she is, what her age means, how she is reached, and who stands near her.

Headings never hold a name, number or address: of a protected person nothing is on the page until it is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases import ages
from cases.access import Opened
from cases.ages import AgeVerdict
from cases.queries.choices import (
    BirthDateSource,
    CoordinationLevel,
    FieldGroup,
    IdentityKind,
    LegalSex,
    Protection,
)
from cases.queries.rows import Case, EarlierNumber, Person


def yes_no(value: bool | None) -> str:
    """Yes, no or not known, in words."""
    return {True: _("Ja"), False: _("Nej")}.get(value, _("Vet inte")) if value is not None else _("Vet inte")


def number_in_words(kind: str, number: str, level: str = "") -> str:
    """An identity number with its separator, kind and level; unknown when there is none."""
    if not number:
        return _("Okänt")
    shown = f"{number[:8]}-{number[8:]}" if len(number) == 12 and number.isdigit() else number
    words = [str(IdentityKind(kind).label)]
    if level:
        words.append(str(CoordinationLevel(level).label).lower())
    return f"{shown} ({', '.join(words)})"


def unmask(opened: Opened, until: Mapping[FieldGroup, datetime]) -> list[dict[str, Any]]:
    """What `cases/unmask.html` reads: each group of fields, shown until when or with the verb that shows it."""
    return [
        {
            "code": group.value,
            "label": group.label,
            "verb": _("Visa %(what)s") % {"what": str(group.label).lower()},
            "until": until.get(group),
        }
        for group in FieldGroup
    ]


def short_rows(opened: Opened) -> list[dict[str, Any]]:
    """What is known of the person in a few lines; of a protected one only what has been asked for."""
    if FieldGroup.IDENTITY in opened.masked:
        return [
            {"key": _("Kodnamn"), "value": opened.case.code_name},
            {"key": _("Språk"), "value": opened.case.person.language},
            {"key": _("Behöver tolk"), "value": yes_no(opened.case.person.needs_interpreter)},
        ]
    person = opened.case.person
    found: list[dict[str, Any]] = [
        {"key": _("Namn"), "value": person.full_name},
        {
            "key": _("Nummer"),
            "value": number_in_words(person.identity_kind, person.identity_number, person.coordination_level),
        },
        {"key": _("Födelsedatum"), "value": _born(person)},
        {"key": _("Juridiskt kön"), "value": LegalSex(person.legal_sex).label},
        {"key": _("Språk"), "value": person.language},
        {"key": _("Behöver tolk"), "value": yes_no(person.needs_interpreter)},
    ]
    if person.called_name:
        found.insert(1, {"key": _("Tilltalsnamn"), "value": person.called_name})
    if person.deceased_on:
        found.append({"key": _("Avliden"), "day": person.deceased_on})
    return found


def rows(opened: Opened, *, earlier: list[EarlierNumber], today: date) -> list[dict[str, Any]]:
    """Everything that is known of the person herself."""
    person = opened.case.person
    found = short_rows(opened)
    is_masked = FieldGroup.IDENTITY in opened.masked
    if person.birth_date and not person.deceased_on and not is_masked:
        age = ages.age_on(born=person.birth_date, day=today)
        found.insert(_place(found, _("Födelsedatum")) + 1, {"key": _("Ålder"), "value": years(age)})
    if earlier and not is_masked:
        found.insert(
            _place(found, _("Nummer")) + 1, {"key": _("Tidigare nummer"), "value": _earlier(earlier)}
        )
    if person.protection != Protection.NONE:
        found.append({"key": _("Skydd"), "value": Protection(person.protection).label})
        found.append({"key": _("Beslutat av"), "value": person.protection_authority})
        found.append(
            {"key": _("Prövas på nytt"), "day": person.protection_review_on, "value": _("Ingen dag satt")}
        )
    return found


def years(age: int) -> str:
    """An age in words."""
    return ngettext("%(n)s år", "%(n)s år", age) % {"n": age}


def age_rows(opened: Opened, *, places: Mapping[str, str], today: date) -> list[dict[str, Any]]:
    """What the law says at her age, as long as it says anything that it does not say of everybody.

    Each is put as it is when nobody has consented for her and the reason why a measure suits has been written.
    """
    born: date | None = opened.case.person.birth_date
    if born is None or ages.age_on(born=born, day=today) >= ages.YOUTH_ENDS_AT:
        return []
    given: dict[str, Any] = {"born": born, "day": today}
    found = [(_("Kontaktperson"), ages.may_have_qualified_contact(**given))]
    if ages.is_child(**given):
        alone = {**given, "guardian_consents": False}
        found = [
            (_("Talan"), ages.speaks_for_herself(**given)),
            (_("Öppen insats"), ages.may_get_open_measure(**alone, suitability="–")),
            (_("Insats utan behovsprövning"), ages.may_get_measure_without_needs_test(**alone)),
            (_("Placering"), ages.may_be_placed(**alone)),
            (_("Skyddat boende"), ages.may_live_in_protected_housing(**given, with_guardian=False)),
            *found,
        ]
    rows = [
        {"key": label, "text": _(verdict.reason), "note": places.get(verdict.legal_basis, "")}
        for label, verdict in found
    ]
    if FieldGroup.IDENTITY in opened.masked:
        # The day of her next birthday would tell when she was born.
        return rows
    for age, day in ages.milestones(born=born, after=today):
        words = _("Fyller %(age)s den %(day)s.") % {"age": age, "day": f"{day:%Y-%m-%d}"}
        return [*rows, {"key": _("Härnäst"), "text": words, "note": ""}]
    return rows


def worker_verdict(opened: Opened, *, today: date) -> AgeVerdict:
    """Whether the responsible worker may work with somebody of her age."""
    case = opened.case
    return ages.may_be_worked_with(
        born=case.person.birth_date, day=today, is_authorised=case.responsible.works_with_children
    )


def linked(cases: list[Case], here: Case) -> list[dict[str, Any]]:
    """The cases beside this one that the reader sees, by number and code name alone."""
    return [
        {
            "number": case.number,
            "code_name": case.code_name,
            "url": reverse("cases:case", args=[case.pk]),
            "what": _("Ärendet som det här öppnades ur")
            if case.pk == here.related_to_id
            else _("Öppnat ur det här ärendet"),
        }
        for case in cases
    ]


def _born(person: Person) -> str:
    if person.birth_date is None:
        return _("Okänt")
    if not person.birth_date_source:
        return f"{person.birth_date:%Y-%m-%d}"
    source = str(BirthDateSource(person.birth_date_source).label).lower()
    return f"{person.birth_date:%Y-%m-%d} ({source})"


def _earlier(numbers: list[EarlierNumber]) -> str:
    lines = []
    for number in numbers:
        words = number_in_words(number.kind, number.number, number.level)
        lines.append(
            _("%(number)s, ersatt %(day)s") % {"number": words, "day": f"{number.replaced_on:%Y-%m-%d}"}
        )
    return "\n".join(lines)


def _place(found: list[dict[str, Any]], key: str) -> int:
    return next(number for number, row in enumerate(found) if row["key"] == key)

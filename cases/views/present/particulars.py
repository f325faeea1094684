"""The rows about the person as `components/records.html` reads them. A heading says the kind and never who."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cases.access import Opened
from cases.policies import Question
from cases.queries.choices import (
    AliasKind,
    ChannelKind,
    ContactKind,
    ContactResult,
    Custody,
    FieldGroup,
    Reaches,
    RelationKind,
    RepresentativeKind,
    Threat,
)
from cases.queries.rows import (
    Alias,
    Contact,
    ContactChannel,
    Guardian,
    NetworkTie,
    Relation,
    Representative,
    Row,
)
from cases.views.present.person import yes_no

THREAT_COLOURS = {Threat.DIRECT: "red", Threat.POSSIBLE: "yellow", Threat.NONE: "green"}
FREE = (True, None, False)


def channels(opened: Opened, found: list[ContactChannel], *, today: date) -> list[dict[str, Any]]:
    """The ways to reach the person, each with whether it may be used."""
    return [_channel(opened, channel, today) for channel in in_order(found, today=today)]


def in_order(found: list[ContactChannel], *, today: date) -> list[ContactChannel]:
    """Those that may be used first, then those not known, those that may not, and those no longer used."""
    return sorted(found, key=lambda channel: (_is_over(channel, today), FREE.index(channel.is_safe)))


def safety(channel: ContactChannel, *, today: date) -> dict[str, str]:
    """Whether it may be used, in words and colour."""
    if _is_over(channel, today):
        return {"text": _("Används inte"), "colour": "grey"}
    if channel.is_safe is None:
        return {"text": _("Inte känt om säker"), "colour": "yellow"}
    if channel.is_safe:
        return {"text": _("Säker"), "colour": "green"}
    return {"text": _("Får inte användas"), "colour": "red"}


def way_in_words(channel: ContactChannel, *, today: date) -> str:
    """A way as a form offers it: what it is, whom it reaches, whether it is safe."""
    kind = ChannelKind(channel.kind).label
    shown = " ".join(channel.value.split())
    return f"{kind}: {shown} – {safety(channel, today=today)['text'].lower()}"


def channel_title(channel: ContactChannel) -> str:
    """The kind of a way, and whom it reaches if that is somebody else."""
    kind = str(ChannelKind(channel.kind).label)
    if channel.reaches == Reaches.CLIENT:
        return kind
    return _("%(kind)s till %(who)s") % {"kind": kind, "who": Reaches(channel.reaches).label.lower()}


def usable_rows(opened: Opened, found: list[ContactChannel], *, today: date) -> list[dict[str, Any]]:
    """The ways to reach the person in a few lines, each with whether it may be used."""
    if FieldGroup.CONTACT in opened.masked:
        return []
    return [
        {
            "key": channel_title(channel),
            "value": f"{channel.value} ({safety(channel, today=today)['text'].lower()})\n{channel.hours}".strip(),
        }
        for channel in in_order(found, today=today)
        if not _is_over(channel, today)
    ]


def contacts(opened: Opened, found: list[Contact]) -> list[dict[str, Any]]:
    """What `components/timeline.html` reads: the contacts that have been taken, newest first."""
    return [
        {
            "title": _contact_title(contact),
            "at": contact.happened_on,
            "who": contact.created_by.name,
            "text": "" if contact.kind == ContactKind.LETTER else contact.text,
            "url": reverse("cases:case_letter", args=[opened.case.pk, contact.pk])
            if contact.kind == ContactKind.LETTER
            else "",
        }
        for contact in found
    ]


def guardians(opened: Opened, found: list[Guardian], *, today: date) -> list[dict[str, Any]]:
    """The guardians, those in force first; a grown person has none."""
    born = opened.case.person.birth_date
    ordered = sorted(found, key=lambda guardian: not guardian.is_in_force(born=born, on=today))
    return [
        _record(
            opened,
            guardian,
            "guardian",
            title=Custody(guardian.custody).label,
            tags=[_guardian_state(guardian, born, today)],
            rows=[
                {"key": _("Namn"), "value": guardian.name},
                {"key": _("Kan informeras utan fara"), "value": yes_no(guardian.may_be_told)},
                {"key": _("Att tänka på"), "value": guardian.note},
                {"key": _("Tid"), "value": _time(guardian.starts_on, guardian.ends_on)},
            ],
        )
        for guardian in ordered
    ]


def representatives(opened: Opened, found: list[Representative], *, today: date) -> list[dict[str, Any]]:
    """The legal representatives, those in force first."""
    ordered = sorted(found, key=lambda one: not one.is_in_force(on=today))
    return [
        _record(
            opened,
            one,
            "representative",
            title=RepresentativeKind(one.kind).label,
            tags=[_state(one.is_in_force(on=today))],
            rows=[
                {"key": _("Namn"), "value": one.name},
                {"key": _("Omfattning"), "value": one.extent},
                {"key": _("Tid"), "value": _time(one.starts_on, one.ends_on)},
            ],
        )
        for one in ordered
    ]


def relations(opened: Opened, found: list[Relation]) -> list[dict[str, Any]]:
    """Who stands near the client."""
    return [
        _record(
            opened,
            one,
            "relation",
            title=RelationKind(one.kind).label,
            tags=[{"text": _("Berörs av hotet"), "colour": "red"}] if one.is_threatened else [],
            rows=[
                {"key": _("Namn"), "value": one.name},
                {"key": _("Födelsedatum"), "day": one.birth_date},
                {"key": _("Roll i ärendet"), "value": one.role},
            ],
        )
        for one in found
    ]


def aliases(opened: Opened, found: list[Alias]) -> list[dict[str, Any]]:
    """Other names that she is known by."""
    return [
        _record(
            opened,
            one,
            "alias",
            title=AliasKind(one.kind).label,
            rows=[{"key": _("Alias"), "value": one.text}],
            group=FieldGroup.IDENTITY,
        )
        for one in found
    ]


def ties(opened: Opened, found: list[NetworkTie]) -> list[dict[str, Any]]:
    """Who in the network means something for this case."""
    return [
        _record(
            opened,
            one,
            "tie",
            title=one.label,
            tags=[
                {"text": Threat(one.threat).label, "colour": THREAT_COLOURS.get(Threat(one.threat), "grey")}
            ],
            rows=[
                {"key": _("Roll i nätverket"), "value": one.role},
                {"key": _("Att tänka på"), "value": one.note},
            ],
            group=None,
        )
        for one in found
    ]


def _record(
    opened: Opened,
    row: Row,
    kind: str,
    *,
    title: Any,
    rows: list[dict[str, Any]],
    tags: list[dict[str, Any]] | None = None,
    group: FieldGroup | None = FieldGroup.NEAR,
) -> dict[str, Any]:
    is_masked = group in opened.masked
    found: dict[str, Any] = {
        "id": f"p-{row.pk}",
        "title": title,
        "tags": tags or [],
        "rows": [] if is_masked else [each for each in rows if each.get("value") or each.get("day")],
        "is_masked": is_masked,
    }
    if opened.may(Question.EDIT_CASE):
        found["edit_url"] = reverse(f"cases:case_{kind}", args=[opened.case.pk, row.pk])
    return found


def _channel(opened: Opened, channel: ContactChannel, today: date) -> dict[str, Any]:
    rows = [
        {"key": _("Nummer eller adress"), "value": channel.value},
        {"key": _("När"), "value": channel.hours},
        {"key": _("Vem får svara"), "value": channel.answered_by},
        {"key": _("Vad får sägas"), "value": channel.may_say},
        {"key": _("Används inte från"), "value": f"{channel.ended_on:%Y-%m-%d}" if channel.ended_on else ""},
    ]
    found = _record(
        opened,
        channel,
        "channel",
        title=channel_title(channel),
        tags=[safety(channel, today=today)],
        rows=rows,
        group=FieldGroup.CONTACT,
    )
    is_open = channel.is_safe is not False and not _is_over(channel, today)
    if is_open and "edit_url" in found and opened.case.person.deceased_on is None:
        is_post = channel.kind == ChannelKind.POST
        name = "cases:case_letter_new" if is_post else "cases:case_contact_new"
        url = f"{reverse(name, args=[opened.case.pk])}?vag={channel.pk}"
        label = _("Skriv brev") if is_post else _("Anteckna kontakt")
        found["actions"] = [{"label": label, "url": url}]
    return found


def _contact_title(contact: Contact) -> str:
    kind = str(ContactKind(contact.kind).label)
    return f"{kind}: {ContactResult(contact.result).label.lower()}" if contact.result else kind


def _is_over(channel: ContactChannel, today: date) -> bool:
    return channel.ended_on is not None and channel.ended_on <= today


def _guardian_state(guardian: Guardian, born: date | None, today: date) -> dict[str, str]:
    if guardian.is_of_age(born=born, on=today):
        return {"text": _("Upphörde på 18-årsdagen"), "colour": "grey"}
    return _state(guardian.is_in_force(born=born, on=today))


def _state(is_in_force: bool) -> dict[str, str]:
    if is_in_force:
        return {"text": _("Gäller"), "colour": "green"}
    return {"text": _("Gäller inte"), "colour": "grey"}


def _time(first: date | None, last: date | None) -> str:
    if first is None and last is None:
        return _("Tills vidare")
    return f"{first or '…'} – {last or '…'}"

"""The style guide's invented lists: what a case, a work list and a log look like when they are full.

Constants alone, on a day of their own, so that pictures of the style guide are the same every time. Nobody here
exists, and nothing here may ever come from a case.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

TODAY = date(2026, 3, 12)
STOCKHOLM = ZoneInfo("Europe/Stockholm")
Rows = list[dict[str, Any]]


def at(days: int, clock: str) -> datetime:
    """Give a moment so many days after the style guide's own day."""
    hour, minute = (int(part) for part in clock.split("."))
    return datetime(TODAY.year, TODAY.month, TODAY.day, hour, minute, tzinfo=STOCKHOLM) + timedelta(days=days)


def day(left: int) -> date:
    """Give the day that is so many days away."""
    return TODAY + timedelta(days=left)


NOTE_PARTS: Rows = [
    {
        "label": _("Faktiska omständigheter"),
        "text": _(
            "Björk kom till mötet i tid. Berättar att lägenheten fungerar och att han sover bättre. "
            "Har varit på två studiebesök och vill söka till vuxenutbildningen i höst."
        ),
    },
    {"label": _("Bedömning"), "text": _("Motivationen är fortsatt stark. Nästa möte om två veckor.")},
]
NOTE_ORIGINALS: Rows = [
    {
        "signed_at": at(-1, "09.42"),
        "author": "Karin Ekdal",
        "corrected_at": at(0, "08.15"),
        "corrected_by": "Karin Ekdal",
        "reason": _("Fel antal studiebesök."),
        "parts": [{"label": _("Faktiska omständigheter"), "text": _("Har varit på ett studiebesök.")}],
    }
]
NOTE_OBJECTIONS: Rows = [
    {"text": _("Jag har inte sagt att jag sover bättre."), "at": at(0, "13.05"), "who": "Karin Ekdal"}
]
SUB_NAV: Rows = [
    {"label": _("Översikt"), "url": "#", "current": True},
    {"label": _("Skeden"), "url": "#"},
    {"label": _("Anteckningar"), "url": "#", "count": 14},
    {"label": _("Åtkomst"), "url": "#"},
]
FACTS: Rows = [
    {"label": _("Medhandläggare"), "value": "Elias Norrby"},
    {"label": _("Hotnivå"), "value": _("Förhöjd")},
]
EVENTS: Rows = [
    {"title": _("Begärde nästa skede: Genomförande"), "at": at(0, "10.20"), "who": "Karin Ekdal"},
    {"title": _("Anteckning signerad"), "at": at(-1, "09.42"), "who": "Karin Ekdal", "url": "#"},
    {
        "title": _("Skedet Beslut påbörjat"),
        "at": at(-20, "15.31"),
        "who": "Maria Sandgren",
        "text": _("Utredningen är klar och kommunicerad. Alla punkter i checklistan är avklarade."),
    },
]
TASKS: Rows = [
    {"title": _("Följ upp åtagandeplanen"), "url": "#", "hint": "Björk · AVH-2026-0147", "due": day(-3)},
    {"title": _("Godkänn skedet Genomförande"), "url": "#", "hint": "Lönn · AVH-2026-0139", "due": day(0)},
    {"title": _("Omedelbar skyddsbedömning"), "url": "#", "hint": "Rönn · FÖR-2026-0021", "due": day(2)},
    {"title": _("Uppföljning efter sex månader"), "url": "#", "hint": "Ask · AVH-2025-0098", "due": day(41)},
    {
        "title": _("Ring tillbaka till frivården"),
        "hint": "Björk · AVH-2026-0147",
        "due": day(0),
        "done": True,
    },
]
ROWS: Rows = [
    {"key": _("Initiativtagare"), "value": _("Polisen, avhopparsamordnare")},
    {"key": _("Inkom"), "day": day(-96)},
    {
        "key": _("Samtycke"),
        "value": _("Polisen och frivården, till 2026-06-30"),
        "action_url": "#",
        "action_label": _("Ändra"),
    },
]
COLUMNS: Rows = [
    {"label": _("Ärende"), "sort_url": "#", "sorted": "ascending"},
    {"label": _("Klient")},
    {"label": _("Skede")},
    {"label": _("Ansvarig")},
    {"label": _("Nästa steg")},
    {"label": _("Senast")},
]
TABLE: list[Rows] = [
    [
        {"text": number, "url": "#"},
        {"text": name},
        {"tag": stage, "colour": colour},
        {"text": who},
        {"due": day(left)},
        {"day": day(-1)},
    ]
    for number, name, stage, colour, who, left in [
        ("AVH-2026-0147", "Björk", _("Beslut"), "", "Karin Ekdal", -3),
        ("AVH-2026-0139", "Lönn", _("Utredning"), "", "Elias Norrby", 0),
        ("FÖR-2026-0021", "Rönn", _("Förhandsbedömning"), "yellow", "Karin Ekdal", 2),
        ("AVH-2025-0098", "Ask", _("Uppföljning"), "green", "Karin Ekdal", 41),
    ]
]
GRANTS: Rows = [
    {
        "name": "Karin Ekdal",
        "role": _("Handläggare"),
        "basis": _("Ansvarig handläggare"),
        "starts": day(-96),
        "by": "Maria Sandgren",
        "state": _("Gäller"),
    },
    {
        "name": "Elias Norrby",
        "role": _("Medhandläggare"),
        "basis": _("Ersätter vid frånvaro"),
        "starts": TODAY,
        "ends": day(14),
        "by": "Maria Sandgren",
        "state": _("Går ut snart"),
        "colour": "yellow",
        "end_url": "#",
        "end_label": _("Avsluta"),
    },
]
READS: Rows = [
    {
        "name": "Karin Ekdal",
        "role": _("Handläggare"),
        "what": _("Öppnade anteckningarna"),
        "basis": _("ansvarig"),
        "at": at(0, "13.58"),
    },
    {
        "name": "Maria Sandgren",
        "role": _("Arbetsledare"),
        "what": _("Öppnade ärendet"),
        "basis": _("godkänner skede"),
        "at": at(-1, "22.47"),
        "flag": _("Utanför kontorstid"),
    },
]
PEOPLE: Rows = [
    {"key": key, "name": name, "first_name": name.split()[0], "role": role, "text": text}
    for key, name, role, text in [
        (
            "karin",
            "Karin Ekdal",
            _("Handläggare"),
            _("Tar emot kontakter, öppnar ärenden, skriver anteckningar och begär nästa skede."),
        ),
        (
            "maria",
            "Maria Sandgren",
            _("Arbetsledare"),
            _("Godkänner skeden och fördelar ärenden i sin enhet."),
        ),
        (
            "goran",
            "Göran Ahlqvist",
            _("Logggranskare"),
            _("Ser vem som har öppnat vad, men aldrig innehållet."),
        ),
        (
            "leila",
            "Leila Haddad",
            _("Trygghetschef"),
            _("Ser skyddade siffror om överenskommelsen. Inget ärende."),
        ),
    ]
]

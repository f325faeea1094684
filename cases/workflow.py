"""The stages of each track as one table, and the ways between them. Pure; the diagram in docs/ is generated from it.

What the *state* allows stands here; what the *person* may do stands in `policies.py`. Sources: domain.md §1 (the
stages of exit work and of prevention), SoL 2025:400. A way not in the table does not exist.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from avhopp.translation import gettext_noop


class Track(StrEnum):
    """Which kind of case it is."""

    EXIT = "exit"
    PREVENTION = "prevention"
    SECONDARY = "secondary"


TRACK_NAMES: dict[Track, str] = {
    Track.EXIT: gettext_noop("Avhopparärende"),
    Track.PREVENTION: gettext_noop("Förebyggande ärende"),
    Track.SECONDARY: gettext_noop("Sekundär avhoppare"),
}


class Stage(StrEnum):
    """The stages of all tracks; a track uses some of them."""

    INTAKE = "intake"
    PROTECTION_CHECK = "protection_check"
    PRELIMINARY = "preliminary"
    ASSESSMENT = "assessment"
    INQUIRY = "inquiry"
    AGREEMENT = "agreement"
    ACUTE = "acute"
    STABILISING = "stabilising"
    ESTABLISHING = "establishing"
    SUPPORT = "support"
    AFTERCARE = "aftercare"
    CLOSED = "closed"
    FOLLOWED_UP = "followed_up"


STAGE_NAMES: dict[Stage, str] = {
    Stage.INTAKE: gettext_noop("Aktualisering"),
    Stage.PROTECTION_CHECK: gettext_noop("Omedelbar skyddsbedömning"),
    Stage.PRELIMINARY: gettext_noop("Förhandsbedömning"),
    Stage.ASSESSMENT: gettext_noop("Initial bedömning"),
    Stage.INQUIRY: gettext_noop("Utredning"),
    Stage.AGREEMENT: gettext_noop("Beslut och överenskommelse"),
    Stage.ACUTE: gettext_noop("Genomförande: akut skydd"),
    Stage.STABILISING: gettext_noop("Genomförande: stabilisering"),
    Stage.ESTABLISHING: gettext_noop("Genomförande: etablering"),
    Stage.SUPPORT: gettext_noop("Genomförande"),
    Stage.AFTERCARE: gettext_noop("Utslussning"),
    Stage.CLOSED: gettext_noop("Avslut"),
    Stage.FOLLOWED_UP: gettext_noop("Uppföljning efter avslut"),
}

ORDER: dict[Track, tuple[Stage, ...]] = {
    Track.EXIT: (
        Stage.INTAKE,
        Stage.ASSESSMENT,
        Stage.INQUIRY,
        Stage.AGREEMENT,
        Stage.ACUTE,
        Stage.STABILISING,
        Stage.ESTABLISHING,
        Stage.AFTERCARE,
        Stage.CLOSED,
        Stage.FOLLOWED_UP,
    ),
    Track.PREVENTION: (
        Stage.PROTECTION_CHECK,
        Stage.PRELIMINARY,
        Stage.INQUIRY,
        Stage.AGREEMENT,
        Stage.SUPPORT,
        Stage.CLOSED,
        Stage.FOLLOWED_UP,
    ),
    Track.SECONDARY: (
        Stage.INTAKE,
        Stage.INQUIRY,
        Stage.AGREEMENT,
        Stage.SUPPORT,
        Stage.AFTERCARE,
        Stage.CLOSED,
        Stage.FOLLOWED_UP,
    ),
}


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a checklist: `code` is stored, `text` is what the worker ticks."""

    code: str
    text: str


CHECKLISTS: dict[Stage, tuple[Item, ...]] = {
    Stage.ASSESSMENT: (
        Item(
            "informed",
            gettext_noop("Personen har fått information om verksamheten, dokumentationen och sekretessen"),
        ),
        Item("safe_contact", gettext_noop("Vi vet hur vi når personen utan att röja kontakten")),
    ),
    Stage.PRELIMINARY: (
        Item(
            "protection_assessed",
            gettext_noop("Omedelbar skyddsbedömning är gjord och dokumenterad (SoL 19 kap.)"),
        ),
    ),
    Stage.INQUIRY: (
        Item("need_described", gettext_noop("Behov och hotbild är beskrivna i en anteckning")),
        Item(
            "acute_considered", gettext_noop("Det är prövat om akut skydd behövs innan utredningen är klar")
        ),
    ),
    Stage.AGREEMENT: (
        Item("inquiry_done", gettext_noop("Utredningen är kommunicerad med den enskilde (FL 25 §)")),
        Item("decision_ready", gettext_noop("Förslag till beslut finns")),
    ),
    Stage.ACUTE: (
        Item("decision_made", gettext_noop("Beslut om insats är fattat av behörig beslutsfattare")),
        Item(
            "agreement_signed", gettext_noop("Överenskommelsen är undertecknad, eller så är skälet antecknat")
        ),
    ),
    Stage.SUPPORT: (
        Item("decision_made", gettext_noop("Beslut om insats är fattat av behörig beslutsfattare")),
        Item("plan_made", gettext_noop("Plan med mål och uppföljningsdatum finns")),
    ),
    Stage.STABILISING: (Item("threat_reviewed", gettext_noop("Hotbilden är bedömd på nytt")),),
    Stage.ESTABLISHING: (
        Item("housing", gettext_noop("Boendet är ordnat för den närmaste tiden")),
        Item("goals_reviewed", gettext_noop("Målen i planen är följda upp med den enskilde")),
    ),
    Stage.AFTERCARE: (
        Item("network", gettext_noop("Det finns en plan för stöd och kontakter efter utslussningen")),
    ),
    Stage.CLOSED: (
        Item("client_told", gettext_noop("Den enskilde är underrättad om avslutet")),
        Item("summary", gettext_noop("Slutanteckning är skriven och signerad")),
    ),
    Stage.FOLLOWED_UP: (Item("contacted", gettext_noop("Uppföljningen är gjord enligt överenskommet sätt")),),
}

CLOSURE_REASONS: dict[str, str] = {
    "goals_met": gettext_noop("Mål uppnådda"),
    "own_request": gettext_noop("Avslut på egen begäran"),
    "breach": gettext_noop("Brott mot överenskommelsen"),
    "not_eligible": gettext_noop("Uppfyller inte förutsättningarna"),
    "declined": gettext_noop("Tackade nej"),
    "lost_contact": gettext_noop("Förlorad kontakt"),
    "imprisoned": gettext_noop("Frihetsberövad"),
    "moved": gettext_noop("Flyttat eller överflyttad"),
    "police_protection": gettext_noop("Övertagen av polisens personsäkerhet"),
    "witness": gettext_noop("Bevisperson"),
    "other_authority": gettext_noop("Annan huvudman"),
    "deceased": gettext_noop("Avliden"),
    "registered_in_error": gettext_noop("Felregistrerad"),
}


@dataclass(frozen=True, slots=True)
class Way:
    """A way from one stage to another, always on request and approved by somebody else."""

    track: Track
    origin: Stage
    target: Stage


def _ways() -> frozenset[Way]:
    ways: set[Way] = set()
    for track, stages in ORDER.items():
        before_closure = stages[: stages.index(Stage.CLOSED)]
        ways |= {Way(track, origin, target) for origin, target in pairwise(stages)}
        # A person may leave, and a case may end, at any time.
        ways |= {Way(track, origin, Stage.CLOSED) for origin in before_closure}
    # Acute protection may be decided before the inquiry is done (SoL 2025:400; domain.md §1), and threat may return.
    ways |= {
        Way(Track.EXIT, origin, Stage.ACUTE)
        for origin in (Stage.INTAKE, Stage.ASSESSMENT, Stage.INQUIRY, Stage.STABILISING, Stage.ESTABLISHING)
    }
    ways |= {Way(Track.EXIT, Stage.ACUTE, Stage.INQUIRY), Way(Track.EXIT, Stage.AFTERCARE, Stage.STABILISING)}
    return frozenset(ways)


WAYS: frozenset[Way] = _ways()


def first_stage(track: Track) -> Stage:
    """Where a case of this track begins."""
    return ORDER[track][0]


def next_stages(*, track: Track, stage: Stage) -> tuple[Stage, ...]:
    """Where a case may go from here: the ordinary next stage first, closure last."""
    order = ORDER[track]
    targets = [way.target for way in WAYS if way.track == track and way.origin == stage]
    here = order.index(stage)

    def rank(target: Stage) -> tuple[bool, bool, int]:
        place = order.index(target)
        return (target == Stage.CLOSED and place != here + 1, place < here, place)

    return tuple(sorted(targets, key=rank))


def is_way(*, track: Track, origin: Stage, target: Stage) -> bool:
    """Tell whether the table has the way."""
    return Way(track, origin, target) in WAYS


def is_ended(stage: Stage) -> bool:
    """Tell whether work has ended: such a case is read, followed up and disposed of, no longer worked in."""
    return stage in {Stage.CLOSED, Stage.FOLLOWED_UP}


def missing_items(*, target: Stage, ticked: set[str]) -> tuple[Item, ...]:
    """The lines of the target's checklist that are not ticked."""
    return tuple(item for item in CHECKLISTS.get(target, ()) if item.code not in ticked)


def diagram() -> str:
    """Draw the table as a Mermaid state diagram, one track after another."""
    lines = []
    for track, stages in ORDER.items():
        lines += [
            f"### {TRACK_NAMES[track]}",
            "",
            "```mermaid",
            "stateDiagram-v2",
            f"    [*] --> {stages[0]}",
        ]
        lines += [f'    state "{STAGE_NAMES[stage]}" as {stage}' for stage in stages]
        lines += sorted(f"    {way.origin} --> {way.target}" for way in WAYS if way.track == track)
        lines += [f"    {stages[-1]} --> [*]", "```", ""]
    return "\n".join(lines)

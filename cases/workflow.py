"""The stages of each track as one table, and the ways between them. Pure; the diagram in docs/ is generated from it.

What the *state* allows stands here; what the *person* may do stands in `policies.py`; what a stage needs (checklist,
who asks and approves, consent and decision) is dated data, shipped in `catalogue/stage_rules.py`. Sources: domain.md
§1 (the stages of exit work and of prevention), SoL 2025:400. A way not in the table does not exist.
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


class Gate(StrEnum):
    """What is asked for and approved like a stage, but leaves the case in the stage where it is.

    Support rests on individual need; the joint programme with the police has conditions of its own and ends by itself
    (domain.md §1, the two gates that may not be merged).
    """

    JOINT_PROGRAMME = "joint_programme"


Target = Stage | Gate
GATE_NAMES: dict[Gate, str] = {Gate.JOINT_PROGRAMME: gettext_noop("Gemensamt program med polisen")}
JOINT_FROM = frozenset(
    {
        Stage.INQUIRY,
        Stage.AGREEMENT,
        Stage.ACUTE,
        Stage.STABILISING,
        Stage.ESTABLISHING,
        Stage.AFTERCARE,
    }
)


class Requirement(StrEnum):
    """What must stand in the case before a target is asked for, and still when it is approved."""

    CONSENT_POLICE = "consent_police"
    AGREEMENT_SIGNED = "agreement_signed"
    DECISION_IN_FORCE = "decision_in_force"
    THREAT_ASSESSED = "threat_assessed"
    PLAN_AGREED = "plan_agreed"


REQUIREMENTS: dict[Requirement, str] = {
    Requirement.CONSENT_POLICE: gettext_noop("Ett samtycke som omfattar polisen gäller"),
    Requirement.AGREEMENT_SIGNED: gettext_noop("Överenskommelsen är undertecknad och gäller"),
    Requirement.DECISION_IN_FORCE: gettext_noop("Ett signerat beslut om insats gäller"),
    Requirement.THREAT_ASSESSED: gettext_noop("En signerad hotbildsbedömning gäller"),
    Requirement.PLAN_AGREED: gettext_noop("En plan är överenskommen"),
}


class Standing(StrEnum):
    """Whether work goes on, beside the stage that the case is in."""

    ACTIVE = "active"
    DORMANT = "dormant"
    INTERRUPTED = "interrupted"
    TRANSFERRED = "transferred"


STANDING_NAMES: dict[Standing, str] = {
    Standing.ACTIVE: gettext_noop("Pågår"),
    Standing.DORMANT: gettext_noop("Vilande"),
    Standing.INTERRUPTED: gettext_noop("Avbrott"),
    Standing.TRANSFERRED: gettext_noop("Överflyttat"),
}
# A transferred case is never taken back: a new need becomes a new case.
STANDING_WAYS: frozenset[tuple[Standing, Standing]] = frozenset(
    {
        (Standing.ACTIVE, Standing.DORMANT),
        (Standing.ACTIVE, Standing.INTERRUPTED),
        (Standing.DORMANT, Standing.ACTIVE),
        (Standing.DORMANT, Standing.INTERRUPTED),
        (Standing.INTERRUPTED, Standing.ACTIVE),
        (Standing.ACTIVE, Standing.TRANSFERRED),
        (Standing.DORMANT, Standing.TRANSFERRED),
    }
)

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
    # Who does not want the police in it is helped on her own need: the joint assessment is passed by.
    ways |= {Way(Track.EXIT, Stage.INTAKE, Stage.INQUIRY)}
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


def targets(*, track: Track, stage: Stage, standing: Standing, is_joint: bool) -> tuple[Target, ...]:
    """What may be asked for now: stages first; a case that does not go on can only be closed."""
    if standing == Standing.TRANSFERRED:
        return ()
    stages = next_stages(track=track, stage=stage)
    if standing != Standing.ACTIVE:
        return tuple(target for target in stages if target == Stage.CLOSED)
    may_join = track == Track.EXIT and stage in JOINT_FROM and not is_joint
    return (*stages, Gate.JOINT_PROGRAMME) if may_join else stages


def as_target(code: str) -> Target:
    """Read a stored target."""
    return Gate(code) if code in set(Gate) else Stage(code)


def target_name(target: Target) -> str:
    """A target in words."""
    return GATE_NAMES[target] if isinstance(target, Gate) else STAGE_NAMES[target]


def is_ended(stage: Stage) -> bool:
    """Tell whether work has ended: such a case is read, followed up and disposed of, no longer worked in."""
    return stage in {Stage.CLOSED, Stage.FOLLOWED_UP}


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

"""How the log is: what the last verification found, and how the sequencer and the witness are doing.

A stopped sequencer loses nothing, but what it has not signed can still be changed unseen; so it is seen within a
minute. Reads a few rows; safe to ask at every page.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.conf import settings

from audit import checking
from audit.checkpoint import Checkpoint, Stamp
from audit.models import Cosignature, Heartbeat, Pending, SignedCheckpoint, VerificationRun
from audit.note import BadNote, Note
from avhopp.translation import gettext_noop

# The heartbeat comes every ten seconds.
LONGEST_SILENCE = timedelta(seconds=30)
LONGEST_WAIT = timedelta(seconds=30)
LONGEST_UNWITNESSED = timedelta(minutes=15)
# It is verified every quarter of an hour.
LONGEST_UNVERIFIED = timedelta(hours=1)
_WITNESS: dict[str, str] = {
    "forked": gettext_noop("Vittnet har sett en annan logg än den som finns här. Kör verify_log genast."),
    "unreachable": gettext_noop("Vittnet svarar inte."),
    "refused": gettext_noop("Vittnet känner inte igen loggen."),
    "unsigned": gettext_noop("Vittnets svar är inte undertecknat med dess nyckel."),
}


@dataclass(frozen=True, slots=True)
class Lag:
    """`sentence` is Swedish, for the person who must act; empty when all is well."""

    waiting: int
    oldest: timedelta
    silence: timedelta | None
    sentence: str

    @property
    def is_well(self) -> bool:
        """Whether nobody needs to do anything."""
        return not self.sentence


@dataclass(frozen=True, slots=True)
class Head:
    """The latest signed checkpoint: the note as it was signed, the witnesses' lines, and what the note says."""

    number: int
    size: int
    at: datetime | None
    note: str
    cosignatures: tuple[str, ...]

    @property
    def text(self) -> str:
        """The whole note, as it is saved and given to a verification."""
        return self.note + "".join(self.cosignatures)


class Trouble(StrEnum):
    """What somebody must act on, the worst first; the value is a sentence for her."""

    FAULTS = gettext_noop("Loggen är inte hel.")
    UNJUDGED = gettext_noop(
        "Loggens offentliga nyckel är inte inställd, så loggen kontrolleras inte av sig själv."
    )
    NEVER = gettext_noop("Loggen har inte kontrollerats ännu.")
    STALE = gettext_noop("Loggen har inte kontrollerats på länge. Se efter att arbetaren och klockan går.")


@dataclass(frozen=True, slots=True)
class State:
    """Everything that the page shows of the log itself; `operator` runs the witness, empty if it is not independent."""

    run: VerificationRun | None
    lag: Lag
    head: Head | None
    has_witness: bool
    operator: str
    trouble: Trouble | None


def state(*, now: datetime) -> State:
    """Tell how the log is."""
    beat = Heartbeat.objects.first()
    run = checking.latest()
    return State(
        run=run,
        lag=lag(now=now),
        head=head(),
        has_witness=bool(beat and beat.has_witness),
        operator=settings.WITNESS_OPERATOR,
        trouble=_trouble(run, now),
    )


def head() -> Head | None:
    """The latest signed checkpoint, if the sequencer has signed any."""
    last = SignedCheckpoint.objects.order_by("-number").first()
    if last is None:
        return None
    lines = Cosignature.objects.filter(number=last.number).order_by("id").values_list("line", flat=True)
    return Head(last.number, last.size, _signed_at(last.note), last.note, tuple(lines))


def _signed_at(note: str) -> datetime | None:
    try:
        return Stamp.parse(Checkpoint.parse(Note.parse(note).text).extra).at
    except BadNote:
        return None


def _trouble(run: VerificationRun | None, now: datetime) -> Trouble | None:
    if run is not None and not run.is_whole:
        return Trouble.FAULTS
    if not settings.LOG_PUBLIC_KEY:
        return Trouble.UNJUDGED
    if run is None:
        return Trouble.NEVER
    return Trouble.STALE if now - run.at > LONGEST_UNVERIFIED else None


def lag(*, now: datetime) -> Lag:
    """Tell how far the tree is behind and whether its sequencer and witness live."""
    beat = Heartbeat.objects.first()
    oldest = Pending.objects.order_by("id").first()
    waiting = Pending.objects.count() if oldest else 0
    waited = max(now - oldest.added_at, timedelta()) if oldest else timedelta()
    silence = None if beat is None else max(now - beat.beat_at, timedelta())
    return Lag(waiting, waited, silence, _sentence(beat, silence, waited, now))


def _sentence(beat: Heartbeat | None, silence: timedelta | None, waited: timedelta, now: datetime) -> str:
    if beat is None or silence is None:
        return gettext_noop("Loggens sekvenserare har aldrig körts. Starta den: manage.py sequence.")
    if silence > LONGEST_SILENCE:
        return gettext_noop(
            "Loggens sekvenserare står still. Inget går förlorat, men starta den: manage.py sequence."
        )
    if waited > LONGEST_WAIT:
        return gettext_noop("Det finns händelser som sekvenseraren inte kan ta. Kör verify_log.")
    if not beat.has_witness:
        return ""
    if beat.witness_said:
        return _WITNESS.get(beat.witness_said, beat.witness_said)
    last = SignedCheckpoint.objects.order_by("-number").first()
    is_cosigned = last is None or Cosignature.objects.filter(number=last.number).exists()
    if not is_cosigned and now - (beat.witnessed_at or beat.beat_at) > LONGEST_UNWITNESSED:
        return gettext_noop("Vittnet har inte medsignerat loggen på länge.")
    return ""

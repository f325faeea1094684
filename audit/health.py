"""How the sequencer and the witness are doing, for a page and for whoever is on call.

A stopped sequencer loses nothing, but what it has not signed can still be changed unseen; so it is seen within a
minute. Reads two rows; safe to ask at every page.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from audit.models import Cosignature, Heartbeat, Pending, SignedCheckpoint
from avhopp.translation import gettext_noop

# The heartbeat comes every ten seconds.
LONGEST_SILENCE = timedelta(seconds=30)
LONGEST_WAIT = timedelta(seconds=30)
LONGEST_UNWITNESSED = timedelta(minutes=15)
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

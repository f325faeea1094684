"""What can happen in the follow-up, as the record names it."""

from __future__ import annotations

from audit.events import Kind, declare
from avhopp.translation import gettext_noop

READ = declare("followup.read", Kind.READ, gettext_noop("läste uppföljningen"))
RELEASE_READ = declare("followup.release_read", Kind.READ, gettext_noop("läste ett förslag till redovisning"))
EXPORTED = declare("followup.exported", Kind.EXPORT, gettext_noop("hämtade en rapport ur uppföljningen"))

REFUSED = declare("followup.refused", Kind.REFUSAL, gettext_noop("nekades något i uppföljningen"))

AGREEMENT_REGISTERED = declare(
    "followup.agreement_registered", Kind.CHANGE, gettext_noop("lade in en samverkansöverenskommelse")
)
AGREEMENT_REVISED = declare(
    "followup.agreement_revised", Kind.CHANGE, gettext_noop("ändrade en samverkansöverenskommelse")
)
INDICATOR_CHANGED = declare(
    "followup.indicator_changed", Kind.CHANGE, gettext_noop("ändrade en indikator i uppföljningen")
)
MEASURE_CHANGED = declare(
    "followup.measure_changed", Kind.CHANGE, gettext_noop("ändrade en åtgärd i uppföljningen")
)
NARRATIVE_WRITTEN = declare(
    "followup.narrative_written", Kind.CHANGE, gettext_noop("skrev en kommentar till uppföljningen")
)
FIGURES_ENTERED = declare(
    "followup.figures_entered", Kind.CHANGE, gettext_noop("förde in uppgifter utifrån i uppföljningen")
)

FACTS_GATHERED = declare("followup.facts_gathered", Kind.CHANGE, gettext_noop("kodade vad som har hänt"))

RELEASE_PROPOSED = declare("followup.release_proposed", Kind.CHANGE, gettext_noop("föreslog en redovisning"))
RELEASE_COUNTING = declare(
    "followup.release_counting", Kind.CHANGE, gettext_noop("började räkna en redovisning")
)
RELEASE_AUDITED = declare(
    "followup.release_audited", Kind.CHANGE, gettext_noop("prövade en redovisning, som höll")
)
RELEASE_REFUSED = declare(
    "followup.release_refused", Kind.CHANGE, gettext_noop("prövade en redovisning, som inte höll")
)
RELEASE_WITHDRAWN = declare(
    "followup.release_withdrawn", Kind.CHANGE, gettext_noop("tog tillbaka ett förslag till redovisning")
)
RELEASE_RETURNED = declare(
    "followup.release_returned", Kind.CHANGE, gettext_noop("återlämnade ett förslag till redovisning")
)
RELEASE_APPROVED = declare("followup.release_approved", Kind.CHANGE, gettext_noop("godkände en redovisning"))
RELEASE_PUBLISHED = declare(
    "followup.release_published", Kind.CHANGE, gettext_noop("publicerade en redovisning")
)
KNOWN_ENTERED = declare(
    "followup.known_entered", Kind.CHANGE, gettext_noop("förde in en uppgift som redan är känd")
)
NEIGHBOUR_ADDED = declare(
    "followup.neighbour_added", Kind.CHANGE, gettext_noop("lade till en kommun att jämföra med")
)
NEIGHBOUR_IMPORTED = declare(
    "followup.neighbour_imported", Kind.CHANGE, gettext_noop("tog in en annan kommuns redovisning")
)

PURPOSES = {
    "followup": gettext_noop("uppföljning av överenskommelsen"),
    "agreement": gettext_noop("en samverkansöverenskommelse"),
    "figures": gettext_noop("uppgifter utifrån"),
    "facts": gettext_noop("vad som har hänt, i koder utan identitet"),
    "release": gettext_noop("en redovisning"),
    "export": gettext_noop("en rapport"),
    "known": gettext_noop("en uppgift som redan är känd"),
    "neighbour": gettext_noop("jämförelse med andra kommuner"),
}
SUBJECTS = {
    "followup.release": gettext_noop("en redovisning"),
    "followup.certificate": gettext_noop("ett intyg"),
    "followup.fact": gettext_noop("en kodad uppgift"),
    "followup.heard": gettext_noop("en kodad uppgift som väntar på att räknas"),
    "followup.signingkey": gettext_noop("en nyckel för redovisningar"),
}
BASES = {"job": gettext_noop("av sig självt, i bakgrunden")}
JOBS = {"followup": gettext_noop("Uppföljningen, i bakgrunden")}

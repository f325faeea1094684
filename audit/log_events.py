"""What can happen to the record itself: that somebody searches it, reads one of its leaves, or reviews it."""

from __future__ import annotations

from audit.events import Kind, declare
from avhopp.translation import gettext_noop

LOG_SEARCHED = declare("log.searched", Kind.READ, gettext_noop("sökte i åtkomstloggen"))
LEAF_VIEWED = declare("log.leaf_viewed", Kind.READ, gettext_noop("läste en händelse i åtkomstloggen"))
LOG_EXPORTED = declare("log.exported", Kind.EXPORT, gettext_noop("hämtade träffar ur åtkomstloggen"))
ACCESS_REPLAYED = declare(
    "log.access_replayed", Kind.READ, gettext_noop("frågade loggen vem som kunde se ett ärende")
)
# What a reviewer asks the log about a case. The case's own team, and the client, are not told of it.
ASKED = frozenset(event.code for event in (LOG_SEARCHED, LOG_EXPORTED, ACCESS_REPLAYED))

SEED_COMMITTED = declare("review.seed_committed", Kind.CHANGE, gettext_noop("band sig vid ett års lottning"))
SEED_OPENED = declare("review.seed_opened", Kind.READ, gettext_noop("öppnade årets lottning"))
REVIEW_DRAWN = declare("review.drawn", Kind.CHANGE, gettext_noop("drog månadens stickprov ur loggen"))
REVIEW_VIEWED = declare("review.viewed", Kind.READ, gettext_noop("såg loggkontrollen"))
ITEM_VIEWED = declare("review.item_viewed", Kind.READ, gettext_noop("läste en del av loggkontrollen"))
ITEM_JUDGED = declare("review.judged", Kind.CHANGE, gettext_noop("bedömde en del av loggkontrollen"))
ITEM_FOLLOWED_UP = declare("review.followed_up", Kind.CHANGE, gettext_noop("följde upp en anmärkning"))
REVIEW_SIGNED = declare("review.signed", Kind.CHANGE, gettext_noop("signerade månadens loggkontroll"))
REVIEW_REFUSED = declare("review.refused", Kind.REFUSAL, gettext_noop("nekades en del av loggkontrollen"))
REVIEW_REMINDED = declare(
    "review.reminded", Kind.ACCOUNT, gettext_noop("fick en påminnelse om loggkontrollen med e-post")
)
REVIEW_ESCALATED = declare(
    "review.escalated", Kind.ACCOUNT, gettext_noop("fick veta att loggkontrollen är försenad")
)
REVIEW_REPORTED = declare(
    "review.reported", Kind.EXPORT, gettext_noop("hämtade årets rapport om loggkontrollen")
)

LOG_FOUND_WHOLE = declare("log.found_whole", Kind.CHANGE, gettext_noop("fann loggen hel"))
LOG_FAULT_FOUND = declare("log.fault_found", Kind.CHANGE, gettext_noop("fann fel i loggen"))
LOG_FAULT_TOLD = declare("log.fault_told", Kind.ACCOUNT, gettext_noop("fick veta att loggen inte är hel"))
CHECKPOINT_SHOWN = declare(
    "log.checkpoint_shown", Kind.READ, gettext_noop("visade loggens senaste kontrollpunkt")
)

DECOYS_VIEWED = declare("decoy.viewed", Kind.READ, gettext_noop("såg lockärendena"))
DECOY_ASKED = declare("decoy.asked", Kind.CHANGE, gettext_noop("begärde ett lockärende"))
DECOY_APPROVED = declare("decoy.approved", Kind.CHANGE, gettext_noop("godkände ett lockärende"))
DECOY_DECLINED = declare("decoy.declined", Kind.CHANGE, gettext_noop("avslog ett lockärende"))
DECOY_ENDED = declare("decoy.ended", Kind.CHANGE, gettext_noop("avslutade ett lockärende"))
DECOY_OPENED = declare("decoy.opened", Kind.CHANGE, gettext_noop("larmade om ett lockärende"))
DECOY_TOLD = declare("decoy.told", Kind.ACCOUNT, gettext_noop("fick veta att ett lockärende har öppnats"))
DECOY_ALERT_HANDLED = declare("decoy.alert_handled", Kind.CHANGE, gettext_noop("följde upp ett larm"))

"""What can happen in the programme, as the record names it."""

from __future__ import annotations

from audit.events import Kind, declare
from avhopp.translation import gettext_noop

CASE_VIEWED = declare("case.viewed", Kind.READ, gettext_noop("öppnade ärendet"))
CASES_LISTED = declare("case.listed", Kind.READ, gettext_noop("såg ärendet i sin lista"))
CASES_SEARCHED = declare("case.searched", Kind.READ, gettext_noop("sökte bland sina ärenden"))
DUPLICATES_ASKED = declare(
    "person.asked_about", Kind.READ, gettext_noop("frågade om en person kan vara känd i någon enhet")
)
REGISTER_BROUGHT = declare(
    "register.brought", Kind.CHANGE, gettext_noop("lämnade ett register för inläsning")
)
REGISTER_CHECKED = declare("register.checked", Kind.CHANGE, gettext_noop("kontrollerade ett register"))
REGISTER_STARTED = declare("register.started", Kind.CHANGE, gettext_noop("började läsa in ett register"))
REGISTER_ENDED = declare("register.ended", Kind.CHANGE, gettext_noop("avslutade inläsningen av ett register"))
ACCESS_REFUSED = declare("case.refused", Kind.REFUSAL, gettext_noop("nekades åtkomst"))
ACTION_REFUSED = declare("action.refused", Kind.REFUSAL, gettext_noop("nekades en åtgärd"))
READERS_VIEWED = declare("case.readers_viewed", Kind.READ, gettext_noop("såg vem som har läst ärendet"))
CHANGES_VIEWED = declare("case.changes_viewed", Kind.READ, gettext_noop("läste ändringshistoriken"))

ENQUIRY_REGISTERED = declare("enquiry.registered", Kind.CHANGE, gettext_noop("registrerade en förfrågan"))
ENQUIRY_VIEWED = declare("enquiry.viewed", Kind.READ, gettext_noop("läste en förfrågan"))
ENQUIRIES_LISTED = declare("enquiry.listed", Kind.READ, gettext_noop("såg förfrågan i listan"))
ENQUIRY_ENDED = declare("enquiry.ended", Kind.CHANGE, gettext_noop("avslutade en förfrågan"))
FIRST_MEETING_NOTED = declare("enquiry.met", Kind.CHANGE, gettext_noop("antecknade första mötet"))

CASE_OPENED = declare("case.opened", Kind.CHANGE, gettext_noop("öppnade ett nytt ärende"))
CASE_EDITED = declare("case.edited", Kind.CHANGE, gettext_noop("ändrade uppgifter i ärendet"))
PERSON_EDITED = declare("person.edited", Kind.CHANGE, gettext_noop("ändrade uppgifter om personen"))

NUMBER_REPLACED = declare(
    "person.number_replaced", Kind.CHANGE, gettext_noop("antecknade ett nytt nummer för personen")
)
PARTICULAR_ADDED = declare(
    "person.particular_added", Kind.CHANGE, gettext_noop("antecknade en uppgift om personen")
)
PARTICULAR_CHANGED = declare(
    "person.particular_changed", Kind.CHANGE, gettext_noop("ändrade en uppgift om personen")
)

CONTACT_MADE = declare("contact.made", Kind.CHANGE, gettext_noop("antecknade en kontakt med personen"))
CONTACT_REFUSED = declare(
    "contact.refused", Kind.REFUSAL, gettext_noop("nekades att kontakta personen på en osäker väg")
)

NOTE_STARTED = declare("note.started", Kind.CHANGE, gettext_noop("började på en anteckning"))
NOTE_SAVED = declare("note.saved", Kind.CHANGE, gettext_noop("sparade ett utkast"))
NOTE_DISCARDED = declare("note.discarded", Kind.CHANGE, gettext_noop("kastade ett utkast"))
NOTE_SIGNED = declare("note.signed", Kind.CHANGE, gettext_noop("signerade en anteckning"))
NOTE_CORRECTED = declare("note.corrected", Kind.CHANGE, gettext_noop("började på en rättelse"))

TASK_ADDED = declare("task.added", Kind.CHANGE, gettext_noop("lade till en uppgift"))
TASK_ENDED = declare("task.ended", Kind.CHANGE, gettext_noop("avslutade en uppgift"))
TASK_REOPENED = declare("task.reopened", Kind.CHANGE, gettext_noop("öppnade en avslutad uppgift igen"))
TASK_HANDED_OVER = declare("task.handed_over", Kind.CHANGE, gettext_noop("lämnade över en uppgift"))
TASK_DROPPED = declare("task.dropped", Kind.CHANGE, gettext_noop("tog bort en tidsfrist med skäl"))
TASK_ESCALATED = declare(
    "task.escalated", Kind.CHANGE, gettext_noop("en försenad tidsfrist lyftes till arbetsledaren")
)
DAYS_EXPORTED = declare("task.days_exported", Kind.EXPORT, gettext_noop("hämtade sina dagar som kalenderfil"))
AGES_FOLLOWED = declare("ages.followed", Kind.CHANGE, gettext_noop("satte uppgifter efter åldern"))
OPENED_BY_CLOCK = declare("case.opened_by_clock", Kind.READ, gettext_noop("läste födelsedatumet"))

CONSENT_GIVEN = declare("consent.given", Kind.CHANGE, gettext_noop("antecknade ett samtycke"))
CONSENT_WITHDRAWN = declare(
    "consent.withdrawn", Kind.CHANGE, gettext_noop("antecknade att ett samtycke återkallats")
)

MAPPING_STARTED = declare("mapping.started", Kind.CHANGE, gettext_noop("började på en kartläggning"))
MAPPING_SAVED = declare("mapping.saved", Kind.CHANGE, gettext_noop("sparade ett utkast till en kartläggning"))
MAPPING_DISCARDED = declare(
    "mapping.discarded", Kind.CHANGE, gettext_noop("kastade ett utkast till en kartläggning")
)
MAPPING_SIGNED = declare("mapping.signed", Kind.CHANGE, gettext_noop("signerade en kartläggning"))
MAPPING_CORRECTED = declare("mapping.corrected", Kind.CHANGE, gettext_noop("började rätta en kartläggning"))

ASSESSMENT_STARTED = declare("assessment.started", Kind.CHANGE, gettext_noop("började på en bedömning"))
ASSESSMENT_SAVED = declare(
    "assessment.saved", Kind.CHANGE, gettext_noop("sparade ett utkast till en bedömning")
)
ASSESSMENT_DISCARDED = declare(
    "assessment.discarded", Kind.CHANGE, gettext_noop("kastade ett utkast till en bedömning")
)
ASSESSMENT_SIGNED = declare("assessment.signed", Kind.CHANGE, gettext_noop("signerade en bedömning"))
ASSESSMENT_CORRECTED = declare(
    "assessment.corrected", Kind.CHANGE, gettext_noop("började rätta en bedömning")
)

PLAN_STARTED = declare("plan.started", Kind.CHANGE, gettext_noop("började på en plan"))
PLAN_SAVED = declare("plan.saved", Kind.CHANGE, gettext_noop("sparade ett utkast till en plan"))
PLAN_DISCARDED = declare("plan.discarded", Kind.CHANGE, gettext_noop("kastade ett utkast till en plan"))
PLAN_SIGNED = declare("plan.signed", Kind.CHANGE, gettext_noop("signerade en plan"))
PLAN_CORRECTED = declare("plan.corrected", Kind.CHANGE, gettext_noop("började rätta en plan"))
PLAN_FOLLOWED_UP = declare("plan.followed_up", Kind.CHANGE, gettext_noop("följde upp en plan"))
PLAN_FOLLOW_UP_CHANGED = declare(
    "plan.follow_up_changed", Kind.CHANGE, gettext_noop("ändrade uppföljningen av en plan")
)

PROVIDER_REGISTERED = declare(
    "provider.registered", Kind.CHANGE, gettext_noop("lade till en utförare i enhetens register")
)
PROVIDER_CHANGED = declare(
    "provider.changed", Kind.CHANGE, gettext_noop("ändrade en utförare i enhetens register")
)

FOLLOW_UP_NOTED = declare("follow_up.noted", Kind.CHANGE, gettext_noop("antecknade en uppföljning"))
FOLLOW_UP_CHANGED = declare("follow_up.changed", Kind.CHANGE, gettext_noop("ändrade en uppföljning"))

AGREEMENT_WRITTEN = declare("agreement.written", Kind.CHANGE, gettext_noop("skrev en överenskommelse"))
AGREEMENT_CHANGED = declare("agreement.changed", Kind.CHANGE, gettext_noop("ändrade en överenskommelse"))
AGREEMENT_SIGNED = declare(
    "agreement.signed", Kind.CHANGE, gettext_noop("antecknade en underskrift på en överenskommelse")
)
AGREEMENT_ENDED = declare("agreement.ended", Kind.CHANGE, gettext_noop("avslutade en överenskommelse"))
BREACH_NOTED = declare("breach.noted", Kind.CHANGE, gettext_noop("antecknade ett avsteg"))
BREACH_DECIDED = declare("breach.decided", Kind.CHANGE, gettext_noop("valde följden av ett avsteg"))
TRANSFER_ASKED = declare("transfer.asked", Kind.CHANGE, gettext_noop("begärde överflyttning"))
TRANSFER_ANSWERED = declare(
    "transfer.answered", Kind.CHANGE, gettext_noop("antecknade svaret på en begäran om överflyttning")
)
TRANSFER_REFERRED = declare(
    "transfer.referred", Kind.CHANGE, gettext_noop("antecknade att IVO har tillfrågats")
)
TRANSFER_DONE = declare(
    "transfer.done", Kind.CHANGE, gettext_noop("lämnade över ärendet till en annan kommun")
)

DECISION_DRAFTED = declare("decision.drafted", Kind.CHANGE, gettext_noop("började på ett beslut"))
DECISION_SAVED = declare("decision.saved", Kind.CHANGE, gettext_noop("sparade ett utkast till beslut"))
DECISION_DISCARDED = declare(
    "decision.discarded", Kind.CHANGE, gettext_noop("kastade ett utkast till beslut")
)
DECISION_SIGNED = declare("decision.signed", Kind.CHANGE, gettext_noop("signerade ett beslut"))
DECISION_FOLLOWED = declare(
    "decision.followed", Kind.CHANGE, gettext_noop("började på ett beslut som följer på ett tidigare")
)
DECISION_EVENT_NOTED = declare(
    "decision.event_noted", Kind.CHANGE, gettext_noop("antecknade vad som har hänt med ett beslut")
)

CATALOGUE_ADDED = declare("catalogue.added", Kind.CHANGE, gettext_noop("lade till ett lagrum i katalogen"))
CATALOGUE_REWORDED = declare(
    "catalogue.reworded", Kind.CHANGE, gettext_noop("gav något i katalogen en ny lydelse")
)
CATALOGUE_ENDED = declare("catalogue.ended", Kind.CHANGE, gettext_noop("lät något i katalogen upphöra"))
CATALOGUE_RESUMED = declare(
    "catalogue.resumed", Kind.CHANGE, gettext_noop("lät något i katalogen fortsätta att gälla")
)
CATALOGUE_TAKEN_BACK = declare(
    "catalogue.taken_back", Kind.CHANGE, gettext_noop("tog tillbaka en kommande lydelse i katalogen")
)

DELEGATION_GIVEN = declare("delegation.given", Kind.CHANGE, gettext_noop("gav en delegation"))
DELEGATION_WITHDRAWN = declare("delegation.withdrawn", Kind.CHANGE, gettext_noop("återkallade en delegation"))

DOCUMENT_ADDED = declare("document.added", Kind.CHANGE, gettext_noop("lade in en handling"))
DOCUMENT_REPLACED = declare(
    "document.replaced", Kind.CHANGE, gettext_noop("ersatte en handling med en ny version")
)
DOCUMENT_TAKEN = declare("document.taken", Kind.EXPORT, gettext_noop("hämtade en handling"))
DOCUMENT_UNAVAILABLE = declare(
    "document.unavailable", Kind.REFUSAL, gettext_noop("fick inte en handling, för lagret svarade inte")
)
DOCUMENT_DAMAGED = declare(
    "document.damaged", Kind.REFUSAL, gettext_noop("fick inte en handling, för den är inte som den lades in")
)
DOCUMENT_INFECTED = declare(
    "document.infected", Kind.REFUSAL, gettext_noop("nekades att lägga in en fil med skadlig kod")
)
DOCUMENT_SWEPT = declare(
    "document.swept", Kind.CHANGE, gettext_noop("tog bort en fil som ingen handling har")
)

DISCLOSURE_ASKED = declare("disclosure.asked", Kind.CHANGE, gettext_noop("antecknade en fråga om utlämnande"))
DISCLOSURE_DECIDED = declare("disclosure.decided", Kind.CHANGE, gettext_noop("beslutade om utlämnande"))
DISCLOSURE_STOPPED = declare(
    "disclosure.stopped",
    Kind.REFUSAL,
    gettext_noop("hindrades att lämna ut på ett samtycke som inte räcker"),
)

UNIT_ROW_VIEWED = declare("unit_row.viewed", Kind.READ, gettext_noop("läste det som står utanför ärendena"))
UNIT_ROWS_LISTED = declare(
    "unit_row.listed", Kind.READ, gettext_noop("såg listan över det som står utanför ärendena")
)
INCIDENT_REPORTED = declare("incident.reported", Kind.CHANGE, gettext_noop("anmälde en hothändelse"))
INCIDENT_HANDLED = declare("incident.handled", Kind.CHANGE, gettext_noop("följde upp en hothändelse"))
INCIDENT_CLOSED = declare("incident.closed", Kind.CHANGE, gettext_noop("avslutade en hothändelse"))
DEVIATION_REPORTED = declare("deviation.reported", Kind.CHANGE, gettext_noop("anmälde en avvikelse"))
DEVIATION_HANDLED = declare("deviation.handled", Kind.CHANGE, gettext_noop("utredde en avvikelse"))
DEVIATION_CLOSED = declare("deviation.closed", Kind.CHANGE, gettext_noop("avslutade en avvikelse"))
UNIT_REQUEST_ANSWERED = declare(
    "unit_request.answered", Kind.CHANGE, gettext_noop("besvarade en begäran som inte hör till något ärende")
)

STAGE_REQUESTED = declare("stage.requested", Kind.CHANGE, gettext_noop("begärde nytt skede"))
STAGE_WITHDRAWN = declare("stage.withdrawn", Kind.CHANGE, gettext_noop("återtog sin begäran om nytt skede"))
STAGE_APPROVED = declare("stage.approved", Kind.CHANGE, gettext_noop("godkände nytt skede"))
STAGE_RETURNED = declare("stage.returned", Kind.CHANGE, gettext_noop("återlämnade en begäran om nytt skede"))
STAGE_VOIDED = declare(
    "stage.voided", Kind.CHANGE, gettext_noop("begäran föll därför att underlaget ändrades")
)

STANDING_CHANGED = declare("case.standing", Kind.CHANGE, gettext_noop("ändrade om ärendet pågår"))
PROGRAMME_LEFT = declare("programme.left", Kind.CHANGE, gettext_noop("avslutade det gemensamma programmet"))
WORKFLOW_WRITTEN = declare(
    "workflow.written", Kind.CHANGE, gettext_noop("skrev en ny version av arbetssättet")
)
WORKFLOW_MOVED = declare(
    "workflow.moved", Kind.CHANGE, gettext_noop("flyttade ärendet till en ny version av arbetssättet")
)

ACCESS_GRANTED = declare("grant.given", Kind.GRANT, gettext_noop("gav åtkomst till ärendet"))
RESPONSIBLE_CHANGED = declare(
    "case.responsible_changed", Kind.GRANT, gettext_noop("gav ärendet en ny ansvarig handläggare")
)
RECUSED = declare("case.recused", Kind.GRANT, gettext_noop("antecknade jäv i ärendet"))
HOLD_PUT = declare("case.hold_put", Kind.CHANGE, gettext_noop("lade ett hinder för gallring"))
DISPOSAL_PROPOSED = declare("disposal.proposed", Kind.CHANGE, gettext_noop("föreslog gallring"))
DISPOSAL_APPROVED = declare("disposal.approved", Kind.CHANGE, gettext_noop("godkände gallring"))
DISPOSAL_STOPPED = declare("disposal.stopped", Kind.CHANGE, gettext_noop("stoppade en gallring"))
HOLD_LIFTED = declare("case.hold_lifted", Kind.CHANGE, gettext_noop("tog bort ett hinder för gallring"))
RESTRICTED = declare("case.restricted", Kind.GRANT, gettext_noop("begränsade ärendet till namngivna"))
RESTRICTION_LIFTED = declare(
    "case.restriction_lifted", Kind.CHANGE, gettext_noop("hävde begränsningen av ärendet")
)
UNMASKED = declare("person.unmasked", Kind.CHANGE, gettext_noop("lät visa skyddade uppgifter"))
IMPARTIALITY_STATED = declare(
    "case.impartiality_stated", Kind.CHANGE, gettext_noop("försäkrade att hon inte är jävig")
)
HOME_SAID = declare("account.home_said", Kind.ACCOUNT, gettext_noop("angav sin hemadress, för frågan om jäv"))
HOME_FORGOTTEN = declare("account.home_forgotten", Kind.ACCOUNT, gettext_noop("tog bort sin hemadress"))
MEETING_BOOKED = declare("meeting.booked", Kind.CHANGE, gettext_noop("bokade ett möte"))
MEETING_CANCELLED = declare("meeting.cancelled", Kind.CHANGE, gettext_noop("avbokade ett möte"))
MEETING_STOPPED = declare("meeting.stopped", Kind.REFUSAL, gettext_noop("nekades en mötestid"))
KEPT_APART = declare("case.kept_apart", Kind.CHANGE, gettext_noop("lät hålla klienten isär från någon annan"))
LET_MEET = declare("case.let_meet", Kind.CHANGE, gettext_noop("lät två klienter inte längre hållas isär"))
STAFF_TIE_WRITTEN = declare(
    "staff_tie.written", Kind.CHANGE, gettext_noop("antecknade en kollegas anknytning")
)
STAFF_TIE_ENDED = declare(
    "staff_tie.ended", Kind.CHANGE, gettext_noop("antecknade att en anknytning inte gäller längre")
)
EXTRACT_MADE = declare(
    "case.extract_made", Kind.EXPORT, gettext_noop("tog ut vem som har läst, till den enskilde")
)
EMERGENCY_TAKEN = declare("emergency.taken", Kind.GRANT, gettext_noop("tog nödåtkomst till ärendet"))
EMERGENCY_REFUSED = declare("emergency.refused", Kind.REFUSAL, gettext_noop("nekades nödåtkomst"))
EMERGENCY_LEFT = declare("emergency.left", Kind.GRANT, gettext_noop("avslutade sin nödåtkomst"))
EMERGENCY_TOLD = declare("emergency.told", Kind.CHANGE, gettext_noop("underrättade om en nödåtkomst"))
EMERGENCY_REVIEWED = declare("emergency.reviewed", Kind.CHANGE, gettext_noop("granskade en nödåtkomst"))
ACCESS_ENDED = declare("grant.ended", Kind.GRANT, gettext_noop("avslutade åtkomst till ärendet"))
ACCESS_EXPIRED = declare("grant.expired", Kind.GRANT, gettext_noop("åtkomst löpte ut"))

REMINDED = declare("person.reminded", Kind.ACCOUNT, gettext_noop("fick en påminnelse med e-post"))

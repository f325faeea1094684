"""The sentences with which documents, disclosures and what stands outside the cases say no; `answers` shows them."""

from __future__ import annotations

from audit.events import Event
from avhopp.files import scan, store
from avhopp.files.sealing import Damaged
from avhopp.translation import gettext_noop
from cases import events
from cases.actions import (
    deviations,
    disclosures,
    documents,
    incidents,
    meetings,
    staff_ties,
    unit_rows,
)
from cases.actions.writing import Stopped

# Where a refusal belongs in a form, and the sentence.
IN_FORMS: dict[type[Exception], tuple[tuple[str, ...], str]] = {
    staff_ties.NotOfTheUnit: (("about",), gettext_noop("Välj en annan kollega i enheten.")),
    scan.ScannerUnavailable: (
        ("file",),
        gettext_noop(
            "Filen kunde inte genomsökas, för antivirusprogrammet svarar inte. Den sparades inte. Försök igen om en"
            " stund, och säg till driften om det inte hjälper."
        ),
    ),
    store.StoreUnavailable: (
        ("file",),
        gettext_noop(
            "Filen kunde inte sparas, för lagret svarar inte. Försök igen om en stund, och säg till driften om det"
            " inte hjälper."
        ),
    ),
    disclosures.NotVerified: (
        ("verification",),
        gettext_noop(
            "Inget lämnas till någon vars identitet inte är kontrollerad. Ring tillbaka via myndighetens växel först."
        ),
    ),
    disclosures.NoGround: (
        ("ground",),
        gettext_noop("Välj det samtycke eller lagrum som uppgifterna lämnas på."),
    ),
    disclosures.GroundDoesNotApply: (
        ("ground",),
        gettext_noop("Lagrummet gäller inte för den mottagaren eller det som efterfrågas. Välj ett annat."),
    ),
    disclosures.NotDelegated: (
        ("ground",),
        gettext_noop(
            "Du har ingen gällande delegation för lagrummet. Låt en kollega som har det besluta, eller be din"
            " arbetsledare om en."
        ),
    ),
    disclosures.SpecialReasons: (
        ("special_reasons",),
        gettext_noop(
            "Kontaktuppgift lämnas på det lagrummet bara om det inte finns synnerliga skäl mot det. Pröva hotbilden"
            " och svara nej, eller lämna inte ut."
        ),
    ),
    disclosures.NothingToGive: (
        ("sent_text",),
        gettext_noop("Skriv exakt vad som lämnas, eller välj handlingar eller anteckningar, och ange dagen."),
    ),
    disclosures.ReasonsMissing: (
        ("balance",),
        gettext_noop("Skriv avvägningen. Avslås en begäran ska det också stå hur beslutet överklagas."),
    ),
    unit_rows.NamesAClient: (
        ("text", "measures", "what"),
        gettext_noop(
            "Texten innehåller ett nummer som leder till en klient. Ta bort det; det här står utanför ärendena."
        ),
    ),
    incidents.NotFinished: (
        (),
        gettext_noop("Skriv åtgärderna, och ange om det är polisanmält, innan händelsen avslutas."),
    ),
    deviations.NotFinished: (
        (),
        gettext_noop(
            "Skriv åtgärderna och bedömningen innan avvikelsen avslutas. Är den allvarlig ska den vara anmäld till"
            " IVO."
        ),
    ),
}

IN_THE_WAY: dict[type[Exception], str] = {
    documents.AlreadyReplaced: gettext_noop(
        "Handlingen har redan en nyare version. Läs den, och ersätt den om det behövs."
    ),
    disclosures.AlreadyDecided: gettext_noop(
        "Utlämnandet är redan beslutat och låst. Det som kommer efter är en ny begäran."
    ),
    incidents.AlreadyClosed: gettext_noop(
        "Händelsen är avslutad och låst. Anmäl det som har hänt sedan dess."
    ),
    deviations.AlreadyClosed: gettext_noop(
        "Avvikelsen är avslutad och låst. Anmäl det som har hänt sedan dess."
    ),
}

# What is stopped and recorded, and where in the form the sentence belongs.
STOPPED: dict[type[Stopped], tuple[tuple[str, ...], str]] = {
    # Neither that somebody else is there nor why.
    meetings.ChooseAnotherTime: (("clock",), gettext_noop("Den tiden går inte att boka. Välj en annan tid.")),
    documents.HarmfulFile: (
        ("file",),
        gettext_noop(
            "Filen innehåller skadlig kod och togs inte emot. Försöket är antecknat. Öppna den inte; be avsändaren"
            " skicka en ny."
        ),
    ),
    disclosures.ConsentWithdrawn: (
        ("ground",),
        gettext_noop(
            "Samtycket är återkallat, och inget får lämnas på det. Försöket är antecknat. Be om ett nytt"
            " samtycke, eller pröva ett lagrum."
        ),
    ),
    disclosures.ConsentNotInForce: (
        ("ground",),
        gettext_noop(
            "Samtycket gäller inte den dagen, och inget får lämnas på det. Försöket är antecknat. Be om ett nytt"
            " samtycke, eller pröva ett lagrum."
        ),
    ),
    disclosures.ConsentForOthers: (
        ("ground",),
        gettext_noop(
            "Samtycket omfattar inte den mottagaren, och inget får lämnas på det. Försöket är antecknat. Be om ett"
            " samtycke som gör det, eller pröva ett lagrum."
        ),
    ),
}

# A file that is wanted and not had.
NOT_TAKEN: dict[type[Exception], tuple[Event, str]] = {
    store.StoreUnavailable: (
        events.DOCUMENT_UNAVAILABLE,
        gettext_noop(
            "Handlingen kan inte hämtas just nu, för lagret svarar inte. Försök igen om en stund, och säg till driften"
            " om det inte hjälper."
        ),
    ),
    Damaged: (
        events.DOCUMENT_DAMAGED,
        gettext_noop(
            "Handlingen är inte som den lades in och lämnas därför inte ut. Säg till driften, som kan läsa tillbaka"
            " den ur en säkerhetskopia."
        ),
    ),
}

"""The sentences with which decisions, agreements, transfers and the law they rest on say no; `answers` shows them."""

from __future__ import annotations

from avhopp.translation import gettext_noop
from cases.actions import (
    agreements,
    breaches,
    catalogue,
    decision_events,
    decisions,
    delegations,
    disposals,
    grants,
    meetings,
    recusals,
    restrictions,
    transfers,
)

# Where a refusal belongs in a form, and the sentence.
IN_FORMS: dict[type[Exception], tuple[tuple[str, ...], str]] = {
    agreements.EndedBeforeItBegan: (
        ("on",),
        gettext_noop("Överenskommelsen började gälla senare än så. Kontrollera dagen."),
    ),
    disposals.NotDue: (
        (),
        gettext_noop("Ärendet ska inte gallras än. På översikten står till när det bevaras, och varför."),
    ),
    disposals.AlreadyProposed: ((), gettext_noop("Gallringen är redan föreslagen. Se ärendets översikt.")),
    disposals.NotWaiting: (
        (),
        gettext_noop("Någon annan har redan avgjort eller stoppat förslaget. Se ärendets översikt."),
    ),
    grants.Recused: (
        ("user",),
        gettext_noop("Kollegan är jävig i ärendet och kan inte få åtkomst till det."),
    ),
    meetings.InThePast: (("day",), gettext_noop("Tiden har redan varit. Välj en som kommer.")),
    meetings.SameCase: (("number",), gettext_noop("Det är det här ärendet. Skriv den andres nummer.")),
    meetings.AlreadyApart: (("number",), gettext_noop("De hålls redan isär.")),
    restrictions.AlreadyRestricted: (
        (),
        gettext_noop("Ärendet är redan begränsat. Ge och avsluta åtkomst för en person i taget."),
    ),
    restrictions.NobodyLeads: (
        ("named",),
        gettext_noop("Välj också någon som leder ärendet, så att skeden kan godkännas."),
    ),
    restrictions.ResponsibleNotNamed: (
        ("named",),
        gettext_noop("Ansvarig handläggare måste vara med. Byt ansvarig först om någon annan ska ta över."),
    ),
    restrictions.CannotBeNamed: (
        ("named",),
        gettext_noop("En av de valda är jävig eller har inget öppet konto. Välj någon annan."),
    ),
    recusals.AlreadyRecused: (("user",), gettext_noop("Jävet är redan antecknat.")),
    recusals.SuccessorNeeded: (
        ("successor",),
        gettext_noop("Kollegan är ansvarig för ärendet eller leder det ensam. Välj vem som tar över."),
    ),
    recusals.NotASuccessor: (
        ("successor",),
        gettext_noop(
            "Välj någon i enheten som har en roll för det: en handläggare för en ansvarig, en arbetsledare för den"
            " som leder."
        ),
    ),
    agreements.NotASigner: (
        ("what",),
        gettext_noop("Den underskriften är redan antecknad, eller hör inte till överenskommelsen."),
    ),
    transfers.NotYetLate: (
        ("on",),
        gettext_noop("Kommunen har fortfarande tid att svara. IVO tillfrågas när tiden har gått ut."),
    ),
    transfers.InquiryMustBeFinished: (
        (),
        gettext_noop("Utredningen om barnet avslutas här först (29 kap. 9 § SoL). Lämna sedan över ärendet."),
    ),
    catalogue.StartsTooEarly: (
        ("valid_from",),
        gettext_noop(
            "Den senaste lydelsen började gälla senare än så. Välj en senare dag, eller ta tillbaka den."
        ),
    ),
    catalogue.EndsTooEarly: (
        ("on",),
        gettext_noop("Den började gälla senare än så. Välj en senare dag."),
    ),
    decision_events.BeforeTheDecision: (
        ("happened_on",),
        gettext_noop("Beslutet fattades senare än så. Kontrollera dagen."),
    ),
    delegations.NotADelegate: (
        ("delegate",),
        gettext_noop("Delegation ges till en kollega som har ett öppet konto, aldrig till en själv."),
    ),
    delegations.CannotBeDelegated: (
        ("provision",),
        gettext_noop("Lagrummet gäller inte den första dagen, eller så beslutar bara utskottet enligt det."),
    ),
    delegations.AlreadyDelegated: (
        ("delegate",),
        gettext_noop(
            "Kollegan har redan delegationen under en del av tiden. Återkalla den först om den ska ändras."
        ),
    ),
    delegations.IdentityInNote: (
        ("note",),
        gettext_noop(
            "Texten innehåller ett identitetsnummer. En delegation säger inget om någon klient; ta bort det."
        ),
    ),
    delegations.WithdrawnBeforeToday: (
        ("on",),
        gettext_noop("Det som har signerats står fast. Välj i dag eller en dag som kommer."),
    ),
}

IN_THE_WAY: dict[type[Exception], str] = {
    agreements.AgreementFixed: gettext_noop(
        "Någon har skrivit under, så villkoren står fast. Avsluta överenskommelsen och skriv en ny."
    ),
    agreements.AgreementOver: gettext_noop("Överenskommelsen har redan upphört."),
    breaches.AlreadyDecided: gettext_noop("Följden är redan vald och står fast."),
    transfers.AlreadyAsked: gettext_noop("Det finns redan en begäran som väntar på svar."),
    transfers.TransferOver: gettext_noop(
        "Begäran är redan besvarad eller ärendet överlämnat. Läs den på nytt."
    ),
    transfers.NotAccepted: gettext_noop(
        "Den andra kommunen har inte sagt att den tar emot ärendet. Anteckna svaret först."
    ),
    catalogue.NotTheLatest: gettext_noop(
        "Det finns en senare lydelse, eller så har den upphört sedan du öppnade sidan. Läs den på nytt."
    ),
    catalogue.InForceAlready: gettext_noop(
        "Lydelsen gäller redan och kan inte tas tillbaka. Ge den en ny lydelse i stället."
    ),
    decisions.NothingToEnd: gettext_noop(
        "Bara ett beslut som ger en insats kan avslutas. Andra beslut rättas eller ändras."
    ),
    decision_events.NotOfThisDecision: gettext_noop(
        "Det kan inte antecknas om det här beslutet, eller inte än. Läs beslutet på nytt."
    ),
    delegations.AlreadyOver: gettext_noop("Delegationen har redan upphört."),
}

"""The shipped plans of publication, and the indicators that are made of released counts. Pure.

A new indicator is one row of `COUNTED` and, when it needs something that has not been counted before, a dimension. It
is made of what was printed and of nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass

from avhopp.translation import gettext_noop
from followup.dimensions import (
    AGE,
    CLOSURE,
    DECISION,
    EXIT_CASES,
    EXIT_COMPLETED,
    EXIT_ENDED,
    INITIATIVE,
    KIND,
    LATER,
    MEETING,
    PREVENTION_CASES,
    SEX,
    SOON,
    STATE,
    WAY_IN,
    WITH_ENQUIRY,
)
from followup.disclosure.plan import STEPWISE, WHOLE
from followup.outcomes import (
    AGENCIES,
    INTAKE,
    NOT_PLACED,
    PLACED,
    PLACEMENT,
    SIX,
    VIOLENCE,
    VIOLENCE_ASKED,
    VIOLENCE_NOT_ASKED,
    YEAR,
)
from followup.periods import Every

Label = tuple[str, str]

# How many of the counted a reader may happen to know about (disclosure.md §5-6: the guarantee G(k = 5, m = 2)).
KNOWN_TO_READER = 2


@dataclass(frozen=True, slots=True)
class Tables:
    """A plan of publication as it is shipped; the municipality may add its own to the agreement."""

    code: str
    name: str
    explanation: str
    every: Every
    method: str
    tables: tuple[tuple[str, ...], ...]


COARSE_TABLES = ((), (KIND,), (WAY_IN,), (STATE.name,), (MEETING.name,))
# Counted once a year: their many small cells make a series of half-years slow to judge.
WHO_TABLES = ((INITIATIVE.name,), (AGE.name,), (SEX.name,), (CLOSURE.name,))
ASKED_TABLES = ((VIOLENCE.name,), (AGENCIES.name,))
OUTCOME_TABLES = tuple((each.name,) for each in (INTAKE, PLACEMENT, SIX, YEAR))
PLANS: tuple[Tables, ...] = (
    Tables(
        "grov-ar",
        gettext_noop("Grov, en gång om året"),
        gettext_noop(
            "En tabell i taget, vid årets slut. Det som skulle säga för mycket visas som två prickar eller ett spann."
        ),
        Every.YEAR,
        STEPWISE,
        (*COARSE_TABLES, *WHO_TABLES, *ASKED_TABLES),
    ),
    Tables(
        "grov-halvar",
        gettext_noop("Grov, varje halvår"),
        gettext_noop("En tabell i taget, vid varje halvårs slut."),
        Every.HALF,
        STEPWISE,
        (*COARSE_TABLES, (DECISION.name,)),
    ),
    Tables(
        "insats-ar",
        gettext_noop("Insatser och resultat, en gång om året"),
        gettext_noop(
            "Hur ärendena kom in, placeringar, och hur det gick. En tabell i taget, vid årets slut."
        ),
        Every.YEAR,
        STEPWISE,
        ((), (KIND,), *OUTCOME_TABLES),
    ),
    Tables(
        "utforlig",
        gettext_noop("Utförlig, varje halvår"),
        gettext_noop(
            "Också korstabeller, avrundade var för sig. Kan bara redovisas när det är många; annars släpps ingenting, "
            "och perioden ska då redovisas med en annan plan."
        ),
        Every.HALF,
        WHOLE,
        (*COARSE_TABLES, (DECISION.name,), (KIND, MEETING.name), (KIND, DECISION.name)),
    ),
)


@dataclass(frozen=True, slots=True)
class Counted:
    """An indicator made of released counts: one count, a share of two, or how a dimension is distributed."""

    code: str
    name: str
    definition: str
    unit: str
    cells: tuple[Label, ...] = ()
    of: tuple[Label, ...] = ()
    table: str = ""


SOURCE = gettext_noop("kommunens avhopparverksamhet, redovisat med skydd")
COUNTED: dict[str, Counted] = {
    row.code: row
    for row in (
        Counted(
            "enquiries",
            gettext_noop("Förfrågningar"),
            gettext_noop("Antal första kontakter med verksamheten sedan överenskommelsen började gälla."),
            gettext_noop("förfrågningar sedan start"),
            cells=((WAY_IN, WITH_ENQUIRY),),
        ),
        Counted(
            "met_soon",
            gettext_noop("Första möte inom tre dagar"),
            gettext_noop("Andel av de första mötena som hölls inom tre dagar från kontakten."),
            gettext_noop("procent av mötena"),
            cells=((MEETING.name, SOON),),
            of=((MEETING.name, SOON), (MEETING.name, LATER)),
        ),
        Counted(
            "exit_cases",
            gettext_noop("Avhopparärenden"),
            gettext_noop(
                "Antal avhopparärenden för dem som har kontaktat verksamheten sedan överenskommelsen började gälla."
            ),
            gettext_noop("ärenden sedan start"),
            cells=((KIND, EXIT_CASES),),
        ),
        Counted(
            "exit_completed",
            gettext_noop("Avhopp som gått hela vägen"),
            gettext_noop("Andel av de avslutade avhopparärendena som avslutades efter utslussning."),
            gettext_noop("procent av avslutade ärenden"),
            cells=((STATE.name, EXIT_COMPLETED),),
            of=((STATE.name, EXIT_COMPLETED), (STATE.name, EXIT_ENDED)),
        ),
        Counted(
            "prevention_cases",
            gettext_noop("Förebyggande ärenden"),
            gettext_noop("Antal öppnade ärenden om unga som riskerar att rekryteras."),
            gettext_noop("ärenden sedan start"),
            cells=((KIND, PREVENTION_CASES),),
        ),
        Counted(
            "states",
            gettext_noop("Var de befinner sig"),
            gettext_noop("Hur alla kontakter och ärenden fördelar sig efter vad de har lett till."),
            gettext_noop("personer sedan start"),
            table=STATE.name,
        ),
        Counted(
            "decision_time",
            gettext_noop("Tid från öppnat ärende till beslut"),
            gettext_noop("Hur ärendena fördelar sig efter dagar från att de öppnades till beslut om insats."),
            gettext_noop("ärenden sedan start"),
            table=DECISION.name,
        ),
        Counted(
            "initiatives",
            gettext_noop("Vem som tog initiativet"),
            gettext_noop("Hur de första kontakterna fördelar sig efter vem som tog dem."),
            gettext_noop("personer sedan start"),
            table=INITIATIVE.name,
        ),
        Counted(
            "ages",
            gettext_noop("Ålder när ärendet öppnades"),
            gettext_noop("Hur ärendena fördelar sig efter personens ålder den dag som ärendet öppnades."),
            gettext_noop("personer sedan start"),
            table=AGE.name,
        ),
        Counted(
            "sexes",
            gettext_noop("Juridiskt kön"),
            gettext_noop("Hur ärendena fördelar sig efter personens juridiska kön när det antecknades."),
            gettext_noop("personer sedan start"),
            table=SEX.name,
        ),
        Counted(
            "closure_reasons",
            gettext_noop("Varför ärenden avslutades"),
            gettext_noop("Hur ärendena fördelar sig efter orsaken till att de avslutades."),
            gettext_noop("ärenden sedan start"),
            table=CLOSURE.name,
        ),
        Counted(
            "intakes",
            gettext_noop("Hur ärendena kom in"),
            gettext_noop("Hur ärendena fördelar sig på orosanmälan, SSPF eller SIG, och andra vägar in."),
            gettext_noop("ärenden sedan start"),
            table=INTAKE.name,
        ),
        Counted(
            "violence_asked",
            gettext_noop("Frågan om våld i nära relation"),
            gettext_noop(
                "Andel av ärendena där frågan om våld i nära relation har ställts i en signerad bedömning."
            ),
            gettext_noop("procent av ärendena"),
            cells=((VIOLENCE.name, VIOLENCE_ASKED),),
            of=((VIOLENCE.name, VIOLENCE_ASKED), (VIOLENCE.name, VIOLENCE_NOT_ASKED)),
        ),
        Counted(
            "agencies",
            gettext_noop("Parter som samverkar med samtycke"),
            gettext_noop(
                "Hur ärendena fördelar sig efter hur många parter som den enskilde har samtyckt till samverkan med."
            ),
            gettext_noop("ärenden sedan start"),
            table=AGENCIES.name,
        ),
        Counted(
            "placed",
            gettext_noop("Placeringar"),
            gettext_noop("Andel av ärendena där placering eller skyddat boende har beslutats."),
            gettext_noop("procent av ärendena"),
            cells=((PLACEMENT.name, PLACED),),
            of=((PLACEMENT.name, PLACED), (PLACEMENT.name, NOT_PLACED)),
        ),
        Counted(
            "after_six",
            gettext_noop("Sex månader efter avslut"),
            gettext_noop(
                "Hur de avslutade fördelar sig efter vad som var känt om nya brott sex månader senare."
            ),
            gettext_noop("ärenden sedan start"),
            table=SIX.name,
        ),
        Counted(
            "after_year",
            gettext_noop("Tolv månader efter avslut"),
            gettext_noop(
                "Hur de avslutade fördelar sig efter vad som var känt om nya brott tolv månader senare."
            ),
            gettext_noop("ärenden sedan start"),
            table=YEAR.name,
        ),
    )
}

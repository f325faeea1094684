"""The shipped provisions (lagrum). Each row says what it is used for and from when; a change of law is a new row.

Sources: domain.md §2, read in the statutes unless `is_uncertain`, which the interface says beside the row.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID, uuid5

from avhopp.translation import gettext_noop


class Use(StrEnum):
    """What a provision is chosen for."""

    DECISION = "decision"
    DISCLOSURE = "disclosure"
    DEADLINE = "deadline"
    AGE = "age"


USE_NAMES: dict[Use, str] = {
    Use.DECISION: gettext_noop("Beslut"),
    Use.DISCLOSURE: gettext_noop("Utlämnande"),
    Use.DEADLINE: gettext_noop("Tidsfrist"),
    Use.AGE: gettext_noop("Ålder och behörighet"),
}


@dataclass(frozen=True, slots=True)
class Provision:
    """One provision: `code` is what rows point to, `place` how it is cited."""

    code: str
    use: Use
    place: str
    title: str
    valid_from: date
    note: str = ""
    needs_committee: bool = False
    is_uncertain: bool = False
    valid_to: date | None = None

    @property
    def row_id(self) -> UUID:
        """The id of the row that this becomes, the same everywhere, so that an untouched one can be recognised."""
        return uuid5(SHIPPED, f"{self.code} {self.valid_from}")


SHIPPED = UUID("5c2f6b0e-6a0b-4f3c-9d53-3a1f0c8f7d11")
SOL = date(2025, 7, 1)  # socialtjänstlagen (2025:400) is in force from this day
OSL = date(2009, 6, 30)

DEFAULTS: tuple[Provision, ...] = (
    # What older decisions rest on.
    Provision(
        "sol_2001_4_1",
        Use.DECISION,
        "4 kap. 1 § SoL (2001:453)",
        gettext_noop("Bistånd, före den nya socialtjänstlagen"),
        date(2002, 1, 1),
        valid_to=date(2025, 6, 30),
    ),
    Provision(
        "sol_11_1",
        Use.DECISION,
        "11 kap. 1 § SoL",
        gettext_noop("Insats efter individuell behovsprövning"),
        SOL,
    ),
    Provision(
        "sol_11_5",
        Use.DECISION,
        "11 kap. 5 § SoL",
        gettext_noop("Insats utan individuell behovsprövning"),
        SOL,
    ),
    Provision("sol_13_2", Use.DECISION, "13 kap. 2 § SoL", gettext_noop("Budget- och skuldrådgivning"), SOL),
    Provision(
        "sol_13_7",
        Use.DECISION,
        "13 kap. 7 § SoL",
        gettext_noop("Särskilt kvalificerad kontaktperson"),
        SOL,
        gettext_noop("För den som inte har fyllt 21 år."),
    ),
    Provision(
        "sol_13_8",
        Use.DECISION,
        "13 kap. 8 § SoL",
        gettext_noop("Stöd till den som har utsatts för våld"),
        SOL,
    ),
    Provision(
        "sol_19", Use.DECISION, "19 kap. SoL", gettext_noop("Inleda eller inte inleda utredning om barn"), SOL
    ),
    Provision(
        "sol_21_1",
        Use.DECISION,
        "21 kap. 1 § SoL",
        gettext_noop("Öppen insats till barn utan vårdnadshavarens samtycke"),
        SOL,
        gettext_noop("Från 12 år, när det är lämpligt. En placering kräver alltid vårdnadshavaren."),
    ),
    Provision(
        "sol_22_5",
        Use.DECISION,
        "22 kap. 5 § SoL",
        gettext_noop("Barn i skyddat boende med vårdnadshavare"),
        SOL,
    ),
    Provision(
        "sol_22_placement",
        Use.DECISION,
        "22 kap. SoL",
        gettext_noop("Placering utanför det egna hemmet"),
        SOL,
        gettext_noop("Kontrollera i delegationsordningen om beslutet kräver utskottet."),
        needs_committee=True,
    ),
    Provision(
        "sol_29",
        Use.DECISION,
        "29 kap. SoL",
        gettext_noop("Överflyttning av ärende till en annan kommun"),
        SOL,
    ),
    Provision(
        "consent",
        Use.DISCLOSURE,
        "12 kap. 2 § OSL",
        gettext_noop("Den enskilde har hävt sekretessen"),
        OSL,
        gettext_noop("Gäller inom samtyckets omfattning, mottagare och tid."),
    ),
    Provision(
        "osl_10_1",
        Use.DISCLOSURE,
        "10 kap. 1 § OSL",
        gettext_noop("Den enskildes eller vårdnadshavarens samtycke"),
        OSL,
    ),
    Provision(
        "osl_10_2", Use.DISCLOSURE, "10 kap. 2 § OSL", gettext_noop("Nödvändigt för vår egen verksamhet"), OSL
    ),
    Provision(
        "osl_10_15a",
        Use.DISCLOSURE,
        "10 kap. 15 a § OSL",
        gettext_noop("Förebygga eller utreda brott, efter avvägning"),
        date(2025, 12, 1),
        gettext_noop("Lydelsen ska bekräftas av jurist innan den används."),
        is_uncertain=True,
    ),
    Provision(
        "osl_10_18a",
        Use.DISCLOSURE,
        "10 kap. 18 a § OSL",
        gettext_noop("Ung under 21 år, konkret risk för brott"),
        OSL,
    ),
    Provision(
        "osl_10_18b", Use.DISCLOSURE, "10 kap. 18 b § OSL", gettext_noop("Misstanke om terroristbrott"), OSL
    ),
    Provision(
        "osl_10_18c", Use.DISCLOSURE, "10 kap. 18 c § OSL", gettext_noop("Grovt våld mot närstående"), OSL
    ),
    Provision(
        "osl_10_19_23",
        Use.DISCLOSURE,
        "10 kap. 19–23 §§ OSL",
        gettext_noop("Misstanke om begånget brott eller fara"),
        OSL,
        gettext_noop("Pröva varje paragrafs tröskel för sig."),
        is_uncertain=True,
    ),
    Provision(
        "lag_2025_170_4",
        Use.DISCLOSURE,
        "4 § lagen (2025:170)",
        gettext_noop("Kontaktuppgift på begäran av brottsbekämpande myndighet"),
        date(2025, 4, 1),
        gettext_noop("Lämnas inte ut om det finns synnerliga skäl. Pröva alltid hotbilden."),
    ),
    Provision(
        "sol_15_7",
        Use.DISCLOSURE,
        "15 kap. 7 § SoL",
        gettext_noop("Om någon vistas på ett hem för vård eller skyddat boende"),
        SOL,
        gettext_noop("På begäran av polis, domstol eller åklagare."),
    ),
    Provision(
        "osl_12_3",
        Use.DISCLOSURE,
        "12 kap. 3 § OSL",
        gettext_noop("Vårdnadshavarens insyn, efter barnets ålder och mognad"),
        OSL,
    ),
    Provision(
        "fl_10", Use.DISCLOSURE, "10 § FL och 10 kap. 3 § OSL", gettext_noop("Partens egen insyn"), OSL
    ),
    Provision(
        "sol_19_protection", Use.DEADLINE, "19 kap. SoL", gettext_noop("Omedelbar skyddsbedömning"), SOL
    ),
    Provision(
        "sol_19_preliminary",
        Use.DEADLINE,
        "19 kap. SoL",
        gettext_noop("Beslut om utredning ska inledas, inom 14 dagar"),
        SOL,
        gettext_noop("Längre tid kräver synnerliga skäl."),
    ),
    Provision(
        "sol_19_inquiry",
        Use.DEADLINE,
        "19 kap. SoL",
        gettext_noop("Utredning om barn färdig inom fyra månader"),
        SOL,
        gettext_noop("Längre tid kräver beslut för viss tid."),
    ),
    Provision(
        "sol_19_6",
        Use.DEADLINE,
        "19 kap. 6 § SoL",
        gettext_noop("Besked till anmälaren på begäran, inom en vecka"),
        SOL,
    ),
    Provision(
        "sol_22_13",
        Use.DEADLINE,
        "22 kap. 13 § SoL",
        gettext_noop("Övervägande om placering var sjätte månad"),
        SOL,
    ),
    Provision(
        "sol_29_11",
        Use.DEADLINE,
        "29 kap. 11 § SoL",
        gettext_noop("Svar på begäran om överflyttning, annars IVO efter en månad"),
        SOL,
    ),
    Provision(
        "sol_35_1",
        Use.DEADLINE,
        "35 kap. 1 § SoL",
        gettext_noop("Överklagande inom tre veckor"),
        SOL,
        gettext_noop("Räknas från den dag då den enskilde fick del av beslutet."),
    ),
    Provision(
        "sol_34_1",
        Use.DEADLINE,
        "34 kap. 1 § SoL",
        gettext_noop("Beslut som inte har verkställts inom tre månader rapporteras"),
        SOL,
    ),
    Provision(
        "sol_16_1",
        Use.DEADLINE,
        "16 kap. 1 § SoL",
        gettext_noop("Gallring fem år efter sista anteckningen"),
        SOL,
    ),
    Provision(
        "sol_16_2a",
        Use.DEADLINE,
        "16 kap. 2 a § SoL",
        gettext_noop("Barnavårdsutredning bevaras till 30 års ålder"),
        date(2026, 1, 1),
        is_uncertain=True,
    ),
    Provision("sol_3_4", Use.AGE, "3 kap. 4 § SoL", gettext_noop("Barnets egen talan från 15 år"), SOL),
    Provision(
        "sol_21_2",
        Use.AGE,
        "21 kap. 2 § SoL",
        gettext_noop("Insats utan behovsprövning till barn före 15 år"),
        SOL,
    ),
    Provision(
        "sol_25_1", Use.AGE, "25 kap. 1 § SoL", gettext_noop("Behörighet för arbete med barn och unga"), SOL
    ),
)

"""The agreement that the follow-up serves, as its municipality has published it, and how the demo follows it up.

Source of names, parties, period and areas: the notice "Så här ska Sigtuna kommun och Polisen samarbeta" of Sigtuna
kommun. The agreement is real and public; indicators, measures, figures, people and cases are invented and have nothing
to do with its parties.
"""

from __future__ import annotations

from datetime import date

from followup.catalogue import COUNTED, PLANS, SOURCE
from followup.definition import AgreementData, AreaData, IndicatorData, MeasureData, PlanData
from followup.periods import Every

POLICE = "Lokalpolisområde Sollentuna"


def _counted(code: str, *, target: str = "") -> IndicatorData:
    row = COUNTED[code]
    return IndicatorData(
        code=code,
        name=row.name,
        definition=row.definition,
        unit=row.unit,
        every=Every.HALF,
        source=SOURCE,
        target=target,
        responsible="Enhetschefen för avhopparverksamheten",
        counted=code,
    )


AREAS = (
    AreaData(
        1,
        "Utveckla samarbetet för att öka kunskapen kring brott i nära relation.",
        indicators=(
            _counted("violence_asked", target="i alla ärenden"),
            IndicatorData(
                code="utbildade",
                name="Utbildad personal",
                definition="Anställda i skola, socialtjänst och polis som har gått den gemensamma utbildningen om våld"
                " i nära relation, sedan överenskommelsen började gälla.",
                unit="personer",
                every=Every.HALF,
                source="utbildningsenhetens deltagarlistor, sammanställda",
                target="400 till utgången av 2026",
                responsible="Trygghetschefen",
            ),
            IndicatorData(
                code="anmalda-nara",
                name="Anmälda brott i nära relation",
                definition="Polisanmälda brott mot person i nära relation i kommunen under halvåret.",
                unit="anmälningar",
                every=Every.HALF,
                source="polisens brottsstatistik",
                comment="Fler anmälningar kan betyda att fler vågar anmäla.",
            ),
        ),
        measures=(
            MeasureData(
                "Gemensam utbildning för skola, socialtjänst och polis.", "Trygghetschefen", "ongoing"
            ),
            MeasureData(
                "Rutin för att fråga om våld vid varje nybesök.", "Enhetschefen för mottagningen", "done"
            ),
        ),
    ),
    AreaData(
        2,
        "Reducera rekrytering till kriminella nätverk och vidareutveckla modellen för avhopparverksamheten.",
        indicators=(
            _counted("enquiries"),
            _counted("met_soon", target="minst 80 procent"),
            _counted("exit_cases"),
            _counted("exit_completed", target="mer än hälften"),
            _counted("prevention_cases"),
            _counted("states"),
            _counted("decision_time"),
            _counted("initiatives"),
            _counted("ages"),
            _counted("sexes"),
            _counted("closure_reasons"),
        ),
        measures=(
            MeasureData(
                "En väg in till avhopparverksamheten, med svar samma dag.", "Avhopparenheten", "done"
            ),
            MeasureData("SSPF för unga som riskerar att rekryteras.", "Stöd och förebyggande", "ongoing"),
            MeasureData("Uppföljning sex och tolv månader efter avslut.", "Avhopparenheten", "planned"),
        ),
    ),
    AreaData(
        3,
        "Utveckla myndighetssamverkan mot organiserad brottslighet.",
        indicators=(
            _counted("agencies"),
            IndicatorData(
                code="lagesmoten",
                name="Gemensamma lägesmöten",
                definition="Möten mellan kommunen och lokalpolisområdet med gemensam lägesbild under halvåret.",
                unit="möten",
                every=Every.HALF,
                source="mötesanteckningar hos brottsförebyggande samordnaren",
                target="minst 6 varje halvår",
                responsible="Brottsförebyggande samordnaren",
            ),
        ),
        measures=(
            MeasureData("Lägesmöte varje månad.", "Brottsförebyggande samordnaren", "ongoing"),
            MeasureData("Gemensamma tillsynsinsatser mot verksamheter.", "Kommunen och polisen", "ongoing"),
        ),
    ),
    AreaData(
        4,
        "Minska antalet otrygghetsskapande händelser i offentlig miljö.",
        indicators=(
            IndicatorData(
                code="otrygga",
                name="Otrygga utomhus sena kvällar",
                definition="Andel som svarar att de känner sig mycket eller ganska otrygga utomhus i sitt bostadsområde"
                " sena kvällar.",
                unit="procent",
                every=Every.YEAR,
                source="kommunens trygghetsmätning",
                target="högst 20 procent 2026",
                responsible="Trygghetschefen",
            ),
            IndicatorData(
                code="ordning",
                name="Ordningsstörningar på allmän plats",
                definition="Händelser som polisen har registrerat som ordningsstörning på allmän plats i kommunen under"
                " halvåret.",
                unit="händelser",
                every=Every.HALF,
                source="polisens händelserapporter",
                responsible="Kommunpolisen",
            ),
        ),
        measures=(
            MeasureData("Trygghetsvandringar i fyra områden.", "Trygghetschefen", "ongoing"),
            MeasureData("Bättre belysning vid pendeltågsstationen.", "Gata och park", "done"),
        ),
    ),
)
AGREEMENT = AgreementData(
    name="Samverkansöverenskommelse 2023–2026",
    parties=("Sigtuna kommun", POLICE),
    starts_on=date(2023, 1, 1),
    ends_on=date(2026, 12, 31),
    decided_on=date(2023, 5, 8),
    decided_by="Kommunstyrelsen",
    purpose="Mindre brottslighet och färre ordningsstörningar i lokalsamhällets offentliga miljöer.",
    areas=AREAS,
    plans=tuple(
        PlanData(
            code=plan.code,
            version=1,
            name=plan.name,
            explanation=plan.explanation,
            every=plan.every,
            method=plan.method,
            tables=plan.tables,
            recipients=("Kommunstyrelsen", POLICE),
        )
        for plan in PLANS
    ),
)
# Invented: indicator, and its figures from the first period on.
TYPED: dict[str, tuple[str, tuple[str, ...]]] = {
    "utbildade": ("utbildningsenheten", ("60", "112", "175", "204", "263", "318", "352")),
    "anmalda-nara": ("polisens brottsstatistik", ("171", "184", "179", "196", "203", "198", "188")),
    "lagesmoten": ("brottsförebyggande samordnaren", ("5", "6", "6", "5", "7", "6", "7")),
    "otrygga": ("trygghetsmätningen", ("29", "27", "24")),
    "ordning": ("polisens händelserapporter", ("412", "430", "395", "388", "371", "342", "329")),
}
NARRATIVES: dict[int, str] = {
    1: "Utbildningen är nu en del av introduktionen i skolan och socialtjänsten. Fler anmäler, vilket var väntat när"
    " fler vet vart de ska vända sig.",
    2: "Verksamheten svarar numera samma dag. De flesta får ett första möte inom tre dagar. De förebyggande ärendena"
    " har blivit fler sedan skolorna fick en gemensam kontakt.",
    3: "Lägesmötena hålls varje månad. Hösten 2024 ställdes ett in när lokalpolisområdet bytte ledning.",
    4: "Färre känner sig otrygga, men skillnaderna mellan områdena är stora.",
}

"""What the invented notes say; written for the demo, about nobody.

No network, place or person is named, and nothing is told that could teach anyone to find a person who is protected.
"""

from __future__ import annotations

from dataclasses import dataclass

from cases.models.task import TaskKind
from cases.workflow import Stage, Track


@dataclass(frozen=True, slots=True)
class NoteText:
    """One note: `kind` is a code of `cases.models.note.NoteKind`."""

    kind: str
    source: str
    facts: str
    assessment: str = ""


@dataclass(frozen=True, slots=True)
class Todo:
    """Something of one's own to do."""

    kind: TaskKind
    text: str


NEEDS: dict[Track, tuple[str, ...]] = {
    Track.EXIT: (
        "Vill lämna ett kriminellt sammanhang efter att ha blivit förälder. Är orolig för hur det ska tas emot.",
        "Har tackat nej till ett uppdrag och fått hot efter det. Söker skydd och hjälp att flytta.",
        "Ska friges inom tre månader och vill inte tillbaka till de gamla kontakterna. Saknar bostad.",
        "Har skulder till personer i sammanhanget och vågar inte gå till arbetet. Vill få ordning på ekonomin.",
        "Har deltagit i en våldsbejakande miljö och vill bryta. Behöver någon att prata med som förstår.",
        "Kontaktade verksamheten efter ett samtal på sjukhuset. Motiverad, men rädd för att anhöriga drabbas.",
        "Har varit utanför i ett halvår på egen hand. Vill ha stöd med studier och ett nytt umgänge.",
        "Hänvisad av frivården. Vill arbeta, men märks av sina tatueringar och får inte komma på intervju.",
        "Familjen har hört av sig tillsammans med personen. Alla vill att det ska ta slut.",
    ),
    Track.PREVENTION: (
        "Skolan ser hög frånvaro och nya äldre kamrater. Vårdnadshavarna är med på att ta emot stöd.",
        "Orosanmälan efter att den unge bett att få förvara något åt en äldre bekant.",
        "Fältarna har träffat den unge sent om kvällarna flera veckor i rad. Den unge vill själv prata.",
        "Polisen har hållit orossamtal. Vårdnadshavarna vill ha hjälp att förstå och sätta gränser.",
        "Den unge har slutat med sin idrott och har pengar som ingen kan förklara.",
    ),
    Track.SECONDARY: (
        "Partner till en person som får stöd. Har fått frågor om var personen finns och är rädd i hemmet.",
        "Syskon. Har följts från skolan vid två tillfällen. Föräldrarna ber om råd och skydd.",
        "Förälder. Får samtal på nätterna från okända nummer och sover inte.",
    ),
}

NOTES: dict[Stage, tuple[NoteText, ...]] = {
    Stage.INTAKE: (
        NoteText(
            "contact",
            "Personen själv",
            "Första mötet hölls på en plats som personen valde. Personen berättade om sin situation, fick veta hur "
            "verksamheten arbetar, vad som dokumenteras och vem som får läsa. Ett säkert sätt att nås bestämdes.",
            "Personen är motiverad. Det är bråttom att komma vidare medan motivationen är stark.",
        ),
        NoteText(
            "contact",
            "Telefonsamtal med personen",
            "Personen ringde på avtalad tid. Läget är oförändrat. Personen bor tillfälligt hos en anhörig.",
            "Boendet håller inte mer än några veckor och bör prövas tidigt.",
        ),
    ),
    Stage.PROTECTION_CHECK: (
        NoteText(
            "safety",
            "Orosanmälan och samtal med vårdnadshavare",
            "Omedelbar skyddsbedömning gjord samma dag. Den unge bor hemma med båda vårdnadshavarna. Inget hot har "
            "framförts. Vårdnadshavarna hämtar och lämnar den närmaste tiden.",
            "Den unge behöver inte omedelbart skydd. Förhandsbedömning fortsätter.",
        ),
    ),
    Stage.PRELIMINARY: (
        NoteText(
            "contact",
            "Möte med den unge och vårdnadshavarna",
            "Mötet hölls på kontoret. Den unge fick prata enskilt en stund. Den unge beskrev att äldre bekanta ber om "
            "tjänster och att det är svårt att säga nej. Skolan har erbjudit en mentor.",
            "Uppgifterna talar för att en utredning behövs.",
        ),
    ),
    Stage.ASSESSMENT: (
        NoteText(
            "cooperation",
            "Möte med polisen, samtycke finns",
            "Polisen lämnade sin bedömning av hotet muntligt. Personen deltog i andra halvan av mötet och fick "
            "tillfälle att säga sin mening.",
            "Hotet bedöms som förhöjt men inte omedelbart. Utredning bör inledas.",
        ),
    ),
    Stage.INQUIRY: (
        NoteText(
            "contact",
            "Samtal inom utredningen",
            "Kartläggning av boende, ekonomi, hälsa, nätverk och barn. Personen har skulder hos Kronofogden och har "
            "inte varit i arbete på två år. Frågan om våld i nära relation ställdes; personen svarade nej.",
            "Störst behov: tryggt boende, sysselsättning och någon att ringa när det blir svårt.",
        ),
        NoteText(
            "cooperation",
            "Samverkansmöte",
            "Skola, socialtjänst och vårdnadshavare kom överens om vem som gör vad till nästa möte. Anteckningar "
            "lästes upp och godkändes av alla.",
        ),
        NoteText(
            "objection",
            "Personen själv",
            "Personen har läst utkastet till utredning och anser att uppgiften om tidigare drogbruk är inaktuell.",
        ),
    ),
    Stage.AGREEMENT: (
        NoteText(
            "contact",
            "Möte med personen",
            "Beslutet och överenskommelsen gicks igenom punkt för punkt. Personen ställde frågor om vad som händer "
            "vid ett återfall och fick svar.",
            "Personen förstår vad överenskommelsen innebär.",
        ),
    ),
    Stage.ACUTE: (
        NoteText(
            "safety",
            "Handläggaren",
            "Personen har flyttat till ett tillfälligt boende. Rutiner för kontakt gicks igenom. Telefonen är bytt.",
            "Skyddet är tillräckligt för den närmaste tiden. Ny bedömning om två veckor.",
        ),
    ),
    Stage.STABILISING: (
        NoteText(
            "contact",
            "Veckosamtal",
            "Personen sover bättre och har börjat äta regelbundet. Möte hos budget- och skuldrådgivaren är bokat.",
            "Läget är på väg att stabiliseras. Ensamhet är den största risken nu.",
        ),
        NoteText(
            "observation",
            "Boendets personal, med samtycke",
            "Personen deltar i måltider och aktiviteter och har hållit överenskomna tider.",
        ),
    ),
    Stage.ESTABLISHING: (
        NoteText(
            "contact",
            "Veckosamtal",
            "Personen har påbörjat praktik tre dagar i veckan och trivs. Hyreskontrakt i andra hand från nästa månad.",
            "Målen om sysselsättning och boende är på god väg att nås.",
        ),
    ),
    Stage.SUPPORT: (
        NoteText(
            "contact",
            "Uppföljning av planen",
            "Insatserna följdes upp tillsammans. Närvaron i skolan har ökat och kontaktpersonen träffar den unge varje "
            "vecka.",
            "Insatserna ger resultat och fortsätter enligt planen.",
        ),
    ),
    Stage.AFTERCARE: (
        NoteText(
            "contact",
            "Samtal",
            "Vi gick igenom vem personen kan vända sig till efter avslutet, dag och natt. Personen har fast arbete.",
            "Redo för avslut om ingenting oväntat händer.",
        ),
    ),
    Stage.CLOSED: (
        NoteText(
            "other",
            "Handläggaren",
            "Slutanteckning. Insatserna är avslutade. Personen är underrättad och vet hur kontakt tas på nytt.",
            "Sammanfattning av tiden i verksamheten, vad som har fungerat och vad som återstår, finns i utredningen.",
        ),
    ),
    Stage.FOLLOWED_UP: (
        NoteText("contact", "Telefonsamtal", "Uppföljning enligt överenskommelse. Personen har det bra."),
    ),
}

REASONS: dict[Stage, str] = {
    Stage.PRELIMINARY: "Omedelbart skydd behövs inte. Förhandsbedömning ska göras inom fjorton dagar.",
    Stage.ASSESSMENT: "Personen vill gå vidare och har samtyckt till informationsutbyte med polisen.",
    Stage.INQUIRY: "Behoven behöver utredas. Det finns skäl att anta att insatser kan komma att behövas.",
    Stage.AGREEMENT: "Utredningen är klar och kommunicerad. Förslag till beslut och överenskommelse finns.",
    Stage.ACUTE: "Skydd behöver ordnas nu. Beslut om insats är fattat.",
    Stage.STABILISING: "Det akuta skyddet fungerar. Hotbilden är bedömd på nytt och har minskat.",
    Stage.ESTABLISHING: "Vardagen fungerar. Boendet är ordnat och målen är följda upp.",
    Stage.SUPPORT: "Planen är gjord tillsammans med personen. Insatserna kan börja.",
    Stage.AFTERCARE: "Sysselsättning och boende är på plats. Stödet kan trappas ned.",
    Stage.CLOSED: "Personen är underrättad och slutanteckningen är signerad.",
    Stage.FOLLOWED_UP: "Uppföljningen är gjord så som vi kom överens om.",
}

RETURNED = (
    "Beskriv hotbilden tydligare innan vi går vidare, och vad personen själv säger om den.",
    "Det framgår inte om den enskilde har fått läsa utredningen. Komplettera och begär på nytt.",
    "Vänta med avslutet tills uppföljningssamtalet är hållet.",
)

ENQUIRIES = (
    "Anhörig ringer och undrar vart man vänder sig när ett syskon vill lämna.",
    "Kurator på vårdcentral frågar för en patients räkning hur verksamheten arbetar.",
    "Person vill veta vad som händer med uppgifterna innan något mer berättas.",
    "Kontaktman på anstalt frågar om stöd inför frigivning.",
    "Ungdom som har fått ett förslag och inte vet hur man säger nej.",
    "Förälder vill ha råd inför ett svårt samtal hemma.",
    "Lärare är bekymrad för en tidigare elev och undrar vad skolan får göra.",
)

DRAFT = NoteText(
    "contact",
    "Telefonsamtal med personen",
    "Personen ringde och ville flytta morgondagens möte. Ny tid är inte bestämd än.",
)

# Source, urgency, hours ago and text of the contacts that wait when the demo is opened.
WAITING = (
    ("police", "now", 2, "Person på polisstationen vill lämna sitt sammanhang och vågar inte gå hem."),
    ("self", "days", 26, "Ringde från dolt nummer. Vill veta vad stödet innebär och hör av sig igen."),
    ("probation", "days", 98, "Frivården har en klient som frågar efter stöd inför frigivningen."),
    ("health", "week", 50, "Kurator har en patient som vill bryta och som är rädd för sin egen skull."),
)

TASKS = (
    Todo(TaskKind.CALL, "Ring frivården om nästa möte."),
    Todo(TaskKind.MEET, "Boka tid hos budget- och skuldrådgivningen."),
    Todo(TaskKind.ASK, "Hör med skolan om närvaron."),
    Todo(TaskKind.OTHER, "Gå igenom läget med medhandläggaren."),
)
# How it went after closure, as `cases.models.follow_up` names it; most of what is said more than once is good.
HOW_IT_WENT: dict[str, tuple[str, ...]] = {
    "reached": ("met", "called", "called"),
    "housing": ("own", "own", "relatives", "temporary"),
    "occupation": ("work", "studies", "programme", "none"),
    "substance": ("none", "none", "treated"),
    "threat": ("low", "low", "raised"),
    "crime": ("none", "none", "none", "suspected"),
}

# What is said of a goal at a follow-up, by its rating.
GOAL_COMMENTS: dict[int, str] = {
    -1: "Det går långsammare än vi trodde.",
    0: "Det går som vi räknade med.",
    1: "Kom längre än väntat.",
    2: "Klarar det själv nu.",
}

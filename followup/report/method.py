"""What the report says of how it was made; the same sentences in every format."""

from __future__ import annotations

from django.utils.translation import gettext as _

from followup.report.content import Report


def method_notes(report: Report) -> list[str]:
    """Give the notes, one sentence or two each."""
    highest = report.highest_hidden
    notes = [
        _(
            "Två punkter (..) betyder att antalet är litet eller inte visas. Noll ser likadan ut: 0 till %(highest)s"
            " döljs alltid."
        )
        % {"highest": highest},
        _(
            "Andra antal är avrundade till närmaste femtal, eller står som ett spann när ett smalare tal skulle göra en"
            " annan uppgift för lätt att räkna ut. Delarna summerar därför inte alltid till helheten."
        ),
        _("Andelar räknas ur de avrundade antalen och står som spann. De ges inte när det är färre än tio."),
        _(
            "Antalen räknas från det att överenskommelsen började gälla. En redovisning fastställs en gång; en ändring"
            " är en rättelse som säger vad den rättar."
        ),
        _(
            "Innan något släpps prövas det tillsammans med allt som har redovisats tidigare: för den som själv känner"
            " till upp till %(m)s personer ska minst %(left)s antal vara möjliga för varje liten uppgift (%(k)s för den"
            " som inte känner någon)."
        )
        % {"m": report.m, "left": report.k - report.m, "k": report.k},
        _("Varför en period saknas sägs inte, eftersom skälet självt kan säga något om enskilda."),
    ]
    notes += [
        _("Redovisning %(number)s: %(period)s, %(plan)s. SHA-256 %(sha256)s.")
        % {"number": issue.number, "period": issue.period, "plan": issue.plan, "sha256": issue.sha256}
        for issue in report.issues
    ]
    return notes

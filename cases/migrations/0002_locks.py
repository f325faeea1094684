"""What is signed or decided is locked by the database; versions are append-only."""

from django.db import migrations

from avhopp.database.triggers import AppendOnly, LockedBut, LockedWhen


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial")]

    operations = [
        LockedWhen("Note", "OLD.signed_at IS NOT NULL", "The note is signed: write a correction", erasable=True),
        LockedWhen("StageRequest", "OLD.decided_at IS NOT NULL", "The request is decided: make a new one", erasable=True),
        LockedWhen("Decision", "OLD.signed_at IS NOT NULL", "The decision is signed: make a new one", erasable=True),
        LockedWhen("DecisionEvent", "TRUE", "What happened is not edited: write it down anew", erasable=True),
        LockedBut(
            "Agreement",
            ("ended_on", "ending", "version", "updated_at", "updated_by_id"),
            "The agreement is signed: end it and write a new one",
            "OLD.fixed_at IS NOT NULL",
            erasable=True,
        ),
        LockedWhen("AgreementSignature", "TRUE", "A signature is not edited", erasable=True),
        LockedWhen("AgreementBreach", "OLD.decided_at IS NOT NULL", "The consequence is chosen", erasable=True),
        LockedWhen("Transfer", "OLD.ended_at IS NOT NULL", "The request has ended: make a new one", erasable=True),
        LockedBut("Delegation", ("withdrawn_on", "withdrawn_by_id"), "A delegation is not edited: give a new one"),
        LockedWhen(
            "Delegation", "OLD.withdrawn_on IS NOT NULL", "The delegation is withdrawn: give a new one"
        ),
        LockedBut("LegalBasis", ("valid_to",), "A provision is not edited: add its next wording"),
        LockedBut("DeadlineRule", ("valid_to",), "A deadline is not edited: add its next wording"),
        LockedBut("Workflow", (), "A version is not edited: write the next one"),
        LockedBut("StageRule", (), "A version is not edited: write the next one"),
        AppendOnly("StandingChange", erasable=True),
        AppendOnly("HistoricalFollowUp", erasable=True),
        LockedWhen("NeedsMapping", "OLD.signed_at IS NOT NULL", "The mapping is signed: correct it", erasable=True),
        LockedWhen("EmergencyAccess", "OLD.reviewed_at IS NOT NULL", "The emergency access is reviewed", erasable=True),
        LockedWhen("Restriction", "OLD.lifted_at IS NOT NULL", "The restriction is lifted: make a new one", erasable=True),
        LockedWhen("Recusal", "TRUE", "A recusal stands", erasable=True),
        LockedWhen("Plan", "OLD.signed_at IS NOT NULL", "The plan is signed: write the next one", erasable=True),
        AppendOnly("HistoricalPlanFollowUp", erasable=True),
        LockedWhen("Assessment", "OLD.signed_at IS NOT NULL", "The assessment is signed: correct it", erasable=True),
        LockedWhen("Disclosure", "OLD.decided_at IS NOT NULL", "It is decided: write a new one", erasable=True),
        LockedWhen("Incident", "OLD.closed_at IS NOT NULL", "The incident is closed: report what is new"),
        LockedWhen("Deviation", "OLD.closed_at IS NOT NULL", "The deviation is closed: report what is new"),
        LockedWhen("UnitRequest", "TRUE", "A request is answered once: write down the next one"),
        AppendOnly("HistoricalDisclosure", erasable=True),
        AppendOnly("HistoricalIncident"),
        AppendOnly("HistoricalDeviation"),
        LockedWhen("Document", "TRUE", "A document is never changed: add a new version", erasable=True),
        AppendOnly("HistoricalNote", erasable=True),
        AppendOnly("HistoricalCase", erasable=True),
        AppendOnly("HistoricalPerson", erasable=True),
        AppendOnly("HistoricalConsent", erasable=True),
        AppendOnly("HistoricalAlias", erasable=True),
        AppendOnly("HistoricalContactChannel", erasable=True),
        AppendOnly("HistoricalGuardian", erasable=True),
        AppendOnly("HistoricalRepresentative", erasable=True),
        AppendOnly("HistoricalRelation", erasable=True),
        AppendOnly("HistoricalNetworkTie", erasable=True),
        # What was sent or said stays as it was; a number that was replaced stays legible.
        AppendOnly("Unmasking", erasable=True),
        AppendOnly("ImpartialityStatement", erasable=True),
        AppendOnly("Contact", erasable=True),
        AppendOnly("EarlierNumber", erasable=True),
    ]

"""What is signed or decided is locked by the database; versions are append-only."""

from django.db import migrations

from avhopp.database.triggers import AppendOnly, LockedBut, LockedWhen


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial")]

    operations = [
        LockedWhen("Note", "OLD.signed_at IS NOT NULL", "The note is signed: write a correction"),
        LockedWhen("StageRequest", "OLD.decided_at IS NOT NULL", "The request is decided: make a new one"),
        LockedBut("LegalBasis", ("valid_to",), "A provision is not edited: add its next wording"),
        AppendOnly("HistoricalNote"),
        AppendOnly("HistoricalCase"),
        AppendOnly("HistoricalPerson"),
        AppendOnly("HistoricalConsent"),
    ]

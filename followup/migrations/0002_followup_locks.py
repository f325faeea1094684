"""What has been said is never changed: the ledger is append-only, and a release that has ended is locked."""

from django.db import migrations

from avhopp.database.triggers import AppendOnly, LockedWhen


class Migration(migrations.Migration):
    dependencies = [("followup", "0001_initial")]

    operations = [
        LockedWhen("Release", "OLD.ended_at IS NOT NULL", "The release has ended: propose a new one"),
        AppendOnly("Statement"),
        AppendOnly("Certificate"),
        AppendOnly("KnownElsewhere"),
        AppendOnly("SigningKey"),
        AppendOnly("PublicationPlan"),
        AppendOnly("Narrative"),
        AppendOnly("TypedFigure"),
        AppendOnly("NeighbourRelease"),
    ]

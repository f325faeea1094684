"""The record's tables, the tree's and the review's refuse change, also by their owner."""

from django.db import migrations

from avhopp.database.triggers import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [
        AppendOnly("Leaf"),
        AppendOnly("LeafSubject", erasable=True),
        AppendOnly("ChangeEntry", erasable=True),
        AppendOnly("Sequenced"),
        AppendOnly("Node"),
        AppendOnly("SignedCheckpoint"),
        AppendOnly("Cosignature"),
        AppendOnly("VerificationRun"),
        AppendOnly("ReviewCycle"),
        AppendOnly("Review"),
        AppendOnly("ReviewItem"),
        AppendOnly("ReviewVerdict"),
        AppendOnly("ReviewFollowUp"),
        AppendOnly("ReviewSignature"),
    ]

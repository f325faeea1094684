"""The rows of the monthly review are added and never changed, by their owner neither."""

from django.db import migrations

from avhopp.database.triggers import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("audit", "0006_review")]

    operations = [
        AppendOnly("ReviewCycle"),
        AppendOnly("Review"),
        AppendOnly("ReviewItem"),
        AppendOnly("ReviewVerdict"),
        AppendOnly("ReviewFollowUp"),
        AppendOnly("ReviewSignature"),
    ]

"""The record's tables refuse change, also by their owner."""

from django.db import migrations

from avhopp.database.triggers import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [AppendOnly("Leaf"), AppendOnly("LeafSubject"), AppendOnly("ChangeEntry")]

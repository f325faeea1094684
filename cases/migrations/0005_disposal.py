"""A file is destroyed when two people have said so, and leaves a certificate."""

import avhopp.sealed.fields
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from avhopp.database.triggers import AppendOnly, LockedWhen


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_account_request'),
        ('cases', '0004_listed'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='case',
            name='related_to',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case'),
        ),
        migrations.AlterField(
            model_name='keepapart',
            name='other',
            field=models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case'),
        ),
        migrations.CreateModel(
            name='Disposal',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(editable=False)),
                ('updated_at', models.DateTimeField(editable=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('rule', models.CharField(choices=[('last_note', 'Fem år efter den sista anteckningen (16 kap. 1 § SoL).'), ('child', 'När personen fyller 30 år: barnavårdsutredning (16 kap. 2 a § SoL).')], editable=False, max_length=16)),
                ('due_on', models.DateField(editable=False)),
                ('state', models.CharField(choices=[('proposed', 'Föreslagen, väntar på någon annan'), ('approved', 'Godkänd, gallras vid nästa körning'), ('stopped', 'Stoppad')], default='proposed', editable=False, max_length=12)),
                ('comment', avhopp.sealed.fields.SealedTextField(blank=True, default='', label='cases.disposal', max_length=1000, verbose_name='kommentar')),
                ('stop_reason', avhopp.sealed.fields.SealedTextField(blank=True, default='', label='cases.disposal', max_length=1000, verbose_name='varför den stoppades')),
                ('decided_at', models.DateTimeField(editable=False, null=True)),
                ('case', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
                ('created_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('updated_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ('proposed', 'approved'))), fields=('case',), name='one_standing_disposal'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'approved'), _negated=True), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), models.Q(('decided_by', models.F('created_by')), _negated=True)), _connector='OR'), name='two_people_destroy')],
            },
        ),
        migrations.CreateModel(
            name='DisposalCertificate',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('destroyed_at', models.DateTimeField(editable=False)),
                ('body', models.TextField(editable=False)),
                ('unit', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit')),
            ],
            options={
                'indexes': [models.Index(fields=['unit', '-destroyed_at'], name='certificate_by_unit')],
            },
        ),
        LockedWhen(
            "Disposal", "OLD.state = 'stopped'", "The proposal is stopped: make a new one", erasable=True
        ),
        AppendOnly("DisposalCertificate"),
    ]

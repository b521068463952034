import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0003_the_whole_loop'),
        ('people', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name='case',
            index=models.Index(django.db.models.functions.comparison.Greatest('closed_at', 'next_call_at'), models.F('id'), condition=models.Q(('state', 'to_call_back')), name='cases_callbacks'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(models.F('evaluated_at'), condition=models.Q(('evaluated_at__isnull', False)), name='cases_by_word'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(models.OrderBy(models.F('id'), descending=True), condition=models.Q(('light__isnull', False)), name='cases_lit'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(models.OrderBy(models.F('id'), descending=True), condition=models.Q(('mismatches__gt', 0), models.Q(('second_solved', False), ('solved', True)), _connector='OR'), name='cases_contradicted'),
        ),
        migrations.AddIndex(
            model_name='event',
            index=models.Index(models.F('at'), models.F('id'), condition=models.Q(('kind__in', ('apply_exclusion', 'exclude', 'refuse_exclusion', 'appeal', 'uphold_appeal', 'refuse_appeal'))), name='cases_claims'),
        ),
    ]

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('purchasing', '0014_sums_and_units'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='claimdelivery',
            name='claim_mailed_once',
        ),
        migrations.AddField(
            model_name='claimdelivery',
            name='reminds',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name='claimdelivery',
            constraint=models.UniqueConstraint(condition=models.Q(('reminds__isnull', True), ('state__in', ['waiting', 'sending', 'sent']), ('way', 'mail')), fields=('claim', 'to'), name='claim_mailed_once'),
        ),
        migrations.AddConstraint(
            model_name='claimdelivery',
            constraint=models.UniqueConstraint(condition=models.Q(('reminds__isnull', False), ('state__in', ['waiting', 'sending', 'sent'])), fields=('claim', 'reminds'), name='claim_reminded_once_a_week'),
        ),
        migrations.AddConstraint(
            model_name='claimdelivery',
            constraint=models.CheckConstraint(condition=models.Q(('reminds__isnull', True), models.Q(('reminds__iso_week_day', 1), ('way', 'mail')), _connector='OR'), name='claim_delivery_reminds_by_mail'),
        ),
    ]

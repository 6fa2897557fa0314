from django.db import migrations


class Migration(migrations.Migration):
    """A practice's schema takes no patient before its business associate agreement is accepted.

    The function is public, made by tenants.0004_joining. That is no dependency: the graphs of public and of the
    practices are apart, and public is always migrated first.
    """

    dependencies = [("loyalty", "0006_consent_is_history")]

    operations = [
        migrations.RunSQL(
            sql="CREATE TRIGGER patient_needs_agreement BEFORE INSERT ON loyalty_patient"
            " FOR EACH STATEMENT EXECUTE FUNCTION public.require_business_associate_agreement()",
            reverse_sql="DROP TRIGGER patient_needs_agreement ON loyalty_patient",
        ),
    ]

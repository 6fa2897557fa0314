from django.db import migrations


class Migration(migrations.Migration):
    """A practice's schema takes no patient before its business associate agreement is accepted."""

    dependencies = [("loyalty", "0006_consent_is_history"), ("tenants", "0004_joining")]

    operations = [
        migrations.RunSQL(
            sql="CREATE TRIGGER patient_needs_agreement BEFORE INSERT ON loyalty_patient"
            " FOR EACH STATEMENT EXECUTE FUNCTION public.require_business_associate_agreement()",
            reverse_sql="DROP TRIGGER patient_needs_agreement ON loyalty_patient",
        ),
    ]

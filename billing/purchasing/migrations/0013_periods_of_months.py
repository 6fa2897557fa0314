from django.db import migrations, models
from django.db.models import Q

# Periods of a program follow each other from the day of the version that says how long they are. Whatever takes over
# within one of them would count its purchases twice.
VERSION = """
CREATE FUNCTION program_version_amid_a_period() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  before record;
  later record;
  lengths CONSTANT jsonb := '{"month": 1, "quarter": 3, "half": 6, "year": 12}';
BEGIN
  SELECT every, from_day INTO before FROM purchasing_programversion
    WHERE program_id = NEW.program_id AND from_day < NEW.from_day ORDER BY from_day DESC, number DESC LIMIT 1;
  SELECT every, from_day INTO later FROM purchasing_programversion
    WHERE program_id = NEW.program_id AND from_day > NEW.from_day ORDER BY from_day, number DESC LIMIT 1;
  IF (date_part('month', NEW.from_day) - date_part('month', before.from_day))::int % (lengths->>before.every)::int <> 0
     OR (date_part('month', later.from_day) - date_part('month', NEW.from_day))::int % (lengths->>NEW.every)::int <> 0
  THEN
    RAISE EXCEPTION 'another version begins within a period of the program' USING
      ERRCODE = 'check_violation', CONSTRAINT = 'program_version_amid_a_period';
  END IF;
  RETURN NEW;
END$$
"""
TRIGGER = (
    "CREATE TRIGGER {0} BEFORE INSERT ON purchasing_programversion FOR EACH ROW EXECUTE FUNCTION {0}()",
    "DROP TRIGGER {0} ON purchasing_programversion",
)
NEW, OLD = "program_version_amid_a_period", "program_version_amid_a_year"


class Migration(migrations.Migration):
    dependencies = [("purchasing", "0012_paid_on_the_increase")]

    operations = [
        migrations.RemoveConstraint("programversion", "program_version_begins_with_a_quarter"),
        migrations.RemoveConstraint("programversion", "program_version_every_known"),
        migrations.AlterField(
            "programversion",
            "every",
            models.CharField(
                max_length=8,
                choices=[
                    ("month", "Every month"),
                    ("quarter", "Every quarter"),
                    ("half", "Every half-year"),
                    ("year", "Every year"),
                ],
            ),
        ),
        migrations.AddConstraint(
            "programversion",
            models.CheckConstraint(
                name="program_version_every_known", condition=Q(every__in=["month", "quarter", "half", "year"])
            ),
        ),
        migrations.AddConstraint(
            "programversion",
            models.CheckConstraint(name="program_version_begins_with_a_month", condition=Q(from_day__day=1)),
        ),
        migrations.RunSQL(VERSION, f"DROP FUNCTION {NEW}()"),
        migrations.RunSQL(TRIGGER[0].format(NEW), TRIGGER[1].format(NEW)),
        # The narrower rule that it takes the place of.
        migrations.RunSQL(TRIGGER[1].format(OLD), TRIGGER[0].format(OLD)),
    ]

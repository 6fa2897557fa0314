from django.db import migrations, models
from django.db.models import Q

# Years of a program begin with the day of the version that says so. Whatever takes over within one of them would count
# its purchases twice.
VERSION = """
CREATE FUNCTION program_version_amid_a_year() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  before record;
  later record;
BEGIN
  SELECT every, from_day INTO before FROM purchasing_programversion
    WHERE program_id = NEW.program_id AND from_day < NEW.from_day ORDER BY from_day DESC, number DESC LIMIT 1;
  SELECT every, from_day INTO later FROM purchasing_programversion
    WHERE program_id = NEW.program_id AND from_day > NEW.from_day ORDER BY from_day, number DESC LIMIT 1;
  IF (before.every = 'year' AND date_part('month', before.from_day) <> date_part('month', NEW.from_day))
     OR (NEW.every = 'year' AND date_part('month', later.from_day) <> date_part('month', NEW.from_day))
  THEN
    RAISE EXCEPTION 'another version begins within a year of the program' USING
      ERRCODE = 'check_violation', CONSTRAINT = 'program_version_amid_a_year';
  END IF;
  RETURN NEW;
END$$
"""


class Migration(migrations.Migration):
    dependencies = [("purchasing", "0008_followed_by_programs")]

    operations = [
        migrations.RemoveConstraint("programversion", "program_version_begins_with_a_period"),
        migrations.AddConstraint(
            "programversion",
            models.CheckConstraint(
                name="program_version_begins_with_a_quarter",
                condition=Q(from_day__day=1, from_day__month__in=[1, 4, 7, 10]),
            ),
        ),
        migrations.RunSQL(VERSION, "DROP FUNCTION program_version_amid_a_year()"),
        migrations.RunSQL(
            "CREATE TRIGGER program_version_amid_a_year BEFORE INSERT ON purchasing_programversion"
            " FOR EACH ROW EXECUTE FUNCTION program_version_amid_a_year()",
            "DROP TRIGGER program_version_amid_a_year ON purchasing_programversion",
        ),
    ]

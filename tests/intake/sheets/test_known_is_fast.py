"""Whether a row's person is known is asked by name, in the index, however full or new the table is."""

from django.db import connection, transaction

from loyalty.intake.sheets.loading import known
from loyalty.intake.sheets.loading.known import by_the_indexes
from loyalty.models import Patient

ROWS = 300


def test_every_row_of_a_batch_is_looked_up_by_name_and_no_patient_is_compared_with_all_of_them(in_aurora):
    Patient.objects.bulk_create([Patient(given_name=f"Ana{n}", family_name="Ruiz") for n in range(3 * ROWS)])
    columns = [list(range(ROWS)), ["Ruiz"] * ROWS, [f"Ana{n}" for n in range(ROWS)], ["email"] * ROWS, ["x@y.z"] * ROWS]
    with transaction.atomic(), connection.cursor() as cursor:
        by_the_indexes()
        cursor.execute(f"EXPLAIN {known._BY_NAME}", columns)
        plan = [line for (line,) in cursor.fetchall()]
    scans = [line.strip() for line in plan if "Scan" in line]
    assert [one for one in scans if "on loyalty_patient" in one and "patient_by_spoken_name" not in one] == []
    assert "Function Scan on s" in scans[0]

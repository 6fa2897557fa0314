"""Network admins asking for patient rows get 404, and the practice's trail says that they asked."""

import pytest
from django.db import DatabaseError, connection, transaction

from core.audit.models import Entry
from core.tenancy.scope import control_plane, practice_scope
from tests.permissions.records import path_of
from tests.permissions.walk import ALL

ABOUT_PATIENTS = [
    one for one in ALL if one.host == "practice" and {"patient_id", "visit_id", "note_id"} & set(one.arguments)
]


@pytest.mark.parametrize("who", ["Nora", "Ana"])
def test_on_the_practices_host_there_is_nothing_for_them(sign_in, person, aurora, ids, who):
    asker, client = person(who).id, sign_in(who, at="")
    assert len(ABOUT_PATIENTS) > 50
    for address in ABOUT_PATIENTS:
        subject = ids[next(iter(address.arguments))]
        # Undone, so that each address has the trail for itself.
        point = transaction.savepoint()
        status = client.get(path_of(address, ids), SERVER_NAME="aurora.perennial.localhost").status_code
        with practice_scope(aurora):
            told = list(Entry.objects.filter(outcome="denied").values_list("asker_id", "subject_id"))
        transaction.savepoint_rollback(point)
        assert (status, told) == (404, [(asker, subject)]), str(address)


@pytest.mark.parametrize("who", ["Nora", "Ana"])
def test_the_networks_own_host_has_no_such_address(sign_in, ids, who):
    client = sign_in(who, at="")
    for path in ("/patients/", f"/patients/{ids['patient_id']}/", "/notes/", f"/visits/{ids['visit_id']}/"):
        assert client.get(path).status_code == 404


def test_the_networks_own_queries_reach_no_schema_of_a_practice(aurora):
    def look() -> None:
        with control_plane(), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{aurora.schema_name}".loyalty_patient')

    with pytest.raises(DatabaseError, match="permission denied"):
        look()

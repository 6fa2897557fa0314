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
@pytest.mark.parametrize("address", ABOUT_PATIENTS, ids=str)
def test_on_the_practices_host_there_is_nothing_for_them(sign_in, person, aurora, ids, who, address):
    client = sign_in(who, at="")
    assert client.get(path_of(address, ids), SERVER_NAME="aurora.perennial.localhost").status_code == 404
    with practice_scope(aurora):
        entry = Entry.objects.get(outcome="denied")
    assert (entry.asker_id, entry.subject_id) == (person(who).id, ids[next(iter(address.arguments))])


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

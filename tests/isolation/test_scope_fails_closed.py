import asyncio
import uuid

import pytest
from django.db import ProgrammingError, connection, transaction

from core.tenancy.backend.base import CannotEnterPractice, DatabaseWrapper
from core.tenancy.names import BadSchemaName
from core.tenancy.scope import (
    NoPractice,
    PracticeRef,
    ScopeInEventLoop,
    control_plane,
    current_practice,
    practice_scope,
)
from loyalty.models import Patient
from tenants.models import Person


def place(schema_name: str) -> PracticeRef:
    return PracticeRef(id=uuid.uuid4(), schema_name=schema_name, slug="x", name="X")


def who() -> tuple[str, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, current_schema()")
        return cursor.fetchone()


def test_inside_a_practice_the_role_is_the_practices(aurora):
    with practice_scope(aurora):
        assert who() == (aurora.schema_name, aurora.schema_name)
    assert who() == ("perennial_app", "public")


def test_outside_of_a_practice_there_are_no_patients(db):
    with pytest.raises(ProgrammingError, match="does not exist"):
        Patient.objects.count()


def test_the_applications_own_login_reads_no_practice(aurora):
    with pytest.raises(ProgrammingError, match="permission denied"), connection.cursor() as cursor:
        cursor.execute(f'SELECT count(*) FROM "{aurora.schema_name}".loyalty_patient')


def test_inside_a_practice_people_are_out_of_reach(in_aurora):
    with pytest.raises(ProgrammingError, match="permission denied"):
        Person.objects.count()


def test_the_control_plane_can_be_asked_from_inside(in_aurora):
    with control_plane():
        assert Person.objects.filter(email="olivia@example.com").exists()
    assert who()[0] == in_aurora.schema_name


def test_scopes_nest_and_return_to_where_they_were(aurora, borealis):
    with practice_scope(aurora):
        with practice_scope(borealis):
            assert who()[0] == borealis.schema_name
        assert who()[0] == aurora.schema_name


def test_a_rolled_back_entry_is_made_again(aurora, borealis):
    """SET is undone with its transaction; the next statement must not trust what was set."""
    with practice_scope(aurora):
        who()
        try:
            with transaction.atomic():
                with practice_scope(borealis):
                    assert who()[0] == borealis.schema_name
                raise ValueError
        except ValueError:
            pass
        assert who()[0] == aurora.schema_name


def test_a_schema_that_does_not_exist_is_refused_before_anything_is_asked(committed):
    with pytest.raises(CannotEnterPractice), practice_scope(place("p_0123456789ab")):
        who()
    assert who() == ("perennial_app", "public")


@pytest.mark.parametrize(
    "name", ["public; DROP TABLE x", 'p_1"', "pg_catalog", "p_0123456789AB", "p_0123456789ab\n", ""]
)
def test_a_name_that_we_did_not_make_is_never_sent(db, name):
    with pytest.raises((BadSchemaName, CannotEnterPractice)), practice_scope(place(name)):
        who()


def test_there_is_no_practice_outside_of_one(db):
    with pytest.raises(NoPractice):
        current_practice()


def test_the_practice_is_known_inside(in_aurora):
    assert current_practice() == in_aurora


def test_an_event_loop_cannot_enter_a_practice(aurora):
    async def enter() -> None:
        with practice_scope(aurora):
            pass

    with pytest.raises(ScopeInEventLoop):
        asyncio.run(enter())


def test_entering_costs_one_round_trip_and_entering_again_none(aurora, monkeypatch):
    who()
    sent = []
    real = connection.connection.pgconn
    monkeypatch.setattr("core.tenancy.backend.base.DatabaseWrapper._entry_command", counting(sent))
    with practice_scope(aurora):
        who()
        who()
        with practice_scope(aurora):
            who()
    assert len(sent) == 1
    assert sent[0].count("SET ") == 2
    assert real is connection.connection.pgconn


def counting(sent: list[str]):
    original = DatabaseWrapper._entry_command

    def command(self):
        sent.append(original(self))
        return sent[-1]

    return command

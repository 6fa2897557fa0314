"""A partner's program reaches the practice that its token is for: of another's patients there is not even a hint."""

from uuid import uuid4

import pytest

from core.tenancy.scope import practice_scope
from loyalty.patients.enrol import enrol
from tests.api import resources
from tests.partners import client_of, registered

# What an answer says of itself, and not of what was asked for.
OWN = ("instance", "request_id")
# What the buying group has agreed is the network's, and the same for every member.
OF_THE_NETWORK = {"vendor", "offer"}


@pytest.fixture
def program(db):
    return registered()


@pytest.fixture
def patient(aurora, now):
    with practice_scope(aurora):
        return enrol(given_name="Beatrice", family_name="Lindgren", now=now)


@pytest.fixture
def paths(program, aurora, patient, now):
    """Addresses of Aurora's records, in which its program may read everything."""
    program.let_in(aurora)
    found = resources.paths(aurora, patient, now=now)
    return {pattern: path for pattern, path in found.items() if "get" in pattern.callback.cls.scope_for}


@pytest.fixture
def at_borealis(program, paths, borealis):
    """The same program, with what Borealis let it do."""
    program.let_in(borealis, by="Bella")
    return client_of(program.token(borealis), at=borealis)


def said(answer):
    return answer.status_code, {name: text for name, text in answer.json().items() if name not in OWN}


def test_where_its_token_is_not_for_it_is_a_stranger_whatever_it_asks_for(
    at_borealis, program, borealis, aurora, paths
):
    """Whoever is there and whoever never was: the very same answer."""
    client = client_of(program.token(borealis), at=aurora)
    for pattern, path in paths.items():
        answer = client.get(path)
        assert answer.status_code == 401, path
        assert said(answer) == said(client.get(f"/api/v1/patients/{uuid4()}/")), pattern.name


def test_where_its_token_is_for_records_of_others_were_never_there(at_borealis, paths, patient):
    records = {pattern: path for pattern, path in paths.items() if "<" in str(pattern.pattern)}
    assert {pattern.name for pattern in records} > OF_THE_NETWORK
    of_a_record = [path for pattern, path in records.items() if pattern.name not in OF_THE_NETWORK]
    assert len(of_a_record) > 4
    for path in of_a_record:
        answer = at_borealis.get(path)
        assert answer.status_code == 404, path
    missing = at_borealis.get(f"/api/v1/patients/{uuid4()}/")
    assert said(at_borealis.get(f"/api/v1/patients/{patient.id}/")) == said(missing)


def test_no_list_of_one_practice_holds_a_record_of_another(at_borealis, program, aurora, paths, patient):
    lists = [path for pattern, path in paths.items() if "<" not in str(pattern.pattern)]
    own = client_of(program.token(aurora), at=aurora)
    assert str(patient.id) in "".join(own.get(path).content.decode() for path in lists)
    for path in lists:
        answer = at_borealis.get(path)
        assert answer.status_code == 200, path
        assert str(patient.id) not in answer.content.decode()
        assert "Lindgren" not in answer.content.decode()

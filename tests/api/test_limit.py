"""How often a program may ask: told with every answer, counted for each practice apart."""

import re

from tests.partners import client_of, registered


def left_of(answer):
    return int(re.search(r"r=(\d+)", answer["RateLimit"])[1])


def test_every_answer_says_how_much_is_left(api, settings):
    settings.API_REQUESTS_A_MINUTE = 100
    first, second = api.get("/api/v1/"), api.get("/api/v1/patients/nonsense/")
    assert first["RateLimit-Policy"] == '"minute";q=100;w=60'
    assert 0 <= left_of(first) <= 99
    assert second.status_code == 404


def test_beyond_the_limit_it_is_told_when_to_come_back(api, settings):
    settings.API_REQUESTS_A_MINUTE = 2
    answers = [api.get("/api/v1/") for _ in range(5)]
    # The minute may turn between them.
    refused = [answer for answer in answers if answer.status_code == 429]
    assert refused
    assert {answer.status_code for answer in answers} == {200, 429}
    assert refused[0].json()["code"] == "too_many_requests"
    assert 1 <= int(refused[0]["Retry-After"]) <= 60
    assert left_of(refused[0]) == 0


def test_one_program_does_not_use_up_anothers_requests(api, aurora, borealis, program, settings):
    settings.API_REQUESTS_A_MINUTE = 3
    for _ in range(8):
        api.get("/api/v1/")
    other = registered("Tide Booking")
    other.let_in(aurora, ["practice:read"])
    assert client_of(other.token(aurora, ["practice:read"]), at=aurora).get("/api/v1/").status_code == 200
    program.let_in(borealis, by="Bella")
    assert client_of(program.token(borealis), at=borealis).get("/api/v1/").status_code == 200


def test_who_has_no_token_uses_up_nothing(api, aurora, settings):
    settings.API_REQUESTS_A_MINUTE = 3
    for _ in range(8):
        client_of("wrong", at=aurora).get("/api/v1/")
    assert api.get("/api/v1/").status_code == 200

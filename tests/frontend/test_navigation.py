"""The rail shows nobody a way that would end in a 404."""

import re

import pytest


@pytest.mark.parametrize("who", ["Olivia", "Martin", "Priya", "Frank"])
def test_every_way_of_the_rail_is_open_to_whoever_sees_it(sign_in, who):
    client = sign_in(who, at="aurora")
    rail = client.get("/notes/").content.decode().partition("</header>")[0]
    ways = set(re.findall(r'<a href="([^"]+)"', rail))
    assert {"/patients/new/"} & ways == set()
    assert {"/", "/patients/", "/notes/", "/occasions/"} <= ways
    assert {way: client.get(way).status_code for way in ways} == dict.fromkeys(ways, 200)


@pytest.mark.parametrize(("who", "more"), [("Nora", {"/applications/", "/trail/"}), ("Ana", set())])
def test_the_console_has_its_own(sign_in, who, more):
    client = sign_in(who, at="")
    rail = client.get("/members/").content.decode().partition("</header>")[0]
    ways = set(re.findall(r'<a href="([^"]+)"', rail))
    assert {"/benchmarks/", "/members/"} <= ways
    assert {"/applications/", "/trail/"} & ways == more
    assert {client.get(way).status_code for way in ways} == {200}


def test_the_page_one_is_on_is_marked_once(sign_in):
    page = sign_in("Olivia", at="aurora").get("/notes/").content.decode().partition("</header>")[0]
    assert re.findall(r'<a href="([^"]+)" aria-current="page"', page) == ["/notes/"]

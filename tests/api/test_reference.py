"""Swagger UI is served from the package that is pinned, packed, for ever under an address with its version."""

import gzip

import pytest
from django.urls import reverse

from api.openapi.reference import VERSION
from frontend.middleware import POLICY
from tests.api.sending import problem
from tests.partners import client_of

BUNDLE, STYLES = "swagger-ui-bundle.js", "swagger-ui.css"


def at(name, version=VERSION):
    return reverse("api-reference-file", urlconf="infra.urls_practice", args=[version, name])


@pytest.fixture
def anybody(aurora):
    return client_of(None, at=aurora)


def test_the_page_loads_its_files_from_here_under_the_policy_of_all_pages(anybody):
    answer = anybody.get("/api/v1/docs/reference/")
    assert answer["Content-Security-Policy"] == POLICY
    html = answer.content.decode()
    for part in (at(BUNDLE), at(STYLES), 'data-document="/api/v1/openapi.json"'):
        assert part in html
    for loads in ("http:", "https:", "<script>", "style=", "onload="):
        assert loads not in html


@pytest.mark.parametrize(("name", "kind"), [(BUNDLE, "text/javascript"), (STYLES, "text/css")])
def test_a_file_comes_packed_to_whoever_takes_that_and_is_kept(anybody, name, kind):
    packed = anybody.get(at(name), headers={"Accept-Encoding": "gzip"})
    plain = anybody.get(at(name))
    assert packed["Content-Encoding"] == "gzip"
    assert len(packed.content) < len(plain.content) / 3
    assert gzip.decompress(packed.content) == plain.content
    for answer in (packed, plain):
        assert answer["Content-Type"].startswith(kind)
        assert "immutable" in answer["Cache-Control"]
        assert "Accept-Encoding" in answer["Vary"]
    again = anybody.get(at(name), headers={"If-None-Match": plain["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    "path", [at("oauth2-redirect.html"), at("..%2Fredoc%2FLICENSE"), at("LICENSE"), at(BUNDLE, version="1")]
)
def test_nothing_else_of_the_package_is_served(anybody, path):
    assert problem(anybody.get(path)) == (404, "not_found")

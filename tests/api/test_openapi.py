"""The document says what the API does: every operation, and every answer as it really comes."""

import re

import jsonschema_rs
import pytest
import time_machine
from django.test import Client

from api.body.read import Body
from api.openapi.document import document, methods_of, path_of
from api.openapi.words import OPERATIONS
from api.v1.urls import urlpatterns
from tenants.hosts import host_of
from tests.api import resources

OPENAPI, DOCS = "/api/v1/openapi.json", "/api/v1/docs/"


def every_operation():
    for path, operations in document()["paths"].items():
        for method, operation in operations.items():
            yield f"{method} {path}", operation


def faults(schema, value):
    """Where `value` is not as `schema` says. Its references lead into the document."""
    whole = {**schema, "components": document()["components"]}
    validator = jsonschema_rs.Draft202012Validator(whole, validate_formats=True)
    return [f"{one.instance_path} {one.message}" for one in validator.iter_errors(value)]


def contents(operation):
    body = operation.get("requestBody")
    yield from [("request", body)] if body else []
    yield from operation["responses"].items()


@pytest.fixture
def stranger(aurora):
    return Client(SERVER_NAME=host_of(aurora.slug))


def test_every_operation_is_in_it_with_words_and_no_other():
    there = {(pattern.name, method) for pattern in urlpatterns for method in methods_of(pattern)}
    assert there == OPERATIONS.keys()
    told = {(path, method) for path, operations in document()["paths"].items() for method in operations}
    assert told == {(path_of(pattern), method) for pattern in urlpatterns for method in methods_of(pattern)}
    for name, operation in every_operation():
        assert operation["summary"], name
        assert operation["description"], name
        assert len({one["name"] for one in operation["parameters"]}) == len(operation["parameters"]), name
        assert {"400", "401", "403", "429", "500"} <= operation["responses"].keys(), name
    ids = [operation["operationId"] for _, operation in every_operation()]
    assert len(set(ids)) == len(ids)


def test_its_schemas_are_schemas_and_its_examples_fit_them():
    for name, operation in every_operation():
        for where, told in contents(operation):
            for content in told.get("content", {}).values():
                jsonschema_rs.meta.validate(content["schema"])
                assert faults(content["schema"], content["example"]) == [], (name, where)
        for parameter in operation["parameters"]:
            if "example" in parameter:
                assert faults(parameter["schema"], parameter["example"]) == [], (name, parameter["name"])


def test_an_example_of_a_body_is_read_by_the_field_table_that_reads_real_ones():
    for pattern in urlpatterns:
        for method, shape in pattern.callback.cls.takes.items():
            reading: Body = shape(data=dict(OPERATIONS[pattern.name, method].sends))
            assert reading.is_valid(), (pattern.name, reading.errors)


def test_every_answer_and_every_body_that_is_taken_is_as_it_says(api, aurora, patient, now):
    """Each operation is done for real; the answer and what was sent are held against the document."""
    seen = set()
    with time_machine.travel(now, tick=False):
        for pattern, path in resources.paths(aurora, patient, now=now).items():
            for method in methods_of(pattern):
                operation = document()["paths"][path_of(pattern)][method]
                body = resources.BODIES.get((pattern.name, method))
                answer = resources.ask(api, pattern, method, path)
                told = operation["responses"][str(answer.status_code)]
                for content_type, content in told.get("content", {}).items():
                    assert answer["Content-Type"] == content_type
                    assert faults(content["schema"], answer.json()) == [], (pattern.name, method)
                assert bool(answer.content) == ("content" in told), (pattern.name, method)
                for header in told["headers"]:
                    assert header in answer or header == "Idempotency-Replayed", (pattern.name, method, header)
                if body and "{" not in str(body.values()):
                    sent = operation["requestBody"]["content"]["application/json"]["schema"]
                    assert faults(sent, body) == [], (pattern.name, method)
                seen.add((pattern.name, method))
    assert seen == OPERATIONS.keys()


def test_what_a_list_is_asked_for_is_in_it(api):
    """No parameter but those of the document is taken, and each of those is."""
    for path, operations in document()["paths"].items():
        if "{" in path or "get" not in operations:
            continue
        names = {one["name"] for one in operations["get"]["parameters"] if one["in"] == "query"}
        answer = api.get(f"/api/v1{path}?dreamed=1").json()
        assert answer["code"] == "bad_parameter"
        known = re.search(r"Known: (.*)\.$", answer["detail"])
        assert names == (set(known[1].split(", ")) if known else set()), path


def test_a_problem_is_as_it_says(api, stranger):
    schema = document()["components"]["schemas"]["Problem"]
    for client, path in ((stranger, "/api/v1/"), (api, "/api/v1/patients/?size=0"), (api, "/api/v1/nothing/")):
        assert faults(schema, client.get(path).json()) == []


def test_it_is_served_to_everybody_with_its_version(stranger):
    first = stranger.get(OPENAPI)
    assert (first.status_code, first["Content-Type"]) == (200, "application/json")
    assert first.json() == document()
    again = stranger.get(OPENAPI, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert stranger.post(OPENAPI).status_code == 405


def test_the_page_shows_every_operation_and_runs_nothing(stranger):
    answer = stranger.get(DOCS)
    page = answer.content.decode()
    for name, operation in every_operation():
        assert f'id="{operation["operationId"]}"' in page, name
        assert operation["summary"] in page
    assert "<script" not in page
    assert " style=" not in page
    assert "script-src 'self'" in answer["Content-Security-Policy"]
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', page)

"""Whatever code a program can be told stands in the API's catalogue, and nothing stands there that no code says."""

import ast
import re
from pathlib import Path

import grimp
import pytest

from api.openapi.codes import CODES, USUAL
from loyalty.models import VisitStatus

ROOT = Path(__file__).resolve().parents[2]
# Which argument names the code: of what is raised, and of helpers that raise it.
PLACE = {
    "DomainError": 0, "FileRefused": 0, "Conflict": 0, "NotFound": 0, "__init__": 0, "_refused": 0, "_bad": 0,
    "fail": 0, "Problem": 1, "Fault": 1,
}  # fmt: skip
# In what the API imports, but on ways that no program goes.
NOT_FOR_PROGRAMS = {
    "changed_meanwhile": "programs say by If-Match what they have seen",
    "colleague_unknown": "who of the team calls back is not for programs to say",
    "contact_kind_unknown": "the kinds are a choice of the body",
    "contact_point_changed": "programs send the whole list, over the version that they have seen",
    "contact_point_first": "as contact_point_changed",
    "contact_point_settled": "as contact_point_changed",
    "contract_signed": "the network's people sign contracts",
    "inquiry_closed": "programs hand inquiries in and do not work on them",
    "inquiry_patient": "as inquiry_closed",
    "kind_unknown": "the kinds are a choice of the body",
    "ndc_unreadable": "what is no NDC is looked for as a number of the vendor's own",
    "next_over": "as inquiry_closed",
    "order_unknown": "the orders of dates are a choice of the body",
    "pin_wrong": "people have a PIN",
    "referrer_unknown": "programs send a name, not an id",
    "scope_not_offered": "owners choose scopes",
    "scopes_empty": "owners choose scopes",
    "tag_comma": "tags are the practice's own",
    "tag_empty": "tags are the practice's own",
    "tags_many": "tags are the practice's own",
    "wish_changed": "programs never take a wish back",
}
# The framework's name for what is of another type; the API says "type".
SAID_OTHERWISE = {"invalid"}
# Made of a word and a status.
_STATES = [status.value for status in VisitStatus if status not in (VisitStatus.BOOKED, VisitStatus.CONFIRMED)]
MADE = {f"visit_{how}_{status}" for how in ("already", "is") for status in _STATES} | {
    "visit_already_confirmed",
    "invoice_missing",
}


@pytest.fixture(scope="module")
def raised(found):
    return {code for code, _ in found}


@pytest.fixture(scope="module")
def found():
    """Every code in a module that the API imports, directly or through others, with the status that goes with it.

    None: it stands in a body's errors, or in what raises with a status of its own.
    """
    graph = grimp.build_graph("api", "loyalty", "billing", "tenants", "core", cache_dir=None)
    reached = {one for one in graph.modules if one.partition(".")[0] == "api"}
    for one in list(reached):
        reached |= graph.find_upstream_modules(one)
    return {one for module in reached for one in codes_of(module)}


def codes_of(module):
    path = ROOT / module.replace(".", "/")
    path = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    for node in ast.walk(ast.parse(path.read_text())):
        if not isinstance(node, ast.Call):
            continue
        named = {one.arg: one.value for one in node.keywords}
        called = getattr(node.func, "id", getattr(node.func, "attr", ""))
        # Without a field it is told as not_found, whatever its own code.
        if called == "NotFound" and "field" not in named:
            continue
        said = node.args[PLACE[called]] if called in PLACE and len(node.args) > PLACE[called] else named.get("code")
        is_code = called in (*PLACE, "ValidationError", "ErrorDetail") and isinstance(said, ast.Constant)
        if is_code and isinstance(said.value, str):
            yield said.value, _status(called, node)


def _status(called, node):
    if called == "Problem" and isinstance(node.args[0], ast.Constant):
        return node.args[0].value
    return {"Conflict": 409, "DomainError": 422, "FileRefused": 422}.get(called)


def test_every_code_is_told_once_and_no_other(raised):
    told = [code for codes in CODES.values() for code in codes]
    assert len(told) == len(set(told))
    assert (raised | MADE) - set(told) - NOT_FOR_PROGRAMS.keys() - SAID_OTHERWISE == set()
    assert set(told) - raised - MADE == set()
    assert NOT_FOR_PROGRAMS.keys() <= raised
    assert not NOT_FOR_PROGRAMS.keys() & set(told)


def test_the_status_that_it_tells_is_the_one_that_comes(found):
    made = {(code, 409 if "_already_" in code else 422) for code in MADE}
    told = {code: words for codes in CODES.values() for code, words in codes.items()}
    for code, status in (one for one in found | made if one[0] in told and one[1]):
        said = re.match(r"(\d{3})\. ", told[code])
        # What is wrong with a value is a 422 unless something else is said.
        assert int(said[1] if said else 422) == status, code


def test_the_search_finds_codes(raised):
    assert {"visit_booked_already", "invalid_token", "birth_ahead", "url_port", "required", "read_only"} <= raised


def test_each_says_something_and_the_usual_ones_are_among_them():
    told = {code: words for codes in CODES.values() for code, words in codes.items()}
    assert all(words.endswith(".") for words in told.values())
    for status, code in USUAL.items():
        assert told[code].startswith(f"{status}. "), code

"""A domain action that partners need has a resource: whatever the domain can do, a program can ask for, or it stands in
a table with the reason why not."""

import ast
import re
from functools import cache
from pathlib import Path

import grimp
import pytest

from tests.api.for_people import FOR_PEOPLE

ROOT = Path(__file__).resolve().parents[2]
DOMAINS = ("loyalty", "billing.purchasing", "billing.receiving")
# What an action does and nothing else: it opens a transaction of its own, or tells the trail and the outbox.
ACTS = {"atomic", "changed", "publish"}
# What programs read and write with, not what can be done.
EXCHANGE = ("loyalty.exchange.", "billing.purchasing.exchange.")
NOT_ACTIONS = (
    *EXCHANGE,
    "billing.purchasing.models.", "billing.purchasing.migrations.", "billing.receiving.migrations.",
    "loyalty.models.", "loyalty.migrations.", "loyalty.benchmarks.migrations.",
)  # fmt: skip


def tree_of(module):
    path = ROOT / module.replace(".", "/")
    path = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    return _parsed(path)


@cache
def _parsed(path):
    return ast.parse(path.read_text())


def called_in(node):
    calls = (one.func for one in ast.walk(node) if isinstance(one, ast.Call))
    return {getattr(one, "id", getattr(one, "attr", "")) for one in calls}


def actions_of(tree):
    """The public functions that act, themselves or through a private one of their file."""
    functions = {one.name: one for one in tree.body if isinstance(one, ast.FunctionDef)}
    calls = {name: called_in(node) for name, node in functions.items()}

    def acts(name, seen=frozenset()):
        if calls[name] & ACTS:
            return True
        inner = {one for one in calls[name] if one in functions and one.startswith("_")} - seen
        return any(acts(one, seen | {name}) for one in inner)

    # What a job does for the clock, an action of another file does.
    jobs = {name for name, node in functions.items() if called_in_decorators(node) & {"practice_job", "network_job"}}
    return {name for name in functions if not name.startswith("_") and name not in jobs and acts(name)}


def called_in_decorators(node):
    return set().union(*(called_in(one) for one in node.decorator_list))


@pytest.fixture(scope="module")
def graph():
    return grimp.build_graph("api", "loyalty", "billing", cache_dir=None)


@pytest.fixture(scope="module")
def actions(graph):
    modules = [one for one in graph.modules if one.startswith(DOMAINS) and not f"{one}.".startswith(NOT_ACTIONS)]
    return {f"{module}.{name}" for module in modules for name in actions_of(tree_of(module))}


@pytest.fixture(scope="module")
def offered(graph):
    """What a resource does: named in the API, or in what the API reads and writes with."""
    faces = {one for one in graph.modules if one.startswith("api.")}
    faces |= {one for face in list(faces) for one in graph.find_upstream_modules(face) if one.startswith(EXCHANGE)}
    return {f"{node.module}.{name.name}" for face in faces for node in imports_of(face) for name in node.names}


def imports_of(module):
    return (one for one in ast.walk(tree_of(module)) if isinstance(one, ast.ImportFrom) and one.module)


def test_whatever_the_domain_can_do_has_a_resource_or_a_reason(actions, offered):
    told = {one for actions in FOR_PEOPLE.values() for one in actions}
    assert actions - offered - told == set(), "Give it a resource, or say in FOR_PEOPLE why no program needs it."
    assert told - actions == set(), "FOR_PEOPLE names what is no action any more."
    assert told & offered == set(), "A program can ask for it: take it out of FOR_PEOPLE."


def test_each_stands_under_one_reason_and_each_reason_is_a_sentence():
    told = [one for actions in FOR_PEOPLE.values() for one in actions]
    assert len(told) == len(set(told))
    for reason, those in FOR_PEOPLE.items():
        assert re.fullmatch(r"[A-Z].{30,}\.", reason), reason
        assert those, reason


def test_the_search_finds_actions_and_what_programs_ask_for(actions, offered):
    assert {
        "loyalty.visits.book.book",
        "loyalty.visits.confirm.confirm",
        "loyalty.patients.enrol.enrol",
        "loyalty.patients.merging.merge.merge",
        "loyalty.messages.queue.queue",
    } <= actions
    assert {"loyalty.visits.book.book", "loyalty.visits.see.see", "loyalty.inquiries.take.take"} <= offered & actions


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("def pay(*, now):\n    with transaction.atomic():\n        pass\n", {"pay"}),
        ("def pay(*, now):\n    _pay()\n\ndef _pay():\n    changed('x', row)\n", {"pay"}),
        ("def read(*, now):\n    return Row.objects.all()\n", set()),
        ("@practice_job('pay')\ndef pay():\n    with transaction.atomic():\n        pass\n", set()),
    ],
)
def test_what_an_action_is(written, found):
    assert actions_of(ast.parse(written)) == found

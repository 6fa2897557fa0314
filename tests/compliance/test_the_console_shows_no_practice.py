"""The network's console, exports included, tells of no patient, and of no practice's figure under the rules.

It reads releases and who contributes, nothing else: no contribution, no list of whose contributions a release rests on
and no schema of a practice.
"""

import ast
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from loyalty.benchmarks.models import Basis, Contribution, Release
from tenants.models import Practice
from tests.benchmarks.network import METRIC, close, contribute, practices
from tests.permissions.records import path_of
from tests.permissions.walk import ALL

CONSOLE = Path(__file__).resolve().parents[2] / "frontend" / "console"
ASKED = [one for one in ALL if one.host == "network" and not one.name.startswith(("account_", "mfa_"))]
NEVER = (Contribution, Basis)
# Later than what the other records of the walk have closed.
MONTH = "2026-12"


@pytest.fixture
def values(ids):
    """Fourteen practices contribute; the nine of the West are too few to be shown. Returns each one's own figure."""
    west, east = practices(9, region="West"), practices(5, region="East")
    contribute([*west, *east], MONTH, value=41.0371, step=3.0113)
    close(MONTH)
    assert Release.objects.get(metric=METRIC, cohort_kind="region", cohort="West").rule == "few"
    assert Release.objects.get(metric=METRIC, cohort_kind="all").rule == ""
    return [f"{value:g}" for value in Contribution.objects.values_list("value", flat=True)]


@pytest.mark.parametrize("who", ["Nora", "Ana"])
def test_no_page_and_no_export_reads_or_shows_what_one_practice_contributed(sign_in, ids, values, who):
    client = sign_in(who, at="")
    schemas = [f'"{schema}"' for schema in Practice.objects.values_list("schema_name", flat=True)]
    forbidden = [*(model._meta.db_table for model in NEVER), "loyalty_", '"contributors"', *schemas]
    read, shown, opened = [], [], 0
    for address in ASKED:
        for query in ("", "?by=region", f"?metric={METRIC}&of=region:West", f"?month={MONTH}"):
            with CaptureQueriesContext(connection) as asked:
                answer = client.get(path_of(address, ids) + query)
            opened += answer.status_code == 200
            words = b"".join(answer) if answer.streaming else answer.content
            read += [f"{address}: {q['sql'][:90]}" for q in asked for one in forbidden if one in q["sql"]]
            shown += [f"{address}: {value}" for value in values if value.encode() in words]
    assert opened > 20
    assert read == []
    assert shown == []


def test_the_rule_stands_in_the_export_where_the_figure_would(sign_in, values):
    lines = sign_in("Ana", at="").get("/benchmarks/export/").content.decode().splitlines()
    west = next(line for line in lines if line.startswith(MONTH) and METRIC in line and ",West," in line)
    assert ",,,,,,Fewer than 10," in west


def test_the_code_of_the_console_does_not_know_what_practices_contribute():
    never = {model.__name__ for model in NEVER} | {"contribute", "associate", "Network", "release_month"}
    known = {
        f"{path.name}: {alias.name}"
        for path in CONSOLE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
        if never & set(alias.name.split("."))
    }
    assert known == set()

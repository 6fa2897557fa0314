"""No float holds an amount of money: not in the code that counts it, not in the tables that keep it."""

import ast
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection, models

ROOT = Path(__file__).resolve().parents[2]
# What counts, keeps, reads or writes money. The ladders of savings draw lengths, in percent of a picture.
COUNTS = (
    "billing", "core/money.py", "core/sheets/cells/amounts.py", "frontend/forms/money.py",
    "frontend/forms/settling.py", "frontend/forms/vendor.py", "frontend/templatetags/money.py",
    "frontend/portal/savings", "frontend/portal/billing", "frontend/portal/offers", "frontend/console/settling",
    "frontend/console/purchasing", "frontend/print/statement.py", "infra/seeds/purchases.py",
)  # fmt: skip
DRAWS = {"frontend/portal/savings/ladders.py"}
APPS = ("billing", "ledger", "purchasing", "receiving")
# A chance of the invented demo is a probability, and no amount.
CHANCES = {"infra/seeds/purchases.py"}


def files():
    found = []
    for place in COUNTS:
        path = ROOT / place
        assert path.exists(), f"{place} is gone: say here what counts money instead"
        found += sorted(path.rglob("*.py")) if path.is_dir() else [path]
    return [one for one in found if str(one.relative_to(ROOT)) not in DRAWS | CHANCES]


def floats(source):
    """(line, what) of everything that makes a float, or may: of two whole numbers `/` makes one."""
    found = []
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Constant(value=float()):
                found.append((node.lineno, repr(node.value)))
            case ast.Name(id="float"):
                found.append((node.lineno, "float"))
            case ast.Attribute(attr="FloatField" | "sqrt" | "pow"):
                found.append((node.lineno, node.attr))
            case ast.Name(id="FloatField"):
                found.append((node.lineno, "FloatField"))
            case ast.BinOp(op=ast.Div()) | ast.AugAssign(op=ast.Div()):
                if not is_exact(node):
                    found.append((node.lineno, ast.unparse(node)))
            case _:
                pass
    return found


def is_exact(division):
    """Whether one side says that it is a Decimal or a Fraction, or both are paths."""
    sides = (division.left, division.right) if isinstance(division, ast.BinOp) else (division.value,)
    named = {
        call.func.id for side in sides for call in ast.walk(side)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name)
    }  # fmt: skip
    return bool(named & {"Decimal", "Fraction", "Path"})


@pytest.mark.parametrize("path", files(), ids=lambda one: str(one.relative_to(ROOT)))
def test_code_that_counts_money_makes_no_float(path):
    assert floats(path.read_text()) == []


@pytest.mark.parametrize(
    "source", ["x = 0.1", "float(x)", "cents / 100", "cents /= 3", "models.FloatField()", "1e3", "isinstance(x, float)"]
)
def test_a_float_is_found(source):
    assert floats(source)


@pytest.mark.parametrize("source", ["cents // 3", "Decimal(a) / 3", "Fraction(a) / b", "Path(a) / 'b'", "a * b"])
def test_exact_numbers_are_none(source):
    assert not floats(source)


def test_no_column_of_money_is_a_float(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns WHERE data_type IN"
            " ('real', 'double precision') AND split_part(table_name, '_', 1) = ANY(%s)",
            [list(APPS)],
        )
        assert cursor.fetchall() == []


def test_every_amount_is_counted_in_whole_minor_units():
    amounts = [
        field
        for label in APPS
        for model in apps.get_app_config(label).get_models()
        for field in model._meta.concrete_fields
        if field.name in {"minor", "cents", "due", "paid"} or field.name.endswith("_minor")
    ]
    assert len(amounts) > 20
    assert {type(field) for field in amounts} <= {models.BigIntegerField, models.PositiveBigIntegerField}

"""The verbs that the code writes into the trail."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("core", "tenants", "loyalty", "billing", "api", "frontend", "infra")
WRITERS = {"record", "denied", "changed"}


def verbs_in_code() -> set[str]:
    """First arguments of audit.record, audit.denied and changed, wherever they are called with a verb."""
    return {
        verb
        for package in PACKAGES
        for path in sorted((ROOT / package).rglob("*.py"))
        for verb in _verbs(ast.parse(path.read_text()))
    }


def _verbs(tree: ast.AST) -> set[str]:
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args and _name(node.func) in WRITERS:
            first = node.args[0]
            choices = [first.body, first.orelse] if isinstance(first, ast.IfExp) else [first]
            found |= {one.value for one in choices if isinstance(one, ast.Constant) and "." in str(one.value)}
    return found


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")

"""The verbs that the code writes into the trail."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("core", "tenants", "loyalty", "billing", "api", "frontend", "infra")
WRITERS = {"record", "record_at", "record_each", "denied", "changed", "changed_each"}
PUBLISHERS = {"changed", "changed_each", "publish", "publish_each"}
# A table of what each of several changes is called.
TABLE = "VERBS"
VERB = re.compile(r"[a-z_]+\.[a-z_]+")


def verbs_in_code() -> set[str]:
    """What is handed to audit.record, audit.denied, changed and record_at, directly or from a table."""
    return _handed_to(WRITERS)


def events_in_code() -> set[str]:
    """What the outbox is handed: by changed, publish, and those of many."""
    return _handed_to(PUBLISHERS)


def _handed_to(functions: set[str]) -> set[str]:
    return {
        verb
        for package in PACKAGES
        for path in sorted((ROOT / package).rglob("*.py"))
        if "frontend/trail" not in str(path)
        for verb in _verbs(ast.parse(path.read_text()), functions)
    }


def _verbs(tree: ast.AST, functions: set[str]) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _name(node.func) in functions:
            found |= {text for argument in node.args for text in _texts(argument)}
        elif isinstance(node, ast.AnnAssign | ast.Assign) and _target(node) == TABLE and node.value is not None:
            found |= _texts(node.value)
    return {text for text in found if VERB.fullmatch(text)}


def _texts(tree: ast.AST) -> set[str]:
    return {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _target(node: ast.AnnAssign | ast.Assign) -> str:
    target = node.target if isinstance(node, ast.AnnAssign) else node.targets[0]
    return getattr(target, "id", "")

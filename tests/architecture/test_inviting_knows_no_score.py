"""Whoever chooses who is asked for a public review cannot reach a score: not by an import, not by a statement."""

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

from loyalty.reviews.inviting.blindfold import IN_SIGHT

ROOT = Path(__file__).resolve().parents[2]
INVITING = "loyalty.reviews.inviting"
# Models whose rows tell, or let one guess, how content somebody is.
TELLING = {
    "Feedback",
    "FeedbackRequest",
    "Recovery",
    "Review",
    "Testimonial",
    "Touchpoint",
    "Memory",
    "Figure",
}
# Packages about what people answered, and what is computed from it.
KNOWING = (
    "loyalty.benchmarks",
    "loyalty.metrics",
    "loyalty.today",
    "loyalty.feedback.record",
    "loyalty.feedback.recover",
    "loyalty.feedback.open_recovery",
    "loyalty.feedback.inbox",
    "loyalty.feedback.promoters",
    "loyalty.promoters",
    "loyalty.visits.brief",
    "loyalty.reviews.certificate",
)


def path_of(module: str) -> Path | None:
    base = ROOT / Path(*module.split("."))
    return next((path for path in (base.with_suffix(".py"), base / "__init__.py") if path.is_file()), None)


def imports(module: str) -> Iterator[tuple[str, str]]:
    """(module, name) of each import: the name is "" where a module itself is imported."""
    path = path_of(module)
    for node in ast.walk(ast.parse(path.read_text())) if path else ():
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.module, alias.name) for alias in node.names)


def reached(start: list[str]) -> dict[str, str]:
    """Each module of loyalty that is reached by imports → the one that led there. Models are checked by their names."""
    found: dict[str, str] = dict.fromkeys(start, "")
    todo = list(start)
    while todo:
        module = todo.pop()
        for name, what in imports(module):
            for one in {name, f"{name}.{what}"}:
                is_ours = one.startswith("loyalty.") and not one.startswith("loyalty.models")
                if is_ours and one not in found and path_of(one):
                    found[one] = module
                    todo.append(one)
    return found


def inviting() -> list[str]:
    folder = ROOT / "loyalty" / "reviews" / "inviting"
    return [f"{INVITING}.{path.stem}" if path.stem != "__init__" else INVITING for path in folder.glob("*.py")]


def tells_too_much(modules: dict[str, str]) -> list[str]:
    by_name = [f"{one}, from {by}" for one, by in modules.items() if one.startswith(KNOWING)]
    by_model = [
        f"{module} imports {what}"
        for module in modules
        for name, what in imports(module)
        if name.startswith("loyalty.models") and what in TELLING
    ]
    return sorted(by_name + by_model)


def test_no_import_leads_to_a_score():
    assert tells_too_much(reached(inviting())) == []


def test_the_walk_finds_what_it_must():
    """The walk itself taken to the test."""
    found = reached(inviting())
    assert {"loyalty.messages.policy", "loyalty.patients.reach"} <= found.keys()
    assert tells_too_much(reached(["loyalty.reviews.certificate"])) != []
    assert tells_too_much(reached(["loyalty.visits.complete"])) != []


def test_no_model_is_reached_but_by_its_name():
    """`from loyalty import models` or `apps.get_model` would hide from the walk which model it is."""
    for module in inviting():
        text = path_of(module).read_text()
        assert "get_model" not in text
        assert "cursor" not in text
        assert "getattr(models" not in text
        assert "tags" not in text
        assert ("loyalty", "models") not in set(imports(module))


def test_nothing_that_tells_is_in_sight_of_its_statements():
    assert {f"loyalty_{name.lower()}" for name in TELLING} & IN_SIGHT == set()


def test_the_contract_names_every_package_that_knows():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    (contract,) = [one for one in settings["contracts"] if one["name"].startswith("Who is asked for a public review")]
    assert contract["source_modules"] == [INVITING]
    assert "loyalty.feedback" in contract["forbidden_modules"]
    assert "loyalty.metrics" in contract["forbidden_modules"]

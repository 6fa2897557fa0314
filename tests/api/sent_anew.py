"""Loaded by schemathesis: what no schema can say of a request that fits it."""

from typing import Any
from uuid import uuid4

import schemathesis
from schemathesis import GenerationMode

# Given by an earlier answer, and opaque: a walk along them is a test of its own (test_pages, test_follow).
GIVEN_BEFORE = ("after", "updated_since")


@schemathesis.hook
def before_call(context: Any, case: Any, kwargs: Any) -> None:
    """A key is used once; what an answer gives is made up by nobody."""
    if case.meta is not None and case.meta.generation.mode is not GenerationMode.POSITIVE:
        return
    if "Idempotency-Key" in (case.headers or {}):
        case.headers["Idempotency-Key"] = str(uuid4())
    for name in GIVEN_BEFORE:
        (case.query or {}).pop(name, None)

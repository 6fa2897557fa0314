"""Writes as a program sends them: JSON, with a key, and with the version that is changed."""

import json
from typing import Any
from uuid import uuid4

from django.test import Client


def post(api: Client, path: str, body: Any = None, *, key: str | None = "", **headers: str) -> Any:
    """key: "" for a new one, None for none."""
    return _send(
        api, "post", path, body, {**({} if key is None else {"Idempotency-Key": key or str(uuid4())}), **headers}
    )


def patch(api: Client, path: str, body: Any, *, etag: str | None = "", **headers: str) -> Any:
    """etag: "" for that of the record as it is, None for none."""
    if etag == "":
        etag = api.get(path)["ETag"]
    return _send(api, "patch", path, body, {**({} if etag is None else {"If-Match": etag}), **headers})


def _send(api: Client, method: str, path: str, body: Any, headers: dict[str, str]) -> Any:
    data = body if isinstance(body, (bytes, str)) else "" if body is None else json.dumps(body)
    return getattr(api, method)(path, data, content_type="application/json", headers=headers)


def problem(answer: Any) -> tuple[int, str]:
    assert answer["Content-Type"] == "application/problem+json", answer.content
    body = answer.json()
    assert body["status"] == answer.status_code
    assert body["detail"], "it says what to do"
    return answer.status_code, body["code"]


def faults(answer: Any) -> set[tuple[str, str]]:
    """Pointer and code of each error in the body."""
    return {(one["pointer"], one["code"]) for one in answer.json()["errors"]}

"""What went wrong outside of any view: people get a page, programs get a problem."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from api import problem
from api.fhir import outcome
from frontend import errors

Answer = Callable[..., HttpResponse]


def _one_of(for_people: Answer, for_programs: Answer, by_fhir: Answer) -> Answer:
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.path.startswith(outcome.AT):
            return by_fhir(request, *args, **kwargs)
        asked = for_programs if f"{request.path}/".startswith("/api/") else for_people
        return asked(request, *args, **kwargs)

    return answer


bad_request = _one_of(errors.bad_request, problem.bad_request, outcome.bad_request)
not_found = _one_of(errors.not_found, problem.not_found, outcome.not_found)
server_error = _one_of(errors.server_error, problem.server_error, outcome.server_error)

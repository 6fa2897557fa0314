"""What went wrong outside of any view: people get a page, programs get a problem."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from api import problem
from frontend import errors

Answer = Callable[..., HttpResponse]


def _either(for_people: Answer, for_programs: Answer) -> Answer:
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        asked = for_programs if request.path.startswith("/api/") else for_people
        return asked(request, *args, **kwargs)

    return answer


bad_request = _either(errors.bad_request, problem.bad_request)
not_found = _either(errors.not_found, problem.not_found)
server_error = _either(errors.server_error, problem.server_error)

"""A deliberately injectable page, in the tests only: it glues what it is given into SQL, as nobody here may."""

from typing import Any

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.urls import path

from infra.urls_practice import urlpatterns as real
from tenants.declare import practice_view
from tenants.permissions import Verb


@practice_view(Verb.PATIENTS_VIEW)
def injectable(request: HttpRequest) -> JsonResponse:
    rows: list[Any] = []
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT given_name FROM loyalty_patient WHERE family_name = '{request.GET['name']}'")
            rows += cursor.fetchall()
            while cursor.nextset():
                rows += cursor.fetchall() if cursor.description else []
    except DatabaseError as error:
        return JsonResponse({"refused": str(error)})
    return JsonResponse({"names": [row[0] for row in rows]})


urlpatterns = [path("injectable/", injectable), *real]

handler404 = "frontend.errors.not_found"
handler500 = "frontend.errors.server_error"

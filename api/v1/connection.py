"""What a token is: the first thing a program asks, to see that it works and for whom."""

from rest_framework.request import Request
from rest_framework.response import Response

from api.v1.pages import only_known
from api.view import PartnerView


class Connection(PartnerView):
    scope_for = {"get": None}

    def get(self, request: Request) -> Response:
        only_known(request)
        practice = self.practice
        return Response(
            {
                "application": {"id": self.holder.application_id, "name": self.holder.application_name},
                "practice": {"id": practice.id, "name": practice.name, "slug": practice.slug},
                "scopes": sorted(self.holder.scopes),
                "expires_at": self.holder.expires_at,
            }
        )

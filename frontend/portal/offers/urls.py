from django.urls import path

from frontend.portal.offers import show

urlpatterns = [
    path("offers/", show.show, name="offers"),
    path("offers/<uuid:contract_id>/", show.contract, name="offer-contract"),
]

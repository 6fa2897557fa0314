"""The addresses of vendors, catalogs, contracts, offers and rebate programs."""

from django.urls import path

from frontend.console.purchasing import catalog, contracts, offers, programs, unmatched, vendors

urlpatterns = [
    path("vendors/", vendors.show, name="vendors"),
    path("vendors/new/", vendors.add, name="vendor-new"),
    path("vendors/<uuid:vendor_id>/", vendors.one, name="vendor"),
    path("vendors/<uuid:vendor_id>/change/", vendors.change, name="vendor-change"),
    path("vendors/<uuid:vendor_id>/catalog/", catalog.show, name="catalog"),
    path("vendors/<uuid:vendor_id>/catalog/new/", catalog.add, name="item-new"),
    path("vendors/<uuid:vendor_id>/catalog/file/", catalog.take_in, name="catalog-file"),
    path("vendors/<uuid:vendor_id>/contracts/new/", contracts.add, name="contract-new"),
    path("vendors/<uuid:vendor_id>/unmatched/", unmatched.show, name="unmatched-lines"),
    path("catalog/names/<uuid:name_id>/removal/", unmatched.forget, name="item-word-removal"),
    path("catalog/<uuid:item_id>/", catalog.change, name="item"),
    path("catalog/<uuid:item_id>/price/", catalog.price, name="item-price"),
    path("contracts/", contracts.show, name="contracts"),
    path("contracts/<uuid:contract_id>/", contracts.one, name="contract"),
    path("contracts/<uuid:contract_id>/change/", contracts.change, name="contract-change"),
    path("contracts/<uuid:contract_id>/signature/", contracts.sign, name="contract-signature"),
    path("contracts/<uuid:contract_id>/end/", contracts.end, name="contract-end"),
    path("contracts/<uuid:contract_id>/offers/new/", offers.add, name="offer-new"),
    path("contracts/<uuid:contract_id>/programs/new/", programs.add, name="rebate-program-new"),
    path("offers/<uuid:offer_id>/end/", offers.end, name="offer-end"),
    path("offers/<uuid:offer_id>/removal/", offers.remove, name="offer-removal"),
    path("programs/<uuid:rebate_program_id>/", programs.one, name="rebate-program"),
    path("programs/<uuid:rebate_program_id>/versions/new/", programs.change, name="rebate-program-version"),
]

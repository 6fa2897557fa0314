from django.urls import path

from frontend.portal.billing import address, change, pay, plan

urlpatterns = [
    path("settings/billing/", plan.show, name="billing"),
    path("settings/billing/plans/", change.plans, name="billing-plans"),
    path("settings/billing/change/", change.change, name="billing-change"),
    path("settings/billing/end/", change.end, name="billing-end"),
    path("settings/billing/resumption/", change.resume, name="billing-resumption"),
    path("settings/billing/checkout/", pay.checkout, name="billing-checkout"),
    path("settings/billing/portal/", pay.portal, name="billing-portal"),
    path("settings/billing/return/", pay.back, name="billing-return"),
    path("settings/billing/payment/", pay.invoice, name="billing-payment"),
    path("settings/billing/invoice/", pay.pdf, name="billing-pdf"),
    path("settings/billing/address/", address.change, name="billing-address"),
    path("settings/billing/tax-number/removal/", address.remove, name="billing-tax-id-removal"),
]

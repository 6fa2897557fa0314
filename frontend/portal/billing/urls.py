from django.urls import path

from frontend.portal.billing import plan

urlpatterns = [
    path("settings/billing/", plan.show, name="billing"),
]

"""What programs ask at the network's host."""

from django.urls import path

from api.access import token

app_name = "api"
urlpatterns = [path("token/", token.show, name="token")]

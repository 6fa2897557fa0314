"""The playbook."""

from django.urls import path

from frontend.portal.playbook import rules

urlpatterns = [
    path("playbook/", rules.show, name="playbook"),
    path("playbook/new/", rules.add, name="rule-new"),
    path("playbook/default/", rules.default, name="playbook-default"),
    path("playbook/<uuid:rule_id>/", rules.change, name="rule"),
    path("playbook/<uuid:rule_id>/on/", rules.switch_on, name="rule-on"),
    path("playbook/<uuid:rule_id>/off/", rules.switch_off, name="rule-off"),
    path("playbook/<uuid:rule_id>/removal/", rules.remove, name="rule-removal"),
]

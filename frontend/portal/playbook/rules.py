"""The playbook: its five steps, one rule with its dry run, switching, taking out, back to the default."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from frontend.forms.rule import ChangeRuleForm, RuleForm, initial_of
from frontend.page import done, page, posted, take
from frontend.request import AskedRequest
from loyalty.models import PlaybookRule
from loyalty.touchpoints.check_rule import checked
from loyalty.touchpoints.dry_run import DryRun, dry_run
from loyalty.touchpoints.playbook_page import steps
from loyalty.touchpoints.rule_words import words_of
from loyalty.touchpoints.rules import add_rule, back_to_default, change_rule, remove_rule, switch_rule
from loyalty.touchpoints.shapes import ALWAYS
from tenants.declare import practice_view
from tenants.permissions import Verb

# The button that only tries: nothing is kept.
TRY = "try"


@practice_view(Verb.PLAYBOOK_MANAGE)
@require_safe
def show(request: AskedRequest) -> HttpResponse:
    return page(
        request,
        "portal/playbook/show.html",
        here="settings",
        steps=steps(now=timezone.now()),
    )


@practice_view(Verb.PLAYBOOK_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: AskedRequest) -> HttpResponse:
    form = RuleForm(posted(request), initial={"number": 1, "delay_unit": "working_days", "trigger": "visit_completed",
                                              "kind": "check_in"})  # fmt: skip
    tried = None
    if TRY in request.POST:
        tried = form.attempt(lambda: dry_run(PlaybookRule(**checked(**form.given())), now=timezone.now()))
    elif form.attempt(lambda: add_rule(**form.given())):
        return done(reverse("portal:playbook"), "rule-added")
    return _page(request, form, tried=tried)


@practice_view(Verb.PLAYBOOK_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: AskedRequest, rule_id: UUID) -> HttpResponse:
    rule = get_object_or_404(PlaybookRule.objects.select_related("service"), id=rule_id)
    form = ChangeRuleForm(posted(request), rule=rule, initial=initial_of(rule))
    tried = None
    if TRY in request.POST:
        tried = form.attempt(lambda: _try(rule, form))
    elif form.attempt(lambda: change_rule(rule_id=rule_id, version=form.cleaned_data["version"], **form.given())):
        return done(reverse("portal:playbook"), "rule-kept")
    # Read again: what somebody else kept meanwhile stands beside what was chosen.
    rule.refresh_from_db()
    theirs = form.is_bound and form.data.get("version", "") != str(rule.version)
    if theirs:
        form.data = {**request.POST.dict(), "version": rule.version}
    return _page(request, form, rule=rule, tried=tried, theirs=theirs)


@practice_view(Verb.PLAYBOOK_MANAGE)
@require_POST
def switch_on(request: AskedRequest, rule_id: UUID) -> HttpResponse:
    return _switch(request, rule_id, is_on=True)


@practice_view(Verb.PLAYBOOK_MANAGE)
@require_POST
def switch_off(request: AskedRequest, rule_id: UUID) -> HttpResponse:
    return _switch(request, rule_id, is_on=False)


@practice_view(Verb.PLAYBOOK_MANAGE)
@require_POST
def remove(request: AskedRequest, rule_id: UUID) -> HttpResponse:
    back = reverse("portal:playbook")
    return take(request, lambda: remove_rule(rule_id=rule_id), back=back, key="rule-removed", here="settings")


@practice_view(Verb.PLAYBOOK_MANAGE)
@require_POST
def default(request: AskedRequest) -> HttpResponse:
    return take(request, back_to_default, back=reverse("portal:playbook"), key="playbook-default", here="settings")


def _switch(request: AskedRequest, rule_id: UUID, *, is_on: bool) -> HttpResponse:
    return take(
        request,
        lambda: switch_rule(rule_id=rule_id, is_on=is_on),
        back=reverse("portal:playbook"),
        key="rule-on" if is_on else "rule-off",
        of=rule_id,
        here="settings",
    )


def _try(rule: PlaybookRule, form: RuleForm) -> DryRun:
    """With what was chosen, not with what is kept."""
    for field, value in checked(**form.given()).items():
        setattr(rule, field, value)
    return dry_run(rule, now=timezone.now())


def _page(
    request: AskedRequest,
    form: RuleForm,
    *,
    rule: PlaybookRule | None = None,
    tried: DryRun | None = None,
    theirs: bool = False,
) -> HttpResponse:
    return page(
        request,
        "portal/playbook/rule.html",
        here="settings",
        status=422 if form.errors else 200,
        form=form,
        rule=rule,
        words=words_of(rule) if rule else None,
        always=rule is not None and rule.kind in ALWAYS,
        tried=tried,
        theirs=theirs,
    )

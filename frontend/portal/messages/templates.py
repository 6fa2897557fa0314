"""The words that messages are made from: the list, one of them with its preview, a test to oneself."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from frontend.forms.message import ChangeTemplateForm, NewTemplateForm
from frontend.page import done, form_page, page, posted, take
from frontend.portal.messages.tabs import tabs_for
from frontend.request import AskedRequest
from loyalty.messages.templates import add_template, change_template
from loyalty.messages.trial import sample, send_sample
from loyalty.models import Channel, MessageTemplate
from tenants.declare import practice_view
from tenants.permissions import Verb


@practice_view(Verb.TEMPLATES_MANAGE)
@require_safe
def show(request: AskedRequest) -> HttpResponse:
    templates = MessageTemplate.objects.all()
    return page(
        request,
        "portal/messages/templates.html",
        here="messages",
        tabs=tabs_for(request.principal, "templates"),
        templates=templates,
    )


@practice_view(Verb.TEMPLATES_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: AskedRequest) -> HttpResponse:
    form = NewTemplateForm(posted(request))
    template = form.attempt(lambda: add_template(**form.cleaned_data))
    if template is not None:
        return done(reverse("portal:message-template", args=[template.id]), "template-kept")
    return form_page(request, "portal/messages/template_new.html", here="messages", form=form)


@practice_view(Verb.TEMPLATES_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: AskedRequest, template_id: UUID) -> HttpResponse:
    template = get_object_or_404(MessageTemplate, id=template_id)
    words = {name: getattr(template, name) for name in ("name", "subject", "body", "is_on", "version")}
    form = ChangeTemplateForm(posted(request), initial=words)
    if template.channel == Channel.TEXT:
        del form.fields["subject"]
    given = {"subject": ""}
    if form.attempt(lambda: change_template(template_id=template_id, **{**given, **form.cleaned_data})):
        return done(reverse("portal:message-template", args=[template_id]), "template-kept")
    return form_page(
        request,
        "portal/messages/template.html",
        here="messages",
        form=form,
        kept=template,
        sample=sample(channel=template.channel, subject=template.subject, body=template.body),
        me=request.user.email,
    )


@practice_view(Verb.TEMPLATES_MANAGE)
@require_POST
def test(request: AskedRequest, template_id: UUID) -> HttpResponse:
    """To whoever asks, at the address they sign in with: there is no field for another."""
    return take(
        request,
        lambda: send_sample(template_id=template_id, to=request.user.email),
        back=reverse("portal:message-template", args=[template_id]),
        key="template-tested",
        here="messages",
    )

import pytest

from core.audit.models import Entry
from core.errors import Conflict, DomainError, NotFound
from core.ids import uuid7
from loyalty.messages.check_template import checked
from loyalty.messages.default_templates import install_default_templates
from loyalty.messages.fields import FIELDS, fields_in, filled, made_up
from loyalty.messages.purposes import PURPOSE_OF
from loyalty.messages.templates import add_template, change_template
from loyalty.models import MessageTemplate, Service, TemplateKind

WORDS = {"name": "Ours", "kind": "preview", "channel": "email", "subject": "Soon", "body": "Hello {first_name}."}


def test_it_is_kept_with_its_first_version(in_aurora):
    template = add_template(**WORDS)
    assert (template.version, template.subject, template.is_on) == (1, "Soon", True)
    assert Entry.objects.get(verb="template.added").subject_id == template.id


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"body": "Hello {diagnosis}."}, "template_field_unknown"),
        ({"body": "Hello {service}."}, "template_field_unknown"),
        ({"body": "Hello {first_name."}, "template_brace_alone"),
        ({"body": "Your chemical peel is soon."}, "template_names_a_treatment"),
        ({"subject": "Chemical Peel"}, "template_names_a_treatment"),
        ({"body": "20% off this week"}, "template_is_an_offer"),
        ({"body": "Only $ 99"}, "template_is_an_offer"),
        ({"body": "A coupon for you"}, "template_is_an_offer"),
        ({"body": " "}, "template_empty"),
        ({"name": ""}, "template_name_missing"),
        ({"subject": ""}, "template_subject_missing"),
        ({"kind": "spam"}, "template_unknown_kind"),
        ({"channel": "call"}, "template_unknown_kind"),
        ({"channel": "text", "body": "x" * 321}, "text_too_long"),
        ({"body": "How was it? {feedback_link}"}, "template_with_feedback_link"),
        ({"kind": "feedback", "subject": "{feedback_link}"}, "template_with_feedback_link"),
        ({"body": "Write here: {review_link}"}, "template_asks_for_a_review"),
        ({"kind": "review", "body": "How was it?"}, "template_without_review_link"),
    ],
)
def test_what_may_not_be_said_is_refused(in_aurora, given, code):
    Service.objects.create(name="Chemical peel")
    with pytest.raises(DomainError) as caught:
        add_template(**{**WORDS, **given})
    assert caught.value.code == code
    assert not MessageTemplate.objects.filter(name="Ours").exists()


def test_news_may_hold_an_offer(in_aurora):
    assert add_template(**{**WORDS, "kind": "news", "body": "20% off this week"}).kind == "news"


def test_a_name_is_given_once(in_aurora):
    add_template(**WORDS)
    with pytest.raises(DomainError) as caught:
        add_template(**WORDS)
    assert caught.value.field == "name"


def changed(template, **given):
    usual = {"version": template.version, "name": "Ours", "subject": "Soon", "body": "Good day.", "is_on": True}
    return change_template(template_id=template.id, **{**usual, **given})


def test_a_change_is_a_new_version(in_aurora):
    template = changed(add_template(**WORDS), is_on=False)
    assert (template.version, template.body, template.is_on) == (2, "Good day.", False)
    assert Entry.objects.get(verb="template.changed").detail == {"version": 2, "is_on": False}


def test_who_read_an_older_version_is_told_so(in_aurora):
    template = add_template(**WORDS)
    changed(template)
    with pytest.raises(Conflict):
        changed(template, version=1)
    with pytest.raises(NotFound):
        change_template(template_id=uuid7(), version=1, name="x", subject="", body="x", is_on=True)


def test_a_change_is_checked_as_well(in_aurora):
    with pytest.raises(DomainError):
        changed(add_template(**WORDS), body="A coupon for you")


def test_every_practice_starts_with_words_that_pass_our_own_checks(in_aurora):
    templates = MessageTemplate.objects.all()
    assert {(one.kind, one.channel) for one in templates} == {
        (kind, channel) for kind in ("confirmation", "preview", "feedback", "review") for channel in ("text", "email")
    }
    for one in templates:
        checked(name=one.name, kind=one.kind, channel=one.channel, subject=one.subject, body=one.body)
        filled(one.body, made_up(practice="Aurora"))


def test_installed_twice_they_are_there_once(in_aurora):
    before = MessageTemplate.objects.count()
    install_default_templates()
    assert MessageTemplate.objects.count() == before


def test_each_kind_has_its_purpose_and_no_field_can_name_a_treatment():
    assert PURPOSE_OF.keys() == set(TemplateKind)
    assert not {name for name in FIELDS if any(word in name for word in ("service", "treat", "diagn", "price", "note"))}


def test_a_field_that_is_empty_leaves_no_gap(in_aurora):
    assert fields_in("a {b} c {d}") == ["b", "d"]
    assert filled("{practice}\nHello {location}\n", {"practice": "Aurora", "location": ""}) == "Aurora\nHello"

"""Those who treat and do not sign in: the list, adding, changing, retiring."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from frontend.forms.staff import ChangeStaffForm, RetireStaffForm, StaffForm
from frontend.page import done, form_page, page, posted, take
from frontend.request import AskedRequest
from loyalty.models import Staff
from loyalty.staff.at_work import at_work
from loyalty.staff.without_person import add_staff, bring_back_staff, change_staff, retire_staff
from tenants.declare import practice_view
from tenants.permissions import Verb


@practice_view(Verb.PEOPLE_MANAGE)
@require_safe
def show(request: AskedRequest) -> HttpResponse:
    everybody = list(Staff.objects.filter(person_id__isnull=True).order_by("display_name", "id"))
    return page(
        request,
        "portal/settings/staff.html",
        here="settings",
        here_now=[one for one in everybody if one.is_active],
        gone=[one for one in everybody if not one.is_active],
    )


@practice_view(Verb.PEOPLE_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: AskedRequest) -> HttpResponse:
    form = StaffForm(posted(request))
    if form.attempt(lambda: add_staff(**form.cleaned_data)):
        return done(reverse("portal:staff"), "staff-kept")
    return form_page(request, "portal/settings/staff_one.html", here="settings", form=form)


@practice_view(Verb.PEOPLE_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: AskedRequest, staff_id: UUID) -> HttpResponse:
    staff = _staff(staff_id)
    form = ChangeStaffForm(
        posted(request), initial={"name": staff.display_name, "role": staff.role, "was": staff.display_name}
    )
    if form.attempt(lambda: change_staff(staff_id=staff_id, **form.cleaned_data)):
        return done(reverse("portal:staff"), "staff-kept")
    return form_page(request, "portal/settings/staff_one.html", here="settings", form=form, staff=staff)


@practice_view(Verb.PEOPLE_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def retire(request: AskedRequest, staff_id: UUID) -> HttpResponse:
    staff = _staff(staff_id)
    others = at_work().exclude(id=staff_id)
    form = RetireStaffForm(posted(request), colleagues=[(str(one.id), one.display_name) for one in others])

    def end() -> Staff:
        heir = form.cleaned_data["work_to"]
        return retire_staff(staff_id=staff_id, work_to=UUID(heir) if heir else None)

    if form.attempt(end):
        return done(reverse("portal:staff"), "staff-gone", of=staff_id)
    return form_page(request, "portal/settings/staff_retire.html", here="settings", form=form, staff=staff)


@practice_view(Verb.PEOPLE_MANAGE)
@require_POST
def bring_back(request: AskedRequest, staff_id: UUID) -> HttpResponse:
    return take(
        request,
        lambda: bring_back_staff(staff_id=staff_id),
        back=reverse("portal:staff"),
        key="staff-back",
        here="settings",
    )


def _staff(staff_id: UUID) -> Staff:
    return get_object_or_404(Staff, id=staff_id, person_id__isnull=True)

"""Views of the list of patients: a filter under a name, one's own or for the whole team."""

from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.db.models.functions import Lower

from core.changed import changed
from core.errors import Conflict, DomainError, NotFound
from core.given_text import given_text, is_visible
from core.violated import violated
from loyalty.models import SavedView
from loyalty.patients.filter import PatientFilter, filter_from_json

MOST_VIEWS = 30
_NAME = 60


@dataclass(frozen=True, slots=True)
class View:
    """asked: None where the view was saved in a form that is no longer understood. mine: the asker may change it."""

    id: UUID
    name: str
    shared: bool
    mine: bool
    asked: PatientFilter | None


def views_of(*, person_id: UUID) -> list[View]:
    """One's own and the team's, by name. One query."""
    rows = SavedView.objects.filter(Q(by_person_id=person_id) | Q(shared=True)).order_by(Lower("name"), "id")
    return [_view(row, person_id=person_id) for row in rows]


def find_view(*, view_id: UUID, person_id: UUID) -> View:
    """Raises NotFound, also for what somebody else keeps to themselves."""
    return _view(_found(view_id, person_id=person_id), person_id=person_id)


def save_view(*, name: str, asked: PatientFilter, shared: bool, by_person_id: UUID) -> SavedView:
    """Raises DomainError with field "name"."""
    words = _name(name)
    if SavedView.objects.filter(by_person_id=by_person_id).count() >= MOST_VIEWS:
        raise DomainError("views_many", f"You have {MOST_VIEWS} views. Delete one first.", field="name")
    view = SavedView(name=words, filter=asked.to_json(), shared=shared, by_person_id=by_person_id)
    with transaction.atomic():
        _save(view)
        changed("view.saved", view)
    return view


def change_view(
    *, view_id: UUID, name: str, shared: bool, asked: PatientFilter | None = None, by_person_id: UUID
) -> SavedView:
    """asked: another filter, or None to keep it. Raises NotFound, Conflict for a colleague's, DomainError."""
    words = _name(name)
    with transaction.atomic():
        view = _own(view_id, person_id=by_person_id)
        view.name, view.shared = words, shared
        if asked is not None:
            view.filter = asked.to_json()
        _save(view)
        changed("view.changed", view)
        return view


def delete_view(*, view_id: UUID, by_person_id: UUID) -> None:
    """Raises NotFound, Conflict for a colleague's."""
    with transaction.atomic():
        view = _own(view_id, person_id=by_person_id)
        changed("view.deleted", view)
        view.delete()


def _view(row: SavedView, *, person_id: UUID) -> View:
    try:
        asked = filter_from_json(row.filter)
    except DomainError:
        asked = None
    return View(row.id, row.name, row.shared, row.by_person_id == person_id, asked)


def _found(view_id: UUID, *, person_id: UUID) -> SavedView:
    row = SavedView.objects.filter(Q(by_person_id=person_id) | Q(shared=True), id=view_id).first()
    if row is None:
        raise NotFound("view_not_found", "This view is not there any more.")
    return row


def _own(view_id: UUID, *, person_id: UUID) -> SavedView:
    _found(view_id, person_id=person_id)
    row = SavedView.objects.select_for_update().filter(id=view_id, by_person_id=person_id).first()
    if row is None:
        raise Conflict("view_of_another", "A colleague saved this view. Save one of your own instead.")
    return row


def _name(name: str) -> str:
    words = given_text(name, what="The name", field="name", limit=_NAME)
    if not is_visible(words):
        raise DomainError("view_nameless", "Give the view a name, such as “Away since spring”.", field="name")
    return words


def _save(view: SavedView) -> None:
    try:
        with transaction.atomic():
            view.save()
    except IntegrityError as error:
        if violated(error) != "saved_view_once":
            raise
        raise DomainError("view_twice", "You have a view of this name. Choose another name.", field="name") from None

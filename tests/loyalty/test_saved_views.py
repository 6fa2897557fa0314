"""Views of the list under a name: one's own, and the team's."""

from uuid import uuid4

import pytest

from core.errors import Conflict, DomainError, NotFound
from loyalty.models import SavedView
from loyalty.patients.filter import PatientFilter
from loyalty.patients.views import MOST_VIEWS, change_view, delete_view, find_view, save_view, views_of

ANN, BEN = uuid4(), uuid4()
AWAY = PatientFilter(upcoming=False, tag="VIP")


@pytest.fixture
def save(in_aurora):
    return lambda name="Away", shared=False, by=ANN: save_view(name=name, asked=AWAY, shared=shared, by_person_id=by)


def test_a_view_is_read_back_as_it_was_saved(save):
    view = save("  Away since spring ")
    found = find_view(view_id=view.id, person_id=ANN)
    assert (found.name, found.asked, found.mine, found.shared) == ("Away since spring", AWAY, True, False)


def test_others_see_it_only_where_it_is_shared_and_cannot_change_it(save):
    own, shared = save("Mine"), save("Ours", shared=True)
    assert [(one.name, one.mine) for one in views_of(person_id=BEN)] == [("Ours", False)]
    with pytest.raises(NotFound):
        find_view(view_id=own.id, person_id=BEN)
    for view, refused in ((own, NotFound), (shared, Conflict)):
        with pytest.raises(refused):
            change_view(view_id=view.id, name="Taken", shared=True, by_person_id=BEN)
        with pytest.raises(refused):
            delete_view(view_id=view.id, by_person_id=BEN)


def test_a_view_is_renamed_filtered_anew_and_deleted(save):
    view = save()
    change_view(view_id=view.id, name="Soon", shared=True, asked=PatientFilter(upcoming=True), by_person_id=ANN)
    (found,) = views_of(person_id=BEN)
    assert (found.name, found.asked) == ("Soon", PatientFilter(upcoming=True))
    delete_view(view_id=view.id, by_person_id=ANN)
    assert views_of(person_id=ANN) == []


def test_names_are_once_a_person_whatever_the_case(save):
    save("Away")
    with pytest.raises(DomainError, match="view of this name"):
        save("AWAY")
    save("Away", by=BEN)


@pytest.mark.parametrize("name", ["", " ", "\u200b", "x" * 61])
def test_a_view_has_a_name(save, name):
    with pytest.raises(DomainError) as refused:
        save(name)
    assert refused.value.field == "name"


def test_a_view_of_another_version_is_listed_and_not_followed(save):
    view = save()
    SavedView.objects.filter(id=view.id).update(filter={"version": 99, "tag": ["x"]})
    assert [one.asked for one in views_of(person_id=ANN)] == [None]


def test_one_person_keeps_so_many_and_another_one_theirs(save):
    for number in range(MOST_VIEWS):
        save(f"View {number}")
    with pytest.raises(DomainError, match="Delete one first") as refused:
        save("One more")
    assert refused.value.field == "name"
    assert save("One more", by=BEN)

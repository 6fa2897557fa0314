"""Ten thousand patients of another system, by their ids there: each as it was sent, each with a result."""

import pytest

from core.audit.models import Entry
from core.outbox.models import Event
from core.tenancy.scope import practice_scope
from loyalty.models import ContactPoint, Patient, PatientIdentifier, WishChange
from tests.api.test_patients_bulk import found, send
from tests.bench.upserting import AT_ONCE, PATIENTS, changed, sent

EVERY = 500


def said(rows, api):
    """What became of them, over as many requests as it takes."""
    return [one for first in range(0, len(rows), AT_ONCE) for one in send(api, *rows[first : first + AT_ONCE])]


def shown(row):
    points = [{**one, "label": one.get("label", ""), "do_not_use": False} for one in row["contact_points"]]
    ranked = {one["kind"]: {**one, "rank": 1} for one in points}
    return {**{name: row[name] for name in row if name not in ("external_id", "contact_points")}, "points": ranked}


def kept(api, row):
    one = found(api, row["external_id"])
    points = {point["kind"]: point for point in one["contact_points"]}
    return {name: one[name] for name in row if name not in ("external_id", "contact_points")} | {"points": points}


@pytest.mark.slow
def test_ten_thousand_patients_are_kept_as_they_were_sent(api, aurora, patient):
    people = list(sent(PATIENTS))
    # Every five-hundredth cannot be kept, and takes none of its neighbors with it.
    wrong = {**people[EVERY], "birth_month": 13}
    rows = [{**row, "birth_month": wrong["birth_month"]} if n % EVERY == 0 else row for n, row in enumerate(people)]
    first = said(rows, api)
    refused = [n for n in range(PATIENTS) if n % EVERY == 0]
    assert [n for n, one in enumerate(first) if one["status"] == "refused"] == refused
    assert {one["errors"][0]["code"] for one in first if one["errors"]} == {"birth_month_impossible"}
    assert {one["status"] for n, one in enumerate(first) if n not in refused} == {"created"}
    assert [one["external_id"] for one in first] == [row["external_id"] for row in rows]
    good = [row for n, row in enumerate(rows) if n % EVERY]
    with practice_scope(aurora):
        count = len(good)
        assert PatientIdentifier.objects.count() == count
        assert ContactPoint.objects.count() == 2 * count
        assert Patient.objects.exclude(id=patient.id).count() == count
        assert Event.objects.filter(kind="patient.enrolled").exclude(record_id=patient.id).count() == count
        noted = sum(row[wish] for row in good for wish in ("no_voicemail", "not_at_home", "no_contact"))
        assert WishChange.objects.count() == Entry.objects.filter(verb="wish.noted").count() == noted
    assert all(kept(api, row) == shown(row) for row in good[::EVERY])
    # All of them again, mended or moved; the ids stay.
    second = said([changed(row) for row in people], api)
    assert [one["status"] for one in second] == ["updated" if n % EVERY else "created" for n in range(PATIENTS)]
    assert [one["id"] for n, one in enumerate(second) if n % EVERY] == [one["id"] for one in first if one["id"]]
    assert all(kept(api, changed(row)) == shown(changed(row)) for row in people[::EVERY])
    assert {one["status"] for one in said([changed(row) for row in people], api)} == {"unchanged"}

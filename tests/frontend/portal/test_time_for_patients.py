"""The owner sees how much time the team gives to patients."""

from datetime import timedelta

from loyalty.models import Staff, Touchpoint


def test_before_anything_was_written_down_the_page_says_where_it_comes_from(sign_in, words):
    page = words(sign_in("Olivia", at="aurora").get("/people/time/"))
    assert "Nothing was written down in 8 weeks" in page


def test_each_of_the_team_has_a_row(sign_in, words, inside, booked, now):
    with inside():
        at = now - timedelta(minutes=5)
        Touchpoint.objects.create(
            patient_id=booked.patient_id,
            kind="note",
            channel="card",
            state="done",
            role="provider",
            day=at.date(),
            due_at=at,
            done_at=at,
            done_by=Staff.objects.get(display_name="Priya Patel"),
            minutes=12,
        )
    page = words(sign_in("Olivia", at="aurora").get("/people/time/"))
    assert "Priya Patel" in page
    assert "12 minutes" in page

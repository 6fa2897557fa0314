"""What a small demo network holds, read from the database."""

from datetime import UTC, datetime

from tests.seeds.conftest import Network

TOLD_AT = "'2026-11-23 19:00+00'::timestamptz"
RESERVED = "@example[.](com|net|org)$"


def test_every_practice_has_patients_visits_notes_and_answers(demo: Network) -> None:
    counts = demo.rows(
        "SELECT (SELECT count(*) FROM loyalty_patient), (SELECT count(*) FROM loyalty_visit),"
        " (SELECT count(*) FROM loyalty_touchpoint), (SELECT count(*) FROM loyalty_feedback),"
        " (SELECT count(*) FROM loyalty_memory), (SELECT count(*) FROM loyalty_consent)"
    )
    assert [slug for slug, *_ in counts] == ["aurora", "borealis", "copperwren-medspa", "lakewren-skin-laser"]
    assert all(count > 50 for _, *numbers in counts for count in numbers[:2])
    assert all(count > 0 for _, *numbers in counts for count in numbers)


def test_with_four_practices_every_benchmark_is_hidden_and_says_why(demo: Network) -> None:
    assert all(count > 20 for _, count in demo.rows("SELECT count(*) FROM loyalty_figure"))
    with demo.connect() as connection:
        rules = connection.execute("SELECT DISTINCT rule FROM benchmarks_release").fetchall()
        months = connection.execute("SELECT min(month)::text, max(month)::text FROM benchmarks_monthclose").fetchone()
    assert rules == [("few",)]
    assert months == ("2026-04-01", "2026-10-01")


def test_a_visit_lies_on_the_day_that_its_location_has_when_it_begins(demo: Network) -> None:
    assert demo.rows(
        "SELECT count(*) FILTER (WHERE v.day <> (v.starts_at AT TIME ZONE l.time_zone)::date), count(*) > 100"
        " FROM loyalty_visit v JOIN loyalty_location l ON l.id = v.location_id"
    ) == [(slug, 0, True) for slug in demo.schemas()]


def test_days_of_requests_and_answers_are_local_too(demo: Network) -> None:
    for table, moment in (("feedbackrequest", "asked_at"), ("feedback", "answered_at")):
        wrong = demo.rows(
            f"SELECT count(*) FROM loyalty_{table} f JOIN loyalty_visit v ON v.id = f.visit_id"
            f" JOIN loyalty_location l ON l.id = v.location_id"
            f" WHERE f.day <> (f.{moment} AT TIME ZONE l.time_zone)::date"
        )
        assert {count for _, count in wrong} == {0}


def test_nobody_treats_two_at_once(demo: Network) -> None:
    overlaps = demo.rows(
        "SELECT count(*) FROM loyalty_visit a JOIN loyalty_visit b ON a.staff_id = b.staff_id AND a.id < b.id"
        " AND a.starts_at < b.ends_at AND b.starts_at < a.ends_at"
        " WHERE a.status <> 'cancelled' AND b.status <> 'cancelled'"
    )
    assert {count for _, count in overlaps} == {0}


def test_things_happen_in_their_order(demo: Network) -> None:
    disorder = demo.rows(
        "SELECT count(*) FROM loyalty_visit WHERE NOT is_history AND (booked_at > starts_at OR arrived_at > seen_at"
        " OR seen_at > completed_at OR brief_read_at > seen_at OR cancelled_at < booked_at OR cancelled_at > starts_at)"
        " UNION ALL SELECT count(*) FROM loyalty_touchpoint t JOIN loyalty_visit v ON v.id = t.visit_id"
        " WHERE t.kind = 'preview' AND t.done_at NOT BETWEEN v.booked_at AND v.starts_at"
        " UNION ALL SELECT count(*) FROM loyalty_touchpoint t JOIN loyalty_visit v ON v.id = t.visit_id"
        " WHERE t.kind = 'note' AND (t.done_at < v.completed_at OR v.completed_at IS NULL)"
        " UNION ALL SELECT count(*) FROM loyalty_recovery r JOIN loyalty_feedback f ON f.id = r.feedback_id"
        " WHERE r.first_contact_at < f.answered_at OR r.closed_at < r.first_contact_at"
    )
    assert {count for _, count in disorder} == {0}


def test_nothing_is_known_of_the_future_but_what_is_booked(demo: Network) -> None:
    moments = (
        ("visit", ("booked_at", "arrived_at", "seen_at", "completed_at", "cancelled_at")),
        ("touchpoint", ("done_at",)),
        ("feedback", ("answered_at", "read_at")),
        ("recovery", ("first_contact_at", "closed_at")),
        ("promise", ("made_at", "answered_at")),
        ("consent", ("decided_at",)),
        ("inquiry", ("asked_at", "first_called_at")),
        ("review", ("replied_at",)),
    )
    for table, columns in moments:
        for column in ("created_at", "updated_at", *columns):
            late = demo.rows(f"SELECT count(*) FROM loyalty_{table} WHERE {column} > {TOLD_AT}")
            assert {count for _, count in late} == {0}, f"{table}.{column}"
    booked = demo.rows(f"SELECT count(*) FROM loyalty_visit WHERE starts_at > {TOLD_AT} AND status <> 'cancelled'")
    assert all(count >= 10 for _, count in booked)


def test_every_key_lies_in_its_own_time(demo: Network) -> None:
    """The first 48 bits of a key are milliseconds: of the second in which its row was made."""
    for table in ("patient", "visit", "touchpoint", "feedback", "memory"):
        misplaced = demo.rows(
            f"SELECT count(*) FROM loyalty_{table} WHERE abs(extract(epoch FROM created_at)"
            " - ('x0000' || substr(replace(id::text, '-', ''), 1, 12))::bit(64)::bigint / 1000.0) > 1"
        )
        assert {count for _, count in misplaced} == {0}, table


def test_one_patient_gets_one_note_a_day(demo: Network) -> None:
    twice = demo.rows(
        "SELECT count(*) FROM (SELECT 1 FROM loyalty_touchpoint WHERE kind = 'note'"
        " GROUP BY patient_id, day HAVING count(*) > 1) AS twice"
    )
    assert {count for _, count in twice} == {0}
    assert sum(count for _, count in demo.rows("SELECT count(*) FROM loyalty_touchpoint WHERE kind = 'note'")) > 100


def test_most_notes_are_written_within_two_days(demo: Network) -> None:
    notes = demo.rows(
        "SELECT count(*) FILTER (WHERE t.done_at <= v.completed_at + interval '48 hours')::float / count(*)"
        " FROM loyalty_touchpoint t JOIN loyalty_visit v ON v.id = t.visit_id"
        " WHERE t.kind = 'note' AND t.state = 'done' HAVING count(*) > 0"
    )
    assert notes
    assert all(share > 0.75 for _, share in notes)


def test_no_mail_address_or_phone_number_can_reach_anybody(demo: Network) -> None:
    addresses = demo.rows(
        "SELECT value FROM loyalty_contactpoint WHERE kind = 'email' UNION ALL SELECT email FROM loyalty_inquiry"
        " UNION ALL SELECT email FROM loyalty_guardianship"
    )
    numbers = demo.rows(
        "SELECT search FROM loyalty_contactpoint WHERE kind = 'phone' UNION ALL"
        " SELECT regexp_replace(phone, '[^0-9]', '', 'g') FROM loyalty_inquiry UNION ALL"
        " SELECT regexp_replace(phone, '[^0-9]', '', 'g') FROM loyalty_guardianship"
    )
    with demo.connect() as connection:
        strangers = connection.execute("SELECT email FROM tenants_person WHERE email !~ %s", [RESERVED]).fetchall()
    assert not strangers
    assert len(addresses) > 300
    assert not [value for _, value in addresses if value and value.rpartition("@")[2] not in _RESERVED_DOMAINS]
    assert len(numbers) > 300
    assert not [value for _, value in numbers if value and not (len(value) == 10 and value[3:8] == "55501")]


_RESERVED_DOMAINS = {"example.com", "example.org", "example.net"}


def test_the_young_have_a_guardian_and_are_not_asked(demo: Network) -> None:
    young = "SELECT id FROM loyalty_patient WHERE birth_year > 2008"
    alone = demo.rows(
        f"SELECT count(*) FROM ({young}) p WHERE NOT EXISTS"
        " (SELECT 1 FROM loyalty_guardianship g WHERE g.patient_id = p.id)"
    )
    asked = demo.rows(f"SELECT count(*) FROM loyalty_feedbackrequest WHERE patient_id IN ({young})")
    assert sum(count for _, count in demo.rows(f"SELECT count(*) FROM ({young}) AS p")) > 0
    assert {count for _, count in (*alone, *asked)} == {0}


def test_wishes_for_no_contact_are_kept(demo: Network) -> None:
    unwanted = demo.rows(
        "SELECT count(*) FROM loyalty_patient p JOIN loyalty_touchpoint t ON t.patient_id = p.id WHERE p.no_contact"
        " UNION ALL SELECT count(*) FROM loyalty_patient p JOIN loyalty_visit v ON v.patient_id = p.id"
        " WHERE p.deceased_on <= v.day"
    )
    assert {count for _, count in unwanted} == {0}
    assert sum(count for _, count in demo.rows("SELECT count(*) FROM loyalty_patient WHERE no_contact")) > 0


def test_unhappy_answers_open_recoveries_and_hold_notes(demo: Network) -> None:
    assert demo.rows(
        "SELECT count(*) FROM loyalty_feedback f LEFT JOIN loyalty_recovery r ON r.feedback_id = f.id"
        " WHERE (f.score <= 6) <> (r.id IS NOT NULL)"
    ) == [(slug, 0) for slug in demo.schemas()]
    queued = demo.rows(
        "SELECT count(*) FROM loyalty_touchpoint t JOIN loyalty_recovery r ON r.patient_id = t.patient_id"
        " WHERE t.kind = 'note' AND t.state = 'planned' AND r.closed_at IS NULL"
    )
    assert {count for _, count in queued} == {0}


def test_today_at_aurora_is_under_way(demo: Network) -> None:
    [(_, visits, over, to_come)] = [
        row
        for row in demo.rows(
            "SELECT count(*), count(*) FILTER (WHERE status = 'completed'),"
            " count(*) FILTER (WHERE status IN ('booked', 'confirmed')) FROM loyalty_visit"
            " WHERE day = '2026-11-23' AND status <> 'cancelled'"
        )
        if row[0] == "aurora"
    ]
    assert 8 <= visits <= 12
    assert over >= 1
    assert to_come >= 3


def test_elena_owns_aurora_and_manages_borealis(demo: Network) -> None:
    with demo.connect() as connection:
        roles = connection.execute(
            "SELECT p.slug, m.role FROM tenants_membership m JOIN tenants_practice p ON p.id = m.practice_id"
            " JOIN tenants_person e ON e.id = m.person_id WHERE e.email = 'elena@example.com' ORDER BY 1"
        ).fetchall()
        owners = connection.execute("SELECT count(*) FROM tenants_membership WHERE role = 'owner'").fetchone()
        agreed = connection.execute(
            "SELECT count(*) FROM tenants_practice WHERE aggregation_agreed_at < %s AND aggregation_agreed_by <> ''",
            [datetime(2026, 11, 23, tzinfo=UTC)],
        ).fetchone()
    assert roles == [("aurora", "owner"), ("borealis", "manager")]
    assert owners == (4,)
    assert agreed == (4,)


def test_aurora_has_something_on_every_page_of_its_records(demo: Network) -> None:
    [(_, *counts)] = [
        row
        for row in demo.rows(
            "SELECT (SELECT count(*) FROM loyalty_recordrequest WHERE state = 'open'),"
            " (SELECT count(*) FROM loyalty_disclosure), (SELECT count(*) FROM loyalty_savedview),"
            " (SELECT count(*) FROM loyalty_call WHERE result = 'no_answer') > 0,"
            " (SELECT count(*) FROM loyalty_patient WHERE cardinality(tags) > 0) > 10,"
            " (SELECT count(*) FROM loyalty_patient p WHERE EXISTS (SELECT 1 FROM loyalty_contactpoint c JOIN"
            " loyalty_contactpoint o USING (kind, search) WHERE c.patient_id = p.id AND o.patient_id <> p.id)) >= 8"
        )
        if row[0] == "aurora"
    ]
    assert counts == [3, 4, 3, True, True, True]


def test_whoever_was_reached_by_phone_was_called_by_somebody(demo: Network) -> None:
    wrong = demo.rows(
        "SELECT count(*) FROM loyalty_call c JOIN loyalty_touchpoint t ON t.id = c.touchpoint_id"
        " WHERE c.patient_id <> t.patient_id OR c.by_staff_id IS NULL"
        " OR (c.result = 'reached') <> (t.state = 'done') OR c.at < t.created_at"
    )
    assert {count for _, count in wrong} == {0}

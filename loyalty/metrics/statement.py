"""The one statement behind all metrics. It decides nothing: see `loyalty.metrics.records`, which unpacks it.

It packs each column into one string of bytes, so that 60,000 rows come back as a few dozen values instead of as 60,000
tuples. Patients, visits and locations are known by hashes of their ids, which are numbered where they are read: a join
would ask for every row what a look-up over a whole column finds in a tenth of the time. A packed number holds days
since 1900 from bit 16 on, and flags below; those of visits also have flags from bit 48 on, above any day there is.

Flags are added up by CASE, whose branches are constants by the time it runs: casts and shifts are steps of their own.

The answer comes in three lots, one after another: while the second is read here, what the first tells is counted there.
Each is planned by itself, too: in what order to join a dozen answers of one row is a question the planner thinks about
for longer than it takes to read several of the tables.
"""

SQL = """
WITH place AS MATERIALIZED (
    SELECT id, time_zone, row_number() OVER (ORDER BY is_active DESC, created_at, id) AS no FROM loyalty_location
), before AS MATERIALIZED (
    SELECT patient_id, min(day) FILTER (WHERE status = 'completed') AS day,
           min(day) FILTER (WHERE brief_read_at IS NOT NULL) AS brief,
           min(day) FILTER (WHERE is_history AND status = 'no_show') AS no_show
    FROM loyalty_visit WHERE day < %(first)s GROUP BY patient_id
), people AS (
    SELECT string_agg(int8send(uuid_hash_extended(p.id, 0)), '') AS key,
           string_agg(int8send(uuid_hash_extended(coalesce(p.merged_into_id, p.id), 0)), '') AS own,
           string_agg(int8send(
               CASE WHEN (p.merged_into_id IS NULL AND p.birth_day IS NOT NULL) OR p.id IN (
                   SELECT patient_id FROM loyalty_occasion WHERE kind = 'birthday') THEN 1::int8 ELSE 0 END
               + CASE WHEN p.id IN (SELECT patient_id FROM loyalty_referral) THEN 2 ELSE 0 END), '') AS packed,
           string_agg(date_send(least(p.patient_since, before.day, 'infinity')), '') AS since,
           string_agg(date_send(coalesce(drift.late_from, 'infinity')), '') AS late_from
    FROM loyalty_patient p LEFT JOIN before ON before.patient_id = p.id
    LEFT JOIN loyalty_drift drift ON drift.patient_id = p.id
), visits AS (
    SELECT string_agg(int8send(uuid_hash_extended(v.id, 0)), '') AS key,
           string_agg(int8send(uuid_hash_extended(v.patient_id, 0)), '') AS patient,
           string_agg(int8send(
               (v.day - date '1900-01-01') * 65536::int8
               + CASE v.status WHEN 'completed' THEN 1::int8 WHEN 'cancelled' THEN 2
                               WHEN 'no_show' THEN 1::int8 << 48 ELSE 0 END
               + CASE WHEN NOT v.is_history THEN 8::int8 WHEN v.booked_at IS NULL THEN 4 ELSE 12 END
               + CASE WHEN v.source = 'walk_in' THEN 1::int8 << 49 ELSE 0 END
               + CASE WHEN v.brief_read_at IS NOT NULL THEN 1::int8 << 50 ELSE 0 END
               + CASE WHEN v.arrived_at IS NULL OR v.seen_at IS NULL THEN 0
                      WHEN v.seen_at <= CASE WHEN v.source = 'walk_in' THEN v.arrived_at
                                             ELSE greatest(v.arrived_at, v.starts_at) END + interval '10 minutes'
                      THEN 3::int8 << 51 ELSE 1::int8 << 51 END
               ), '') AS packed,
           -- Where there is but one location, it need not be told.
           string_agg(int8send(uuid_hash_extended(v.location_id, 0)), '')
               FILTER (WHERE (SELECT count(*) > 1 FROM place)) AS location,
           string_agg(timestamptz_send(coalesce(
               v.booked_at, CASE WHEN NOT v.is_history THEN v.created_at END, 'infinity')), '') AS booked,
           string_agg(timestamptz_send(v.cancelled_at), '') FILTER (WHERE v.status = 'cancelled') AS cancelled,
           string_agg(timestamptz_send(coalesce(v.arrived_at, v.starts_at)), '') AS begun,
           string_agg(timestamptz_send(v.completed_at), '') FILTER (WHERE v.status = 'completed') AS ended,
           (SELECT date_send(min(brief)) FROM before) AS brief_before,
           (SELECT date_send(min(no_show)) FROM before) AS no_show_before
    FROM loyalty_visit v WHERE v.day >= %(first)s
), older AS (
    -- Visits that are not read above, but something is that came of them.
    SELECT string_agg(int8send(uuid_hash_extended(v.id, 0)), '') AS key,
           string_agg(int8send(uuid_hash_extended(v.patient_id, 0)), '') AS patient,
           string_agg(int8send(uuid_hash_extended(v.location_id, 0)), '') AS location
    FROM loyalty_visit v
    WHERE v.day < %(first)s AND (
        v.id IN (SELECT visit_id FROM loyalty_promise WHERE kept <> '' AND answered_at >= %(first)s - 1)
        OR v.id IN (SELECT f.visit_id FROM loyalty_recovery r JOIN loyalty_feedback f ON f.id = r.feedback_id
                    WHERE f.day >= %(first)s))
), notes AS (
    SELECT string_agg(int8send(uuid_hash_extended(patient_id, 0)), '') AS patient,
           string_agg(int8send(
               (day - date '1900-01-01') * 65536::int8
               + CASE state WHEN 'done' THEN 1::int8 WHEN 'held' THEN 4 ELSE 0 END
               + CASE WHEN channel IN ('card', 'letter') THEN 2 ELSE 0 END), '') AS packed,
           string_agg(timestamptz_send(done_at), '') FILTER (WHERE state = 'done') AS done
    FROM loyalty_touchpoint WHERE kind = 'note' AND state <> 'cancelled' AND day >= %(first)s
), previews AS (
    SELECT string_agg(int8send(uuid_hash_extended(visit_id, 0)), '') AS visit,
           string_agg(timestamptz_send(done_at), '') AS done
    FROM loyalty_touchpoint
    WHERE kind = 'preview' AND state = 'done' AND visit_id IS NOT NULL AND day >= %(first)s
), lots AS (
    SELECT string_agg(int8send(uuid_hash_extended(lot.patient_id, 0)), '') AS patient,
           string_agg(int8send(
               (least(lot.day, v.day) - date '1900-01-01') * 65536::int8 + (h.kind = 'preview')::int4), '') AS packed,
           string_agg(date_send(coalesce(h.stopped_on, h.ends_on)), '') AS until
    FROM loyalty_holdoutpatient lot JOIN loyalty_holdout h ON h.id = lot.holdout_id
    LEFT JOIN loyalty_visit v ON v.id = lot.visit_id
    WHERE lot.is_held AND h.kind IN ('note', 'preview') AND h.ends_on >= %(first)s
), occasions AS (
    SELECT string_agg(int8send(uuid_hash_extended(t.patient_id, 0)), '') AS patient,
           string_agg(int8send(
               (t.day - date '1900-01-01') * 65536::int8
               + (t.state = 'done' AND
                  (t.done_at AT TIME ZONE (SELECT time_zone FROM place WHERE no = 1))::date <= t.day)::int4), '')
               AS packed
    FROM loyalty_touchpoint t
    WHERE t.kind = 'occasion' AND t.state <> 'cancelled' AND t.day >= %(first)s
), promises AS (
    SELECT string_agg(int8send(uuid_hash_extended(p.visit_id, 0)), '') AS visit,
           string_agg(timestamptz_send(p.answered_at), '') AS answered,
           string_agg(int8send(CASE p.kept WHEN 'yes' THEN 1::int8 ELSE 0 END), '') AS packed
    FROM loyalty_promise p
    WHERE p.kept <> '' AND p.answered_at >= %(first)s - 1
), asks AS (
    SELECT string_agg(int8send(uuid_hash_extended(r.patient_id, 0)), '') AS patient,
           string_agg(int8send(
               (r.day - date '1900-01-01') * 65536::int8 + coalesce(f.score, 255) * 8
               + CASE r.mode WHEN 'kiosk' THEN 0 WHEN 'link' THEN 2 ELSE 4 END
               + CASE WHEN r.is_history THEN 1 ELSE 0 END
               + CASE WHEN f.worth IS NULL THEN 0 ELSE f.worth * 2048 END
               + CASE f.elsewhere WHEN 'no' THEN 1 << 14 WHEN 'sometimes' THEN 2 << 14 WHEN 'mostly' THEN 2 << 14
                                  ELSE 0 END), '') AS packed,
           string_agg(int8send(uuid_hash_extended(coalesce(r.visit_id, r.id), 0)), '') AS visit,
           string_agg(date_send(f.day), '') FILTER (WHERE f.id IS NOT NULL) AS answer_day,
           string_agg(timestamptz_send(f.answered_at), '') FILTER (WHERE f.id IS NOT NULL) AS answered
    FROM loyalty_feedbackrequest r LEFT JOIN loyalty_feedback f ON f.request_id = r.id
    WHERE coalesce(f.day, r.day) >= %(first)s
), recoveries AS (
    SELECT string_agg(int8send(uuid_hash_extended(r.patient_id, 0)), '') AS patient,
           string_agg(int8send(
               (f.day - date '1900-01-01') * 65536::int8
               + (coalesce(r.recovered, false) AND r.closed_at IS NOT NULL)::int4), '') AS packed,
           string_agg(timestamptz_send(f.answered_at), '') AS answered,
           string_agg(int8send(uuid_hash_extended(coalesce(f.visit_id, f.id), 0)), '') AS visit,
           string_agg(timestamptz_send(coalesce(r.first_contact_at, 'infinity')), '') AS reached,
           string_agg(timestamptz_send(coalesce(r.closed_at, 'infinity')), '') AS closed
    FROM loyalty_recovery r JOIN loyalty_feedback f ON f.id = r.feedback_id
    WHERE f.day >= %(first)s
), invitations AS (
    SELECT string_agg(int8send(uuid_hash_extended(i.patient_id, 0)), '') AS patient,
           string_agg(date_send(i.day), '') AS day
    FROM loyalty_reviewinvitation i JOIN loyalty_message m ON m.id = i.message_id
    WHERE m.state = 'sent' AND i.day >= %(first)s
), reviews AS (
    SELECT string_agg(int8send(coalesce(uuid_hash_extended(patient_id, 0), 0)), '') AS patient,
           string_agg(int8send((posted_on - date '1900-01-01') * 65536::int8 + coalesce(rating, 0)), '') AS packed
    FROM loyalty_review WHERE posted_on >= %(first)s
)
SELECT 1 AS lot, ARRAY[
       (SELECT convert_to(string_agg(time_zone, ' ' ORDER BY no), 'UTF8') FROM place),
       (SELECT string_agg(int8send(uuid_hash_extended(id, 0)), '' ORDER BY no) FROM place),
       (SELECT date_send(min(day)) FROM loyalty_touchpoint WHERE kind = 'note'),
       (SELECT date_send(min(day)) FROM loyalty_touchpoint WHERE kind = 'preview'),
       (SELECT date_send(f.day) FROM loyalty_feedback f
        WHERE EXISTS (SELECT FROM loyalty_recovery r WHERE r.feedback_id = f.id) ORDER BY f.day LIMIT 1),
       (SELECT date_send(min("on")) FROM loyalty_referral),
       (SELECT date_send(min(posted_on)) FROM loyalty_review),
       (SELECT date_send(CASE WHEN k IS NOT NULL THEN day END) FROM loyalty_driftfit ORDER BY day DESC LIMIT 1),
       people.key, people.own, people.packed, people.since, people.late_from,
       visits.key, visits.patient, visits.packed, visits.location, visits.booked, visits.cancelled, visits.begun,
       visits.ended, visits.brief_before, visits.no_show_before, older.key, older.patient, older.location]
FROM people, visits, older
UNION ALL
SELECT 2, ARRAY[
       notes.patient, notes.packed, notes.done, previews.visit, previews.done, lots.patient, lots.packed, lots.until,
       occasions.patient, occasions.packed, promises.visit, promises.answered, promises.packed]
FROM notes, previews, lots, occasions, promises
UNION ALL
SELECT 3, ARRAY[
       asks.patient, asks.packed, asks.visit, asks.answer_day, asks.answered, recoveries.patient, recoveries.packed,
       recoveries.answered, recoveries.visit, recoveries.reached, recoveries.closed, invitations.patient,
       invitations.day, reviews.patient, reviews.packed]
FROM asks, recoveries, invitations, reviews
"""

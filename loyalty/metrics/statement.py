"""The one statement behind all metrics. It decides nothing: see `loyalty.metrics.records`, which unpacks it.

It numbers patients (merged ones as one) and locations, and packs each column into one string of bytes, so that 60,000
rows come back as a few dozen values instead of as 60,000 tuples. A packed number holds the patient from bit 40 on,
days since 1900 from bit 16 on, and flags below; those of visits also have flags from bit 33 on, above 17 bits of days,
so appointments made for later than 2250 count as of then. Visits are known by a hash of their id.

The answers of one row each are put together in three lots, each planned by itself (OFFSET 0): in what order to join
eleven of them is a question the planner thinks about for longer than it takes to read several of the tables.
"""

SQL = """
WITH who AS MATERIALIZED (
    SELECT id, dense_rank() OVER (ORDER BY coalesce(merged_into_id, id)) << 40 AS no,
           merged_into_id IS NULL AND birth_day IS NOT NULL AS has_birthday, merged_into_id IS NULL AS is_own,
           patient_since
    FROM loyalty_patient
), place AS MATERIALIZED (
    SELECT id, time_zone, row_number() OVER (ORDER BY id) - 1 AS no FROM loyalty_location
), home AS MATERIALIZED (
    SELECT time_zone FROM loyalty_location ORDER BY is_active DESC, created_at, id LIMIT 1
), before AS MATERIALIZED (
    SELECT patient_id, min(day) FILTER (WHERE status = 'completed') AS day,
           min(day) FILTER (WHERE brief_read_at IS NOT NULL) AS brief,
           min(day) FILTER (WHERE is_history AND status = 'no_show') AS no_show
    FROM loyalty_visit WHERE day < %(first)s GROUP BY patient_id
), people AS (
    SELECT string_agg(int8send(
               who.no + (who.has_birthday OR who.id IN (
                   SELECT patient_id FROM loyalty_occasion WHERE kind = 'birthday'))::int4
               + (who.id IN (SELECT patient_id FROM loyalty_referral))::int4 * 2), '') AS packed,
           string_agg(date_send(least(who.patient_since, before.day, 'infinity')), '') AS since,
           string_agg(date_send(coalesce(drift.late_from, 'infinity')), '') AS late_from
    FROM who LEFT JOIN before ON before.patient_id = who.id LEFT JOIN loyalty_drift drift ON drift.patient_id = who.id
), visits AS (
    SELECT string_agg(int8send(
               who.no + ((least(v.day, date '2250-01-01') - date '1900-01-01')::int8 << 16) + (place.no << 4)
               + CASE v.status WHEN 'completed' THEN 1 WHEN 'cancelled' THEN 2
                               WHEN 'no_show' THEN 1::int8 << 33 ELSE 0 END
               + v.is_history::int4 * 4 + (v.booked_at IS NOT NULL OR NOT v.is_history)::int4 * 8
               + ((v.source = 'walk_in')::int4::int8 << 34)
               + ((v.brief_read_at IS NOT NULL)::int4::int8 << 35)
               + ((v.arrived_at IS NOT NULL AND v.seen_at IS NOT NULL)::int4::int8 << 36)
               + (coalesce(v.seen_at - CASE WHEN v.source = 'walk_in' THEN v.arrived_at
                                            ELSE greatest(v.arrived_at, v.starts_at) END
                           <= interval '10 minutes' AND v.arrived_at IS NOT NULL, false)::int4::int8 << 37)
               ), '') AS packed,
           string_agg(int8send(uuid_hash_extended(v.id, 0)), '') AS key,
           string_agg(timestamptz_send(coalesce(
               v.booked_at, CASE WHEN NOT v.is_history THEN v.created_at END, 'infinity')), '') AS booked,
           string_agg(timestamptz_send(v.cancelled_at), '') FILTER (WHERE v.status = 'cancelled') AS cancelled,
           string_agg(timestamptz_send(coalesce(v.arrived_at, v.starts_at)), '') AS begun,
           string_agg(timestamptz_send(v.completed_at), '') FILTER (WHERE v.status = 'completed') AS ended,
           (SELECT min(brief) FROM before) AS brief_before, (SELECT min(no_show) FROM before) AS no_show_before
    FROM loyalty_visit v JOIN who ON who.id = v.patient_id JOIN place ON place.id = v.location_id
    WHERE v.day >= %(first)s
), notes AS (
    SELECT string_agg(int8send(
               who.no + ((t.day - date '1900-01-01')::int8 << 16) + (t.state = 'done')::int4
               + (t.channel IN ('card', 'letter'))::int4 * 2 + (t.state = 'held')::int4 * 4), '') AS packed,
           string_agg(timestamptz_send(t.done_at), '') FILTER (WHERE t.state = 'done') AS done
    FROM loyalty_touchpoint t JOIN who ON who.id = t.patient_id
    WHERE t.kind = 'note' AND t.state <> 'cancelled' AND t.day >= %(first)s
), previews AS (
    SELECT string_agg(int8send(uuid_hash_extended(t.visit_id, 0)), '') AS visit,
           string_agg(timestamptz_send(t.done_at), '') AS done
    FROM loyalty_touchpoint t
    WHERE t.kind = 'preview' AND t.state = 'done' AND t.visit_id IS NOT NULL AND t.day >= %(first)s
), lots AS (
    SELECT string_agg(int8send(
               who.no + ((least(lot.day, v.day) - date '1900-01-01')::int8 << 16) + (h.kind = 'preview')::int4), '')
               AS packed,
           string_agg(date_send(coalesce(h.stopped_on, h.ends_on)), '') AS until
    FROM loyalty_holdoutpatient lot JOIN loyalty_holdout h ON h.id = lot.holdout_id
    JOIN who ON who.id = lot.patient_id AND who.is_own LEFT JOIN loyalty_visit v ON v.id = lot.visit_id
    WHERE lot.is_held AND h.kind IN ('note', 'preview') AND h.ends_on >= %(first)s
), occasions AS (
    SELECT string_agg(int8send(
               who.no + ((t.day - date '1900-01-01')::int8 << 16)
               + (t.state = 'done' AND (t.done_at AT TIME ZONE home.time_zone)::date <= t.day)::int4), '') AS packed
    FROM loyalty_touchpoint t JOIN who ON who.id = t.patient_id CROSS JOIN home
    WHERE t.kind = 'occasion' AND t.state <> 'cancelled' AND t.day >= %(first)s
), promises AS (
    SELECT string_agg(int8send(coalesce(old.no, 0) + (p.kept = 'yes')::int4), '') AS packed,
           string_agg(int8send(uuid_hash_extended(p.visit_id, 0)), '') AS visit,
           string_agg(timestamptz_send(p.answered_at), '') AS answered
    FROM loyalty_promise p LEFT JOIN (
        -- Of visits that are not read above; all others are looked up there.
        SELECT v.id, who.no + (place.no << 4) AS no
        FROM loyalty_visit v JOIN who ON who.id = v.patient_id JOIN place ON place.id = v.location_id
        WHERE v.day < %(first)s
    ) old ON old.id = p.visit_id
    WHERE p.kept <> '' AND p.answered_at >= %(first)s - 1
), asks AS (
    SELECT string_agg(int8send(
               who.no + ((r.day - date '1900-01-01')::int8 << 16) + coalesce(f.score, 255) * 8
               + CASE r.mode WHEN 'kiosk' THEN 0 WHEN 'link' THEN 2 ELSE 4 END + r.is_history::int4
               + (coalesce(f.worth, 0) << 11)
               + (CASE f.elsewhere WHEN 'no' THEN 1 WHEN 'sometimes' THEN 2 WHEN 'mostly' THEN 2 ELSE 0 END << 14)
               ), '') AS packed,
           string_agg(int8send(uuid_hash_extended(coalesce(r.visit_id, r.id), 0)), '') AS visit,
           string_agg(date_send(f.day), '') FILTER (WHERE f.id IS NOT NULL) AS answer_day,
           string_agg(timestamptz_send(f.answered_at), '') FILTER (WHERE f.id IS NOT NULL) AS answered
    FROM loyalty_feedbackrequest r JOIN who ON who.id = r.patient_id LEFT JOIN loyalty_feedback f ON f.request_id = r.id
    WHERE coalesce(f.day, r.day) >= %(first)s
), recoveries AS (
    SELECT string_agg(int8send(
               who.no + ((f.day - date '1900-01-01')::int8 << 16)
               + (coalesce(r.recovered, false) AND r.closed_at IS NOT NULL)::int4), '') AS packed,
           string_agg(timestamptz_send(f.answered_at), '') AS answered,
           string_agg(timestamptz_send(coalesce(r.first_contact_at, 'infinity')), '') AS reached,
           string_agg(date_send(coalesce((r.first_contact_at AT TIME ZONE zone.name)::date, 'infinity')), '')
               AS reached_day,
           string_agg(date_send(coalesce((r.closed_at AT TIME ZONE zone.name)::date, 'infinity')), '') AS closed_day
    FROM loyalty_recovery r JOIN loyalty_feedback f ON f.id = r.feedback_id JOIN who ON who.id = r.patient_id
    LEFT JOIN loyalty_visit v ON v.id = f.visit_id LEFT JOIN place ON place.id = v.location_id CROSS JOIN home
    CROSS JOIN LATERAL (SELECT coalesce(place.time_zone, home.time_zone) AS name) zone
    WHERE f.day >= %(first)s
), invitations AS (
    SELECT string_agg(int8send(who.no + ((i.day - date '1900-01-01')::int8 << 16)), '') AS packed
    FROM loyalty_reviewinvitation i JOIN who ON who.id = i.patient_id JOIN loyalty_message m ON m.id = i.message_id
    WHERE m.state = 'sent' AND i.day >= %(first)s
), reviews AS (
    SELECT string_agg(int8send(
               coalesce(who.no, 0) + ((r.posted_on - date '1900-01-01')::int8 << 16) + coalesce(r.rating, 0)), '')
               AS packed
    FROM loyalty_review r LEFT JOIN who ON who.id = r.patient_id
    WHERE r.posted_on >= %(first)s
)
SELECT (SELECT array_agg(time_zone::text ORDER BY no) FROM place) AS zones, came.*, meant.*, said.*,
       (SELECT min(day) FROM loyalty_touchpoint WHERE kind = 'note') AS first_note,
       (SELECT min(day) FROM loyalty_touchpoint WHERE kind = 'preview') AS first_preview,
       (SELECT f.day FROM loyalty_feedback f WHERE EXISTS (SELECT FROM loyalty_recovery r WHERE r.feedback_id = f.id)
        ORDER BY f.day LIMIT 1) AS first_recovery,
       (SELECT min("on") FROM loyalty_referral) AS first_referral,
       (SELECT min(posted_on) FROM loyalty_review) AS first_review,
       (SELECT CASE WHEN k IS NOT NULL THEN day END FROM loyalty_driftfit ORDER BY day DESC LIMIT 1) AS scored_on
FROM (SELECT people.*, visits.*, notes.*, previews.* FROM people, visits, notes, previews OFFSET 0) came,
     (SELECT lots.*, occasions.*, promises.* FROM lots, occasions, promises OFFSET 0) meant,
     (SELECT asks.*, recoveries.*, invitations.*, reviews.* FROM asks, recoveries, invitations, reviews OFFSET 0) said
"""

"""The tables of the spool. `seq` is the order of reading; `…_key` is a reference that is not followed yet."""

TABLES = """
CREATE TABLE source (seq INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE organization (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, source INTEGER NOT NULL, line INTEGER NOT NULL,
    digest BLOB NOT NULL, row BLOB NOT NULL);
CREATE TABLE practitioner (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, source INTEGER NOT NULL, line INTEGER NOT NULL,
    digest BLOB NOT NULL, row BLOB NOT NULL);
CREATE TABLE location (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, source INTEGER NOT NULL, line INTEGER NOT NULL,
    digest BLOB NOT NULL, row BLOB NOT NULL, organization_key TEXT);
CREATE TABLE patient (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, source INTEGER NOT NULL, line INTEGER NOT NULL,
    digest BLOB NOT NULL, row BLOB NOT NULL, organization_keys TEXT, born_from TEXT, died_by TEXT);
CREATE TABLE visit (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL, kind TEXT NOT NULL, source INTEGER NOT NULL, line INTEGER NOT NULL,
    digest BLOB NOT NULL, patient_key TEXT, practitioner_key TEXT, location_key TEXT, organization_key TEXT,
    untyped_keys TEXT, status TEXT NOT NULL, starts INTEGER NOT NULL, ends INTEGER, day_only INTEGER NOT NULL,
    booked INTEGER, arrived INTEGER, service TEXT, reason TEXT, UNIQUE (id, kind));
CREATE TABLE procedure (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, source INTEGER NOT NULL, line INTEGER NOT NULL,
    digest BLOB NOT NULL, encounter_key TEXT NOT NULL, performer_key TEXT, what TEXT NOT NULL);
CREATE TABLE follows (encounter INTEGER NOT NULL, appointment_key TEXT NOT NULL);
CREATE TABLE alias (kind TEXT, key TEXT, id TEXT, PRIMARY KEY (kind, key)) WITHOUT ROWID;
CREATE TABLE display (kind TEXT, key TEXT, name TEXT NOT NULL, PRIMARY KEY (kind, key)) WITHOUT ROWID;
"""

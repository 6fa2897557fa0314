"""Which practice a unit of work belongs to, enforced by PostgreSQL: one schema and one role a practice."""

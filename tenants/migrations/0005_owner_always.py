"""A practice that has people has an owner among them, and a network that has an admin keeps one: the database says so.

Deferred to the end of the transaction, so that ownership can pass from one person to another in any order. Each check
first locks what all such changes have in common (the practice's row, a name for the network): two owners who leave at
the same moment would otherwise each see the other one still there. The functions run as the owner of the tables, because
at the end of a transaction the practice's role may be current, and that sees no people.
"""

from django.db import migrations

FORWARD = [
    """
    CREATE FUNCTION public.tenants_keep_owner(place uuid) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    BEGIN
        PERFORM FROM public.tenants_practice p WHERE p.id = place AND p.status <> 'left' FOR NO KEY UPDATE;
        IF NOT FOUND THEN
            RETURN;
        END IF;
        IF EXISTS (SELECT FROM public.tenants_membership m WHERE m.practice_id = place)
            AND NOT EXISTS (
                SELECT FROM public.tenants_membership m JOIN public.tenants_person p ON p.id = m.person_id
                WHERE m.practice_id = place AND m.role = 'owner' AND m.ended_at IS NULL AND p.is_active
            )
        THEN
            RAISE EXCEPTION 'practice % would be left without an owner', place USING
                ERRCODE = 'check_violation', TABLE = 'tenants_membership', CONSTRAINT = 'membership_owner_always';
        END IF;
    END $$
    """,
    """
    CREATE FUNCTION public.tenants_membership_changed() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    BEGIN
        IF TG_OP <> 'INSERT' THEN
            PERFORM public.tenants_keep_owner(OLD.practice_id);
        END IF;
        IF TG_OP = 'INSERT' OR (TG_OP = 'UPDATE' AND NEW.practice_id <> OLD.practice_id) THEN
            PERFORM public.tenants_keep_owner(NEW.practice_id);
        END IF;
        RETURN NULL;
    END $$
    """,
    """
    CREATE CONSTRAINT TRIGGER membership_owner_always
    AFTER INSERT OR DELETE OR UPDATE OF person_id, practice_id, role, ended_at ON public.tenants_membership
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.tenants_membership_changed()
    """,
    """
    CREATE FUNCTION public.tenants_practice_returned() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    BEGIN
        PERFORM public.tenants_keep_owner(NEW.id);
        RETURN NULL;
    END $$
    """,
    """
    CREATE CONSTRAINT TRIGGER practice_owner_always
    AFTER UPDATE OF status ON public.tenants_practice
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.status = 'left' AND NEW.status <> 'left')
    EXECUTE FUNCTION public.tenants_practice_returned()
    """,
    """
    CREATE FUNCTION public.tenants_person_closed() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    BEGIN
        PERFORM public.tenants_keep_owner(m.practice_id) FROM public.tenants_membership m
        WHERE m.person_id = NEW.id AND m.role = 'owner' AND m.ended_at IS NULL ORDER BY m.practice_id;
        RETURN NULL;
    END $$
    """,
    """
    CREATE CONSTRAINT TRIGGER person_owner_always
    AFTER UPDATE OF is_active ON public.tenants_person
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.is_active AND NOT NEW.is_active)
    EXECUTE FUNCTION public.tenants_person_closed()
    """,
    """
    CREATE FUNCTION public.tenants_keep_network_admin() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    BEGIN
        PERFORM pg_advisory_xact_lock(hashtext('network_admin_always'));
        IF NOT EXISTS (
            SELECT FROM public.tenants_person p WHERE p.network_role = 'network_admin' AND p.is_active
        ) THEN
            RAISE EXCEPTION 'the network would be left without an admin' USING
                ERRCODE = 'check_violation', TABLE = 'tenants_person', CONSTRAINT = 'person_network_admin_always';
        END IF;
        RETURN NULL;
    END $$
    """,
    """
    CREATE CONSTRAINT TRIGGER person_network_admin_always
    AFTER DELETE OR UPDATE OF network_role, is_active ON public.tenants_person
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.network_role = 'network_admin' AND OLD.is_active)
    EXECUTE FUNCTION public.tenants_keep_network_admin()
    """,
    """
    REVOKE ALL ON FUNCTION public.tenants_keep_owner(uuid), public.tenants_membership_changed(),
        public.tenants_practice_returned(), public.tenants_person_closed(), public.tenants_keep_network_admin()
    FROM PUBLIC
    """,
]

BACK = [
    "DROP TRIGGER person_network_admin_always ON public.tenants_person",
    "DROP TRIGGER person_owner_always ON public.tenants_person",
    "DROP TRIGGER practice_owner_always ON public.tenants_practice",
    "DROP TRIGGER membership_owner_always ON public.tenants_membership",
    "DROP FUNCTION public.tenants_keep_network_admin(), public.tenants_person_closed(), public.tenants_practice_returned(),"
    " public.tenants_membership_changed(), public.tenants_keep_owner(uuid)",
]


class Migration(migrations.Migration):
    dependencies = [("tenants", "0004_joining")]

    operations = [migrations.RunSQL(FORWARD, BACK)]

"""Which releases of PostgreSQL will do, and what the older ones lack."""

OLDEST_POSTGRES = 15
BEST_POSTGRES = 18


def notes_on(major: int) -> tuple[str, ...]:
    """Sentences to show about a server of this release; none for the best one."""
    if major >= BEST_POSTGRES:
        return ()
    missing = "asynchronous reads and index skip scans, so large lists are slower"
    if major < 16:
        missing += (
            "; and role grants with INHERIT FALSE and SET TRUE, so that practices are kept apart by the login's "
            "NOINHERIT alone"
        )
    return (f"This database is PostgreSQL {major}. It works; against PostgreSQL {BEST_POSTGRES} it lacks {missing}.",)

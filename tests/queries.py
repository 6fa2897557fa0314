"""What a request asks of the database, told apart from where its transactions begin and end."""

from collections.abc import Iterable

# A COMMIT is a round trip, too; in a test, savepoints stand in for it. BEGIN goes along with the first statement.
_TRANSACTION = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK")


def asked(captured: Iterable[dict[str, str]]) -> list[str]:
    """The statements that read or write rows, of what CaptureQueriesContext captured."""
    return [query["sql"] for query in captured if not query["sql"].startswith(_TRANSACTION)]

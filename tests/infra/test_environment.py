import pytest
from django.core.exceptions import ImproperlyConfigured

from infra import environment as env


def test_a_missing_setting_says_how_to_start(monkeypatch):
    monkeypatch.delenv("BROKER_URL", raising=False)
    with pytest.raises(ImproperlyConfigured, match="make run"):
        env.text("BROKER_URL")


@pytest.mark.parametrize(("value", "means"), [("1", True), ("yes", True), ("0", False), ("off", False), ("", False)])
def test_a_flag_is_read(monkeypatch, value, means):
    monkeypatch.setenv("DEMO", value)
    assert env.flag("DEMO") is means


def test_a_flag_that_is_none_is_refused(monkeypatch):
    monkeypatch.setenv("DEMO", "maybe")
    with pytest.raises(ImproperlyConfigured, match="DEMO must be 1 or 0, not 'maybe'"):
        env.flag("DEMO")


def test_a_number_that_is_none_is_refused(monkeypatch):
    monkeypatch.setenv("PORT", "80x")
    with pytest.raises(ImproperlyConfigured, match="PORT must be a whole number"):
        env.number("PORT", 8000)


def test_a_database_url_that_cannot_be_read_is_refused():
    with pytest.raises(ImproperlyConfigured, match="cannot be read"):
        env.database("not a url", practice_roles=True, pool_size=0)


def test_the_owner_has_no_pool_and_no_roles():
    owner = env.database("postgres://o:p@127.0.0.1:5/x", practice_roles=False, pool_size=0)
    assert "pool" not in owner["OPTIONS"]
    assert owner["PRACTICE_ROLES"] is False


def test_what_a_running_launcher_wrote_down_is_found(monkeypatch, tmp_path):
    monkeypatch.delenv("DATABASE_URL")
    monkeypatch.setenv("BROKER_URL", "kept")
    monkeypatch.setenv("DATA", str(tmp_path))
    (tmp_path / "connection.env").write_text("DATABASE_URL=postgres://x\nBROKER_URL=other\n")
    env.load_connections()
    assert env.text("DATABASE_URL") == "postgres://x"
    assert env.text("BROKER_URL") == "kept"


def test_words_stand_between_commas(monkeypatch):
    monkeypatch.setenv("ENCRYPTION_KEYS", " new , old,")
    assert env.words("ENCRYPTION_KEYS") == ["new", "old"]
    monkeypatch.delenv("ENCRYPTION_KEYS")
    assert env.words("ENCRYPTION_KEYS") == []

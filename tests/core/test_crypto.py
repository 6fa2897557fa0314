"""Secrets in the database: nothing is read without a key, and a key may be changed."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from core.crypto import CannotDecrypt, decrypt, digest, digests, encrypt, encrypt_anew, is_digest_of


@pytest.fixture
def keys(settings):
    def use(*keys):
        settings.ENCRYPTION_KEYS = list(keys)

    use("the first key, long and random")
    return use


def test_what_was_encrypted_is_given_back(keys):
    token = encrypt("a secret: é")
    assert "secret" not in token
    assert decrypt(token) == "a secret: é"


def test_the_same_text_looks_different_each_time(keys):
    assert encrypt("a") != encrypt("a")


def test_another_key_reads_nothing(keys):
    token = encrypt("a secret")
    keys("another key")
    with pytest.raises(CannotDecrypt, match="ENCRYPTION_KEYS"):
        decrypt(token)


def test_a_token_that_was_changed_is_refused(keys):
    token = encrypt("a secret")
    with pytest.raises(CannotDecrypt):
        decrypt(token[:-4] + "AAA=")


def test_a_new_key_encrypts_while_the_old_one_still_reads(keys):
    old = encrypt("a secret")
    keys("a new key", "the first key, long and random")
    anew = encrypt_anew(old)
    assert decrypt(old) == decrypt(anew) == "a secret"
    keys("a new key")
    assert decrypt(anew) == "a secret"
    with pytest.raises(CannotDecrypt):
        decrypt(old)


def test_without_a_key_nothing_is_encrypted(keys):
    keys()
    with pytest.raises(ImproperlyConfigured, match="ENCRYPTION_KEYS is not set"):
        encrypt("a secret")


def test_a_digest_is_keyed_and_of_one_use(keys):
    kept = digest("482 719", use="visit")
    assert digest("482 719", use="visit") == kept
    assert digest("482 719", use="another") != kept
    keys("another key")
    assert digest("482 719", use="visit") != kept


def test_what_was_kept_under_an_older_key_is_still_found(keys):
    kept = digest("482719", use="visit")
    keys("a newer key", "the first key, long and random")
    assert digest("482719", use="visit") != kept
    assert is_digest_of(kept, "482719", use="visit")
    assert kept in digests("482719", use="visit")
    assert not is_digest_of(kept, "482718", use="visit")


def test_without_a_key_nothing_is_digested(settings):
    settings.ENCRYPTION_KEYS = []
    with pytest.raises(ImproperlyConfigured, match="ENCRYPTION_KEYS"):
        digest("482719", use="visit")

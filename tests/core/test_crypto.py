"""Secrets in the database: nothing is read without a key, and a key may be changed."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from core.crypto import CannotDecrypt, decrypt, encrypt, encrypt_anew


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

"""Entries come to zero, each thing is booked once, and nothing that was booked is changed."""

import random
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import ProgrammingError

from billing.ledger.balance import balance, owed_to_members
from billing.ledger.book import On, Unbalanced, book
from billing.ledger.models import Account, AccountKind, Entry, EntryKind, Posting
from core.ids import uuid7

DAY = date(2026, 10, 5)


def post(*postings, kind=EntryKind.PAYMENT, currency="USD"):
    return book(kind, uuid7(), postings, currency=currency, day=DAY)


def add(*postings):
    Posting.objects.bulk_create(postings)
    deferred_checks()


def deferred_checks():
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_what_is_booked_stands_on_its_accounts(aurora, borealis):
    post(
        On(AccountKind.BANK, 300),
        On(AccountKind.MEMBER_OWED, -100, member_id=aurora.id),
        On(AccountKind.MEMBER_OWED, -200, member_id=borealis.id),
    )
    deferred_checks()
    assert balance(AccountKind.BANK, currency="USD") == 300
    assert balance(AccountKind.MEMBER_OWED, currency="USD", member_id=aurora.id) == -100
    assert owed_to_members(currency="USD") == {aurora.id: 100, borealis.id: 200}
    assert balance(AccountKind.BANK, currency="CAD") == 0


def test_an_entry_that_does_not_come_to_zero_is_refused_and_leaves_nothing(aurora):
    with pytest.raises(Unbalanced):
        post(On(AccountKind.BANK, 300), On(AccountKind.MEMBER_OWED, -299, member_id=aurora.id))
    assert not Entry.objects.exists()


def test_the_database_refuses_it_too_when_the_transaction_ends(db):
    entry = post(On(AccountKind.BANK, 300), On(AccountKind.SUBSCRIPTIONS, -300))
    account = Account.objects.get(kind=AccountKind.BANK)
    with pytest.raises(IntegrityError, match="do not come to zero"), transaction.atomic():
        add(Posting(entry=entry, account=account, minor=1, currency="USD"))


def test_two_currencies_each_come_to_zero(db):
    entry = post(On(AccountKind.BANK, 300), On(AccountKind.SUBSCRIPTIONS, -300))
    canadian = Account.objects.create(kind=AccountKind.BANK, currency="CAD")
    dollars = Account.objects.get(kind=AccountKind.BANK, currency="USD")
    with pytest.raises(IntegrityError, match="do not come to zero"), transaction.atomic():
        add(
            Posting(entry=entry, account=canadian, minor=5, currency="CAD"),
            Posting(entry=entry, account=dollars, minor=-5, currency="USD"),
        )


def test_a_posting_is_in_the_currency_of_its_account(db):
    entry = post(On(AccountKind.BANK, 300), On(AccountKind.SUBSCRIPTIONS, -300))
    with pytest.raises(IntegrityError, match="another currency"), transaction.atomic():
        Posting.objects.create(entry=entry, account=Account.objects.first(), minor=5, currency="CAD")


def test_one_thing_is_booked_once(db):
    source = uuid7()
    both = (On(AccountKind.BANK, 300), On(AccountKind.SUBSCRIPTIONS, -300))
    book(EntryKind.CLAIM, source, both, currency="USD", day=DAY)
    with pytest.raises(IntegrityError, match="entry_once"), transaction.atomic():
        book(EntryKind.CLAIM, source, both, currency="USD", day=DAY)
    assert balance(AccountKind.BANK, currency="USD") == 300


@pytest.mark.parametrize("model", [Account, Entry, Posting])
def test_nobody_changes_or_removes_what_was_booked(db, model):
    post(On(AccountKind.BANK, 300), On(AccountKind.SUBSCRIPTIONS, -300))
    deferred_checks()
    table = model._meta.db_table
    for statement in (f"UPDATE {table} SET created_at = now()", f"DELETE FROM {table}", f"TRUNCATE {table} CASCADE"):
        with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_no_practice_reads_the_books(in_aurora):
    for model in (Account, Entry, Posting):
        with pytest.raises(ProgrammingError), transaction.atomic():
            model.objects.exists()


@pytest.mark.parametrize("seed", range(5))
def test_whatever_happens_all_accounts_together_come_to_zero(aurora, borealis, seed):
    chance = random.Random(seed)
    kinds = [
        (AccountKind.BANK, None),
        (AccountKind.SUBSCRIPTIONS, None),
        *(
            (kind, one.id)
            for kind in (AccountKind.MEMBER_CLAIMED, AccountKind.MEMBER_OWED)
            for one in (aurora, borealis)
        ),
    ]
    for _ in range(40):
        some = chance.sample(kinds, chance.randint(2, len(kinds)))
        amounts = [chance.randint(-10_000, 10_000) for _ in some[1:]]
        amounts.append(-sum(amounts))
        post(*(On(kind, minor, member_id=member) for (kind, member), minor in zip(some, amounts, strict=True)))
    deferred_checks()
    assert sum(balance(kind, currency="USD") for kind in AccountKind) == 0

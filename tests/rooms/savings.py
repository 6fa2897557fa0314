"""What a practice buys, saves and earns: files of invoice lines, rebates, statements."""

import secrets
from datetime import date, datetime
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile

from billing.purchasing.fees.record_receipt import record_receipt
from billing.purchasing.models import (
    Accrual,
    Contract,
    Item,
    ItemAlias,
    ProgramTier,
    ProgramVersion,
    RebateProgram,
    Statement,
    Vendor,
)
from billing.purchasing.rebates.accrue import accrue_since
from billing.receiving.choose_columns import choose_columns
from billing.receiving.models import FileState, PurchaseFile
from billing.receiving.run import run
from billing.receiving.upload import upload
from core.tenancy.scope import control_plane, current_practice
from tests.permissions.roles import LEADERS
from tests.rooms.body import Body, Ids
from tests.rooms.room import Room

ROWS = ("A-1,2026-10-05,LN-1,2,900", "A-1,2026-10-05,ZZ,1,9", "A-2,2026-10-05,YY,1,9", "A-3,x,Z,1,1")
FILE = "\n".join(["Invoice,Date,SKU,Qty,Amount", *ROWS, ""])


def records(_ids: Ids, now: datetime) -> Ids:
    own, me = secrets.token_hex(4), current_practice()
    with control_plane():
        vendor = Vendor.objects.create(name=f"Linden {own}")
        item = Item.objects.create(vendor=vendor, name="Linden 1 ml", sku="LN-1", unit="syringe")
        contract = Contract.objects.create(
            vendor=vendor, number=own, name="Fillers", begins_on=date(2026, 1, 1), fee="percent",
            fee_rate=Decimal("0.01"), signed_on=date(2026, 1, 1), signed_by="Nora", signed_for_vendor_by="Lena",
        )  # fmt: skip
        program = RebateProgram.objects.create(contract=contract, name="Quarterly")
        version = ProgramVersion.objects.create(
            program=program, number=1, from_day=date(2026, 1, 1), every="quarter", measured="volume", way="flat"
        )
        ProgramTier.objects.create(version=version, place=0, at=Decimal(100), rate=Decimal("0.02"))
    of = upload(name="invoices.csv", chunks=[FILE.encode()], vendor_id=vendor.pk, by_person_id=None)
    choose_columns(file_id=of.pk, mapping=of.mapping, date_order="mdy")
    run(file_id=of.pk, now=now)
    opened = upload(name="more.csv", chunks=[FILE.encode()], vendor_id=vendor.pk, by_person_id=None)
    alias = ItemAlias.objects.create(practice_id=me.id, vendor=vendor, key="yy", item=item)
    with control_plane():
        accrue_since(date(2026, 10, 1), vendor_id=vendor.pk, now=now)
        record_receipt(
            contract_id=contract.pk, first=date(2026, 10, 1), last=date(2026, 10, 31), minor=5,
            received_on=date(2026, 11, 2), today=now.date(),
        )  # fmt: skip
        statement = Statement.objects.create(
            practice_id=me.id, first=date(2026, 7, 1), last=date(2026, 9, 30), currency="USD", paid_minor=0,
            netted_minor=0, payout_minor=0, content={"paid": [], "earned": [], "waiting": []}, approved_at=now,
            approved_by="Nora",
        )  # fmt: skip
    return {
        "accrual_id": Accrual.objects.get(program=program.pk, first=date(2026, 10, 1)).pk,
        "statement_id": statement.pk,
        "alias_id": alias.pk,
        "file_id": opened.pk,
        "bought_of": vendor.pk,
        "year": 2026,
    }


def read(ids: Ids, now: datetime) -> None:
    PurchaseFile.objects.filter(pk=ids["file_id"]).update(state=FileState.DONE, finished_at=now)


ROOM = Room(
    practice={
        "savings": LEADERS,
        "netting": LEADERS,
        "rebate": LEADERS,
        "rebate-lines": LEADERS,
        "disclosure": LEADERS,
        "disclosure-file": LEADERS,
        "purchases": LEADERS,
        "unmatched": LEADERS,
        "item-name-removal": LEADERS,
        "purchase-file": LEADERS,
        "purchase-file-columns": LEADERS,
        "purchase-file-progress": LEADERS,
        "purchase-file-refused": LEADERS,
        "purchase-file-undo": LEADERS,
        "statements": LEADERS,
        "statement": LEADERS,
        "statement-pdf": LEADERS,
        "statement-file": LEADERS,
    },
    records=records,
    bodies={
        "netting": Body({"nets": "yes"}),
        "purchases": Body(
            lambda ids: {"vendor": str(ids["bought_of"]), "file": SimpleUploadedFile("x.csv", FILE.encode())}
        ),
        "purchase-file-columns": Body({"invoice": "0", "day": "1", "code": "2", "quantity": "3", "amount": "4"}),
        "purchase-file-undo": Body(before=read),
        "unmatched": Body(lambda ids: {"vendor": str(ids["bought_of"]), "key": "zz", "item": "none"}),
        "item-name-removal": Body(),
    },
)

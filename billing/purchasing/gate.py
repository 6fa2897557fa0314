"""What a practice's role may see of the buying group: the catalog, signed contracts and what they pay back; its own
purchases, earnings and statements; and nothing of what others bought, nor of what all bought together.

It writes what it bought and what it calls things; what it earned is worked out by the network's jobs. A sandbox has
vendors, items and offers of its own, which are made up.
"""

from billing.purchasing.models import (
    Accrual,
    CatalogPrice,
    Claim,
    ClaimedPurchase,
    ClaimLine,
    Contract,
    FeeReceipt,
    FeeShare,
    Item,
    ItemAlias,
    ItemName,
    ItemUnit,
    NettingChoice,
    Offer,
    OfferPrice,
    PaymentShare,
    ProgramItem,
    ProgramTier,
    ProgramVersion,
    PurchaseLine,
    RebateProgram,
    Statement,
    StatementLine,
    Vendor,
    VendorPayment,
    WriteOff,
)
from core.tenancy import gate

_IN_SANDBOX = (
    "EXISTS (SELECT 1 FROM public.tenants_practice AS me"
    " WHERE me.schema_name = current_user AND me.sandbox_of_id IS NOT NULL)"
)
# What was agreed for members is no sandbox's to see, and what was made up for sandboxes no member's.
_OF_ITS_KIND = f"made_up = {_IN_SANDBOX}"
_OF_VENDOR = "EXISTS (SELECT 1 FROM public.purchasing_vendor AS of WHERE of.id = vendor_id)"
_OF_ITEM = "EXISTS (SELECT 1 FROM public.purchasing_item AS of WHERE of.id = item_id)"
SIGNED = "signed_on IS NOT NULL"
ACTIVE = (
    "EXISTS (SELECT 1 FROM public.tenants_practice AS me WHERE me.schema_name = current_user AND me.status = 'active')"
)
_OF_SIGNED = "EXISTS (SELECT 1 FROM public.purchasing_contract AS of WHERE of.id = contract_id)"
_OF_OFFER = "EXISTS (SELECT 1 FROM public.purchasing_offer AS of WHERE of.id = offer_id)"
_OF_PROGRAM = "EXISTS (SELECT 1 FROM public.purchasing_rebateprogram AS of WHERE of.id = program_id)"
_OF_VERSION = "EXISTS (SELECT 1 FROM public.purchasing_programversion AS of WHERE of.id = version_id)"
_OWN_CLAIM = "EXISTS (SELECT 1 FROM public.purchasing_claimline AS own WHERE own.claim_id = {})"
_OF_OWN_SHARE = (
    "EXISTS (SELECT 1 FROM public.purchasing_paymentshare AS own WHERE own.payment_id = purchasing_vendorpayment.id)"
)
_OF_OWN_FEE = "EXISTS (SELECT 1 FROM public.purchasing_feeshare AS own WHERE own.receipt_id = purchasing_feereceipt.id)"
_OF_OWN_STATEMENT = "EXISTS (SELECT 1 FROM public.purchasing_statement AS own WHERE own.id = statement_id)"
_OF_OWN_LINE = "EXISTS (SELECT 1 FROM public.purchasing_claimline AS own WHERE own.id = of_id)"

gate.network_read(Vendor, when=_OF_ITS_KIND)
gate.network_read(Item, when=_OF_VENDOR)
for of_item in (ItemUnit, ItemName, CatalogPrice):
    gate.network_read(of_item, when=_OF_ITEM)
gate.network_read(Contract, when=f"{SIGNED} AND {_OF_VENDOR}")
gate.network_read(Offer, when=_OF_SIGNED)
gate.network_read(OfferPrice, when=_OF_OFFER)
gate.network_read(RebateProgram, when=_OF_SIGNED)
gate.network_read(ProgramVersion, when=_OF_PROGRAM)
gate.network_read(ProgramTier, when=_OF_VERSION)
gate.network_read(ProgramItem, when=_OF_VERSION)

gate.own_rows(PurchaseLine, verbs=("SELECT", "INSERT", "UPDATE", "DELETE"), writing=ACTIVE)
gate.own_rows(ItemAlias, verbs=("SELECT", "INSERT", "UPDATE", "DELETE"), writing=ACTIVE)
gate.own_rows(Accrual)
gate.own_rows(ClaimLine)
gate.own_rows(ClaimedPurchase, using=_OF_OWN_LINE)
gate.own_rows(PaymentShare, using=_OF_OWN_LINE)
gate.own_rows(FeeShare)
# Their amounts are of all members together: what one of them may read of these stands in its own lines and shares.
gate.own_rows(
    Claim,
    using=_OWN_CLAIM.format("purchasing_claim.id"),
    columns=("id", "contract_id", "last", "number", "currency", "due_on", "sent_at"),
)
gate.own_rows(
    WriteOff, using=_OWN_CLAIM.format("purchasing_writeoff.claim_id"), columns=("id", "claim_id", "why", "day")
)
gate.own_rows(VendorPayment, using=_OF_OWN_SHARE, columns=("id", "claim_id", "day", "reference"))
gate.own_rows(FeeReceipt, using=_OF_OWN_FEE, columns=("id", "contract_id", "first", "last", "received_on"))
gate.own_rows(NettingChoice, verbs=("SELECT", "INSERT"), writing=ACTIVE)
gate.own_rows(Statement)
gate.own_rows(StatementLine, using=_OF_OWN_STATEMENT)

for kept in (
    Claim,
    ClaimLine,
    ClaimedPurchase,
    FeeReceipt,
    FeeShare,
    PaymentShare,
    ProgramItem,
    ProgramTier,
    ProgramVersion,
    Statement,
    StatementLine,
    VendorPayment,
    WriteOff,
):
    gate.append_only(kept, columns=[str(field.column) for field in kept._meta.concrete_fields])

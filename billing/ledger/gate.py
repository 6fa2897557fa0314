"""The books are the network's: no practice reads them, and nobody changes what stands in them."""

from billing.ledger.models import Account, Entry, Posting
from core.tenancy import gate

for kept in (Account, Entry, Posting):
    gate.append_only(kept, columns=[str(field.column) for field in kept._meta.concrete_fields])

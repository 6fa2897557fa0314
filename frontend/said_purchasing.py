"""What a page says after something was done with vendors, contracts, offers and rebate programs."""

PURCHASING_WORDS = {
    "vendor-added": "The vendor is here. Bring its catalog next.",
    "vendor-changed": "The changes are kept.",
    "item-added": "The item is in the catalog.",
    "item-changed": "The changes are kept.",
    "item-priced": "The price is kept.",
    "catalog-taken-in": "The catalog is taken in.",
    "contract-drafted": "The draft is kept. Add its prices and rebates, then note who signed.",
    "contract-changed": "The changes are kept.",
    "contract-signed": "Signed. Members see it from now on.",
    "contract-ended": "It has its last day.",
    "offer-added": "The offer is added.",
    "offer-ended": "The offer has its last day.",
    "offer-removed": "It is taken out.",
    "program-started": "The program is kept.",
    "program-changed": "The new version is kept.",
}

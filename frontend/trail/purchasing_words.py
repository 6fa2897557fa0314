"""What the trail's verbs about vendors, contracts and what they pay back mean."""

PURCHASING_VERBS = {
    "catalog.taken_in": "Took in a vendor’s catalog from a file",
    "contract.changed": "Changed a contract before it was signed",
    "contract.drafted": "Drafted a contract with a vendor",
    "contract.ended": "Gave a contract its last day",
    "contract.signed": "Noted that both signed a contract",
    "item.added": "Added an item to a catalog",
    "item.changed": "Changed an item of a catalog",
    "item.priced": "Gave an item its catalog price",
    "offer.added": "Added a price for members",
    "offer.ended": "Gave a price for members its last day",
    "offer.removed": "Took out a price for members",
    "rebate_program.changed": "Gave a rebate program a new version",
    "rebate_program.started": "Started a rebate program",
    "vendor.added": "Added a vendor",
    "vendor.changed": "Changed a vendor",
}

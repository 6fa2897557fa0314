"""What the trail's verbs about plans and their payment mean."""

BILLING_VERBS = {
    "billing.account_opened": "Opened an account with the payments provider",
    "billing.address_changed": "Changed where invoices go",
    "billing.event_applied": "Took over what the payments provider told",
    "billing.event_parked": "Put an event aside: its customer is unknown",
    "billing.invoice_paid": "Paid an invoice",
    "billing.plan_changed": "Changed the plan",
    "billing.plan_ended": "Ended the plan",
    "billing.plan_resumed": "Let the plan go on",
    "billing.refreshed": "Read the account from the payments provider",
    "billing.tax_id_added": "Added a tax number",
    "billing.tax_id_removed": "Removed a tax number",
    "practice.entitled": "Set what the plan of the practice gives",
}

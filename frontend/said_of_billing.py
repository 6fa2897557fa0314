"""What pages say after something was done about plan and billing."""

BILLING = {
    "billing-back": "Your plan and billing are up to date.",
    "billing-back-later": "The payments provider does not answer yet. What you did there shows here in a few minutes.",
    "invoice-paid": "The invoice is paid. Thank you.",
    "plan-changed": "The plan is changed.",
    "plan-ended": "Noted. You stay a member, for free.",
    "plan-resumed": "The plan goes on.",
    "invoices-to": "Invoices go there from now on.",
    "tax-id-added": "The number stands on invoices from now on.",
    "tax-id-removed": "The number is taken off.",
}

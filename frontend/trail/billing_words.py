"""What the trail's verbs about plans and their payment mean."""

BILLING_VERBS = {
    "practice.entitled": "Set what the plan of the practice gives",
}

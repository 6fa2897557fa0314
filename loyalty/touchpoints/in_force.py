"""Which rules of the playbook act."""

from loyalty.models import PlaybookRule, Trigger


def rules_in_force(trigger: Trigger) -> list[PlaybookRule]:
    """Those that are on, in their order.

    None that a vendor pays for: it would need the patient's own authorization, and nowhere can one be given yet.
    """
    return list(PlaybookRule.objects.filter(trigger=trigger, is_on=True, funded_by_vendor=False))

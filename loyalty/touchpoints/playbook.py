"""The rules a practice starts with: the five steps."""

from loyalty.models import DelayUnit, PlaybookRule, StaffRole, TouchpointChannel, TouchpointKind, Trigger


def five_steps() -> list[PlaybookRule]:
    """Unsaved. Each is a rule that something in this code acts on: no rule that only looks good."""
    return [
        PlaybookRule(
            position=1,
            name="Tell what to expect before the visit",
            trigger=Trigger.VISIT_BOOKED,
            kind=TouchpointKind.PREVIEW,
            channel=TouchpointChannel.CALL,
            role=StaffRole.FRONT_DESK,
            delay=-2,
            delay_unit=DelayUnit.WORKING_DAYS,
        ),
        PlaybookRule(
            position=2,
            name="Thank by hand after the visit",
            trigger=Trigger.VISIT_COMPLETED,
            kind=TouchpointKind.NOTE,
            channel=TouchpointChannel.CARD,
            role=StaffRole.PROVIDER,
            delay=48,
            delay_unit=DelayUnit.HOURS,
        ),
        PlaybookRule(
            position=3,
            name="Remember a personal day",
            trigger=Trigger.OCCASION,
            kind=TouchpointKind.OCCASION,
            channel=TouchpointChannel.CARD,
            role=StaffRole.PROVIDER,
            delay=-4,
            delay_unit=DelayUnit.DAYS,
        ),
        PlaybookRule(
            position=4,
            name="Make it right when somebody was unhappy",
            trigger=Trigger.FEEDBACK,
            kind=TouchpointKind.RECOVERY,
            channel=TouchpointChannel.CALL,
            role=StaffRole.MANAGER,
            delay=1,
            delay_unit=DelayUnit.WORKING_DAYS,
        ),
        PlaybookRule(
            position=5,
            name="Ask how somebody is who did not come",
            trigger=Trigger.NO_SHOW,
            kind=TouchpointKind.CHECK_IN,
            channel=TouchpointChannel.CALL,
            role=StaffRole.FRONT_DESK,
            delay=1,
            delay_unit=DelayUnit.WORKING_DAYS,
        ),
        PlaybookRule(
            position=6,
            name="Call back whoever asks",
            trigger=Trigger.INQUIRY,
            kind=TouchpointKind.FIRST_CALL,
            channel=TouchpointChannel.CALL,
            role=StaffRole.FRONT_DESK,
            delay=1,
            delay_unit=DelayUnit.WORKING_DAYS,
        ),
        # A few a night, as drifting.plan says: a practice is not to find three hundred calls the next morning.
        PlaybookRule(
            position=7,
            name="Call whoever is drifting away",
            trigger=Trigger.DRIFTING,
            kind=TouchpointKind.CHECK_IN,
            channel=TouchpointChannel.CALL,
            role=StaffRole.FRONT_DESK,
            delay=1,
            delay_unit=DelayUnit.WORKING_DAYS,
        ),
    ]


def install_default_playbook() -> int:
    """Make the default rules that are missing by name, in the practice entered. Returns how many were made."""
    present = set(PlaybookRule.objects.values_list("name", flat=True))
    missing = [rule for rule in five_steps() if rule.name not in present]
    PlaybookRule.objects.bulk_create(missing, ignore_conflicts=True)
    return len(missing)

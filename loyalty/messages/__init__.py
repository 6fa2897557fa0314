"""The only way from a practice to its patients by text or email.

`queue` decides whether a message may go out and writes it down; `deliver` decides again and sends it. Both ask one
function, `policy.decide`. A wish to stop comes in by `receive` (a reply) or `opt_out` (a link) and holds at once.
"""

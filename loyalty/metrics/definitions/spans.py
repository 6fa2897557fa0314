"""How many days after an index visit one must wait to know. Whoever changes one raises the versions that rest on it."""

RETURNS = (90, 180, 365)
RETURN_DAYS = 180
RETENTION_DAYS = 180
NOTE_DAYS = 2
ANSWER_DAYS = 14
RECOVERY_DAYS = 30

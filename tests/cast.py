"""The fixed cast of every test: two practices and the people around them.

`python -m tests.bring_cast` brings them into an empty, migrated database.

 - Aurora: Olivia owns it, Martin manages, Priya treats, Frank is at the front desk.
 - Borealis: Bella owns it. She must never see anything of Aurora's.
 - Nora is the network's admin, Ana its analyst.
 - Sam is a stranger: he can sign in nowhere.
"""

from datetime import UTC, datetime

PASSWORD = "a long enough pass-phrase"
# What the authenticator app of everybody in the cast knows: they all have set up a second factor.
TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
NOW = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)  # a Monday; 9 in the morning in Los Angeles

AURORA_PEOPLE = {
    "owner": "Olivia Owens",
    "manager": "Martin Mann",
    "provider": "Priya Patel",
    "front_desk": "Frank Ford",
}


def email(name: str) -> str:
    return f"{name.split()[0].lower()}@example.com"

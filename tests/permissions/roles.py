"""Who may open an address: everyone, everyone signed in at that host, the roles that get in, or an enrolled tablet."""

PUBLIC, SIGNED_IN = "public", "signed in"
TEAM = frozenset({"owner", "manager", "provider", "front_desk"})
OWNER = frozenset({"owner"})
LEADERS = frozenset({"owner", "manager"})
NETWORK = frozenset({"network_admin", "network_analyst"})
ADMIN = frozenset({"network_admin"})
KIOSK = frozenset({"kiosk"})

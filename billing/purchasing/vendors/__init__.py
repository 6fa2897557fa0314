"""Who sells to members on contract."""

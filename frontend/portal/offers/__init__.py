"""What vendors offer to members."""

"""Software of others that the practice lets in."""

"""What the practice bought, saved, earned, and was paid."""

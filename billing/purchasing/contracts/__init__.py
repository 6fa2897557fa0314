"""What a vendor agreed with the network: drafted, signed by both with the fee stated, and ended."""

"""Made-up patients for those who build programs: written by the same actions as real ones."""

"""What the public reads: reviews on outside sites, who is asked for one, testimonials."""

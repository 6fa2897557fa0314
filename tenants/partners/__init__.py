"""Partners' programs: what they may do, which practice said so, and the tokens that carry it."""

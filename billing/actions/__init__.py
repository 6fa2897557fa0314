"""What owners and managers do about their plan. Each is asked for by a form that carries a number of its own (`once`),
so that a second press is the same wish.
"""

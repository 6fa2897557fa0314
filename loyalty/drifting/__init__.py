"""Who is slipping away from the practice: the nightly reading of its visits, the list, and what is done about it.

The statistics are in loyalty.drift, which knows no database. Only what runs at night and the backtest use them: a page
reads what was stored.
"""

"""Who is asked for a public review, and when: chosen without sight of any score.

Nothing in here may import what knows a score, and no statement that it sends may name a table outside of a short list
(blindfold.py). infra/decisions/0023 says how that is checked.
"""

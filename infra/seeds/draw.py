"""Chance from a seed: the same words, the same stream."""

from random import Random


def stream(seed: int, *words: str) -> Random:
    """One for each purpose, so that a change in one part of the story leaves the others as they were."""
    return Random(" ".join((str(seed), *words)))  # noqa: S311  nothing here is a secret

"""
Dice with a name, and quotas: chance that is the same on every machine and every year.

Only `random.Random.random` is used, whose sequence Python promises to keep for a given seed;
numpy makes no such promise, and these files must come out byte for byte.
"""

import random
from bisect import bisect
from collections.abc import Sequence
from itertools import accumulate
from typing import TypeVar

Item = TypeVar("Item")


class Dice:
    """Chance named by what it decides: the same name gives the same throws."""

    def __init__(self, *name: object) -> None:
        self._random = random.Random(":".join(map(str, name)))  # noqa: S311 - no secret is made

    def chance(self, share: float) -> bool:
        """True in this share of throws."""
        return self._random.random() < share

    def below(self, n: int, *, crowding: float = 1.0) -> int:
        """A number 0..n-1; with `crowding` above 1 small numbers come more often."""
        return int(n * self._random.random() ** crowding)

    def pick(self, items: Sequence[Item], weights: Sequence[float] | None = None) -> Item:
        """One of the items, by weight."""
        if weights is None:
            return items[self.below(len(items))]
        steps = list(accumulate(weights))
        return items[min(bisect(steps, self._random.random() * steps[-1]), len(items) - 1)]

    def shuffled(self, items: Sequence[Item]) -> list[Item]:
        """The items in another order (the input stays)."""
        keys = [self._random.random() for _ in items]
        return [items[i] for i in sorted(range(len(items)), key=keys.__getitem__)]

    def some(self, items: Sequence[Item], n: int) -> list[Item]:
        """At most n different items, in the order drawn."""
        return self.shuffled(items)[:n]


def apportion(weights: Sequence[float], n: int) -> list[int]:
    """
    Whole numbers that add up to n in the proportions of the weights (largest remainder).

    >>> apportion([1591.1, 2239.4], 484)
    [201, 283]
    """
    total = sum(weights)
    exact = [n * weight / total for weight in weights]
    whole = [int(share) for share in exact]
    by_remainder = sorted(range(len(weights)), key=lambda i: (whole[i] - exact[i], i))
    for i in by_remainder[: n - sum(whole)]:
        whole[i] += 1
    return whole

"""How a count is printed: two dots for a small one, otherwise the nearest multiple of the base.

A true zero is never printed, and the first shown bucket is a whole one: were 7 shown as 5, that 5 would
mean 7 and nothing else. A bucket is what the reader learns, so everything else in this folder reasons about
buckets.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

HIDDEN: Final = ".."


@dataclass(frozen=True, slots=True)
class Display:
    """The display map for a threshold k and m insiders: buckets numbered from 0, which is the hidden one."""

    k: int
    m: int

    @property
    def base(self) -> int:
        """Return the rounding base: five, or more when k demands that a bucket holds k values."""
        return 5 * -(-self.k // 5)

    @property
    def _skipped(self) -> int:
        first = -(-(self.k + self.m + self.base // 2) // self.base)
        return first - 1

    def low(self, *, bucket: int) -> int:
        """Return the least count in a bucket."""
        return 0 if bucket == 0 else (bucket + self._skipped) * self.base - self.base // 2

    def high(self, *, bucket: int) -> int:
        """Return the greatest count in a bucket."""
        return self.low(bucket=bucket + 1) - 1

    def bucket(self, *, count: int) -> int:
        """Return the number of the bucket that holds a count."""
        if count < 0:
            raise ValueError("a count of persons is never negative")
        return max(0, (count + self.base // 2) // self.base - self._skipped)

    def printed(self, *, first: int, last: int) -> str:
        """Return the symbol for a run of buckets: two dots, one multiple of the base, or a span of counts."""
        if first == 0:
            return HIDDEN
        if first == last:
            return str((first + self._skipped) * self.base)
        return f"{self.low(bucket=first)}\N{EN DASH}{self.high(bucket=last)}"

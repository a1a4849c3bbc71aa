"""Detection: how many mutations of a scheme its golden cases notice."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from attrs import frozen

from itakit.casebook import Case
from itakit.mutations import Mutation, mutations
from itakit.notation.soundness import is_sound
from itakit.scheme import Scheme
from itakit.verdict import judge


@frozen
class Detection:
    """What became of the mutations of a scheme."""

    caught: int
    """For how many of them a case does not hold."""
    missed: tuple[Mutation, ...]
    """Those with which every case holds."""
    refused: int
    """How many no file could declare: they do not count."""

    @property
    def total(self) -> int:
        """How many count."""
        return self.caught + len(self.missed)

    @property
    def share(self) -> Fraction:
        """How many in a hundred are caught; all of them where there are none."""
        return Fraction(100 * self.caught, self.total) if self.total else Fraction(100)


def detect(scheme: Scheme, cases: Sequence[Case]) -> Detection:
    """Try the cases of a scheme, which hold for it, on each of its mutations."""
    # What has noticed one slip is likely to notice the next of its kind.
    order = list(cases)
    caught = refused = 0
    missed: list[Mutation] = []
    for mutation in mutations(scheme):
        if not is_sound(mutation.scheme):
            refused += 1
        elif (found := _first(mutation.scheme, order)) is not None:
            caught += 1
            order.insert(0, order.pop(found))
        else:
            missed.append(mutation)
    return Detection(caught, tuple(missed), refused)


def _first(scheme: Scheme, cases: Sequence[Case]) -> int | None:
    """The number of the first case that does not hold."""
    wrong = (i for i, case in enumerate(cases) if any(True for _ in judge(scheme, case)))
    return next(wrong, None)

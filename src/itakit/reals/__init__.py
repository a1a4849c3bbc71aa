"""A score that is no rational number is still a number, and numbers compare.

Geometric means, power means and logarithmic goalposts leave the rationals. An `Irrational` is their
value written down exactly: a rational constant plus rational multiples of monomials, which are
products of powers of integers, of logarithms and of further sums. Nothing is rounded before a
caller asks for digits, and `compare` never guesses.

Equal or not. The integers of an expression are written over one coprime base, found by greatest
common divisors, never by primes. Over it a product of powers is rational only if all exponents are
integers; roots whose ratios are irrational are linearly independent, and so are the logarithms. So
a sum of roots, or of logarithms to one base, collapses where it can. Nested roots may hide their
value; for them there is a size below which a number of their degree and height can only be zero
(Burnikel, Funke, Mehlhorn, Schirra, Schmitt: A separation bound for real algebraic expressions).

Less or greater. Enclosures narrow until they part. `decimal` documents its `ln` and `exp` as
correctly rounded: libmpdec repeats them with more digits until the rounding is certain wherever
`allcr` is set, and CPython sets it in every context. Its `sqrt` is so by the General Decimal
Arithmetic specification. The truth thus lies strictly between the neighbours of a result, and one
step outward is a proof. The contexts are made here; the caller's is neither used nor changed. An
overflow widens an enclosure to infinity and fails nothing.
"""

from itakit.reals.arithmetic import (
    approximate,
    compare,
    enclose,
    linear,
    log_ratio,
    power,
    product,
)
from itakit.reals.form import CAP, Irrational, Log, Number, Undecidable

__all__ = [
    "CAP",
    "Irrational",
    "Log",
    "Number",
    "Undecidable",
    "approximate",
    "compare",
    "enclose",
    "linear",
    "log_ratio",
    "power",
    "product",
]

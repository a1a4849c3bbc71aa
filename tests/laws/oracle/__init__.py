"""The rule once more: scores of a scheme file and evidence, in the plainest way.

Written from sections 3 and 4 of the design. It shares no code with itakit and imports nothing of
it: a file is read with the standard library's tomllib, every number is a `Fraction`, and what is
irrational is a `Decimal` of 120 digits. Two numbers are one where an irrational one is involved
and they differ by less than 10**-60.
"""

from tests.laws.oracle.evaluation import Evaluation
from tests.laws.oracle.scheme import Scheme

__all__ = ["Evaluation", "Scheme"]

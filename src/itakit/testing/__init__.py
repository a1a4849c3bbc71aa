"""The testing kit: the laws on anyone's scheme, and schemes and evidence drawn at random.

Needs the extra ``testing``. In a scheme's own tests, one line does:

>>> import itakit
>>> from itakit.testing import check_laws
>>> "every score has exactly one grade" in check_laws(itakit.find("ita_2565"), max_examples=1)
True
"""

from itakit.testing.breach import LawError
from itakit.testing.checking import check_laws
from itakit.testing.files import ANYTHING, LINEAR, RATIONAL, Scope
from itakit.testing.strategies import documents, evidence, schemes
from itakit.testing.units import USUAL, WHOLE, Habits

__all__ = [
    "check_laws",
    "LawError",
    "documents",
    "schemes",
    "evidence",
    "Scope",
    "ANYTHING",
    "LINEAR",
    "RATIONAL",
    "Habits",
    "USUAL",
    "WHOLE",
]

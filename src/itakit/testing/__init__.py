"""The testing kit: the laws on anyone's scheme, and schemes and evidence drawn at random.

Needs the extra ``testing``. In a scheme's own tests, a class of one line makes each law a test:
`SchemeLaws`. Elsewhere, one call tries them all:

>>> import itakit
>>> from itakit.testing import check_laws
>>> "every score has exactly one grade" in check_laws(itakit.find("ita_2565"), max_examples=1)
True
"""

from itakit.testing.breach import Breach, LawError
from itakit.testing.checking import check_laws
from itakit.testing.scope import ANYTHING, LINEAR, RATIONAL, Scope
from itakit.testing.story import Story
from itakit.testing.strategies import documents, evidence, responses, schemes
from itakit.testing.suite import SchemeLaws
from itakit.testing.units import USUAL, WHOLE, Habits

__all__ = [
    "SchemeLaws",
    "check_laws",
    "LawError",
    "Story",
    "Breach",
    "documents",
    "schemes",
    "evidence",
    "responses",
    "Scope",
    "ANYTHING",
    "LINEAR",
    "RATIONAL",
    "Habits",
    "USUAL",
    "WHOLE",
]

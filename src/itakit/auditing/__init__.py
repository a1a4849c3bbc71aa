"""Auditing: whether published figures follow from the scheme, and from each other.

A printed figure says that an exact score lies in an interval (`span`, `claims`). The scheme's tree
ties the scores together (`linear`, `curved`, `thresholds`, `joint`), so that figures narrow each
other upward and downward (`network`). Items that take few scores are sets of points (`points`).
From that come the verdicts (`verdicts`), the grades (`grading`), what would mend the table
(`mending`) and what it says of the items below (`implying`).
"""

from itakit.auditing.figures import Published
from itakit.auditing.finding import Audit, audit
from itakit.auditing.published import read_published
from itakit.auditing.span import Span
from itakit.auditing.verdicts import Judged

__all__ = ["Audit", "Judged", "Published", "Span", "audit", "read_published"]

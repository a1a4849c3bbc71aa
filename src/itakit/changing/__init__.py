"""Change: what became of every score from one result to another, and what did it.

`pairing` says which nodes are the same, `supposing` what they would score under other rules,
`splitting` what the data did and what the rules did, `telling` says it in words.
"""

from itakit.changing.comparison import Comparison, NodeChange
from itakit.changing.splitting import compare

__all__ = ["compare", "Comparison", "NodeChange"]

"""The difference between two schemes: everything that one means and the other does not.

`matching` says which nodes are the same, `nodes` and `rules` what changed, `telling` says it in
words.
"""

from itakit.difference.change import Change
from itakit.difference.comparing import Difference, diff

__all__ = ["Change", "Difference", "diff"]

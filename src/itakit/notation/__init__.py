"""The notation: scheme files in TOML, format 1.

A file goes through four stages, and each has its module: plain tables within bounds (`reading`),
one file laid over the one it extends (`extending`), typed tables (`structure`, `kinds`, by the
classes in `tables`), and the scheme (`building`, `scales`), which must keep the laws of a tree
(`soundness`). A flaw knows its key path; only then is it looked up where that stands
(`positions`). `writing` goes the other way.
"""

from itakit.notation.checking import Checked, Sources, check
from itakit.notation.reading import Document, parse, read_text
from itakit.notation.writing import dumps

__all__ = ["Checked", "Document", "Sources", "check", "dumps", "parse", "read_text"]

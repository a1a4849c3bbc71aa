"""Frames: the only door to dataframes, whichever library they are of.

A dataframe engine is asked how often each unit gave each answer to each item. From those counts on
everything is exact, and small.

Data flows one way: columns and their roles (`roles`, `responses`) -> counts (`counting`,
`persons`) -> answers of the scheme (`decoding`, `gathering`) -> a panel of units (`pooling`,
`panel`) -> scores (`batch`, `floats`, `verdicts`) -> a table (`board`, `headcounts`), in the
caller's own kind of frame (`native`).
"""

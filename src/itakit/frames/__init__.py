"""Frames: the only door to dataframes, whichever library they are of.

A dataframe engine is asked how often each unit gave each answer to each item. From those counts on
everything is exact, and small.

Data flows one way: columns and their roles (`roles`) -> counts (`counting`) -> answers of the
scheme (`decoding`) -> a panel of units (`panel`) -> scores (`batch`) -> a table (`board`), in the
caller's own kind of frame (`native`).
"""

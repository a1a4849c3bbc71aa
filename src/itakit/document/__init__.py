"""Documents made from a scheme: what it says, for people, in their language.

The method document is a page; a page is written down as Markdown or HTML, and other tools may
write it down as they will. The codebook and the questionnaire are tables.
"""

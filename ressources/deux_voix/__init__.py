"""Tools that each voice answers blind, then discusses: the cross barometer, the HAS check-list.

``outils`` says what is asked, ``calculs`` compares (pure functions), ``transitions`` moves a use of
a tool from one state to the next, ``lecture`` is the only place that reads the answers, and what a
page, a document and a JSON show comes from ``donnees`` alone, hence is the same.
"""

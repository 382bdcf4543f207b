"""The marker crawl: each private field of each row holds a word of its own, and every answer of
the hub is searched for all of them.

``poser.py`` writes the words, ``lire.py`` turns any answer into text, ``parcours.py`` asks
everything as everybody and judges each word found by the declarations of ``rgpd.py``.
"""

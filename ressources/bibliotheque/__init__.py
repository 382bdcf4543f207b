"""The library: what helps a team, found by need and by step, kept true by its readers.

``filtres`` says by what it is filtered, ``lecture`` what pages and formats show, ``transitions``
what may happen to an entry, ``falc`` how its summary is checked, ``liens`` which links are dead,
``usages`` what is counted (never who), ``chargement`` the entries that ship with the hub.
"""

"""The space that a team shares, and what it writes there.

``equipe`` says who comes and goes, ``clauses`` are our model texts, ``ecrits`` writes, freezes and
signs them, ``documents`` and ``odt`` put them on paper, ``avis`` writes the mails. Everyone of a
project sees the same thing; nobody else sees anything.
"""

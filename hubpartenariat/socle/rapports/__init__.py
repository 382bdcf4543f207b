"""Reports: chapters that each trade declares, assembled for a territory and a date.

A chapter is plain JSON (``blocs``): the page, the PDF, the JSON address and the spreadsheets all
read the same numbers. A trade declares its chapters in its ``rapports.py``, read at start like
``admin.py``; a report is a list of chapters in order (``registre``).
"""

from hubpartenariat.socle.rapports.blocs import (
    barres,
    carte,
    chiffres,
    liste,
    tableau,
    texte,
)
from hubpartenariat.socle.rapports.registre import (
    Portee,
    Rapport,
    assembler,
    chapitre,
    declarer,
    exemples_dans,
    rapports,
)

__all__ = [
    "Portee",
    "Rapport",
    "assembler",
    "barres",
    "carte",
    "chapitre",
    "chiffres",
    "declarer",
    "exemples_dans",
    "liste",
    "rapports",
    "tableau",
    "texte",
]

"""Charts of the consultations: each is a drawing and the same numbers in a table. Pure functions.

The drawing (``trace.py``) is the same for a page (``composants/graphique.html``, with the style
sheet graphiques.css) and for a document (``composants/graphique_pdf.html``, with ``Graphique.svg``
given as the image of the same key). Numbers that may not be published arrive as None, whether they
are hidden or empty, and are drawn alike. An image does not break across pages: in a document, draw
one chart per slice (``tranches``).
"""

from hubpartenariat.socle.graphiques.barres import (
    Echelle,
    LigneDeBarres,
    barres_divergentes,
    barres_empilees,
)
from hubpartenariat.socle.graphiques.bases import NON_PUBLIE, PAR_PAGE, Graphique, tranches
from hubpartenariat.socle.graphiques.intervalles import LigneDEcart, ecarts, rangs
from hubpartenariat.socle.graphiques.matrice import Axe, PointDeMatrice, matrice
from hubpartenariat.socle.graphiques.polaire import Contour, polaire

__all__ = [
    "NON_PUBLIE",
    "PAR_PAGE",
    "Axe",
    "Contour",
    "Echelle",
    "Graphique",
    "LigneDEcart",
    "LigneDeBarres",
    "PointDeMatrice",
    "barres_divergentes",
    "barres_empilees",
    "ecarts",
    "matrice",
    "polaire",
    "rangs",
    "tranches",
]

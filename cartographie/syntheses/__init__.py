"""Documents made from fiches: one, or a selection in a booklet."""

from cartographie.syntheses.fiche import FicheEnPdf
from cartographie.syntheses.livret import LivretEnPdf

__all__ = ["FicheEnPdf", "LivretEnPdf"]

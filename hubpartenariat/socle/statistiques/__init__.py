"""Statistics of the consultations: pure functions, each with its published test vector.

No model, no clock, no float where a count is enough. Shares go from 0 to 1 (`Fraction` when exact,
`float` when estimated), percentages are `Decimal` with one decimal, counts are `int`.
"""

from hubpartenariat.socle.statistiques.accords import (
    Accord,
    Etiquette,
    RegleDAccord,
    accord_entre_groupes,
    etiqueter,
)
from hubpartenariat.socle.statistiques.intervalles import wilson
from hubpartenariat.socle.statistiques.petits_groupes import (
    Plan,
    PlanEmboite,
    PlusieursVariables,
    Seuils,
    Ventilation,
    une_seule_variable,
    ventiler,
    ventiler_en_deux_niveaux,
)
from hubpartenariat.socle.statistiques.rangs import RangEstime, rangs_du_vote
from hubpartenariat.socle.statistiques.reconstruction import (
    Diagnostic,
    Reconstruction,
    diagnostiquer,
    reconstruire,
)
from hubpartenariat.socle.statistiques.repartitions import (
    Repartition,
    consensus,
    mediane,
    part,
    pourcentage,
)

__all__ = [
    "Accord",
    "Diagnostic",
    "Etiquette",
    "Plan",
    "PlanEmboite",
    "PlusieursVariables",
    "RangEstime",
    "Reconstruction",
    "RegleDAccord",
    "Repartition",
    "Seuils",
    "Ventilation",
    "accord_entre_groupes",
    "consensus",
    "diagnostiquer",
    "etiqueter",
    "mediane",
    "part",
    "pourcentage",
    "rangs_du_vote",
    "reconstruire",
    "une_seule_variable",
    "ventiler",
    "ventiler_en_deux_niveaux",
    "wilson",
]

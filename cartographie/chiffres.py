"""Public figures of the map: what is published, where, by whom, and who is still missing."""

from dataclasses import dataclass

from cartographie.models import Fiche
from cartographie.recherche import INDEX
from hubpartenariat.socle.facettes import compter
from hubpartenariat.socle.liste import Demande
from hubpartenariat.socle.vocabulaires import Departement, Territoire, TypeStructure


@dataclass(frozen=True)
class Chiffres:
    """Counts of published fiches; a fiche counts once in each of its départements."""

    fiches: int
    par_territoire: dict[str, int]
    par_type: dict[str, int]

    @property
    def departements_couverts(self) -> int:
        """Départements with a fiche of their own; those of the whole region do not count."""
        return sum(bool(self.par_territoire[code]) for code in Departement.values)

    @property
    def departements_sans_fiche(self) -> list[str]:
        return [nom for code, nom in Departement.choices if not self.par_territoire[code]]

    @property
    def regionales(self) -> int:
        return self.par_territoire[Territoire.REGION]

    @property
    def types_presents(self) -> int:
        return sum(bool(self.par_type[code]) for code in self._types())

    @property
    def types_sans_fiche(self) -> list[str]:
        return [TypeStructure(code).label for code in self._types() if not self.par_type[code]]

    @property
    def types_total(self) -> int:
        return len(self._types())

    @staticmethod
    def _types() -> list[str]:
        """The types that say something: « Autre » is no gap to fill."""
        return [code for code in TypeStructure.values if code != TypeStructure.AUTRE]


def chiffres_publics() -> Chiffres:
    """Computed now, from what is published now. One query, quick at every size."""
    comptes = compter(Demande(INDEX))
    return Chiffres(
        fiches=comptes.total,
        par_territoire=comptes.facettes["departement"],
        par_type=comptes.facettes["type_structure"],
    )


def dernieres_fiches(combien: int = 3):
    """The fiches published last. One query."""
    return Fiche.objects.publiees().order_by("-publiee_le", "-pk")[:combien]
